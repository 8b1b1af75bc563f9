//! What the next night will do, before it does.

use domain::views::collections::ProposedCut;
use domain::views::runs::{CutsPreview, InvoicesPreview, PREVIEWED, PreviewedInvoice, RunPreview};
use leptos::prelude::*;

use super::api::preview_run;
use crate::{
    i18n::words,
    parts::{
        amount::{money, moneys},
        held_back::{stop, would_be_cut},
    },
    ui::{
        card::{Card, Fact, Facts},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn NextRunPage() -> impl IntoView {
    let preview = Resource::new_blocking(|| (), |()| preview_run());
    view! { <Loaded from=preview view=move |preview| view! { <Preview preview/> }/> }
}

#[component]
fn Preview(preview: RunPreview) -> impl IntoView {
    let t = words();
    let places = vec![(t.collections.runs().to_owned(), "/office/runs".to_owned())];
    let title = t.collections.next_run_of(format::long_date(preview.date, t));
    let count = format::count;
    let stops = preview.stops.iter().map(|reason| view! { <li>{stop(reason, t)}</li> }).collect_view();
    let sum = (!preview.billing.totals.is_empty()).then(|| {
        view! { <p class="muted">{t.collections.would_bill_sum(moneys(&preview.billing.totals))}</p> }
    });
    let fees = (!preview.late_fee_totals.is_empty()).then(|| {
        view! { <p class="muted">{t.collections.would_bill_sum(moneys(&preview.late_fee_totals))}</p> }
    });
    view! {
        <PageHeader title summary=t.collections.next_run_hint() places/>
        {(!preview.stops.is_empty()).then(|| view! {
            <Notice tone=Tone::Warn icon=Icon::Pause title=t.collections.would_stop()><ul>{stops}</ul></Notice>
        })}
        <Card>
            <Facts>
                <Fact label=t.collections.would_bill()>{count(preview.billing.count)}{sum}</Fact>
                <Fact label=t.collections.would_leave_out()>{count(preview.not_billed)}</Fact>
                <Fact label=t.collections.would_remind()>{count(preview.reminders)}</Fact>
                <Fact label=t.collections.would_cut()>{count(preview.cuts.count)}</Fact>
                <Fact label=t.collections.would_charge()>{count(preview.late_fees)}{fees}</Fact>
                <Fact label=t.collections.would_hold()>{count(preview.held_back)}</Fact>
            </Facts>
        </Card>
        <Cuts cuts=preview.cuts/>
        <Invoices invoices=preview.billing/>
    }
}

#[component]
fn Cuts(cuts: CutsPreview) -> impl IntoView {
    let t = words();
    let columns = vec![
        Column::new(t.collections.customer(), |row: &ProposedCut| row.customer.name.clone()),
        Column::new(t.collections.contract(), |row: &ProposedCut| row.contract.name.clone()).secondary(),
        Column::new(t.collections.cut(), move |row: &ProposedCut| would_be_cut(&row.evidence, t)),
        Column::new(t.collections.debt(), |row: &ProposedCut| money(row.evidence.debt)).number(),
    ];
    let href = |row: &ProposedCut| format!("/office/contracts/{}", row.contract.id);
    let shown = match cuts.count {
        0 => view! { <p class="muted">{t.collections.nobody_to_cut()}</p> }.into_any(),
        count => view! { <Few count/><Table columns rows=cuts.rows label=t.collections.would_cut() href/> }.into_any(),
    };
    view! { <Card title=t.collections.would_cut()>{shown}</Card> }
}

#[component]
fn Invoices(invoices: InvoicesPreview) -> impl IntoView {
    let t = words();
    let columns = vec![
        Column::new(t.collections.customer(), |row: &PreviewedInvoice| row.customer.name.clone()),
        Column::new(t.collections.contract(), |row: &PreviewedInvoice| row.contract.name.clone()),
        Column::new(t.collections.total(), |row: &PreviewedInvoice| money(row.total)).number(),
    ];
    let href = |row: &PreviewedInvoice| format!("/office/contracts/{}", row.contract.id);
    let shown = match invoices.count {
        0 => view! { <p class="muted">{t.collections.nothing_to_bill()}</p> }.into_any(),
        count => {
            view! { <Few count/><Table columns rows=invoices.rows label=t.collections.would_bill() href/> }.into_any()
        }
    };
    view! { <Card title=t.collections.would_bill()>{shown}</Card> }
}

/// Says when not all are shown.
#[component]
fn Few(count: i64) -> impl IntoView {
    let t = words();
    let shown = i64::try_from(PREVIEWED).unwrap_or(i64::MAX);
    (count > shown).then(|| view! { <p class="muted">{t.collections.first_rows(format::count(shown))}</p> })
}
