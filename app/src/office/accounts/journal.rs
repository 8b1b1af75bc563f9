//! The journal's lines, of one account or of all.

use domain::journal::{EntryKind, JournalLine};
use domain::views::accounts::JournalPage as Lines;
use leptos::prelude::*;

use super::{Exports, Part, Parts, account_name, api::list_journal, kind_name};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::amount::money,
    ui::{
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, DateFilter, List, ListControls, ListQuery, Narrowed, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn JournalPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let lines = Resource::new_blocking(move || query.get(), list_journal);
    view! {
        <PageHeader title=t.accounts.journal() summary=t.accounts.hint()/>
        <Parts open=Part::Journal/>
        <ListControls query>
            <DateFilter query label=t.accounts.dates()/>
            <ListTools/>
        </ListControls>
        <Loaded from=lines view=move |lines| view! { <Journal query lines/> }/>
    }
}

#[component]
fn Journal(query: Memo<ListQuery>, lines: Lines) -> impl IntoView {
    let t = words();
    let now = query.get_untracked();
    let account = now.filter("account").map(|account| account_name(account, t)).unwrap_or_default();
    let empty =
        move || view! { <EmptyState icon=Icon::Dashboard title=t.accounts.empty() hint=t.accounts.empty_hint()/> };
    view! {
        <Exports period=lines.period/>
        <Narrowed query=now name="account" words=account/>
        <List query page=lines.page columns=columns(t) label=t.accounts.journal() empty/>
    }
}

fn columns(t: Words) -> Vec<Column<JournalLine>> {
    let debit = |line: &JournalLine| if line.amount.is_positive() { money(line.amount) } else { String::new() };
    let credit = |line: &JournalLine| if line.amount.is_negative() { money(-line.amount) } else { String::new() };
    vec![
        Column::new(t.accounts.date(), move |line: &JournalLine| format::date(line.on, t)),
        Column::new(t.accounts.entry(), move |line: &JournalLine| entry(line, t)),
        Column::new(t.money.customer(), |line: &JournalLine| line.customer.name.clone()).secondary(),
        Column::new(t.accounts.account(), move |line: &JournalLine| account_name(&line.account, t)),
        Column::new(t.accounts.debit(), debit).number(),
        Column::new(t.accounts.credit(), credit).number(),
    ]
}

/// What it was made of, with the way there.
fn entry(line: &JournalLine, t: Words) -> AnyView {
    let label = format!("{} {}", kind_name(line.kind, t), line.name);
    let href = match line.kind {
        EntryKind::Invoice | EntryKind::CreditNote | EntryKind::Void => format!("/office/invoices/{}", line.record),
        EntryKind::Payment | EntryKind::Reversal | EntryKind::Fee => format!("/office/payments/{}", line.record),
        EntryKind::Allocation | EntryKind::Refund | EntryKind::Exchange => return label.into_any(),
    };
    view! { <a href=href>{label}</a> }.into_any()
}
