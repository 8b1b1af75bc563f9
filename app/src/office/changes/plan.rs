//! Another plan: what each would cost, now and from the next period.

use domain::plan_change::Timing;
use domain::views::changes::{PlanOption, PlanOptions};
use domain::views::contracts::ContractDetail;
use leptos::prelude::*;

use super::{
    api::{ChangePlan, contract_plan_options},
    change_href, places, timings, whom,
};
use crate::{
    failure::AppError,
    i18n::words,
    office::contracts::api::show_contract,
    parts::{amount::money, change::option_columns},
    ui::{
        card::Card,
        empty::EmptyState,
        form::{Form, FormActions, FormState, Select, use_form},
        icon::Icon,
        list::Table,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn PlanChangePage() -> impl IntoView {
    let id = use_id();
    let form = use_form::<ChangePlan>();
    let found = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok::<_, AppError>((show_contract(id).await?, contract_plan_options(id).await?))
        },
    );
    view! { <Loaded from=found view=move |(contract, options)| view! { <PlanChange contract options form/> }/> }
}

#[component]
fn PlanChange(contract: ContractDetail, options: PlanOptions, form: FormState<ChangePlan>) -> impl IntoView {
    let t = words();
    let (places, summary) = (places(&contract, t), whom(&contract));
    let present = t.changes.plan_present(&options.present.name, money(options.present_price));
    let plan = |option: &PlanOption| (option.plan.id.to_string(), option.plan.name.clone());
    let choices = options.plans.iter().map(plan).collect();
    let content = if options.is_open() {
        view! { <Notice tone=Tone::Accent icon=Icon::Clock title=t.failure.change_under_way()/> }.into_any()
    } else if options.plans.is_empty() {
        view! { <EmptyState icon=Icon::Plan title=t.changes.no_other_plan() hint=t.changes.no_other_plan_hint()/> }
            .into_any()
    } else {
        view! {
            <p>{present}</p>
            <Table columns=option_columns(t) rows=options.plans label=t.changes.plan()/>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <input type="hidden" name="form[line]" value=options.line.to_string()/>
                <Select name="form[plan]" label=t.changes.new_plan() choices/>
                <Select name="form[timing]" label=t.changes.timing() hint=t.changes.timing_hint() choices=timings(t)
                        value=Timing::NextPeriod.word()/>
                <FormActions label=t.changes.plan() back=change_href(contract.id) icon=Icon::Check/>
            </Form>
        }
        .into_any()
    };
    view! {
        <PageHeader title=t.changes.plan() places summary/>
        <Card>{content}</Card>
    }
}
