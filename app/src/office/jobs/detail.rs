//! One job: how it stands and why, what was said with the device, and doing it again.

use domain::ids::RouterId;
use domain::views::jobs::{JobDetail, JobExchange, JobRow, JobState, JobSubject};
use leptos::prelude::*;

use super::{
    api::{CancelJob, RepeatJob, show_job},
    state_badge, subject,
};
use crate::{
    i18n::{Words, words},
    parts::because::because,
    surroundings::{local, may},
    ui::{
        button::Variant,
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

/// They live as long as the page does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    repeat: FormState<RepeatJob>,
    cancel: FormState<CancelJob>,
}

#[component]
pub fn JobPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms { repeat: use_form(), cancel: use_form() };
    let done = (forms.repeat.done(), forms.cancel.done());
    let job = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get()),
        |(id, ..)| async move { show_job(id?).await },
    );
    view! { <Loaded from=job view=move |job| view! { <Job job forms/> }/> }
}

#[component]
fn Job(job: JobDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let JobDetail { job, exchanges } = job;
    let places = vec![(t.network.jobs().to_owned(), "/office/jobs".to_owned())];
    let title = format!("{} · {}", t.network.title_job(job.id), subject(&job, t));
    let (summary, state, of_actions) = (story(&job, t), state_badge(job.state, t), job.clone());
    let at_device = !matches!(job.subject, JobSubject::Message { .. } | JobSubject::Scan { .. } | JobSubject::Preview);
    view! {
        <PageHeader title summary places state>
            {may("manage_jobs").then(|| view! { <Actions job=of_actions forms/> })}
        </PageHeader>
        <Card title=t.network.subject()><About job/></Card>
        {at_device.then(|| view! { <Card title=t.network.exchanges()><Exchanges exchanges/></Card> })}
    }
}

/// How it stands, with the reason.
fn story(job: &JobRow, t: Words) -> String {
    let when = |at| format::date_time(local(at), t);
    let finished = when(job.finished_at.unwrap_or(job.run_at));
    let why = job.because.as_ref().map(|why| because(why, t));
    match (job.state, why) {
        (JobState::Waiting, Some(why)) => t.network.story_retry(when(job.run_at), why),
        (JobState::Waiting, None) => t.network.story_waiting(when(job.run_at)),
        (JobState::Running, _) => t.network.story_running().to_owned(),
        (JobState::Done, _) => t.network.story_done(finished),
        (JobState::GivenUp, why) => t.network.story_given_up(finished, why.unwrap_or_default()),
        (JobState::Cancelled, _) => t.network.story_cancelled(finished),
    }
}

#[component]
fn About(job: JobRow) -> impl IntoView {
    let t = words();
    let whom = match job.subject {
        JobSubject::Service { contract, contract_code, customer, customer_name, router, router_name, .. } => view! {
            <Fact label=t.network.contract()><a href=format!("/office/contracts/{contract}")>{contract_code}</a></Fact>
            <Fact label=t.network.customer()><a href=format!("/office/customers/{customer}")>{customer_name}</a></Fact>
            <Fact label=t.network.router()><a href=format!("/office/routers/{router}")>{router_name}</a></Fact>
        }
        .into_any(),
        JobSubject::Gateway { customer, .. } => customer
            .map(|customer| {
                let (href, name) = (format!("/office/customers/{}", customer.id), customer.name);
                view! { <Fact label=t.network.customer()><a href=href>{name}</a></Fact> }
            })
            .into_any(),
        JobSubject::Drift { scan, router, router_name } => {
            at_router(router, router_name, format!("/office/scans/{scan}"), t.network.kind_scan())
        }
        JobSubject::Adopt { adoption, router, router_name } => {
            at_router(router, router_name, format!("/office/adoptions/{adoption}"), t.network.kind_adopt())
        }
        JobSubject::Hotspot { hotspot, name, router, router_name } => view! {
            <Fact label=t.hotspot.hotspot()><a href=format!("/office/hotspots/{hotspot}")>{name}</a></Fact>
            <Fact label=t.network.router()><a href=format!("/office/routers/{router}")>{router_name}</a></Fact>
        }
        .into_any(),
        JobSubject::Router { router, router_name } => view! {
            <Fact label=t.network.router()><a href=format!("/office/routers/{router}")>{router_name}</a></Fact>
        }
        .into_any(),
        JobSubject::Message { message, to, subject } => {
            let to = match may("see_messages") {
                true => view! { <a href=format!("/office/messages/{message}")>{to}</a> }.into_any(),
                false => to.into_any(),
            };
            view! {
                <Fact label=t.network.kind_message()>{to}</Fact>
                {(!subject.is_empty()).then(|| view! { <Fact label=t.network.mail_subject()>{subject}</Fact> })}
            }
            .into_any()
        }
        JobSubject::Scan { range } => view! {
            <Fact label=t.onboarding.range()><a href="/office/onboarding">{range}</a></Fact>
        }
        .into_any(),
        JobSubject::LeaseScript { router, router_name } => view! {
            <Fact label=t.network.router()><a href=format!("/office/routers/{router}/leases")>{router_name}</a></Fact>
        }
        .into_any(),
        JobSubject::Onboard { onboarding, host } => view! {
            <Fact label=t.network.router()><a href=format!("/office/onboarding/{onboarding}")>{host}</a></Fact>
        }
        .into_any(),
        JobSubject::Preview => may("see_runs")
            .then(|| view! { <Fact label=t.network.subject()><a href="/office/runs/next">{t.collections.next_run()}</a></Fact> })
            .into_any(),
    };
    view! {
        <Facts>
            {whom}
            <Fact label=t.network.created()>{format::date_time(local(job.created_at), t)}</Fact>
            <Fact label=t.network.attempts()>{t.network.attempts_of(job.attempts, job.max_attempts)}</Fact>
        </Facts>
    }
}

