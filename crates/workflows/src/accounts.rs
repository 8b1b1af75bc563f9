//! The books, to look at and to hand over. Nothing here changes anything: the journal is a view over documents and
//! payments.

mod closing;

use chrono::NaiveDate;
use domain::journal::{JournalLine, as_ledger};
use domain::views::accounts::{Accounts, AgedList, AgedRow, BookPeriod, JournalFilter, JournalPage};
use domain::views::list::PageNumber;

use crate::permit::{Permit, SeeAccounts};
use crate::{Context, Error, Result};

pub use closing::close;

/// Each account in a period.
pub async fn accounts(context: &Context, _: &Permit<SeeAccounts>, filter: &JournalFilter) -> Result<Accounts> {
    let mut connection = context.connection().await?;
    let period = filter.period(context.clock.today());
    Ok(Accounts { period, rows: store::journal::accounts(&mut connection, period).await? })
}

/// A page of the journal.
pub async fn journal(context: &Context, _: &Permit<SeeAccounts>, filter: &JournalFilter) -> Result<JournalPage> {
    let mut connection = context.connection().await?;
    let period = filter.period(context.clock.today());
    let page = store::journal::page(&mut connection, period, filter.account.as_deref(), filter.page).await?;
    Ok(JournalPage { period, page })
}

/// The whole journal of a period.
pub async fn all_lines(context: &Context, _: &Permit<SeeAccounts>, period: BookPeriod) -> Result<Vec<JournalLine>> {
    let mut connection = context.connection().await?;
    Ok(store::journal::all(&mut connection, period).await?)
}

/// The same as CSV: a debit is positive.
pub async fn journal_csv(context: &Context, permit: &Permit<SeeAccounts>, period: BookPeriod) -> Result<String> {
    let lines = all_lines(context, permit, period).await?;
    let rows = lines.into_iter().map(|line| {
        let (amount, currency) = (line.amount.to_string(), line.amount.currency().to_string());
        let kind = line.kind.to_string();
        [line.on.to_string(), kind, line.name, line.customer.name, line.account, amount, currency]
    });
    table(["date", "kind", "number", "customer", "account", "amount", "currency"], rows)
}

/// The same as hledger and Ledger read it.
pub async fn journal_ledger(context: &Context, permit: &Permit<SeeAccounts>, period: BookPeriod) -> Result<String> {
    Ok(as_ledger(&all_lines(context, permit, period).await?))
}

/// Who owed for how long at the end of a day: of today, unless another one is asked for.
pub async fn aged(
    context: &Context,
    _: &Permit<SeeAccounts>,
    on: Option<NaiveDate>,
    page: PageNumber,
) -> Result<AgedList> {
    let mut connection = context.connection().await?;
    let on = on.unwrap_or(context.clock.today());
    let page = store::aged::aged(&mut connection, on, page).await?;
    Ok(AgedList { on, page, totals: store::aged::aged_totals(&mut connection, on).await? })
}

/// The same of everybody as CSV.
pub async fn aged_csv(context: &Context, _: &Permit<SeeAccounts>, on: NaiveDate) -> Result<String> {
    let mut connection = context.connection().await?;
    let rows = store::aged::all_aged(&mut connection, on).await?;
    let head = ["reference", "customer", "currency", "current", "1-30", "31-60", "61-90", "90+", "credit", "balance"];
    table(head, rows.into_iter().map(aged_record))
}

fn aged_record(row: AgedRow) -> [String; 10] {
    let aged = row.aged;
    let amounts = [aged.current, aged.to_30, aged.to_60, aged.to_90, aged.older, aged.credit, aged.balance];
    let [current, to_30, to_60, to_90, older, credit, balance] = amounts.map(|amount| amount.to_string());
    let currency = aged.balance.currency().to_string();
    [row.reference, row.customer.name, currency, current, to_30, to_60, to_90, older, credit, balance]
}

fn table<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Result<String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(head).map_err(Error::internal)?;
    for row in rows {
        writer.write_record(row.map(harmless)).map_err(Error::internal)?;
    }
    let bytes = writer.into_inner().map_err(|error| Error::internal(error.into_error()))?;
    String::from_utf8(bytes).map_err(Error::internal)
}

/// A name that a spreadsheet would take for a formula is text; a negative amount stays a number.
fn harmless(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t']) || (cell.starts_with('-') && !is_number(&cell));
    if formula { format!("'{cell}") } else { cell }
}

fn is_number(cell: &str) -> bool {
    cell.trim_start_matches('-').chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}
