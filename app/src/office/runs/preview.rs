//! What the next night will do, before it does.

use chrono::{DateTime, NaiveDate, Utc};
use domain::views::collections::ProposedCut;
use domain::views::runs::{
    CutsPreview, InvoicesPreview, KeptPreview, MadePreview, Making, NextRun, PREVIEWED, PreviewedInvoice, RunPreview,
};
use leptos::prelude::*;

use super::{
    api::{MakePreview, preview_run},
    follow::ask_again,
};
use crate::{
    i18n::words,
    parts::{
        amount::{money, moneys},
        held_back::{stop, would_be_cut},
    },
    surroundings::local,
    ui::{
        button::Variant,
        card::{Card, Fact, Facts},
        form::{Form, FormState, Submit, use_form},
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
    let form = use_form::<MakePreview>();
    let asked = form.done();
    let next = Resource::new_blocking(move || asked.get(), |_| preview_run());
    let page = move |found: NextRun| match found {
        NextRun::AtOnce(preview) => view! { <Head date=preview.date/><Preview preview/> }.into_any(),
        NextRun::ByJob(kept) => {
            if matches!(kept.making, Making::UnderWay { .. }) {
                ask_again(next);
            }
            view! { <Kept kept form/> }.into_any()
        }
    };
    view! { <Loaded from=next view=page/> }
}

#[component]
fn Head(date: NaiveDate) -> impl IntoView {
    let t = words();
    let places = vec![(t.collections.runs().to_owned(), "/office/runs".to_owned())];
    let title = t.collections.next_run_of(format::long_date(date, t));
    view! { <PageHeader title summary=t.collections.next_run_hint() places/> }
}

/// There is too much to look at while somebody waits: what a job found, and how to let it look.
#[component]
fn Kept(kept: KeptPreview, form: FormState<MakePreview>) -> impl IntoView {
    let t = words();
    let KeptPreview { date, expected, making, made } = kept;
    let again = if made.is_some() { t.collections.preview_again() } else { t.collections.preview_make() };
    let ask = move || {
        view! {
            <Form state=form>
                <div class="form-actions"><Submit variant=Variant::Primary icon=Icon::Play>{again}</Submit></div>
            </Form>
        }
    };
    let state = match making {
        Making::UnderWay { asked_at, looked_at, expected } => {
            view! { <UnderWay asked_at looked_at expected/> }.into_any()
        }
        Making::GivenUp => view! {
            <Notice tone=Tone::Danger icon=Icon::Alert title=t.collections.preview_failed()>
                <p>{t.collections.preview_failed_hint()}</p>
                {ask()}
            </Notice>
        }
        .into_any(),
        Making::Idle => view! {
            <Card title=t.collections.preview_large()>
                <p>{t.collections.preview_large_hint(format::count(expected))}</p>
                {ask()}
            </Card>
        }
        .into_any(),
    };
    view! {
        <Head date/>
        {state}
        {made.map(|made| view! { <Made made/> })}
    }
}

/// How far it has come. Without scripting a link asks again.
#[component]
fn UnderWay(asked_at: DateTime<Utc>, looked_at: i64, expected: i64) -> impl IntoView {
    let t = words();
    let (most, so_far) = (expected.max(1).to_string(), looked_at.to_string());
    let come = t.collections.preview_come(format::count(looked_at), format::count(expected));
    view! {
        <Notice tone=Tone::Accent icon=Icon::Clock title=t.collections.preview_under_way()>
            <p>{t.collections.preview_asked(format::date_time(local(asked_at), t))}</p>
            <progress max=most value=so_far aria-label=t.collections.progress()></progress>
            <p role="status">{come}</p>
            <p class="without-scripting"><a href="/office/runs/next">{t.collections.preview_look()}</a></p>
        </Notice>
    }
}

/// What it came to, and of when that is.
#[component]
fn Made(made: MadePreview) -> impl IntoView {
    let t = words();
    let title = t.collections.preview_as_of(format::date_time(local(made.at), t));
    view! {
        <Notice tone=Tone::Neutral icon=Icon::Clock title>
            <p>{t.collections.preview_as_of_hint()}</p>
        </Notice>
        <Preview preview=made.preview/>
    }
}

#[component]
fn Preview(preview: RunPreview) -> impl IntoView {
    let t = words();
    let count = format::count;
    let stops = preview.stops.iter().map(|reason| view! { <li>{stop(reason, t)}</li> }).collect_view();
    let sum = (!preview.billing.totals.is_empty()).then(|| {
        view! { <p class="muted">{t.collections.would_bill_sum(moneys(&preview.billing.totals))}</p> }
    });
    let fees = (!preview.late_fee_totals.is_empty()).then(|| {
        view! { <p class="muted">{t.collections.would_bill_sum(moneys(&preview.late_fee_totals))}</p> }
    });
    view! {
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
