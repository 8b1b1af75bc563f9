//! What speaks for a customer, in words.

use domain::matching::{Evidence, SURE, Suggestion};
use leptos::prelude::*;

use crate::{
    i18n::Words,
    parts::amount::money,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

/// How certain, with the reasons in one line.
pub(super) fn reasons(suggestion: &Suggestion, t: Words) -> String {
    suggestion.because.iter().map(|evidence| reason(evidence, t)).collect::<Vec<_>>().join(" · ")
}

fn reason(evidence: &Evidence, t: Words) -> String {
    match evidence {
        Evidence::RecordedPayment { receipt, .. } => t.bank.because_recorded(receipt),
        Evidence::ReportedTransfer { reference, same_amount: true, .. } => t.bank.because_reported(reference),
        Evidence::ReportedTransfer { reference, .. } => t.bank.because_reported_other(reference),
        Evidence::InvoiceNumber { number } => t.bank.because_invoice(number),
        Evidence::CustomerReference { reference } => t.bank.because_customer(reference),
        Evidence::ContractCode { code } => t.bank.because_contract(code),
        Evidence::AmountOfInvoice { number } => t.bank.because_amount(number),
        Evidence::AmountOfBalance { balance } => t.bank.because_balance(money(*balance)),
        Evidence::Name { likeness } => t.bank.because_name(likeness),
    }
}

pub(super) fn certainty_badge(certainty: u8, t: Words) -> AnyView {
    let (tone, icon) = match certainty {
        SURE.. => (Tone::Ok, Icon::Check),
        50.. => (Tone::Warn, Icon::Info),
        _ => (Tone::Neutral, Icon::Info),
    };
    view! { <Badge tone icon label=t.bank.certainty(certainty)/> }.into_any()
}
