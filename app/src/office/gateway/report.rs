//! Our books against the gateway's account: what agrees is counted, what differs is listed.

use domain::money::Money;
use domain::views::gateway::{Compared, Difference, Reconciliation};
use leptos::prelude::*;

use super::{Tabs, api::compare_gateway, payment_link, places};
use crate::{
    i18n::{Words, words},
    parts::amount::money,
    ui::{
        card::{Card, Fact, Facts},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, DateFilter, Table, use_list_query},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn ReportPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let report = Resource::new_blocking(move || query.get(), compare_gateway);
    view! {
        <PageHeader title=t.gateway.report() summary=t.gateway.report_hint() places=places(t)>
            <Tabs here="/office/gateway/report"/>
        </PageHeader>
        <DateFilter query label=t.gateway.days()/>
        <Loaded from=report view=|report| view! { <Report report/> }/>
    }
}

#[component]
fn Report(report: Reconciliation) -> impl IntoView {
    let t = words();
    let days = t.gateway.from_to(format::date(report.from, t), format::date(report.to, t));
    match (report.compared, report.failed) {
        (Some(compared), _) => view! { <Sides compared days/> }.into_any(),
        (None, Some(words)) => view! {
            <Notice tone=Tone::Danger icon=Icon::Alert title=t.gateway.not_compared()><p>{words}</p></Notice>
        }
        .into_any(),
        (None, None) => {
            view! { <EmptyState icon=Icon::Payment title=t.gateway.all_off() hint=t.gateway.all_off_hint()/> }
                .into_any()
        }
    }
}

#[component]
fn Sides(compared: Compared, days: String) -> impl IntoView {
    let t = words();
    let all = |amounts: &[Money]| {
        let amounts: Vec<String> = amounts.iter().copied().map(money).collect();
        if amounts.is_empty() { "0".to_owned() } else { amounts.join(", ") }
    };
    let agreed = t.gateway.agreed(compared.agreed);
    let (ours, theirs, fees) = (all(&compared.ours), all(&compared.theirs), all(&compared.fees));
    let outcome = match compared.differences.is_empty() {
        true => view! { <Notice tone=Tone::Ok icon=Icon::Check title=t.gateway.all_agree()/> }.into_any(),
        false => view! {
            <Notice tone=Tone::Warn icon=Icon::Alert title=t.gateway.differ()><p>{t.gateway.differ_hint()}</p></Notice>
            <Table columns=columns(t) rows=compared.differences label=t.gateway.differences()/>
        }
        .into_any(),
    };
    view! {
        <Card title=days>
            <Facts>
                <Fact label=t.gateway.ours()>{ours}</Fact>
                <Fact label=t.gateway.theirs()>{theirs}</Fact>
                <Fact label=t.gateway.fees()>{fees}</Fact>
                <Fact label=t.gateway.the_same()>{agreed}</Fact>
            </Facts>
        </Card>
        {outcome}
    }
}

fn columns(t: Words) -> Vec<Column<Difference>> {
    let side = |amount: Option<Money>, t: Words| amount.map_or_else(|| t.gateway.missing().to_owned(), money);
    vec![
        Column::new(t.gateway.name_there(), |row: &Difference| view! { <code>{row.remote.clone()}</code> }),
        Column::new(t.money.receipt(), |row: &Difference| payment_link(row.payment.as_ref())),
        Column::new(t.gateway.ours(), move |row: &Difference| side(row.ours, t)).number(),
        Column::new(t.gateway.theirs(), move |row: &Difference| side(row.theirs, t)).number(),
    ]
}
