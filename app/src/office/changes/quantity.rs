//! Another quantity of something.

use domain::plan_change::Timing;
use domain::views::contracts::ContractDetail;
use leptos::prelude::*;

use super::{api::ChangeQuantity, change_href, lines, places, timings, use_contract, whom};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind, Select, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn QuantityPage() -> impl IntoView {
    let form = use_form::<ChangeQuantity>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Quantity contract form/> }/> }
}

#[component]
fn Quantity(contract: ContractDetail, form: FormState<ChangeQuantity>) -> impl IntoView {
    let t = words();
    let (places, summary, choices) = (places(&contract, t), whom(&contract), lines(&contract));
    let first = choices.first().map(|(id, _)| id.clone()).unwrap_or_default();
    view! {
        <PageHeader title=t.changes.quantity() places summary/>
        <Card>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Select name="form[line]" label=t.changes.line() choices value=first/>
                <Field name="form[quantity]" label=t.contracts.quantity() kind=Kind::Decimal/>
                <Select name="form[timing]" label=t.changes.timing() hint=t.changes.timing_hint() choices=timings(t)
                        value=Timing::NextPeriod.word()/>
                <FormActions label=t.changes.quantity() back=change_href(contract.id) icon=Icon::Check/>
            </Form>
        </Card>
    }
}
