//! Where an entry of the story leads to.

use domain::timeline::Event;

use crate::{parts::Reader, surroundings::may};

/// The record behind it, where the reader may see it.
pub(super) fn link(event: &Event, reader: Reader) -> Option<String> {
    let (verb, path) = record(event, reader)?;
    (reader == Reader::Customer || may(verb)).then_some(path)
}

/// The record behind it, and the permit that staff need for it. A customer's receipts have no page.
pub(super) fn record(event: &Event, reader: Reader) -> Option<(&'static str, String)> {
    match (event, reader) {
        (Event::InvoiceIssued { invoice, .. } | Event::InvoiceVoided { invoice, .. }, Reader::Staff) => {
            Some(("see_invoices", format!("/office/invoices/{invoice}")))
        }
        (Event::InvoiceIssued { invoice, .. } | Event::InvoiceVoided { invoice, .. }, Reader::Customer) => {
            Some(("", format!("/portal/invoices/{invoice}")))
        }
        (Event::HolderChanged { contract, .. }, Reader::Staff) => {
            Some(("see_contracts", format!("/office/contracts/{contract}")))
        }
        (Event::LateFeeCharged { fee, .. }, Reader::Staff) => Some(("see_invoices", format!("/office/invoices/{fee}"))),
        (Event::LateFeeCharged { fee, .. }, Reader::Customer) => Some(("", format!("/portal/invoices/{fee}"))),
        (Event::CreditNoteIssued { note, .. } | Event::CreditRefunded { note, .. }, Reader::Staff) => {
            Some(("see_invoices", format!("/office/invoices/{note}")))
        }
        (Event::CreditNoteIssued { note, .. } | Event::CreditRefunded { note, .. }, Reader::Customer) => {
            Some(("", format!("/portal/invoices/{note}")))
        }
        (Event::ServiceReconnected { quote, .. }, Reader::Staff) => {
            Some(("see_quotes", format!("/office/quotes/{quote}")))
        }
        (Event::ServiceReconnected { quote, .. }, Reader::Customer) => Some(("", format!("/portal/quotes/{quote}"))),
        (
            Event::PaymentReceived { payment, .. }
            | Event::PaymentRefunded { payment, .. }
            | Event::PaymentReversed { payment, .. },
            Reader::Staff,
        ) => Some(("see_payments", format!("/office/payments/{payment}"))),
        (Event::Equipment { item, .. }, Reader::Staff) => Some(("see_stock", format!("/office/stock/{item}"))),
        (Event::TicketOpened { ticket, .. } | Event::TicketResolved { ticket, .. }, Reader::Staff) => {
            Some(("see_tickets", format!("/office/tickets/{ticket}")))
        }
        (Event::TicketOpened { ticket, .. } | Event::TicketResolved { ticket, .. }, Reader::Customer) => {
            Some(("", format!("/portal/faults/{ticket}")))
        }
        (Event::MessageSent { message, .. }, Reader::Staff) => {
            Some(("see_messages", format!("/office/messages/{message}")))
        }
        (Event::OutageBegan { outage, .. } | Event::OutageOver { outage, .. }, Reader::Staff) => {
            Some(("see_outages", format!("/office/outages/{outage}")))
        }
        (Event::FileAdded { ticket, .. }, Reader::Staff) => Some(("see_tickets", format!("/office/tickets/{ticket}"))),
        (Event::Visited { order, .. }, Reader::Staff) => Some(("see_work", format!("/office/work/{order}"))),
        (Event::TransferReported { report, .. } | Event::TransferRejected { report, .. }, Reader::Staff) => {
            Some(("see_payments", format!("/office/transfers/{report}")))
        }
        (Event::TransferReported { .. } | Event::TransferRejected { .. }, Reader::Customer) => {
            Some(("", "/portal/transfers".to_owned()))
        }
        _ => None,
    }
}
