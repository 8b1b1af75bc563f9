//! The work list: money that came in.

use domain::bank::BankRowState;
use domain::views::bank::{BankWork, MatchedRow};
use leptos::prelude::*;

use super::{
    Part, Parts,
    api::list_movements,
    evidence::{certainty_badge, reasons},
    state_badge, state_word, upload_button,
};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::amount::money,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn BankPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let work = Resource::new_blocking(move || query.get(), list_movements);
    let states = BankRowState::ALL.iter().map(|state| (state.word().to_owned(), state_word(*state, t).to_owned()));
    let filters = vec![Filter { name: "state", label: t.transfers.state().to_owned(), choices: states.collect() }];
    let sure = may("book_statements").then(|| {
        view! { <LinkButton href="/office/bank/sure" variant=Variant::Primary icon=Icon::Check>{t.bank.sure()}</LinkButton> }
    });
    view! {
        <PageHeader title=t.bank.title() summary=t.bank.hint()>
            {sure}
            {upload_button(Variant::Secondary, t)}
        </PageHeader>
        <Parts open=Part::Work/>
        <ListControls query filters><ListTools/></ListControls>
        <Loaded from=work view=move |work| view! { <Work query work/> }/>
    }
}

#[component]
fn Work(query: Memo<ListQuery>, work: BankWork) -> impl IntoView {
    let t = words();
    let href = |matched: &MatchedRow| format!("/office/bank/rows/{}", matched.row.id);
    let empty = move || {
        view! {
            <EmptyState icon=Icon::Payment title=t.bank.empty() hint=t.bank.empty_hint()>
                {upload_button(Variant::Secondary, t)}
            </EmptyState>
        }
    };
    view! {
        <p class="list-sum">{t.bank.waiting(work.open)}</p>
        <List query page=work.page columns=columns(t) label=t.bank.movements() href empty/>
    }
}

pub(super) fn columns(t: Words) -> Vec<Column<MatchedRow>> {
    let told = |matched: &MatchedRow| {
        let row = &matched.row;
        let words = [&row.name, &row.description, &row.reference].map(String::as_str);
        words.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    let whose = move |matched: &MatchedRow| {
        if matched.row.state != BankRowState::Open {
            return state_badge(matched.row.state, t);
        }
        match matched.suggestions.first() {
            Some(best) => view! {
                <span>{best.customer.name.clone()}" "{certainty_badge(best.certainty, t)}</span>
                <p class="muted">{reasons(best, t)}</p>
            }
            .into_any(),
            None => view! { <span class="muted">{t.bank.nobody()}</span> }.into_any(),
        }
    };
    vec![
        Column::new(t.bank.booked_on(), move |matched: &MatchedRow| format::date(matched.row.booked_on, t)),
        Column::new(t.bank.told(), told),
        Column::new(t.bank.account(), |matched: &MatchedRow| matched.row.account.name.clone()).secondary(),
        Column::new(t.bank.whose(), whose),
        Column::new(t.money.amount(), |matched: &MatchedRow| money(matched.row.amount)).number(),
    ]
}
