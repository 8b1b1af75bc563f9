//! One adoption: what was chosen and what became of it.

use std::time::Duration;

use domain::ids::AdoptionId;
use domain::views::adoptions::{AdoptedRow, AdoptionDetail, AdoptionOutcome};
use leptos::prelude::*;

use super::api::show_adoption;
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::because::because,
    surroundings::local,
    ui::{
        badge::Badge,
        button::LinkButton,
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn AdoptionPage() -> impl IntoView {
    let id = use_id::<AdoptionId>();
    let adoption = Resource::new_blocking(move || id.get(), |id| async move { show_adoption(id?).await });
    let shown = move |detail: AdoptionDetail| {
        follow(&detail, adoption);
        view! { <Shown detail/> }
    };
    view! { <Loaded from=adoption view=shown/> }
}

/// Until it is over the page is asked for anew.
fn follow(detail: &AdoptionDetail, resource: Resource<Result<AdoptionDetail, AppError>>) {
    const EVERY: Duration = Duration::from_secs(1);
    if detail.finished_at.is_some() || detail.failed {
        return;
    }
    Effect::new(move || {
        if let Ok(timer) = set_timeout_with_handle(move || resource.refetch(), EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
}

#[component]
fn Shown(detail: AdoptionDetail) -> impl IntoView {
    let t = words();
    let router = format!("/office/routers/{}", detail.router.id);
    let places = vec![
        (t.network.routers().to_owned(), "/office/routers".to_owned()),
        (detail.router.name.clone(), router.clone()),
    ];
    let summary = story(&detail, t);
    let columns = vec![
        Column::new(t.scans.row(), |row: &AdoptedRow| {
            let path = row.menu.path();
            view! { <code>{row.name.clone()}</code><br/><small class="muted">{path}</small> }.into_any()
        }),
        Column::new(t.scans.whose(), |row: &AdoptedRow| {
            let href = format!("/office/contracts/{}", row.owner.contract);
            view! { <a href=href>{row.owner.contract_code.clone()}</a>" "{row.owner.customer_name.clone()} }.into_any()
        }),
        Column::new(t.scans.comment_before(), |row: &AdoptedRow| row.comment.clone()).secondary(),
        Column::new(t.scans.taken_over(), move |row: &AdoptedRow| taken_over(row, t)).secondary(),
        Column::new(t.scans.outcome(), move |row: &AdoptedRow| outcome(row, t)),
    ];
    view! {
        <PageHeader title=t.scans.adoption_of(&detail.router.name) summary places>
            <LinkButton href=format!("{router}/adopt") icon=Icon::Download>{t.scans.adopt_more()}</LinkButton>
        </PageHeader>
        <Table columns rows=detail.rows label=t.scans.foreign()/>
    }
}

fn story(detail: &AdoptionDetail, t: Words) -> String {
    let when = format::date_time(local(detail.finished_at.unwrap_or(detail.requested_at)), t);
    let who = detail.requested_by.clone().unwrap_or_else(|| t.parts.automatic().to_owned());
    let why = detail.because.as_ref().map(|why| because(why, t)).unwrap_or_default();
    match (detail.finished_at.is_some(), detail.failed) {
        (true, _) => t.scans.adoption_done(when, who),
        (false, true) => t.scans.adoption_failed(why),
        (false, false) => t.scans.adoption_waiting(when, who),
    }
}

fn taken_over(row: &AdoptedRow, t: Words) -> String {
    let taken = [row.takes_password.then(|| t.scans.its_password()), row.takes_address.then(|| t.scans.its_address())];
    taken.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn outcome(row: &AdoptedRow, t: Words) -> AnyView {
    let (tone, icon, label) = match row.outcome {
        None => (Tone::Accent, Icon::Clock, t.scans.state_waiting()),
        Some(AdoptionOutcome::Adopted) => (Tone::Ok, Icon::Check, t.scans.adopted()),
        Some(AdoptionOutcome::Changed) => (Tone::Warn, Icon::Alert, t.scans.row_changed()),
        Some(AdoptionOutcome::Gone) => (Tone::Warn, Icon::Alert, t.scans.row_gone()),
        Some(AdoptionOutcome::Refused) => (Tone::Danger, Icon::Alert, t.scans.row_refused()),
    };
    let why = row.because.as_ref().map(|why| view! { <p class="muted">{because(why, t)}</p> });
    view! { <Badge tone icon label/>{why} }.into_any()
}
