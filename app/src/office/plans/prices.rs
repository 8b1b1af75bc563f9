//! What a plan costs in a sector, or from a day on.

use domain::ids::{PlanId, SectorId};
use domain::views::list::Choice;
use domain::views::plans::PlanPrice;
use leptos::prelude::*;

use super::api::{AddPlanPrice, RemovePlanPrice};
use crate::{
    i18n::words,
    parts::amount::bare_price,
    surroundings::may,
    ui::{
        button::Variant,
        card::Card,
        form::{Choices, Field, Form, FormState, Kind, MoneyInput, Select, Submit, choices_of},
        format,
    },
};

#[component]
pub(super) fn Prices(
    plan: PlanId,
    currency: String,
    prices: Vec<PlanPrice>,
    sectors: Vec<Choice<SectorId>>,
    add: FormState<AddPlanPrice>,
    remove: FormState<RemovePlanPrice>,
) -> impl IntoView {
    let t = words();
    let none = prices.is_empty().then(|| view! { <p class="muted">{t.catalogue.no_prices()}</p> });
    let entries = prices.into_iter().map(|price| view! { <Price plan price remove/> }).collect_view();
    let adding = may("edit_plans").then(|| view! { <AddPrice plan currency sectors add/> });
    view! {
        <Card title=t.catalogue.prices()>
            <p class="muted">{t.catalogue.prices_hint()}</p>
            {none}
            <ul class="entries">{entries}</ul>
            {adding}
        </Card>
    }
}

#[component]
fn Price(plan: PlanId, price: PlanPrice, remove: FormState<RemovePlanPrice>) -> impl IntoView {
    let t = words();
    let place = price.sector.map_or_else(|| t.catalogue.everywhere().to_owned(), |sector| sector.name);
    let costs = t.catalogue.price_from(bare_price(price.price.get()), format::date(price.from, t));
    let which = format!(" {place} {costs}");
    let removing = may("edit_plans").then(|| {
        view! {
            <Form state=remove>
                <input type="hidden" name="plan" value=plan.to_string()/>
                <input type="hidden" name="price" value=price.id.to_string()/>
                <Submit variant=Variant::Quiet>
                    {t.catalogue.remove_price()}<span class="visually-hidden">{which}</span>
                </Submit>
            </Form>
        }
    });
    view! {
        <li class="entry">
            <div>
                <p><strong>{place}</strong></p>
                <p class="muted">{costs}</p>
            </div>
            {removing}
        </li>
    }
}

#[component]
fn AddPrice(
    plan: PlanId,
    currency: String,
    sectors: Vec<Choice<SectorId>>,
    add: FormState<AddPlanPrice>,
) -> impl IntoView {
    let t = words();
    let sectors = choices_of(sectors);
    let places: Choices = [(String::new(), t.catalogue.everywhere().to_owned())].into_iter().chain(sectors).collect();
    view! {
        <Form state=add>
            <input type="hidden" name="plan" value=plan.to_string()/>
            <div class="fields">
                <Select name="form[sector]" label=t.catalogue.where_() choices=places/>
                <Field name="form[from]" label=t.catalogue.from() hint=t.catalogue.from_hint() kind=Kind::Date optional=true/>
                <MoneyInput name="form[price]" label=t.catalogue.price() currency/>
            </div>
            <div class="form-actions"><Submit>{t.catalogue.add_price()}</Submit></div>
        </Form>
    }
}
