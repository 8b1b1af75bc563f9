//! One policy: its form for those who may change it, its steps for the others.

use domain::collections::{CutDays, CutHours, LateFee};
use domain::ids::TaxId;
use domain::views::list::Choice;
use domain::views::policies::{PolicyDetail, PolicyForm, PolicyRow};
use leptos::prelude::*;

use super::{
    api::{EditPolicy, show_policy},
    fields::PolicyFields,
};
use crate::{
    i18n::{Words, words},
    parts::late_fee::fee_charge,
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
fn Policy(policy: PolicyDetail, edit: FormState<EditPolicy>) -> impl IntoView {
    let t = words();
    let PolicyDetail { row: policy, taxes } = policy;
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
                <PolicyFields policy=PolicyForm::from(&policy.policy) taxes/>
                <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
            </Form>
        }
        .into_any(),
        false => view! { <Steps policy taxes/> }.into_any(),
    };
    view! {
        <PageHeader title summary places>{contracts}</PageHeader>
        <Card>{shown}</Card>
    }
}

#[component]
fn Steps(policy: PolicyRow, taxes: Vec<Choice<TaxId>>) -> impl IntoView {
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
            <Fact label=t.catalogue.cut_hours()>{cut_hours(policy.cut_hours, t)}</Fact>
            <Fact label=t.catalogue.late_fee()>{late_fee(policy.late_fee.as_ref(), &taxes, t)}</Fact>
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

fn cut_hours(hours: Option<CutHours>, t: Words) -> String {
    let clock = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    hours.map_or_else(
        || t.catalogue.any_hour().to_owned(),
        |hours| t.catalogue.between(clock(hours.from), clock(hours.to)),
    )
}

/// `5 % a los 7 días, 10.00 como máximo, con IVA`
fn late_fee(fee: Option<&LateFee>, taxes: &[Choice<TaxId>], t: Words) -> String {
    let Some(fee) = fee else { return t.catalogue.none().to_owned() };
    let mut parts = vec![fee_charge(fee.charge), t.catalogue.after_days(fee.after_days.into())];
    parts.extend(fee.most.map(|most| t.catalogue.at_most(format::amount(most.get()))));
    let tax = taxes.iter().find(|tax| Some(tax.id) == fee.tax);
    parts.extend(tax.map(|tax| t.catalogue.with_tax(&tax.name)));
    parts.push(t.catalogue.due_from(format::date(fee.from, t)));
    parts.join(", ")
}
