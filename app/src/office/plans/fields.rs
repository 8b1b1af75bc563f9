//! The fields of a plan, new or not.

use domain::ids::TaxId;
use domain::plan::PlanKind;
use domain::views::list::Choice;
use domain::views::plans::PlanForm;
use leptos::prelude::*;

use super::kind_name;
use crate::{
    i18n::words,
    ui::form::{Field, Kind, MoneyInput, Select, choices_of},
};

#[component]
pub(super) fn PlanFields(plan: PlanForm, taxes: Vec<Choice<TaxId>>) -> impl IntoView {
    let t = words();
    let kinds = PlanKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_name(*kind, t).to_owned())).collect();
    let taxes = choices_of(taxes);
    let bursts = !plan.burst_seconds.is_empty();
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
        <details class="more" open=bursts>
            <summary>{t.access.burst()}</summary>
            <p class="muted">{t.access.burst_hint()}</p>
            <div class="fields">
                <Field name="plan[burst_down_mbps]" label=t.access.burst_down() kind=Kind::Decimal unit="Mbit/s"
                       optional=true value=plan.burst_down_mbps/>
                <Field name="plan[burst_up_mbps]" label=t.access.burst_up() kind=Kind::Decimal unit="Mbit/s"
                       optional=true value=plan.burst_up_mbps/>
            </div>
            <div class="fields">
                <Field name="plan[threshold_down_mbps]" label=t.access.threshold_down() kind=Kind::Decimal
                       unit="Mbit/s" optional=true value=plan.threshold_down_mbps/>
                <Field name="plan[threshold_up_mbps]" label=t.access.threshold_up() kind=Kind::Decimal
                       unit="Mbit/s" optional=true value=plan.threshold_up_mbps/>
            </div>
            <Field name="plan[burst_seconds]" label=t.access.burst_seconds() hint=t.access.burst_seconds_hint()
                   kind=Kind::Whole unit="s" optional=true value=plan.burst_seconds/>
        </details>
        <div class="fields">
            <MoneyInput name="plan[price]" label=t.catalogue.price() currency=plan.currency.clone() value=plan.price
                        hint=t.catalogue.price_hint()/>
            <Select name="plan[tax]" label=t.catalogue.tax() choices=taxes value=plan.tax/>
        </div>
        <input type="hidden" name="plan[currency]" value=plan.currency/>
    }
}
