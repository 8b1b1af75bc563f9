//! One router: whether it answers, what it is used for, and what is wrong.

use domain::network::RouterMode;
use domain::views::routers::RouterDetail;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{ApplyBase, ProbeRouter, show_router},
    base::Base,
    health_badge, limit_name, mode_badge,
};
use crate::{
    i18n::words,
    parts::because::because,
    surroundings::{local, may},
    ui::{
        button::LinkButton,
        card::{Card, Fact, Facts, Stat},
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn RouterPage() -> impl IntoView {
    let id = use_id();
    let (probe, apply) = (use_form::<ProbeRouter>(), use_form::<ApplyBase>());
    let done = (probe.done(), apply.done());
    let router = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get()),
        |(id, ..)| async move { show_router(id?).await },
    );
    view! { <Loaded from=router view=move |router| view! { <Shown router probe apply/> }/> }
}

#[component]
fn Shown(router: RouterDetail, probe: FormState<ProbeRouter>, apply: FormState<ApplyBase>) -> impl IntoView {
    let t = words();
    let places = vec![(t.network.routers().to_owned(), "/office/routers".to_owned())];
    let id = router.row.id;
    let summary = match router.row.mode {
        RouterMode::DryRun => t.network.story_dry_run(),
        RouterMode::Live => t.network.story_live(),
    };
    let (mode, health) = (mode_badge(router.row.mode, t), health_badge(router.row.health, t));
    let state = view! { {health}{mode} }.into_any();
    let edit = may("edit_routers").then(|| {
        view! { <LinkButton href=format!("/office/routers/{id}/edit") icon=Icon::Edit>{t.common.edit()}</LinkButton> }
    });
    view! {
        <PageHeader title=router.row.name.clone() summary places state>
            <LinkButton href=format!("/office/routers/{id}/leases") icon=Icon::Device>{t.macs.reports()}</LinkButton>
            {edit}
        </PageHeader>
        <Failing router=router.clone()/>
        <Answered router=router.clone()/>
        <Work router=router.clone()/>
        <div class="columns">
            <Connection router=router.clone() probe/>
            <Addressing router=router.clone()/>
        </div>
        <Base router=id base=router.base apply/>
    }
}

#[component]
fn Failing(router: RouterDetail) -> impl IntoView {
    let t = words();
    router.failing.map(|failing| {
        let when = format::date_time(local(failing.at), t);
        let title = t.network.story_failing(when, because(&failing.because, t));
        let retry =
            failing.retry_at.map(|at| format!(" · {}: {}", t.network.retry_at(), format::date_time(local(at), t)));
        view! {
            <Notice tone=Tone::Danger icon=Icon::Alert title>
                <p>{t.network.tries()}": "{failing.failures}{retry}</p>
            </Notice>
        }
    })
}

/// What came of asking it just now, when it answered; that it did not is told by [`Failing`].
#[component]
fn Answered(router: RouterDetail) -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let identity = router.row.identity.filter(|_| router.failing.is_none());
    move || {
        let identity = identity.clone().filter(|_| query.read().get_str("probed").is_some())?;
        let title = t.network.probe_answered(identity.board, identity.version);
        Some(view! { <div role="status"><Notice tone=Tone::Ok icon=Icon::Check title/></div> })
    }
}

/// What it is used for; each figure opens the list behind it.
#[component]
fn Work(router: RouterDetail) -> impl IntoView {
    let t = words();
    let id = router.row.id;
    let tone = |count: i64, tone: Tone| if count > 0 { tone } else { Tone::Neutral };
    view! {
        <div class="stats">
            <Stat label=t.network.services() value=format::count(router.row.services)
                  href=format!("/office/contracts?router={id}")/>
            <Stat label=t.network.out_of_step() value=format::count(router.out_of_step)
                  href=format!("/office/contracts?is=out_of_step&router={id}") tone=tone(router.out_of_step, Tone::Warn)/>
            <Stat label=t.network.waiting() value=format::count(router.row.waiting)
                  href=format!("/office/jobs?router={id}&state=waiting")/>
            <Stat label=t.network.given_up() value=format::count(router.given_up)
                  href=format!("/office/jobs?router={id}&unresolved=true") tone=tone(router.given_up, Tone::Danger)/>
        </div>
    }
}

#[component]
fn Connection(router: RouterDetail, probe: FormState<ProbeRouter>) -> impl IntoView {
    let t = words();
    let row = router.row;
    let reached = row.reached_at.map_or_else(|| t.network.never().to_owned(), |at| format::date_time(local(at), t));
    let secure = if router.certificate.is_some() { t.network.secure_yes() } else { t.network.secure_no() };
    let identity = row.identity.map(|identity| {
        view! { <Fact label=t.network.board()>{identity.board}" · "{identity.version}</Fact> }
    });
    let probing = may("edit_routers").then(|| {
        view! {
            <Form state=probe>
                <input type="hidden" name="router" value=row.id.to_string()/>
                <p class="muted">{t.network.probe_hint()}</p>
                <Submit icon=Icon::Signal>{t.network.probe()}</Submit>
            </Form>
        }
    });
    view! {
        <Card title=t.network.access()>
            <Facts>
                <Fact label=t.network.host()><code>{format!("{}:{}", row.host, row.port)}</code></Fact>
                <Fact label=t.network.secure()>{secure}</Fact>
                <Fact label=t.network.username()>{router.username}</Fact>
                {identity}
                <Fact label=t.network.reached_at()>{reached}</Fact>
            </Facts>
            {probing}
        </Card>
    }
}

#[component]
fn Addressing(router: RouterDetail) -> impl IntoView {
    let t = words();
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "—".to_owned());
    view! {
        <Card title=t.network.addressing()>
            <Facts>
                <Fact label=t.network.local_address()>{or_dash(router.pppoe_local_address)}</Fact>
                <Fact label=t.network.pool()>{or_dash(router.pppoe_pool)}</Fact>
                <Fact label=t.access.ipv6_pool()>{or_dash(router.ipv6_pool)}</Fact>
                <Fact label=t.network.dhcp_server()>{or_dash(router.dhcp_server)}</Fact>
                <Fact label=t.access.limit_by()>{limit_name(router.limit_by, t)}</Fact>
            </Facts>
        </Card>
    }
}
