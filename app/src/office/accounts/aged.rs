//! Who owes for how long.

use domain::views::accounts::{Aged, AgedList, AgedRow};
use leptos::prelude::*;

use super::{Part, Parts, api::list_aged};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::amount::money,
    ui::{
        card::Card,
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, DayFilter, List, ListQuery, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn AgedPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let aged = Resource::new_blocking(move || query.get(), list_aged);
    view! {
        <PageHeader title=t.accounts.aged() summary=t.accounts.aged_hint()/>
        <Parts open=Part::Aged/>
        <DayFilter query label=t.accounts.age_on()/>
        <ListTools/>
        <Loaded from=aged view=move |aged| view! { <Ages query aged/> }/>
    }
}

#[component]
fn Ages(query: Memo<ListQuery>, aged: AgedList) -> impl IntoView {
    let t = words();
    let empty = move || view! { <EmptyState icon=Icon::Check title=t.accounts.aged_empty() hint=t.accounts.aged_empty_hint()/> };
    // On a phone the first column is a row's title: of a sum, that is its currency.
    let mut of_totals = vec![Column::new(t.accounts.currency(), |aged: &Aged| aged.balance.currency().to_string())];
    of_totals.extend(amounts(t, |aged: &Aged| *aged));
    let totals = (!aged.totals.is_empty()).then(|| {
        view! {
            <Card title=t.accounts.totals()>
                <Table columns=of_totals rows=aged.totals label=t.accounts.totals()/>
            </Card>
        }
    });
    let mut columns = vec![Column::new(t.money.customer(), |row: &AgedRow| row.customer.name.clone())];
    columns.extend(amounts(t, |row: &AgedRow| row.aged));
    let href = |row: &AgedRow| format!("/office/customers/{}", row.customer.id);
    view! {
        <p class="list-sum">
            {t.accounts.as_of(format::date(aged.on, t))}
        </p>
        {totals}
        <List query page=aged.page columns label=t.accounts.aged() href empty/>
    }
}

/// A column for each age, of whatever has ages.
fn amounts<Row: 'static>(t: Words, aged: fn(&Row) -> Aged) -> Vec<Column<Row>> {
    let column = |label: &'static str, amount: fn(&Aged) -> domain::money::Money| {
        let shown = move |row: &Row| {
            let amount = amount(&aged(row));
            if amount.is_zero() { String::new() } else { money(amount) }
        };
        Column::new(label, shown).number()
    };
    vec![
        column(t.accounts.current(), |aged| aged.current),
        column(t.accounts.to_30(), |aged| aged.to_30),
        column(t.accounts.to_60(), |aged| aged.to_60),
        column(t.accounts.to_90(), |aged| aged.to_90),
        column(t.accounts.older(), |aged| aged.older),
        column(t.accounts.credit_of_customer(), |aged| aged.credit),
        column(t.accounts.balance(), |aged| aged.balance),
    ]
}
