//! One router: whether it answers, what it is used for, and what is wrong.

use domain::ids::RouterId;
use domain::network::RouterMode;
use domain::views::routers::{RouterDetail, RouterPage as Page};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    agreement::Agreed,
    api::{ApplyBase, CloseBreaker, ProbeRouter, show_router},
    base::Base,
    health_badge, limit_name, mode_badge,
};
use crate::{
    i18n::words,
    office::scans::{Effects, api::ScanRouter},
    parts::because::because,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts, Stat},
        dialog::Confirm,
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

/// They live as long as the page does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    probe: FormState<ProbeRouter>,
    apply: FormState<ApplyBase>,
    close: FormState<CloseBreaker>,
    scan: FormState<ScanRouter>,
}

#[component]
pub fn RouterPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms { probe: use_form(), apply: use_form(), close: use_form(), scan: use_form() };
    let done = (forms.probe.done(), forms.apply.done(), forms.close.done());
    let router = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get(), done.2.get()),
        |(id, ..)| async move { show_router(id?).await },
    );
    view! { <Loaded from=router view=move |page| view! { <Shown page forms/> }/> }
}

#[component]
fn Shown(page: Page, forms: Forms) -> impl IntoView {
    let t = words();
    let places = vec![(t.network.routers().to_owned(), "/office/routers".to_owned())];
    let router = page.router.clone();
    let id = router.row.id;
    let summary = match router.row.mode {
        RouterMode::DryRun => t.network.story_dry_run(),
        RouterMode::Live => t.network.story_live(),
    };
    let (mode, health) = (mode_badge(router.row.mode, t), health_badge(router.row.health, t));
    let state = view! { {health}{mode} }.into_any();
    let link = move |verb: &str, page: &str, icon: Icon, words: &'static str| {
        may(verb).then(|| view! { <LinkButton href=format!("/office/routers/{id}/{page}") icon>{words}</LinkButton> })
    };
    view! {
        <PageHeader title=router.row.name.clone() summary places state>
            {link("preview_commands", "commands", Icon::Search, t.scans.see_commands())}
            {link("adopt_rows", "adopt", Icon::Download, t.scans.adopt())}
            {link("see_routers", "leases", Icon::Device, t.macs.reports())}
            {link("edit_routers", "edit", Icon::Edit, t.common.edit())}
            <Scan router=id form=forms.scan/>
        </PageHeader>
        <Breaker router=router.clone() form=forms.close/>
        <Answered router=router.clone()/>
        <Work router=router.clone()/>
        <Agreed page/>
        <div class="columns">
            <Connection router=router.clone() probe=forms.probe/>
            <Addressing router=router.clone()/>
        </div>
        <Base router=id base=router.base apply=forms.apply/>
    }
}

/// Reading the whole router soon, to look or to mend.
#[component]
fn Scan(router: RouterId, form: FormState<ScanRouter>) -> impl IntoView {
    let t = words();
    may("scan_routers").then(|| {
        view! {
            <Confirm id="scan" label=t.scans.scan() title=t.scans.scan() icon=Icon::Search variant=Variant::Primary
                     open=form.was_refused()>
                <Form state=form>
                    <input type="hidden" name="router" value=router.to_string()/>
                    <Effects/>
                    <div class="form-actions">
                        <Submit variant=Variant::Primary icon=Icon::Search>{t.scans.scan()}</Submit>
                    </div>
                </Form>
            </Confirm>
        }
    })
}

/// Since when nobody gets through, why, until when nobody tries, and trying now all the same.
#[component]
fn Breaker(router: RouterDetail, form: FormState<CloseBreaker>) -> impl IntoView {
    let t = words();
    router.failing.map(|failing| {
        let when = move |at| format::date_time(local(at), t);
        let title = t.network.story_failing(when(failing.at), because(&failing.because, t));
        let tries = format::count(failing.failures.into());
        let breaker = match failing.retry_at {
            Some(until) => t.scans.breaker_since(when(failing.at), tries, when(until)),
            None => t.scans.breaker_over(when(failing.at), tries),
        };
        let close = (failing.retry_at.is_some() && may("edit_routers")).then(|| {
            view! {
                <Form state=form>
                    <input type="hidden" name="router" value=router.row.id.to_string()/>
                    <Submit icon=Icon::Play>{t.scans.close_breaker()}</Submit>
                </Form>
            }
        });
        view! {
            <Notice tone=Tone::Danger icon=Icon::Alert title>
                <p>{failing.retry_at.is_some().then(|| format!("{}. ", t.scans.breaker()))}{breaker}</p>
                {close}
            </Notice>
        }
    })
}

/// What came of asking it just now, when it answered; that it did not is told by [`Breaker`].
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
