//! The form for a new plan.

use domain::plan::PlanKind;
use domain::views::plans::{PlanForm, PlanOffer};
use leptos::prelude::*;

use super::{
    api::{CreatePlan, begin_plan},
    fields::PlanFields,
};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Form, FormActions, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn NewPlanPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreatePlan>();
    let offer = Resource::new_blocking(|| (), |()| begin_plan());
    let fields = move |offer: PlanOffer| {
        let only_tax = if let [tax] = offer.taxes.as_slice() { tax.id.to_string() } else { String::new() };
        let kind = PlanKind::Internet.word().to_owned();
        let plan = PlanForm { kind, currency: offer.currency.to_string(), tax: only_tax, ..PlanForm::default() };
        view! {
            <Form state=form>
                <PlanFields plan taxes=offer.taxes/>
                <FormActions label=t.catalogue.create() back="/office/plans"/>
            </Form>
        }
    };
    let places = vec![(t.catalogue.plans().to_owned(), "/office/plans".to_owned())];
    view! {
        <PageHeader title=t.catalogue.new_plan() summary=t.catalogue.new_plan_hint() places/>
        <Card><Loaded from=offer view=fields/></Card>
    }
}
