//! The cut-off policies: few enough for one page.

use domain::views::policies::PolicyRow;
use leptos::prelude::*;

use super::api::list_policies;
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn PoliciesPage() -> impl IntoView {
    let t = words();
    let policies = Resource::new_blocking(|| (), |()| list_policies());
    let limits =
        view! { <LinkButton href="/office/collections" icon=Icon::Pause>{t.collections.limits()}</LinkButton> };
    let new = may("edit_policies").then(|| {
        view! {
            <LinkButton href="/office/policies/new" variant=Variant::Primary icon=Icon::Plus>{t.catalogue.new_policy()}</LinkButton>
        }
    });
    let table = move |rows: Vec<PolicyRow>| match rows.is_empty() {
        true => view! {
            <EmptyState icon=Icon::Cut title=t.catalogue.no_policies() hint=t.catalogue.no_policies_hint()/>
        }
        .into_any(),
        false => {
            let href = Box::new(|row: &PolicyRow| format!("/office/policies/{}", row.id));
            view! { <Table columns=columns(t) rows label=t.catalogue.policies() href/> }.into_any()
        }
    };
    view! {
        <PageHeader title=t.catalogue.policies() summary=t.catalogue.policies_hint()>{limits}{new}</PageHeader>
        <ListTools/>
        <Loaded from=policies view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<PolicyRow>> {
    let after = move |days: Option<u16>| match days {
        Some(days) => t.catalogue.after_days(days.into()),
        None => t.catalogue.never().to_owned(),
    };
    let days = move |days: u16| t.catalogue.days(days.into());
    vec![
        Column::new(t.catalogue.name(), |row: &PolicyRow| row.policy.name.clone()),
        Column::new(t.catalogue.due_days(), move |row: &PolicyRow| days(row.policy.due_days)).secondary(),
        Column::new(t.catalogue.grace(), move |row: &PolicyRow| days(row.policy.grace_days)).secondary(),
        Column::new(t.catalogue.soft_cut(), move |row: &PolicyRow| after(row.policy.soft_cut_after_days)),
        Column::new(t.catalogue.hard_cut(), move |row: &PolicyRow| after(row.policy.hard_cut_after_days)),
        Column::new(t.catalogue.removal(), move |row: &PolicyRow| after(row.policy.removal_after_days)),
        Column::new(t.catalogue.contracts(), |row: &PolicyRow| format::count(row.contracts)).number(),
    ]
}
