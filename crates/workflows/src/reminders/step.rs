//! Who is reminded of what tonight.

use chrono::NaiveDate;
use domain::billing::ParkReason;
use domain::collections::Reminding;
use domain::contact::Language;
use domain::ids::{ContractId, CustomerId, InvoiceId};
use domain::message::Purpose;
use domain::money::Money;
use store::reminders::Remindable;

use crate::messages::{self, Notice};
use crate::permit::Actor;
use crate::runs::Progress;
use crate::{Context, Error, Result};

/// Customers looked at together, and written to in one transaction.
const CHUNK: i64 = 200;
/// The step's name in the ledger.
pub(crate) const STEP: &str = "reminders";

/// A customer with everything to be reminded of, and the reminder of each.
type Letter = (CustomerId, Vec<(Remindable, i32)>);

pub(crate) async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    if is_made_up(context, date) {
        return Ok(0);
    }
    Ok(store::reminders::count(&mut *context.connection().await?, date).await?)
}

/// A night that is made up reminds nobody: today's own night, the last of those made up, says what is left to say, and
/// nobody gets several mails at once.
fn is_made_up(context: &Context, date: NaiveDate) -> bool {
    date < context.clock.today()
}

pub(crate) async fn run_step(context: &Context, _: &Actor, date: NaiveDate) -> Result<()> {
    if is_made_up(context, date) {
        return Ok(());
    }
    let mut after = CustomerId(0);
    loop {
        let mut connection = context.connection().await?;
        let customers = store::reminders::customers(&mut connection, date, after, CHUNK).await?;
        let Some(last) = customers.last().copied() else { return Ok(()) };
        let letters = letters(&mut connection, &customers, date).await?;
        drop(connection);
        if send(context, &letters, date, customers.len()).await.is_err() {
            one_by_one(context, &letters, date, customers.len()).await?;
        }
        after = last;
    }
}

/// How many customers the night of `date` would write to.
pub(crate) async fn preview(context: &Context, date: NaiveDate, progress: &mut Progress<'_>) -> Result<i64> {
    if is_made_up(context, date) {
        return Ok(0);
    }
    let mut connection = context.connection().await?;
    let (mut count, mut after) = (0, CustomerId(0));
    loop {
        let customers = store::reminders::customers(&mut connection, date, after, CHUNK).await?;
        let Some(last) = customers.last().copied() else { return Ok(count) };
        for (customer, items) in letters(&mut connection, &customers, date).await? {
            let addressee = store::messages::addressee(&mut connection, customer).await?;
            count += i64::from(addressee.way(purpose(&items, date), &context.ringing).is_some());
        }
        progress.add(customers.len()).await?;
        after = last;
    }
}

/// One contract's customer, whom an earlier night could not write to.
pub(crate) async fn retry(context: &Context, _: &Actor, contract: ContractId, date: NaiveDate) -> Result<()> {
    let mut connection = context.connection().await?;
    let customer = store::payments::lock_customers_of(&mut connection, &[contract]).await?;
    let letters = letters(&mut connection, &customer, date).await?;
    drop(connection);
    one_by_one(context, &letters, date, customer.len()).await?;
    Ok(store::runs::unpark(&mut *context.connection().await?, STEP, &[contract], context.clock.now()).await?)
}

async fn letters(connection: &mut store::Connection, customers: &[CustomerId], date: NaiveDate) -> Result<Vec<Letter>> {
    let mut letters: Vec<Letter> = Vec::new();
    for (customer, item) in store::reminders::of_customers(connection, customers, date).await? {
        let (issued_on, due_on) = (item.issued_on, item.due_on);
        let reminding = Reminding { days: &item.days, issued_on, due_on, sent: &item.sent };
        let Some(days) = reminding.due(date) else { continue };
        match letters.last_mut().filter(|(last, _)| *last == customer) {
            Some((_, items)) => items.push((item, days)),
            None => letters.push((customer, vec![(item, days)])),
        }
    }
    Ok(letters)
}

/// Writes to these customers in one transaction; `looked_at` are done with it.
async fn send(context: &Context, letters: &[Letter], date: NaiveDate, looked_at: usize) -> Result<()> {
    let done = i32::try_from(looked_at).map_err(Error::internal)?;
    let mut transaction = context.begin().await?;
    for (customer, items) in letters {
        write(context, &mut transaction, *customer, items, date).await?;
    }
    store::runs::count(&mut transaction, date, STEP, done, 0).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Who cannot be reached is not written to, and is seen in the list of customers without an address.
async fn write(
    context: &Context,
    transaction: &mut store::Transaction,
    customer: CustomerId,
    items: &[(Remindable, i32)],
    date: NaiveDate,
) -> Result<()> {
    let language = store::messages::addressee(transaction, customer).await?.language;
    let notice = Notice {
        purpose: purpose(items, date),
        path: "/portal/invoices",
        values: vec![("invoices", invoices(language, items)), ("amount", messages::moneys(&sums(items)?))],
    };
    let Some(message) = messages::tell_customer(context, transaction, customer, &notice).await? else { return Ok(()) };
    let reminded: Vec<(InvoiceId, i32)> = items.iter().map(|(item, days)| (item.invoice, *days)).collect();
    Ok(store::reminders::note(transaction, message, date, &reminded).await?)
}

/// One of them is past its date.
fn purpose(items: &[(Remindable, i32)], date: NaiveDate) -> Purpose {
    let late = items.iter().any(|(item, _)| item.due_on < date);
    if late { Purpose::ReminderLate } else { Purpose::ReminderSoon }
}

/// Each invoice's number, what is open on it, and when it is or was due.
fn invoices(language: Language, items: &[(Remindable, i32)]) -> String {
    let line = |(item, _): &(Remindable, i32)| {
        let (number, open, due_on) =
            (&item.number, messages::moneys(&[item.open]), messages::day(language, item.due_on));
        match language {
            Language::Spanish => format!("{number}: {open}, vence el {due_on}"),
            Language::English => format!("{number}: {open}, due on {due_on}"),
        }
    };
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn sums(items: &[(Remindable, i32)]) -> Result<Vec<Money>> {
    let mut sums: Vec<Money> = Vec::new();
    for (item, _) in items {
        match sums.iter_mut().find(|sum| sum.currency() == item.open.currency()) {
            Some(sum) => *sum = sum.checked_add(item.open).map_err(Error::internal)?,
            None => sums.push(item.open),
        }
    }
    Ok(sums)
}

/// Where a chunk failed: whoever cannot be written to is parked, the others are reminded.
async fn one_by_one(context: &Context, letters: &[Letter], date: NaiveDate, looked_at: usize) -> Result<()> {
    let nothing_to_say = looked_at.saturating_sub(letters.len());
    send(context, &[], date, nothing_to_say).await?;
    for letter in letters {
        let Err(error) = send(context, std::slice::from_ref(letter), date, 1).await else { continue };
        let number = crate::error::incident(&error);
        let (mut transaction, reason) = (context.begin().await?, ParkReason::Incident { number });
        if let Some((item, _)) = letter.1.first() {
            let now = context.clock.now();
            store::runs::park(&mut transaction, date, STEP, item.contract, &reason, now).await?;
        }
        store::runs::count(&mut transaction, date, STEP, 0, 1).await?;
        transaction.commit().await.map_err(store::Error::from)?;
    }
    Ok(())
}
