//! A quote as a document, and its states in words.

use domain::quote::{QuotePurpose, QuoteStateName};
use domain::views::quotes::QuoteDetail;
use leptos::prelude::*;

use super::{
    Reader,
    amount::money,
    document::{DocumentFact, line_columns},
};
use crate::{
    i18n::{Words, words},
    ui::{badge::Badge, format, icon::Icon, list::Table, tone::Tone},
};

#[must_use]
pub fn quote_state(state: QuoteStateName, t: Words) -> &'static str {
    match state {
        QuoteStateName::Draft => t.quotes.state_draft(),
        QuoteStateName::Sent => t.quotes.state_sent(),
        QuoteStateName::Accepted => t.quotes.state_accepted(),
        QuoteStateName::Paid => t.quotes.state_paid(),
        QuoteStateName::Invoiced => t.quotes.state_invoiced(),
        QuoteStateName::Rejected => t.quotes.state_rejected(),
        QuoteStateName::Expired => t.quotes.state_expired(),
    }
}

#[must_use]
pub fn quote_badge(state: QuoteStateName, t: Words) -> AnyView {
    let (tone, icon) = match state {
        QuoteStateName::Draft => (Tone::Neutral, Icon::Edit),
        QuoteStateName::Sent => (Tone::Accent, Icon::Clock),
        QuoteStateName::Accepted | QuoteStateName::Paid | QuoteStateName::Invoiced => (Tone::Ok, Icon::Check),
        QuoteStateName::Rejected => (Tone::Neutral, Icon::Close),
        QuoteStateName::Expired => (Tone::Warn, Icon::Alert),
    };
    view! { <Badge tone icon label=quote_state(state, t)/> }.into_any()
}

/// `Presupuesto P-2026-000017`
#[must_use]
pub fn quote_title(number: Option<&str>, t: Words) -> String {
    number.map_or_else(|| t.quotes.title_draft().to_owned(), |number| t.quotes.title_quote(number))
}

/// The document: for whom, until when, for what, and what it comes to.
#[component]
pub fn QuoteDocument(quote: QuoteDetail, reader: Reader) -> impl IntoView {
    let t = words();
    let row = quote.row.clone();
    let lines: Vec<_> = quote.lines.into_iter().map(|line| line.line).collect();
    let customer = match reader {
        Reader::Staff => {
            let href = format!("/office/customers/{}", row.customer);
            view! { <a href=href>{row.customer_name.clone()}</a> }.into_any()
        }
        Reader::Customer => row.customer_name.clone().into_any(),
    };
    let contract = row.contract.clone().map(|contract| {
        let shown = match reader {
            Reader::Staff => {
                let href = format!("/office/contracts/{}", contract.id);
                view! { <a href=href>{contract.name}</a> }.into_any()
            }
            Reader::Customer => contract.name.into_any(),
        };
        view! { <DocumentFact label=t.money.contract()>{shown}</DocumentFact> }
    });
    let sent = row.sent_on.map(|on| {
        view! { <DocumentFact label=t.quotes.sent_on()>{format::long_date(on, t)}</DocumentFact> }
    });
    let promise = (row.purpose == QuotePurpose::Reconnection).then(|| view! { <p>{t.quotes.promise()}</p> });
    view! {
        <article class="document">
            <header class="document-head">
                <p class="document-issuer">{t.quotes.quote()}</p>
                <p class="document-title">{quote_title(row.number.as_deref(), t)}</p>
            </header>
            <div class="document-facts">
                <div>
                    <p class="document-label">{t.quotes.made_for()}</p>
                    <p class="document-name">{customer}</p>
                </div>
                <dl>
                    {sent}
                    <DocumentFact label=t.quotes.valid_until()>{format::long_date(row.valid_until, t)}</DocumentFact>
                    {contract}
                </dl>
            </div>
            <Table columns=line_columns(t) rows=lines label=t.money.lines()/>
            <dl class="document-totals">
                <div><dt>{t.money.untaxed()}</dt><dd>{money(quote.untaxed)}</dd></div>
                <div><dt>{t.money.tax()}</dt><dd>{money(quote.tax)}</dd></div>
                <div class="document-total"><dt>{t.money.total()}</dt><dd>{money(row.total)}</dd></div>
            </dl>
            {promise}
            {(!quote.note.is_empty()).then(|| view! { <p>{quote.note}</p> })}
        </article>
    }
}
