//! Another plan: what it will cost and from when, and asking for it.

use domain::ids::ContractId;
use domain::plan_change::{ChangeState, Timing};
use domain::views::changes::{ChangeRow, PlanOption, PlanOptions};
use leptos::prelude::*;

use super::api::{RequestMyPlan, WithdrawMyChange, my_plan_options};
use crate::{
    i18n::words,
    parts::{
        amount::money,
        change::{change_badge, change_summary, option_columns},
    },
    surroundings::may,
    ui::{
        button::Variant,
        card::Card,
        empty::EmptyState,
        form::{Choices, Form, FormState, Select, Submit, use_form},
        icon::Icon,
        list::Table,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn PlanPage() -> impl IntoView {
    let t = words();
    let id = use_id::<ContractId>();
    let (request, withdraw) = (use_form::<RequestMyPlan>(), use_form::<WithdrawMyChange>());
    let (requested, withdrawn) = (request.done(), withdraw.done());
    let options = Resource::new_blocking(
        move || (id.get(), requested.get(), withdrawn.get()),
        |(id, ..)| async move { my_plan_options(id?).await },
    );
    let places = vec![(t.portal.home().to_owned(), "/portal".to_owned())];
    view! {
        <PageHeader title=t.changes.own_plan() places/>
        <Loaded from=options view=move |options| view! { <Options options request withdraw/> }/>
    }
}

#[component]
fn Options(
    options: PlanOptions,
    request: FormState<RequestMyPlan>,
    withdraw: FormState<WithdrawMyChange>,
) -> impl IntoView {
    let t = words();
    let present = t.changes.plan_present(&options.present.name, money(options.present_price));
    let latest = options.latest.clone().map(|change| view! { <Latest change withdraw/> });
    if options.is_open() {
        return latest.into_any();
    }
    if options.plans.is_empty() {
        return view! { <EmptyState icon=Icon::Plan title=t.changes.no_other_plan() hint=t.parts.get_in_touch()/> }
            .into_any();
    }
    let choices =
        options.plans.iter().map(|option: &PlanOption| (option.plan.id.to_string(), option.plan.name.clone()));
    let choices: Choices = choices.collect();
    let timings = Timing::ALL.iter().map(|timing| {
        let name = match timing {
            Timing::Now => t.changes.timing_now(),
            Timing::NextPeriod => t.changes.timing_next_period(),
        };
        (timing.to_string(), name.to_owned())
    });
    let timings: Choices = timings.collect();
    let (contract, line) = (options.contract.id.to_string(), options.line.to_string());
    let ask = may("own_portal").then(|| view! { <Ask contract line choices timings request/> });
    view! {
        {latest}
        <p>{present}</p>
        <Table columns=option_columns(t) rows=options.plans label=t.changes.own_plan()/>
        {ask}
    }
    .into_any()
}

#[component]
fn Ask(
    contract: String,
    line: String,
    choices: Choices,
    timings: Choices,
    request: FormState<RequestMyPlan>,
) -> impl IntoView {
    let t = words();
    view! {
        <Card>
            <Form state=request>
                <input type="hidden" name="contract" value=contract/>
                <input type="hidden" name="form[line]" value=line/>
                <Select name="form[plan]" label=t.changes.new_plan() choices/>
                <Select name="form[timing]" label=t.changes.timing() hint=t.changes.timing_hint() choices=timings
                        value=Timing::NextPeriod.word()/>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{t.changes.own_request()}</Submit>
                </div>
            </Form>
        </Card>
    }
}

/// What was asked for last, and what became of it.
#[component]
fn Latest(change: ChangeRow, withdraw: FormState<WithdrawMyChange>) -> impl IntoView {
    let t = words();
    let what_next = match &change.state {
        ChangeState::Requested => Some(t.changes.own_under_way().to_owned()),
        ChangeState::Rejected { reason } => Some(reason.clone()),
        ChangeState::Approved { .. } | ChangeState::Applied { .. } | ChangeState::Withdrawn => None,
    };
    let take_back = (change.state.is_open() && may("own_portal")).then(|| {
        view! {
            <Form state=withdraw>
                <input type="hidden" name="change" value=change.id.to_string()/>
                <div class="form-actions"><Submit variant=Variant::Secondary>{t.changes.withdraw()}</Submit></div>
            </Form>
        }
    });
    view! {
        <Card title=change_summary(&change.summary, t)>
            <p>{change_badge(&change.state, t)}</p>
            {what_next.map(|text| view! { <p>{text}</p> })}
            {take_back}
        </Card>
    }
}
