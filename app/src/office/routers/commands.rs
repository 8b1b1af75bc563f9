//! What would be sent to a router now: for all of it, or for one contract's service.

use domain::ids::{ContractId, RouterId};
use domain::network::{Because, RouterMode};
use domain::views::preview::{CommandsPreview, ServiceCommands};
use leptos::prelude::*;

use super::api::{preview_contract_commands, preview_router_commands};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    office::contracts::{ReadAndApply, api::ApplyService},
    parts::because::because,
    surroundings::{local, may},
    ui::{
        card::Card, form::use_form, format, icon::Icon, loaded::Loaded, notice::Notice, page::PageHeader,
        param::use_id, tone::Tone,
    },
};

#[component]
pub fn RouterCommandsPage() -> impl IntoView {
    let id = use_id::<RouterId>();
    let preview = Resource::new_blocking(move || id.get(), |id| async move { preview_router_commands(id?).await });
    view! { <Loaded from=preview view=move |preview| view! { <Preview preview apply=None/> }/> }
}

#[component]
pub fn ContractCommandsPage() -> impl IntoView {
    let id = use_id::<ContractId>();
    let form = use_form::<ApplyService>();
    let preview = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok::<_, AppError>((id, preview_contract_commands(id).await?))
        },
    );
    let page = move |(contract, preview): (ContractId, Result<CommandsPreview, Because>)| {
        let apply = may("manage_jobs").then(|| view! { <ReadAndApply contract form/> }.into_any());
        view! { <Preview preview apply/> }
    };
    view! { <Loaded from=preview view=page/> }
}

/// The router may not have answered: that is told, and not an error of the page. `apply`: to have it done now.
#[component]
fn Preview(preview: Result<CommandsPreview, Because>, apply: Option<AnyView>) -> impl IntoView {
    let t = words();
    match preview {
        Ok(preview) => view! { <Computed preview apply/> }.into_any(),
        Err(why) => view! {
            <PageHeader title=t.scans.commands()>{apply}</PageHeader>
            <Notice tone=Tone::Danger icon=Icon::Alert title=t.scans.commands_unread(because(&why, t))/>
        }
        .into_any(),
    }
}

#[component]
fn Computed(preview: CommandsPreview, apply: Option<AnyView>) -> impl IntoView {
    let t = words();
    let places = vec![
        (t.network.routers().to_owned(), "/office/routers".to_owned()),
        (preview.router.name.clone(), format!("/office/routers/{}", preview.router.id)),
    ];
    let summary = t.scans.commands_read(format::date_time(local(preview.read_at), t));
    let mode = match preview.mode {
        RouterMode::Live => t.scans.commands_live(),
        RouterMode::DryRun => t.scans.commands_dry_run(),
    };
    let count = |count: usize| format::count(i64::try_from(count).unwrap_or(i64::MAX));
    let total = match preview.changing {
        0 => view! {
            <Notice tone=Tone::Ok icon=Icon::Check title=t.scans.commands_none(count(preview.services))/>
        }
        .into_any(),
        changing => {
            view! { <p>{t.scans.commands_total(count(preview.commands), count(changing))}" "{mode}</p> }.into_any()
        }
    };
    let more = preview.changing.saturating_sub(preview.shown.len());
    view! {
        <PageHeader title=t.scans.commands() summary places>{apply}</PageHeader>
        {total}
        {preview.shown.into_iter().map(|one| service(one, t)).collect_view()}
        {(more > 0).then(|| view! { <p class="muted">{t.scans.commands_more(count(more))}</p> })}
    }
}

fn service(one: ServiceCommands, t: Words) -> AnyView {
    let title = format!("{} · {}", one.owner.contract_code, one.owner.customer_name);
    let why = one.because.map(|why| {
        view! { <Notice tone=Tone::Warn icon=Icon::Alert title=t.scans.commands_refused(because(&why, t))/> }
    });
    let commands = one.commands.into_iter().map(|command| {
        view! { <li class="exchange"><code class="exchange-command">{command}</code></li> }
    });
    view! {
        <Card title>
            {why}
            <ol class="exchanges">{commands.collect_view()}</ol>
        </Card>
    }
    .into_any()
}
