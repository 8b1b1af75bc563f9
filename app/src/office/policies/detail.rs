//! One policy: its form for those who may change it, its steps for the others.

use domain::collections::CutDays;
use domain::views::policies::{PolicyForm, PolicyRow};
use leptos::prelude::*;

use super::{
    api::{EditPolicy, show_policy},
    fields::PolicyFields,
};
use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn PolicyPage() -> impl IntoView {
    let id = use_id();
    let edit = use_form::<EditPolicy>();
    let done = edit.done();
    let policy =
        Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { show_policy(id?).await });
    view! { <Loaded from=policy view=move |policy| view! { <Policy policy edit/> }/> }
}

#[component]
fn Policy(policy: PolicyRow, edit: FormState<EditPolicy>) -> impl IntoView {
    let t = words();
    let places = vec![(t.catalogue.policies().to_owned(), "/office/policies".to_owned())];
    let may_edit = may("edit_policies");
    let contracts = (policy.contracts > 0 && may("see_contracts")).then(|| {
        let href = format!("/office/contracts?policy={}", policy.id);
        let label = format!("{} ({})", t.catalogue.see_contracts(), format::count(policy.contracts));
        view! { <LinkButton href icon=Icon::Contract>{label}</LinkButton> }
    });
    let summary = if may_edit { t.catalogue.edit_policy_hint() } else { t.catalogue.policies_hint() };
    let title = policy.policy.name.clone();
    let shown = match may_edit {
        true => view! {
            <Form state=edit>
                <input type="hidden" name="id" value=policy.id.to_string()/>
                <PolicyFields policy=PolicyForm::from(&policy.policy)/>
                <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
            </Form>
        }
        .into_any(),
        false => view! { <Steps policy/> }.into_any(),
    };
    view! {
        <PageHeader title summary places>{contracts}</PageHeader>
        <Card>{shown}</Card>
    }
}

#[component]
fn Steps(policy: PolicyRow) -> impl IntoView {
    let t = words();
    let policy = policy.policy;
    let form = PolicyForm::from(&policy);
    let after = move |days: Option<u16>| match days {
        Some(days) => t.catalogue.after_days(days.into()),
        None => t.catalogue.never().to_owned(),
    };
    view! {
        <Facts>
            <Fact label=t.catalogue.due_days()>{t.catalogue.days(policy.due_days.into())}</Fact>
            <Fact label=t.catalogue.grace()>{t.catalogue.days(policy.grace_days.into())}</Fact>
            <Fact label=t.catalogue.throttle()>{after(policy.throttle_after_days)}</Fact>
            <Fact label=t.catalogue.soft_cut()>{after(policy.soft_cut_after_days)}</Fact>
            <Fact label=t.catalogue.hard_cut()>{after(policy.hard_cut_after_days)}</Fact>
            <Fact label=t.catalogue.removal()>{after(policy.removal_after_days)}</Fact>
            <Fact label=t.catalogue.minimum_debt()>{format::amount(policy.minimum_debt)}</Fact>
            <Fact label=t.catalogue.remind_before()>{form.remind_before}</Fact>
            <Fact label=t.catalogue.remind_after()>{form.remind_after}</Fact>
            <Fact label=t.catalogue.cut_days()>{cut_days(policy.cut_days, t)}</Fact>
            <Fact label=t.catalogue.promise_days()>{t.catalogue.days(policy.promises.days.into())}</Fact>
            <Fact label=t.catalogue.promises_a_year()>{policy.promises.a_year}</Fact>
        </Facts>
    }
}

/// The days beside Monday to Thursday, by name.
fn cut_days(days: CutDays, t: Words) -> String {
    let also = [
        (days.fridays, t.catalogue.fridays()),
        (days.weekends, t.catalogue.weekends()),
        (days.holidays, t.catalogue.holidays()),
    ];
    let also: Vec<_> = also.into_iter().filter(|(cuts, _)| *cuts).map(|(_, name)| name).collect();
    if also.is_empty() { t.catalogue.working_days_only().to_owned() } else { also.join(", ") }
}