/// Work at a router as a whole, and where what came of it is shown.
fn at_router(router: RouterId, name: String, href: String, what: &'static str) -> AnyView {
    let t = words();
    view! {
        <Fact label=t.network.router()><a href=format!("/office/routers/{router}")>{name}</a></Fact>
        <Fact label=t.network.subject()><a href=href>{what}</a></Fact>
    }
    .into_any()
}

/// Every command that was sent, or would have been, with its answer; secrets are masked where they are written down.
#[component]
fn Exchanges(exchanges: Vec<JobExchange>) -> impl IntoView {
    let t = words();
    if exchanges.is_empty() {
        return view! { <p class="muted">{t.network.no_exchanges()}</p> }.into_any();
    }
    let entries = exchanges.into_iter().map(move |exchange| {
        let sent = if exchange.sent { t.network.sent() } else { t.network.not_sent() };
        let answer = exchange
            .answer
            .unwrap_or_else(|| if exchange.sent { t.network.answer_none().to_owned() } else { String::new() });
        view! {
            <li class="exchange">
                <p class="muted">{format::date_time(local(exchange.at), t)}" · "{sent}</p>
                <code class="exchange-command">{exchange.command}</code>
                {(!answer.is_empty()).then(|| view! { <p>{t.network.answer()}": "<code>{answer}</code></p> })}
            </li>
        }
    });
    view! { <ol class="exchanges">{entries.collect_view()}</ol> }.into_any()
}

#[component]
fn Actions(job: JobRow, forms: Forms) -> impl IntoView {
    let t = words();
    let (id, what) = (job.id.to_string(), what_cancelling_does(&job.subject, t));
    match job.state {
        JobState::GivenUp => view! {
            <Confirm id="repeat" label=t.network.repeat() title=t.network.repeat_title() variant=Variant::Primary
                     icon=Icon::Play open=forms.repeat.was_refused()>
                <p>{t.network.repeat_what()}</p>
                <Form state=forms.repeat>
                    <input type="hidden" name="job" value=id/>
                    <Submit variant=Variant::Primary>{t.network.repeat()}</Submit>
                </Form>
            </Confirm>
        }
        .into_any(),
        JobState::Waiting if job.subject.can_be_cancelled() => view! {
            <Confirm id="cancel" label=t.network.cancel() title=t.network.cancel_title() variant=Variant::Danger
                     icon=Icon::Close open=forms.cancel.was_refused()>
                <p>{what}</p>
                <Form state=forms.cancel>
                    <input type="hidden" name="job" value=id/>
                    <Submit variant=Variant::Danger>{t.network.cancel()}</Submit>
                </Form>
            </Confirm>
        }
        .into_any(),
        JobState::Waiting | JobState::Running | JobState::Done | JobState::Cancelled => ().into_any(),
    }
}

fn what_cancelling_does(subject: &JobSubject, t: Words) -> &'static str {
    match subject {
        JobSubject::Message { .. } => t.network.cancel_message_what(),
        _ => t.network.cancel_what(),
    }
}
