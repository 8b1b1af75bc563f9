//! Reading a whole list, stretch by stretch, as it is at one moment.

use domain::views::list::PageNumber;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use workflows::Context;
use workflows::auth::SignedIn;

use super::columns::{Cell, Head, Listing, Stretch};
use crate::failure::AppError;
use crate::i18n::{Locale, Words};
use crate::ui::list::ListQuery;

/// A list that is being read. Rows that come or go meanwhile change nothing of it.
pub struct Reading {
    listing: Listing,
    query: ListQuery,
    owner: Owner,
    /// Read already, and not fetched yet.
    ready: Option<Vec<Vec<Cell>>>,
    /// Rows in all.
    pub total: i64,
    read: i64,
    number: i64,
}

/// Begins to read what the list at `path` shows whoever asks, with the filters and the order of its address.
pub async fn open(
    context: &Context,
    who: &SignedIn,
    path: &str,
    query: ListQuery,
    locale: Locale,
) -> Result<Reading, AppError> {
    let listing = super::listing(path, Words::of(locale));
    let listing = listing.ok_or(AppError::NotThere)?;
    let owner = Owner::new();
    owner.with(|| {
        provide_context(context.as_it_is_now());
        provide_context(who.clone());
    });
    let mut reading = Reading { listing, query, owner, ready: None, total: 0, read: 0, number: 0 };
    let first = reading.stretch().await?;
    reading.total = first.total;
    reading.ready = Some(first.rows);
    Ok(reading)
}

impl Reading {
    #[must_use]
    pub fn heads(&self) -> &[Head] {
        &self.listing.heads
    }

    /// The next rows; `None` after the last ones.
    pub async fn next(&mut self) -> Result<Option<Vec<Vec<Cell>>>, AppError> {
        let rows = match self.ready.take() {
            Some(rows) => rows,
            None if self.read < self.total => self.stretch().await?.rows,
            None => return Ok(None),
        };
        self.read += i64::try_from(rows.len()).unwrap_or(i64::MAX);
        Ok((!rows.is_empty()).then_some(rows))
    }

    async fn stretch(&mut self) -> Result<Stretch, AppError> {
        self.number += 1;
        let query = ListQuery { page: PageNumber::stretch(self.number), ..self.query.clone() };
        let asked = self.owner.with(|| ScopedFuture::new((self.listing.read)(query)));
        asked.await
    }
}
