//! The list of plans.

use domain::plan::PlanKind;
use domain::views::list::Page;
use domain::views::plans::PlanRow;
use leptos::prelude::*;

use super::{api::list_plans, kind_name};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::amount::speed,
    surroundings::may,
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn PlansPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let plans = Resource::new_blocking(move || query.get(), list_plans);
    let kinds = PlanKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_name(*kind, t).to_owned())).collect();
    let archived = vec![("true".to_owned(), t.catalogue.sold_no_more().to_owned())];
    let filters = vec![
        Filter { name: "kind", label: t.catalogue.kind().to_owned(), choices: kinds },
        Filter { name: "archived", label: t.catalogue.sold().to_owned(), choices: archived },
    ];
    let table = move |page: Page<PlanRow>| {
        let empty = move || view! { <EmptyState icon=Icon::Plan title=t.catalogue.no_plans() hint=t.catalogue.no_plans_hint()/> };
        let href = |plan: &PlanRow| format!("/office/plans/{}", plan.id);
        view! { <List query page columns=columns(t) label=t.catalogue.plans() href empty/> }
    };
    let new = may("edit_plans").then(|| {
        view! {
            <LinkButton href="/office/plans/new" variant=Variant::Primary icon=Icon::Plus>{t.catalogue.new_plan()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.catalogue.plans()>{new}</PageHeader>
        <ListControls query search=t.catalogue.plans_search() filters><ListTools/></ListControls>
        <Loaded from=plans view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<PlanRow>> {
    let name = move |plan: &PlanRow| {
        let archived = plan.archived_at.is_some().then(|| archived_badge(t));
        view! { <span>{plan.facts.name.clone()}" "{archived}</span> }.into_any()
    };
    let price = |plan: &PlanRow| format::money(with_cents(plan.facts.price.get()), plan.facts.currency.code());
    vec![
        Column::new(t.catalogue.name(), name).sorted("name"),
        Column::new(t.catalogue.code(), |plan: &PlanRow| plan.facts.code.clone()).sorted("code").secondary(),
        Column::new(t.catalogue.kind(), move |plan: &PlanRow| kind_name(plan.facts.kind, t)).secondary(),
        Column::new(t.catalogue.speed(), |plan: &PlanRow| plan.facts.speed.map(speed).unwrap_or_default()),
        Column::new(t.catalogue.tax(), |plan: &PlanRow| plan.tax.name.clone()).secondary(),
        Column::new(t.catalogue.price(), price).sorted("price").number(),
        Column::new(t.catalogue.contracts(), |plan: &PlanRow| format::count(plan.contracts))
            .sorted("contracts")
            .number(),
    ]
}

pub(super) fn archived_badge(t: Words) -> AnyView {
    view! { <Badge tone=Tone::Neutral icon=Icon::Close label=t.catalogue.archived()/> }.into_any()
}

/// A price may be finer than a coin, but is not written coarser.
fn with_cents(price: rust_decimal::Decimal) -> rust_decimal::Decimal {
    let mut price = price.normalize();
    if price.scale() < 2 {
        price.rescale(2);
    }
    price
}
