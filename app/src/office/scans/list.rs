//! The list of scans, how far those under way are, and scanning all routers now.

use std::time::Duration;

use domain::network::{NetworkSettings, ScanEffect};
use domain::views::scans::{ScanRow, ScanState, ScansPage as Scans};
use leptos::prelude::*;

use super::{
    api::{ScanAllRouters, list_scans},
    effect_name, state_badge, state_name,
};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        dialog::Confirm,
        empty::EmptyState,
        form::{Form, Select, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, Narrowed, use_list_query},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn ScansPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let form = use_form::<ScanAllRouters>();
    let done = form.done();
    let scans = Resource::new_blocking(move || (query.get(), done.get()), |(query, _)| list_scans(query));
    let states =
        ScanState::ALL.iter().map(|state| (state.word().to_owned(), state_name(*state, t).to_owned())).collect();
    let differing = vec![("true".to_owned(), t.scans.differs().to_owned())];
    let filters = vec![
        Filter { name: "differing", label: t.scans.found().to_owned(), choices: differing },
        Filter { name: "state", label: t.scans.state().to_owned(), choices: states },
    ];
    let shown = move |page: Scans| {
        follow(&page, scans);
        view! { <Listed page query/> }
    };
    let scan = may("scan_routers").then(|| {
        view! {
            <Confirm id="scan-all" label=t.scans.scan_all() title=t.scans.scan_all() icon=Icon::Search
                     variant=Variant::Primary open=form.was_refused()>
                <p>{t.scans.scan_all_what()}</p>
                <Form state=form>
                    <Effects/>
                    <div class="form-actions">
                        <Submit variant=Variant::Primary icon=Icon::Search>{t.scans.scan_all()}</Submit>
                    </div>
                </Form>
            </Confirm>
        }
    });
    let places = vec![(t.network.routers().to_owned(), "/office/routers".to_owned())];
    view! {
        <PageHeader title=t.scans.title() summary=t.scans.hint() places>
            {may("edit_routers").then(|| view! {
                <LinkButton href="/office/scans/settings" icon=Icon::Edit>{t.scans.settings()}</LinkButton>
            })}
            {scan}
        </PageHeader>
        <ListControls query filters><ListTools/></ListControls>
        <Loaded from=scans view=shown/>
    }
}

/// What a scan does about what it finds: only looking, or mending what is ours.
#[component]
pub(crate) fn Effects() -> impl IntoView {
    let t = words();
    let effects = [ScanEffect::Look, ScanEffect::Mend];
    let choices = effects.map(|effect| (effect.word().to_owned(), effect_name(effect, t).to_owned())).to_vec();
    view! {
        <Select name="effect" label=t.scans.effect() hint=t.scans.effect_hint() choices value=ScanEffect::Look.word()/>
    }
}

/// While scans are under way the list is asked for anew.
fn follow(page: &Scans, resource: Resource<Result<Scans, crate::failure::AppError>>) {
    const EVERY: Duration = Duration::from_secs(2);
    if page.waiting + page.running == 0 {
        return;
    }
    Effect::new(move || {
        if let Ok(timer) = set_timeout_with_handle(move || resource.refetch(), EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
}

#[component]
fn Listed(page: Scans, query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let under_way = page.waiting + page.running;
    let progress = (under_way > 0).then(|| {
        let title = t.scans.under_way(format::count(page.running), format::count(page.waiting));
        view! {
            <Notice tone=Tone::Accent icon=Icon::Clock title>
                <progress max=page.done + under_way value=page.done aria-label=t.scans.progress()></progress>
            </Notice>
        }
    });
    let router = page
        .scans
        .rows
        .first()
        .map_or_else(|| t.network.only_one_router().to_owned(), |scan| t.network.only_router(&scan.router.name));
    let href = |scan: &ScanRow| format!("/office/scans/{}", scan.id);
    let empty = move || view! { <EmptyState icon=Icon::Search title=t.scans.none() hint=t.scans.none_hint()/> };
    view! {
        <p class="muted">{schedule(&page.settings, t)}</p>
        <div role="status">{progress}</div>
        <Narrowed query=query.get_untracked() name="router" words=router/>
        <List query page=page.scans columns=columns(t) label=t.scans.title() href empty/>
    }
}

/// `Cada día desde las 3:00 ...`
fn schedule(settings: &NetworkSettings, t: Words) -> String {
    match settings.scan_hour {
        None => t.scans.only_by_hand().to_owned(),
        Some(hour) => t.scans.daily(format!("{hour}:00"), effect_name(settings.scan_effect, t)),
    }
}

fn columns(t: Words) -> Vec<Column<ScanRow>> {
    let who = move |scan: &ScanRow| scan.requested_by.clone().unwrap_or_else(|| t.scans.by_the_clock().to_owned());
    let of = |scan: &ScanRow, count: fn(&domain::views::scans::ScanFound) -> i64| {
        scan.found.as_ref().map(|found| format::count(count(found))).unwrap_or_default()
    };
    vec![
        Column::new(t.network.router(), |scan: &ScanRow| scan.router.name.clone()),
        Column::new(t.scans.requested(), move |scan: &ScanRow| format::date_time(local(scan.requested_at), t)),
        Column::new(t.scans.by(), who).secondary(),
        Column::new(t.scans.state(), move |scan: &ScanRow| state_badge(scan.state, scan.found.as_ref(), t)),
        Column::new(t.scans.agreeing(), move |scan: &ScanRow| of(scan, |found| found.agreeing)).number(),
        Column::new(t.scans.missing(), move |scan: &ScanRow| of(scan, |found| found.missing)).number().secondary(),
        Column::new(t.scans.different(), move |scan: &ScanRow| of(scan, |found| found.different)).number().secondary(),
        Column::new(t.scans.orphaned(), move |scan: &ScanRow| of(scan, |found| found.orphaned)).number().secondary(),
        Column::new(t.scans.foreign(), move |scan: &ScanRow| of(scan, |found| found.foreign)).number().secondary(),
    ]
}
