//! The list of payments.

use domain::invoice::PaymentMethod;
use domain::views::payments::{PaymentList, PaymentRow};
use leptos::prelude::*;

use super::{api::list_payments, settled::bounced_badge};
use crate::{
    i18n::{Words, words},
    office::dashboard::Narrowing,
    office::list_tools::ListTools,
    parts::amount::{money, moneys, payment_method},
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, DateFilter, Filter, List, ListControls, ListQuery, Narrowed, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn PaymentsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let payments = Resource::new_blocking(move || query.get(), list_payments);
    let filters = vec![Filter { name: "method", label: t.money.method().to_owned(), choices: methods(t) }];
    view! {
        <PageHeader title=t.money.payments()>
            <LinkButton href="/office/rates">{t.rates.title()}</LinkButton>
            {new_payment(Variant::Primary, t)}
        </PageHeader>
        <ListControls query search=t.money.payments_search() filters>
            <DateFilter query label=t.money.received()/>
            <ListTools/>
        </ListControls>
        <Narrowing query/>
        <Loaded from=payments view=move |payments| view! { <Payments query payments/> }/>
    }
}

fn new_payment(variant: Variant, t: Words) -> Option<AnyView> {
    may("record_payments").then(|| {
        view! { <LinkButton href="/office/payments/new" variant icon=Icon::Plus>{t.money.new_payment()}</LinkButton> }
            .into_any()
    })
}

/// Those of them that are money.
pub(super) fn money_methods(t: Words) -> Vec<(String, String)> {
    let is_money = |word: &str| word.parse::<PaymentMethod>().is_ok_and(|method| !method.is_withholding());
    methods(t).into_iter().filter(|(word, _)| is_money(word)).collect()
}

/// The ways to pay, with their words.
pub(in crate::office) fn methods(t: Words) -> Vec<(String, String)> {
    let words = |method: &PaymentMethod| (method.word().to_owned(), payment_method(*method, t).to_owned());
    PaymentMethod::ALL.iter().map(words).collect()
}

#[component]
fn Payments(query: Memo<ListQuery>, payments: PaymentList) -> impl IntoView {
    let t = words();
    let now = query.get_untracked();
    let customer = payments.page.rows.first();
    let customer = customer
        .map_or_else(|| t.money.only_one_customer().to_owned(), |row| t.money.only_customer(&row.customer_name));
    let received = (!payments.received.is_empty()).then(|| {
        view! { <p class="list-sum">{t.money.received_in_list(moneys(&payments.received))}</p> }
    });
    let href = |row: &PaymentRow| format!("/office/payments/{}", row.id);
    let empty = move || {
        view! {
            <EmptyState icon=Icon::Payment title=t.money.no_payments() hint=t.money.no_payments_hint()>
                {new_payment(Variant::Secondary, t)}
            </EmptyState>
        }
    };
    view! {
        <Narrowed query=now name="customer" words=customer/>
        {received}
        <List query page=payments.page columns=columns(t) label=t.money.payments() href empty/>
    }
}

fn columns(t: Words) -> Vec<Column<PaymentRow>> {
    let receipt = move |row: &PaymentRow| {
        let bounced = row.reversed_on.map(|_| bounced_badge(t));
        view! { <span>{row.receipt.clone()}" "{bounced}</span> }
    };
    let unused = |row: &PaymentRow| if row.unused.is_zero() { String::new() } else { money(row.unused) };
    vec![
        Column::new(t.money.receipt(), receipt),
        Column::new(t.money.received(), move |row: &PaymentRow| format::date(row.received_on, t)).sorted("received"),
        Column::new(t.money.customer(), |row: &PaymentRow| row.customer_name.clone()).sorted("customer"),
        Column::new(t.money.method(), move |row: &PaymentRow| payment_method(row.method, t)),
        Column::new(t.money.reference(), |row: &PaymentRow| row.reference.clone()).secondary(),
        Column::new(t.money.amount(), |row: &PaymentRow| money(row.amount)).sorted("amount").number(),
        Column::new(t.money.unused(), unused).number().secondary(),
    ]
}
