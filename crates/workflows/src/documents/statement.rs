//! A customer's statement, on the screen and on paper.

use chrono::{Datelike, NaiveDate};
use documents::paper;
use domain::failure::{Failure, Problem};
use domain::ids::CustomerId;
use domain::letterhead::TemplateKind;
use domain::statement::{Account, Entry, MovementKind, accounts};
use domain::views::list::Choice;
use domain::views::statement::{Span, StatementView};

use super::paper::{Sheet, print, words_of};
use super::words::{Words, amount};
use super::{Pdf, Reader};
use crate::permit::SeeInvoices;
use crate::{Context, Error, Result};

/// # Errors
/// `NotFound`, also for another customer's; `Fields` for an end before the beginning.
pub async fn statement(
    context: &Context,
    reader: &Reader<SeeInvoices>,
    customer: CustomerId,
    span: &Span,
) -> Result<StatementView> {
    reader.may_read_of(customer)?;
    let (from, to) = days(span, context.clock.today())?;
    let mut connection = context.connection().await?;
    let name = store::customers::get(&mut connection, customer).await?.facts.name;
    let movements = store::statement::movements(&mut connection, customer, to).await?;
    let mut accounts = accounts(movements, from).map_err(Error::internal)?;
    if accounts.is_empty() {
        accounts.push(Account::empty(store::company::get(&mut connection).await?.currency));
    }
    Ok(StatementView { customer: Choice { id: customer, name }, from, to, accounts })
}

/// The same as a PDF.
///
/// # Errors
/// As [`statement`].
pub async fn statement_pdf(
    context: &Context,
    reader: &Reader<SeeInvoices>,
    customer: CustomerId,
    span: &Span,
) -> Result<Pdf> {
    let view = statement(context, reader, customer, span).await?;
    let mut connection = context.connection().await?;
    let words = words_of(&mut connection, customer).await?;
    let reference = store::customers::get(&mut connection, customer).await?.reference;
    let content = paper::Statement {
        from: words.date(view.from),
        to: words.date(view.to),
        accounts: view.accounts.iter().map(|account| shown(account, words)).collect(),
    };
    let sheet = Sheet {
        kind: TemplateKind::Statement,
        customer,
        address: None,
        number: format!("{reference}-{}-{}", view.from, view.to),
        doc: paper::Content::Statement(content),
    };
    print(&mut connection, reader, sheet).await
}

/// This month until today, unless somebody says otherwise.
fn days(span: &Span, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Failure> {
    let to = span.to.unwrap_or(today);
    let from = span.from.or_else(|| to.with_day(1)).unwrap_or(to);
    if from > to { Err(Failure::field("to", Problem::OutOfOrder)) } else { Ok((from, to)) }
}

fn shown(account: &Account, words: Words) -> paper::Account {
    paper::Account {
        currency: account.closing.currency().code().to_owned(),
        opening: amount(account.opening),
        movements: account.entries.iter().map(|entry| movement(entry, words)).collect(),
        charged: amount(account.charged),
        credited: amount(account.credited),
        closing: amount(account.closing),
    }
}

fn movement(entry: &Entry, words: Words) -> paper::Movement {
    let Entry { movement, balance } = entry;
    let number = &movement.number;
    let what = match movement.kind {
        MovementKind::Invoice => words.say("Factura", "Invoice"),
        MovementKind::CreditNote => words.say("Nota de crédito", "Credit note"),
        MovementKind::Payment => words.say("Pago", "Payment"),
        MovementKind::Refund => words.say("Devolución", "Refund"),
        MovementKind::Reversal => words.say("Pago devuelto", "Bounced payment"),
    };
    let (charge, credit) = match movement.kind.raises_debt() {
        true => (amount(movement.amount), String::new()),
        false => (String::new(), amount(movement.amount)),
    };
    paper::Movement {
        on: words.date(movement.on),
        what: format!("{what} {number}"),
        charge,
        credit,
        balance: amount(*balance),
    }
}
