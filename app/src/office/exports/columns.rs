//! The columns of a list that is taken away: real numbers, amounts and dates, and words for the rest.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::money::Money;
use domain::views::list::Page;
use rust_decimal::Decimal;

use crate::failure::AppError;
use crate::ui::list::ListQuery;

/// What stands at one place of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Nothing,
    Text(String),
    Number(Decimal),
    Money(Money),
    Date(NaiveDate),
    Moment(DateTime<Utc>),
}

/// What a column holds: for its width and its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Money,
    Date,
    Moment,
}

/// A column's name and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub label: String,
    pub kind: Kind,
}

/// Words of a cell, where there are any.
pub trait Words {
    fn cell(self) -> Cell;
}

impl Words for String {
    fn cell(self) -> Cell {
        if self.is_empty() { Cell::Nothing } else { Cell::Text(self) }
    }
}

impl Words for &str {
    fn cell(self) -> Cell {
        self.to_owned().cell()
    }
}

impl<W: Words> Words for Option<W> {
    fn cell(self) -> Cell {
        self.map_or(Cell::Nothing, Words::cell)
    }
}

type Read<Row> = Box<dyn Fn(&Row) -> Cell + Send + Sync>;

/// The columns of a list, in their order.
pub struct Columns<Row> {
    heads: Vec<Head>,
    cells: Vec<Read<Row>>,
}

impl<Row: 'static> Columns<Row> {
    #[must_use]
    pub fn begin() -> Self {
        Self { heads: Vec::new(), cells: Vec::new() }
    }

    fn with(mut self, label: &str, kind: Kind, cell: impl Fn(&Row) -> Cell + Send + Sync + 'static) -> Self {
        self.heads.push(Head { label: label.to_owned(), kind });
        self.cells.push(Box::new(cell));
        self
    }

    #[must_use]
    pub fn text<W: Words>(self, label: &str, words: impl Fn(&Row) -> W + Send + Sync + 'static) -> Self {
        self.with(label, Kind::Text, move |row| words(row).cell())
    }

    #[must_use]
    pub fn count<N: Into<Decimal>>(self, label: &str, count: impl Fn(&Row) -> N + Send + Sync + 'static) -> Self {
        self.with(label, Kind::Number, move |row| Cell::Number(count(row).into()))
    }

    /// An amount; its currency is a column of its own, so that a spreadsheet can add up.
    #[must_use]
    pub fn money<M: Into<Option<Money>>>(
        self,
        label: &str,
        amount: impl Fn(&Row) -> M + Send + Sync + 'static,
    ) -> Self {
        self.with(label, Kind::Money, move |row| amount(row).into().map_or(Cell::Nothing, Cell::Money))
    }

    /// In which currency an amount is.
    #[must_use]
    pub fn currency<M: Into<Option<Money>>>(
        self,
        label: &str,
        amount: impl Fn(&Row) -> M + Send + Sync + 'static,
    ) -> Self {
        self.text(label, move |row| amount(row).into().map(|money| money.currency().code().to_owned()))
    }

    #[must_use]
    pub fn date<D: Into<Option<NaiveDate>>>(
        self,
        label: &str,
        date: impl Fn(&Row) -> D + Send + Sync + 'static,
    ) -> Self {
        self.with(label, Kind::Date, move |row| date(row).into().map_or(Cell::Nothing, Cell::Date))
    }

    #[must_use]
    pub fn moment<D: Into<Option<DateTime<Utc>>>>(
        self,
        label: &str,
        at: impl Fn(&Row) -> D + Send + Sync + 'static,
    ) -> Self {
        self.with(label, Kind::Moment, move |row| at(row).into().map_or(Cell::Nothing, Cell::Moment))
    }

    /// The list with these columns: what its page asks, and where the rows are in the answer.
    pub fn of<List, Answer>(
        self,
        ask: impl Fn(ListQuery) -> Answer + Send + Sync + 'static,
        page: impl Fn(List) -> Page<Row> + Send + Sync + 'static,
    ) -> Listing
    where
        List: 'static,
        Answer: Future<Output = Result<List, AppError>> + Send + 'static,
    {
        let (heads, cells, page) = (self.heads, Arc::new(self.cells), Arc::new(page));
        let read = move |query| {
            let (answer, cells, page) = (ask(query), cells.clone(), page.clone());
            let stretch = async move {
                let found = page(answer.await?);
                let rows = found.rows.iter().map(|row| cells.iter().map(|cell| cell(row)).collect());
                Ok::<_, AppError>(Stretch { rows: rows.collect(), total: found.total })
            };
            Box::pin(stretch) as Pin<Box<dyn Future<Output = Result<Stretch, AppError>> + Send>>
        };
        Listing { heads, read: Box::new(read) }
    }

    /// The same of a list without pages.
    pub fn of_all<Answer>(self, ask: impl Fn() -> Answer + Send + Sync + 'static) -> Listing
    where
        Row: Send,
        Answer: Future<Output = Result<Vec<Row>, AppError>> + Send + 'static,
    {
        self.of(move |_| ask(), whole)
    }
}

/// Everything on one page.
pub(in crate::office) fn whole<Row>(rows: Vec<Row>) -> Page<Row> {
    Page { total: i64::try_from(rows.len()).unwrap_or(i64::MAX), number: 1, rows }
}

/// Some rows of a list, and how many there are in all.
pub(super) struct Stretch {
    pub rows: Vec<Vec<Cell>>,
    pub total: i64,
}

type ReadStretch = dyn Fn(ListQuery) -> Pin<Box<dyn Future<Output = Result<Stretch, AppError>> + Send>> + Send + Sync;

/// A list to take away.
pub struct Listing {
    pub heads: Vec<Head>,
    pub(super) read: Box<ReadStretch>,
}
