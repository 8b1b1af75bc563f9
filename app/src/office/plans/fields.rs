//! The fields of a plan, new or not.

use domain::ids::TaxId;
use domain::plan::PlanKind;
use domain::views::list::Choice;
use domain::views::plans::PlanForm;
use leptos::prelude::*;

use super::kind_name;
use crate::{
    i18n::words,
    ui::form::{Field, Kind, MoneyInput, Select},
};

#[component]
pub(super) fn PlanFields(plan: PlanForm, taxes: Vec<Choice<TaxId>>) -> impl IntoView {
    let t = words();
    let kinds = PlanKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_name(*kind, t).to_owned())).collect();
    let taxes = taxes.into_iter().map(|tax| (tax.id.to_string(), tax.name)).collect();
    view! {
        <Field name="plan[name]" label=t.catalogue.name() hint=t.catalogue.plan_name_hint() value=plan.name most=100/>
        <div class="fields">
            <Field name="plan[code]" label=t.catalogue.code() hint=t.catalogue.code_hint() value=plan.code most=40/>
            <Select name="plan[kind]" label=t.catalogue.kind() choices=kinds value=plan.kind/>
        </div>
        <div class="fields">
            <Field name="plan[down_mbps]" label=t.catalogue.down() kind=Kind::Decimal unit="Mbit/s" optional=true
                   value=plan.down_mbps hint=t.catalogue.speed_hint()/>
            <Field name="plan[up_mbps]" label=t.catalogue.up() kind=Kind::Decimal unit="Mbit/s" optional=true
                   value=plan.up_mbps/>
        </div>
        <div class="fields">
            <MoneyInput name="plan[price]" label=t.catalogue.price() currency=plan.currency.clone() value=plan.price
                        hint=t.catalogue.price_hint()/>
            <Select name="plan[tax]" label=t.catalogue.tax() choices=taxes value=plan.tax/>
        </div>
        <input type="hidden" name="plan[currency]" value=plan.currency/>
    }
}
