//! Quotes (pre-invoices): drafted, sent, agreed to by accepting or paying, and then an invoice. One that reconnects a
//! contract revives it in the moment of agreement, whatever becomes of the invoice.

mod accept;
mod draft;
mod invoice;
mod lines;
mod list;
mod pay;
mod reconnect;
mod reject;
mod revive;
mod send;

pub use accept::{accept, accept_own};
pub use draft::{choices, draft};
pub(crate) use invoice::{invoice_agreed, invoice_agreed_of, invoice_soon};
pub use lines::{add_line, remove_line};
pub use list::{list, list_own, show, show_own};
pub use pay::pay;
pub(crate) use pay::take_for;
pub use reconnect::reconnect;
pub use reject::reject;
pub use send::send;

use domain::failure::Failure;
use domain::ids::QuoteId;
use domain::quote::{QuoteError, QuoteState};
use store::quotes::Quote;

use crate::Result;
use crate::record::Subject;

fn subject(id: QuoteId) -> Subject {
    Subject { kind: "quote", id: id.0 }
}

/// Locks a quote and, before it, its customer.
async fn lock(transaction: &mut store::Transaction, id: QuoteId) -> Result<Quote> {
    let customer = store::quotes::customer_of(transaction, id).await?;
    store::payments::lock_customers(transaction, &[customer]).await?;
    Ok(store::quotes::lock(transaction, id).await?)
}

/// What was sent is not edited.
fn must_be_draft(quote: &Quote) -> Result<(), Failure> {
    match quote.state {
        QuoteState::Draft => Ok(()),
        ref state => Err(QuoteError::NotAllowed { state: state.stored_name(), event: "edit".to_owned() }.into()),
    }
}
