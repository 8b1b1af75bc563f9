//! What several pages of a contract say about it: its state in a sentence, what it still lacks, what it sells.

use domain::contract::{ContractState, ContractStateName};
use domain::service::ServiceState;
use domain::views::contracts::{ContractDetail, ContractLine, Missing as Lacking};
use leptos::prelude::*;

use super::href;
use crate::{
    i18n::{Words, words},
    parts::{
        Reader,
        amount::{line_price, money},
        cut::why_cut,
        discount::discount,
        state::{contract_badge, service_badge},
        terms::{agreed_terms, all_terms},
    },
    surroundings::{local, may},
    ui::{
        format,
        icon::Icon,
        list::{Column, Table},
        notice::Notice,
        tone::Tone,
    },
};

/// Where the contract is, and what the customer may use.
pub(super) fn badges(contract: &ContractDetail, t: Words) -> AnyView {
    let service = (contract.service != ServiceState::None).then(|| service_badge(contract.service, t));
    view! { {contract_badge(contract.state.name(), t)}{service} }.into_any()
}

/// The state and its reason.
pub(super) fn sentence(contract: &ContractDetail, t: Words) -> String {
    match &contract.state {
        ContractState::Draft => t.contracts.draft_since(format::date(local(contract.created_at).date(), t)),
        ContractState::Open { signed_on } => t.contracts.open_since(format::date(*signed_on, t)),
        ContractState::Active { activated_on, .. } if !contract.service.is_limited() => {
            t.contracts.active_since(format::date(*activated_on, t))
        }
        ContractState::Active { .. } => {
            why_cut(contract.service, contract.service_since, &contract.holds, Reader::Staff, t)
        }
        ContractState::Closed { closed_on, reason, .. } => {
            t.contracts.closed_since(format::date(*closed_on, t), reason)
        }
    }
}

/// A draft without a recurring charge would be stuck once it is signed: it could neither be changed nor activated.
pub(super) fn is_signable(contract: &ContractDetail) -> bool {
    let sells = contract.lines.iter().any(|line| line.terms.is_some());
    contract.state.name() == ContractStateName::Draft && sells
}

/// What stands between the contract and its activation, each with the way to mend it for those who may.
#[component]
pub(super) fn Missing(contract: ContractDetail) -> impl IntoView {
    let t = words();
    let state = contract.state.name();
    let lacking = match state {
        ContractStateName::Draft | ContractStateName::Open => contract.missing_for_activation(),
        ContractStateName::Active | ContractStateName::Closed => Vec::new(),
    };
    let draft = state == ContractStateName::Draft;
    let own = href(contract.id);
    let address = format!(
        "/office/customers/{}/addresses/{}?contract={}",
        contract.customer.id, contract.address.id, contract.id
    );
    let items = lacking.iter().map(|lacking| {
        let (what, href, allowed) = match lacking {
            Lacking::Position => (t.contracts.missing_position(), address.clone(), may("edit_customers")),
            Lacking::Service => (t.contracts.missing_service(), format!("{own}/service"), may("edit_services")),
            Lacking::RecurringLine if draft => {
                (t.contracts.missing_line_draft(), format!("{own}/lines/new"), may("edit_contracts"))
            }
            Lacking::RecurringLine => (t.contracts.missing_line(), String::new(), false),
        };
        let item = if allowed { view! { <a href=href>{what}</a> }.into_any() } else { what.into_any() };
        view! { <li>{item}</li> }
    });
    let items = items.collect_view();
    (!lacking.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Accent icon=Icon::Info title=t.contracts.missing_title()>
                <ul>{items}</ul>
            </Notice>
        }
    })
}

/// What the contract sells. A draft's lines lead to their forms, those of an active contract to their discount. What it
/// sold before a change is there for whoever asks.
#[component]
pub(super) fn LinesTable(contract: ContractDetail) -> impl IntoView {
    let t = words();
    if contract.lines.is_empty() {
        return view! { <p class="muted">{t.contracts.no_lines()}</p> }.into_any();
    }
    let label = t.contracts.lines();
    let own = href(contract.id);
    let page = match contract.state.name() {
        ContractStateName::Draft if may("edit_contracts") => "",
        ContractStateName::Active if may("give_discounts") => "/discount",
        _ => return view! { <Table columns=columns(t) rows=contract.lines label/> }.into_any(),
    };
    let (over, rows): (Vec<_>, Vec<_>) = contract.lines.into_iter().partition(is_over);
    let over = (!over.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t.changes.earlier_lines()}</summary>
                <Table columns=columns(t) rows=over label=t.changes.earlier_lines()/>
            </details>
        }
    });
    let href = move |line: &ContractLine| format!("{own}/lines/{}{page}", line.id);
    view! {
        <Table columns=columns(t) rows label href/>
        {over}
    }
    .into_any()
}

/// Ended, and billed to its end.
fn is_over(line: &ContractLine) -> bool {
    line.dates.ends_on.is_some() && line.dates.next_invoice_on.is_none()
}

fn columns(t: Words) -> Vec<Column<ContractLine>> {
    vec![
        Column::new(t.contracts.description(), move |line: &ContractLine| {
            let off =
                line.discount.as_ref().map(|off| view! { <span class="document-detail">{discount(off, t)}</span> });
            let days = days(line, t).map(|days| view! { <span class="document-detail">{days}</span> });
            view! { <span>{line.description.clone()}{days}{off}</span> }.into_any()
        }),
        Column::new(t.contracts.price(), |line: &ContractLine| line_price(&line.price)).number(),
        Column::new(t.contracts.terms(), move |line: &ContractLine| agreed_terms(line, t)),
        Column::new(t.contracts.tax(), |line: &ContractLine| line.tax.name.clone()).secondary(),
        Column::new(t.contracts.per_period(), |line: &ContractLine| {
            line.price.once().ok().map(|amount| money(amount.total))
        })
        .number(),
        Column::new(t.contracts.next_invoice(), move |line: &ContractLine| {
            line.dates.next_invoice_on.map(|on| format::date(on, t))
        })
        .secondary(),
    ]
}

/// Of a line that is over, or begins later.
fn days(line: &ContractLine, t: Words) -> Option<String> {
    match (line.dates.starts_on, line.dates.ends_on) {
        (_, Some(ends)) => Some(t.changes.line_until(format::date(ends.pred_opt().unwrap_or(ends), t))),
        (Some(starts), None) if line.dates.billed_through.is_none() => {
            Some(t.changes.from_day(format::date(starts, t)))
        }
        _ => None,
    }
}

/// The same for somebody who is about to agree to it: with all terms, in little room.
#[component]
pub(super) fn WhatIsSold(lines: Vec<ContractLine>) -> impl IntoView {
    let t = words();
    let entries = lines.into_iter().map(move |line| {
        let total =
            line.price.once().ok().map(|amount| t.contracts.with_tax(money(amount.total), line.tax.name.clone()));
        let off = line.discount.as_ref().map(|off| view! { <p class="muted">{discount(off, t)}</p> });
        let terms = all_terms(&line, t);
        view! {
            <li class="entry">
                <div>
                    <p><strong>{line.description}</strong></p>
                    <p class="muted">{terms}</p>
                    {off}
                </div>
                <p class="figure">{total}</p>
            </li>
        }
    });
    view! { <ul class="entries">{entries.collect_view()}</ul> }
}
