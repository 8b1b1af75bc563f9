//! One scan: what was found, row by row, and what became of it.

use std::time::Duration;

use domain::ids::ScanId;
use domain::network::{ScanEffect, Verdict};
use domain::views::scans::{ScanDetail, ScanFinding, ScanFound, ScanRow, ScanState};
use leptos::prelude::*;

use super::{
    api::{ScanRouter, show_scan},
    differences, effect_name, state_badge, verdict_badge, verdict_name,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::because::because,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::Stat,
        dialog::Confirm,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, use_list_query},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn ScanPage() -> impl IntoView {
    let id = use_id::<ScanId>();
    let query = use_list_query();
    let form = use_form::<ScanRouter>();
    let scan = Resource::new_blocking(
        move || (id.get(), query.get()),
        |(id, query)| async move { show_scan(id?, query).await },
    );
    let shown = move |detail: ScanDetail| {
        follow(&detail.scan, scan);
        view! { <Shown detail query form/> }
    };
    view! { <Loaded from=scan view=shown/> }
}

/// Until the router was read the page is asked for anew.
fn follow(scan: &ScanRow, resource: Resource<Result<ScanDetail, AppError>>) {
    const EVERY: Duration = Duration::from_secs(1);
    if !matches!(scan.state, ScanState::Waiting | ScanState::Running) {
        return;
    }
    Effect::new(move || {
        if let Ok(timer) = set_timeout_with_handle(move || resource.refetch(), EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
}

#[component]
fn Shown(detail: ScanDetail, query: Memo<ListQuery>, form: FormState<ScanRouter>) -> impl IntoView {
    let t = words();
    let scan = detail.scan;
    let router = format!("/office/routers/{}", scan.router.id);
    let places = vec![
        (t.network.routers().to_owned(), "/office/routers".to_owned()),
        (scan.router.name.clone(), router.clone()),
        (t.scans.title().to_owned(), format!("/office/scans?router={}", scan.router.id)),
    ];
    let title = t.scans.scan_of(&scan.router.name);
    let state = state_badge(scan.state, scan.found.as_ref(), t);
    let adopt = (may("adopt_rows") && scan.found.is_some_and(|found| found.foreign > 0)).then(|| {
        view! { <LinkButton href=format!("{router}/adopt") icon=Icon::Download>{t.scans.adopt()}</LinkButton> }
    });
    let found = scan.found;
    let filters = Verdict::ALL.iter().map(|verdict| (verdict.word().to_owned(), verdict_name(*verdict, t).to_owned()));
    let filters = vec![Filter { name: "verdict", label: t.scans.found().to_owned(), choices: filters.collect() }];
    let rows = detail.rows;
    let listed = found.map(|found| {
        let empty = move || view! { <AllAgree found/> };
        view! {
            <Counts scan=scan.id found/>
            <ListControls query search=t.scans.search() filters/>
            <List query page=rows columns=columns(t) label=t.scans.found() empty/>
        }
    });
    let summary = story(&scan, t);
    let mend = detail.is_newest.then(|| view! { <Mend scan=scan.clone() form/> });
    view! {
        <PageHeader title summary places state>
            {adopt}
            {mend}
        </PageHeader>
        <LeftAlone scan/>
        {listed}
    }
}

fn story(scan: &ScanRow, t: Words) -> String {
    let when = |at| format::date_time(local(at), t);
    let why = scan.because.as_ref().map(|why| because(why, t));
    match (scan.state, &scan.found, why) {
        (ScanState::Done, Some(found), _) => t.scans.story_done(
            when(found.read_at),
            format::count(found.rows),
            format::count(found.services),
            effect_name(scan.effect, t),
        ),
        (ScanState::Waiting, _, Some(why)) => t.scans.story_retry(why),
        (ScanState::Failed, _, Some(why)) => t.scans.story_failed(why),
        (ScanState::Failed, ..) | (ScanState::Done, None, _) => t.scans.story_gone().to_owned(),
        (ScanState::Waiting, ..) => t.scans.story_waiting().to_owned(),
        (ScanState::Running, ..) => t.scans.story_running().to_owned(),
    }
}

/// Rows that nobody wants are suspiciously many: somebody looks before they go.
#[component]
fn LeftAlone(scan: ScanRow) -> impl IntoView {
    let t = words();
    let left_alone = scan.found.is_some_and(|found| found.left_alone);
    left_alone.then(|| {
        view! {
            <Notice tone=Tone::Warn icon=Icon::Alert title=t.scans.left_alone()><p>{t.scans.left_alone_hint()}</p></Notice>
        }
    })
}

/// Each figure narrows the rows.
#[component]
fn Counts(scan: ScanId, found: ScanFound) -> impl IntoView {
    let t = words();
    let stat = |verdict: Verdict| {
        let count = found.count(verdict);
        let tone = match verdict {
            _ if count == 0 => Tone::Neutral,
            Verdict::Missing | Verdict::Refused => Tone::Danger,
            Verdict::Different | Verdict::Orphaned => Tone::Warn,
            Verdict::Foreign => Tone::Neutral,
        };
        let href = format!("/office/scans/{scan}?verdict={verdict}");
        view! { <Stat label=verdict_name(verdict, t) value=format::count(count) href tone/> }
    };
    view! {
        <div class="stats">
            <Stat label=t.scans.agreeing() value=format::count(found.agreeing) href=format!("/office/scans/{scan}")
                  tone=if found.agrees() { Tone::Ok } else { Tone::Neutral }/>
            {Verdict::ALL.iter().copied().map(stat).collect_view()}
        </div>
    }
}

#[component]
fn AllAgree(found: ScanFound) -> impl IntoView {
    let t = words();
    view! {
        <Notice tone=Tone::Ok icon=Icon::Check title=t.scans.all_agree(format::count(found.services))/>
    }
}

/// Scanning again, and mending what is ours; removing much asks for more.
#[component]
fn Mend(scan: ScanRow, form: FormState<ScanRouter>) -> impl IntoView {
    let t = words();
    let router = scan.router.id.to_string();
    let differs = scan.found.is_some_and(|found| !found.agrees());
    let effect = match scan.found {
        Some(found) if found.left_alone => ScanEffect::MendAll,
        _ => ScanEffect::Mend,
    };
    let what = if effect == ScanEffect::MendAll { t.scans.mend_all_what() } else { t.scans.mend_what() };
    let over = scan.found.is_some() || scan.state == ScanState::Failed;
    let again = router.clone();
    may("scan_routers").then(|| {
        view! {
            {over.then(|| view! {
                <Form state=form>
                    <input type="hidden" name="router" value=again/>
                    <input type="hidden" name="effect" value=ScanEffect::Look.word()/>
                    <Submit icon=Icon::Search>{t.scans.again()}</Submit>
                </Form>
            })}
            {differs.then(|| view! {
                <Confirm id="mend" label=t.scans.mend() title=t.scans.mend() icon=Icon::Check variant=Variant::Primary
                         open=form.was_refused()>
                    <p>{what}</p>
                    <Form state=form>
                        <input type="hidden" name="router" value=router/>
                        <input type="hidden" name="effect" value=effect.word()/>
                        <div class="form-actions">
                            <Submit variant=Variant::Primary icon=Icon::Check>{t.scans.mend()}</Submit>
                        </div>
                    </Form>
                </Confirm>
            })}
        }
    })
}

fn columns(t: Words) -> Vec<Column<ScanFinding>> {
    vec![
        Column::new(t.scans.row(), name),
        Column::new(t.scans.verdict(), move |row: &ScanFinding| verdict_badge(row.verdict, t)),
        Column::new(t.scans.whose(), move |row: &ScanFinding| whose(row, t)),
        Column::new(t.scans.what(), move |row: &ScanFinding| what(row, t)),
        Column::new(t.scans.outcome(), move |row: &ScanFinding| outcome(row, t)).secondary(),
    ]
}

fn name(row: &ScanFinding) -> AnyView {
    let path = row.menu.path();
    view! { <code>{row.name.clone()}</code><br/><small class="muted">{path}</small> }.into_any()
}

fn whose(row: &ScanFinding, t: Words) -> AnyView {
    match &row.owner {
        Some(owner) => {
            let href = format!("/office/contracts/{}", owner.contract);
            view! { <a href=href>{owner.contract_code.clone()}</a>" "{owner.customer_name.clone()} }.into_any()
        }
        None if row.verdict == Verdict::Foreign => {
            let comment = row.attributes.get("comment").cloned().unwrap_or_default();
            view! { <span class="muted">{comment}</span> }.into_any()
        }
        None if row.is_of_base() => view! { <span class="muted">{t.scans.of_the_router()}</span> }.into_any(),
        None => view! { <span class="muted">{t.scans.nobody()}</span> }.into_any(),
    }
}

fn what(row: &ScanFinding, t: Words) -> AnyView {
    if let Some(why) = &row.because {
        return because(why, t).into_any();
    }
    if !row.differences.is_empty() {
        return differences(row.differences.clone());
    }
    let shown = row.attributes.iter().filter(|(name, value)| name.as_str() != "comment" && !value.is_empty());
    let text: Vec<String> = shown.map(|(name, value)| format!("{name}={value}")).collect();
    view! { <small class="muted">{text.join(" ")}</small> }.into_any()
}

fn outcome(row: &ScanFinding, t: Words) -> &'static str {
    match (row.mended, row.verdict) {
        (true, Verdict::Missing | Verdict::Different) => t.scans.job_queued(),
        (true, _) => t.scans.removed(),
        (false, Verdict::Foreign) => t.scans.told(),
        (false, _) => t.scans.not_mended(),
    }
}
