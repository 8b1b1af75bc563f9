//! Paying: what is owed, chosen on a phone; and the other ways, for those without a card.

pub mod api;
mod cards;
mod checkout;
mod quote;

pub use cards::CardsPage;
pub use checkout::CheckoutPage;
pub use quote::PayQuote;

use domain::money::Money;
use domain::views::gateway::{OwedRow, PayOffer, sums};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::api::{PayByCard, begin_to_pay};
use crate::{
    i18n::{Words, words},
    parts::{amount::money, card::card_name},
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Checkbox, Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn PayPage() -> impl IntoView {
    let form = use_form::<PayByCard>();
    let offer = Resource::new_blocking(|| (), |()| begin_to_pay());
    view! { <Loaded from=offer view=move |offer| view! { <Pay offer form/> }/> }
}

#[component]
fn Pay(offer: PayOffer, form: FormState<PayByCard>) -> impl IntoView {
    let t = words();
    if offer.owed.is_empty() {
        return view! {
            <PageHeader title=t.gateway.pay()/>
            <OnItsWay amounts=offer.on_its_way/>
            <EmptyState icon=Icon::Check title=t.portal.all_paid() hint=t.gateway.nothing_to_pay()/>
        }
        .into_any();
    }
    let how_to_pay = offer.how_to_pay.clone();
    let on_its_way = offer.on_its_way.clone();
    let automatic = offer.automatic.clone().map(|card| {
        view! { <Notice tone=Tone::Accent icon=Icon::Payment title=t.gateway.pays_by_itself(card_name(&card, t))/> }
    });
    let pays = may("pay_in_portal");
    let by_card = (pays && offer.by_card).then(|| view! { <ByCard offer=offer.clone() form/> });
    let owed = (!pays || !offer.by_card).then(|| view! { <Owed rows=offer.owed.clone()/> });
    let only_seen = (!pays).then(|| view! { <p class="muted">{t.people.only_seen()}</p> });
    view! {
        <PageHeader title=t.gateway.pay()/>
        <OnItsWay amounts=on_its_way/>
        {automatic}
        {by_card}
        {owed}
        {only_seen}
        {pays.then(|| view! { <OtherWays how_to_pay/> })}
    }
    .into_any()
}

/// What was paid already and has not arrived: nobody shall pay it twice by impatience.
#[component]
pub(super) fn OnItsWay(amounts: Vec<Money>) -> impl IntoView {
    let t = words();
    let all = sums(amounts).into_iter().map(money).collect::<Vec<_>>().join(", ");
    (!all.is_empty()).then(|| {
        view! { <Notice tone=Tone::Accent icon=Icon::Clock title=t.gateway.on_its_way(all)><p>{t.gateway.on_its_way_hint()}</p></Notice> }
    })
}

#[component]
pub(super) fn DemoNotice(is_demo: bool) -> impl IntoView {
    let t = words();
    is_demo.then(|| view! { <Notice tone=Tone::Warn icon=Icon::Info title=t.gateway.demo()/> })
}

#[component]
fn ByCard(offer: PayOffer, form: FormState<PayByCard>) -> impl IntoView {
    let t = words();
    let only = use_query_map().read_untracked().get_str("invoice").map(str::to_owned);
    let currency = offer.owed.first().map(|row| row.open.currency());
    let is_chosen = |row: &OwedRow| match &only {
        Some(only) => row.invoice.to_string() == *only,
        None => Some(row.open.currency()) == currency,
    };
    let chosen = RwSignal::new(offer.owed.iter().map(is_chosen).collect::<Vec<_>>());
    let opens: Vec<Money> = offer.owed.iter().map(|row| row.open).collect();
    let total = move || {
        let chosen = chosen.get();
        let chosen = opens.iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(open, _)| *open);
        sums(chosen).into_iter().map(money).collect::<Vec<_>>().join(" + ")
    };
    let rows = offer.owed.into_iter().enumerate();
    let rows = rows.map(|(nth, row)| view! { <Choice nth row chosen/> }).collect_view();
    view! {
        <DemoNotice is_demo=offer.is_demo/>
        <Card title=t.gateway.by_card()>
            <Form state=form>
                <input type="hidden" name="pay[idempotency_key]" value=offer.idempotency_key/>
                <fieldset class="owed">
                    <legend class="visually-hidden">{t.portal.invoices()}</legend>
                    {rows}
                </fieldset>
                <p class="pay-total"><span>{t.money.total()}</span><strong>{total}</strong></p>
                {offer.automatic.is_none().then(|| view! {
                    <Checkbox name="pay[automatic]" label=t.gateway.save_and_pay() hint=t.gateway.consent()/>
                })}
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Payment>{t.gateway.pay_by_card()}</Submit>
                </div>
            </Form>
        </Card>
    }
}

/// An invoice with its box: the whole line is the target.
#[component]
fn Choice(nth: usize, row: OwedRow, chosen: RwSignal<Vec<bool>>) -> impl IntoView {
    let t = words();
    let is_chosen = chosen.with_untracked(|chosen| chosen.get(nth).copied().unwrap_or_default());
    let choose = move |event| {
        let checked = event_target_checked(&event);
        chosen.update(|chosen| {
            if let Some(one) = chosen.get_mut(nth) {
                *one = checked;
            }
        });
    };
    view! {
        <label class="owed-line">
            <input type="checkbox" name=format!("pay[invoices][{nth}]") value=row.invoice.to_string() checked=is_chosen
                   on:change=choose/>
            <span class="owed-text">{row.number.clone()}<small>{due(&row, t)}</small></span>
            <span class="owed-amount">{money(row.open)}</span>
        </label>
    }
}

fn due(row: &OwedRow, t: Words) -> String {
    let date = format::date(row.due_on, t);
    if row.is_late { t.gateway.was_due(date) } else { t.gateway.is_due(date) }
}

/// Where cards are not taken: what is owed, to be paid otherwise.
#[component]
fn Owed(rows: Vec<OwedRow>) -> impl IntoView {
    let t = words();
    let lines = rows.into_iter().map(move |row| {
        let due = due(&row, t);
        view! {
            <p class="owed-line">
                <span class="owed-text">{row.number}<small>{due}</small></span>
                <span class="owed-amount">{money(row.open)}</span>
            </p>
        }
    });
    view! { <Card title=t.portal.invoices()>{lines.collect_view()}</Card> }
}

/// A transfer that is reported, and the counter: both end in the same payment.
#[component]
fn OtherWays(how_to_pay: String) -> impl IntoView {
    let t = words();
    let own_words = (!how_to_pay.is_empty())
        .then(|| how_to_pay.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view());
    let usual = own_words.is_none().then(|| view! { <p>{t.portal.how_to_pay()}</p> });
    view! {
        <Card title=t.gateway.other_ways()>
            {own_words}
            {usual}
            <p class="form-actions">
                <LinkButton href="/portal/transfers/new" icon=Icon::Check>{t.portal.report_transfer()}</LinkButton>
                <LinkButton href="/portal/transfers" variant=Variant::Quiet>{t.portal.transfers()}</LinkButton>
            </p>
        </Card>
    }
}
