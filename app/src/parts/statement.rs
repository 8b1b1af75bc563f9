//! A customer's statement as a document.

use domain::statement::{Account, Entry, MovementKind};
use domain::views::statement::StatementView;
use leptos::prelude::*;

use super::amount::{bare, money};
use crate::{
    i18n::{Words, words},
    ui::{
        format,
        list::{Column, Table},
    },
};

fn movement_name(kind: MovementKind, t: Words) -> &'static str {
    match kind {
        MovementKind::Invoice => t.money.kind_invoice(),
        MovementKind::CreditNote => t.money.kind_credit_note(),
        MovementKind::Payment => t.statement.payment(),
        MovementKind::Refund => t.statement.refund(),
        MovementKind::Reversal => t.statement.reversal(),
    }
}

/// Opening balance, movements and closing balance, for each currency.
#[component]
pub fn StatementDocument(statement: StatementView) -> impl IntoView {
    let t = words();
    let accounts = statement.accounts.into_iter().map(|account| view! { <AccountTable account/> });
    view! {
        <article class="document">
            <header class="document-head">
                <p class="document-issuer">{statement.customer.name}</p>
                <p class="document-title">{t.statement.title()}</p>
            </header>
            <p>{t.statement.span(format::long_date(statement.from, t), format::long_date(statement.to, t))}</p>
            {accounts.collect_view()}
        </article>
    }
}

#[component]
fn AccountTable(account: Account) -> impl IntoView {
    let t = words();
    let table = match account.entries.is_empty() {
        true => view! { <p class="muted">{t.statement.nothing()}</p> }.into_any(),
        false => view! { <Table columns=columns(t) rows=account.entries label=t.statement.title()/> }.into_any(),
    };
    view! {
        <dl class="document-totals">
            <div><dt>{t.statement.opening()}</dt><dd>{money(account.opening)}</dd></div>
        </dl>
        {table}
        <dl class="document-totals">
            <div><dt>{t.statement.charged()}</dt><dd>{money(account.charged)}</dd></div>
            <div><dt>{t.statement.credited()}</dt><dd>{money(account.credited)}</dd></div>
            <div class="document-total"><dt>{t.statement.closing()}</dt><dd>{money(account.closing)}</dd></div>
        </dl>
    }
}

fn columns(t: Words) -> Vec<Column<Entry>> {
    let what = move |entry: &Entry| format!("{} {}", movement_name(entry.movement.kind, t), entry.movement.number);
    let side = |entry: &Entry, raises: bool| {
        let here = entry.movement.kind.raises_debt() == raises;
        if here { bare(entry.movement.amount) } else { String::new() }
    };
    vec![
        Column::new(t.statement.movement(), what),
        Column::new(t.statement.date(), move |entry: &Entry| format::date(entry.movement.on, t)),
        Column::new(t.statement.charge(), move |entry: &Entry| side(entry, true)).number(),
        Column::new(t.statement.credit(), move |entry: &Entry| side(entry, false)).number(),
        Column::new(t.statement.balance(), |entry: &Entry| bare(entry.balance)).number(),
    ]
}

/// Where the PDF of the statement is.
#[must_use]
pub fn pdf_address(statement: &StatementView) -> String {
    format!("/documents/statements/{}.pdf?from={}&to={}", statement.customer.id, statement.from, statement.to)
}
