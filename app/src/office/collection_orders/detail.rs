//! One order: whose equipment, where, and how it ended.

use domain::ids::StockPlaceId;
use domain::views::collection_orders::{CollectionOrderRow, CollectionOutcome};
use domain::views::list::Choice;
use leptos::prelude::*;

use super::api::{CloseCollectionOrder, show_collection_order};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    office::stock::{AtContract, api::list_place_choices},
    parts::place::street_and_city,
    surroundings::{local, may},
    ui::{
        badge::Badge,
        button::Variant,
        card::{Card, Fact, Facts},
        form::{Choices, Form, FormState, Select, Submit, Textarea, choices_of, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn CollectionOrderPage() -> impl IntoView {
    let id = use_id();
    let close = use_form::<CloseCollectionOrder>();
    let done = close.done();
    let order = Resource::new_blocking(
        move || (id.get(), done.get()),
        |(id, _)| async move { Ok::<_, AppError>((show_collection_order(id?).await?, list_place_choices().await?)) },
    );
    view! { <Loaded from=order view=move |(order, brought)| view! { <Order order brought close/> }/> }
}

#[component]
fn Order(
    order: CollectionOrderRow,
    /** Where it can be brought. */
    brought: Vec<Choice<StockPlaceId>>,
    close: FormState<CloseCollectionOrder>,
) -> impl IntoView {
    let t = words();
    let places = vec![(t.collections.equipment_orders().to_owned(), "/office/equipment".to_owned())];
    let (title, state) = (t.collections.equipment_of(&order.customer.name), badge(order.outcome, t));
    let closable = order.outcome.is_none() && may("close_collection_orders");
    let (id, contract) = (order.id, order.contract.id);
    view! {
        <PageHeader title places state/>
        <Card title=t.collections.equipment()><About order/></Card>
        {may("see_stock").then(|| view! { <AtContract contract installs=false/> })}
        {closable.then(|| view! { <Close id=id.to_string() brought close/> })}
    }
}

#[component]
fn About(order: CollectionOrderRow) -> impl IntoView {
    let t = words();
    let contract = format!("/office/contracts/{}", order.contract.id);
    let equipment = if order.equipment.is_empty() { t.collections.not_known().to_owned() } else { order.equipment };
    let closed = order.closed_at.map(|at| {
        let who = order.closed_by.unwrap_or_else(|| t.parts.automatic().to_owned());
        t.collections.approved_by(who, format::date_time(local(at), t))
    });
    view! {
        <Facts>
            <Fact label=t.collections.equipment()><strong>{equipment}</strong></Fact>
            <Fact label=t.collections.customer()><a href=format!("/office/customers/{}", order.customer.id)>{order.customer.name}</a></Fact>
            {order.phone.map(|phone| view! {
                <Fact label=t.customers.phone()><a href=format!("tel:{phone}")>{phone.clone()}</a></Fact>
            })}
            <Fact label=t.collections.contract()><a href=contract>{order.contract.name}</a></Fact>
            <Fact label=t.collections.place()>{street_and_city(&order.street, &order.city)}</Fact>
            <Fact label=t.collections.from()>{format::long_date(order.opened_on, t)}</Fact>
            {order.place.map(|place| view! { <Fact label=t.stock.bring_to()>{place}</Fact> })}
            {closed.map(|closed| view! { <Fact label=t.collections.closed()>{closed}</Fact> })}
            {(!order.note.is_empty()).then(|| view! { <Fact label=t.collections.note()>{order.note}</Fact> })}
        </Facts>
    }
}

#[component]
fn Close(id: String, brought: Vec<Choice<StockPlaceId>>, close: FormState<CloseCollectionOrder>) -> impl IntoView {
    let t = words();
    let places = choices_of(brought);
    let place = (!places.is_empty()).then(|| {
        view! {
            <Select name="form[place]" label=t.stock.bring_to() hint=t.stock.bring_to_hint() choices=places optional=true/>
        }
    });
    let outcomes: Choices = CollectionOutcome::BY_HAND
        .iter()
        .map(|outcome| (outcome.word().to_owned(), outcome_word(*outcome, t).to_owned()))
        .collect();
    view! {
        <Card title=t.collections.close_order()>
            <Form state=close>
                <input type="hidden" name="order" value=id/>
                <Select name="form[outcome]" label=t.collections.outcome() choices=outcomes/>
                {place}
                <Textarea name="form[note]" label=t.collections.note() optional=true most=500/>
                <div class="form-actions"><Submit variant=Variant::Primary icon=Icon::Check>{t.collections.close_order()}</Submit></div>
            </Form>
        </Card>
    }
}

pub(super) fn badge(outcome: Option<CollectionOutcome>, t: Words) -> AnyView {
    let (tone, icon, label) = match outcome {
        None => (Tone::Warn, Icon::Clock, t.collections.to_collect()),
        Some(outcome @ (CollectionOutcome::Collected | CollectionOutcome::Returned)) => {
            (Tone::Ok, Icon::Check, outcome_word(outcome, t))
        }
        Some(outcome) => (Tone::Neutral, Icon::Close, outcome_word(outcome, t)),
    };
    view! { <Badge tone icon label/> }.into_any()
}

fn outcome_word(outcome: CollectionOutcome, t: Words) -> &'static str {
    crate::parts::state::collection_outcome(outcome, t)
}
