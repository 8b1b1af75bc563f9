//! One found router: what it is to be, what would be sent, how far it is, and what was said.

use domain::network::Because;
use domain::views::jobs::JobExchange;
use domain::views::onboarding::{OnboardingDetail, OnboardingRow, OnboardingState};
use leptos::{prelude::*, task::spawn_local};

use super::{
    api::{ForgetOnboarding, LookAtRouter, StartOnboarding, show_onboarding},
    keep_asking, state_badge,
    steps::Steps,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::because::because,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        dialog::Confirm,
        form::{Field, Form, FormState, Kind, Submit, use_form},
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
    look: FormState<LookAtRouter>,
    start: FormState<StartOnboarding>,
    forget: FormState<ForgetOnboarding>,
}

#[component]
pub fn OnboardingPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms { look: use_form(), start: use_form(), forget: use_form() };
    let done = (forms.look.done(), forms.start.done());
    let router = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get()),
        |(id, ..)| async move { show_onboarding(id?).await },
    );
    let shown = move |detail: OnboardingDetail| {
        follow(&detail, router);
        view! { <Router detail forms/> }
    };
    view! { <Loaded from=router view=shown/> }
}

/// While it is worked on, shows each step as it is done.
fn follow(shown: &OnboardingDetail, router: Resource<Result<OnboardingDetail, AppError>>) {
    if shown.row.state != OnboardingState::Working {
        return;
    }
    let before = shown.clone();
    keep_asking(move || {
        let before = before.clone();
        spawn_local(async move {
            if show_onboarding(before.row.id).await.is_ok_and(|now| now != before) {
                router.refetch();
            }
        });
    });
}

#[component]
fn Router(detail: OnboardingDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let places = vec![
        (t.network.routers().to_owned(), "/office/routers".to_owned()),
        (t.onboarding.title().to_owned(), "/office/onboarding".to_owned()),
    ];
    let row = detail.row.clone();
    let title = format!("{} · {}", row.host, row.name);
    let board = row.identity.as_ref().map(|own| format!("{} · {}. ", own.board, own.version)).unwrap_or_default();
    let summary = format!("{board}{}", story(&row, t));
    let state = state_badge(row.state, t);
    let is_open = !matches!(row.state, OnboardingState::Working | OnboardingState::Registered);
    let (of_wanted, of_actions, of_trouble) = (detail.clone(), detail.clone(), detail.clone());
    let OnboardingDetail { plan, exchanges, .. } = detail;
    let wanted = is_open.then(|| view! { <Wanted detail=of_wanted forms/> });
    let said = (!exchanges.is_empty()).then(|| {
        view! { <Card title=t.onboarding.said()><Said exchanges/></Card> }
    });
    view! {
        <PageHeader title summary places state><Actions detail=of_actions forms/></PageHeader>
        <div role="status"><Trouble detail=of_trouble/></div>
        {wanted}
        <Card title=t.onboarding.steps()><Steps next=row.step plan/></Card>
        {said}
    }
}

fn story(row: &OnboardingRow, t: Words) -> String {
    let why = row.because.as_ref().map(|why| because(why, t));
    let plain = match (row.state, why) {
        (OnboardingState::Working, Some(why)) => return t.onboarding.story_retrying(why),
        (OnboardingState::Stopped, why) => return t.onboarding.story_stopped(why.unwrap_or_default()),
        (OnboardingState::Working, None) => t.onboarding.story_working(),
        (OnboardingState::Locked, _) => t.onboarding.story_locked(),
        (OnboardingState::Found, _) => t.onboarding.story_found(),
        (OnboardingState::Planned, _) => t.onboarding.story_planned(),
        (OnboardingState::Registered, _) => t.onboarding.story_registered(),
    };
    plain.to_owned()
}

/// Why it could not be looked at; and what to do about a device mode, which nobody can do from here.
#[component]
fn Trouble(detail: OnboardingDetail) -> impl IntoView {
    let t = words();
    let is_stopped = detail.row.state == OnboardingState::Stopped;
    let stopped = detail.row.because.clone().filter(|_| is_stopped);
    let device_mode = match stopped.or(detail.not_planned.clone()) {
        Some(Because::DeviceMode { forbidden }) => {
            let flags: String = forbidden.iter().map(|flag| format!(" {flag}=yes")).collect();
            Some(view! {
                <p>{t.onboarding.device_mode_do()}</p>
                <p><code>"/system/device-mode/update"{flags}</code></p>
            })
        }
        _ => None,
    };
    let title = match detail.not_planned {
        Some(why) => t.onboarding.not_planned(because(&why, t)),
        None if device_mode.is_some() => story(&detail.row, t),
        None => return ().into_any(),
    };
    view! { <Notice tone=Tone::Danger icon=Icon::Alert title>{device_mode}</Notice> }.into_any()
}

#[component]
fn Wanted(detail: OnboardingDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let hint = if detail.has_password { t.onboarding.sticker_keep() } else { t.onboarding.sticker_hint() };
    let variant = if detail.row.state == OnboardingState::Planned { Variant::Secondary } else { Variant::Primary };
    view! {
        <Card title=t.onboarding.wanted()>
            <Form state=forms.look>
                <input type="hidden" name="id" value=detail.row.id.to_string()/>
                <div class="fields">
                    <Field name="router[name]" label=t.network.name() hint=t.onboarding.name_hint()
                           value=detail.row.name.clone() most=60/>
                    <Field name="router[server]" label=t.onboarding.server() hint=t.onboarding.server_hint()
                           value=detail.server.clone() most=200/>
                </div>
                <Field name="router[password]" label=t.onboarding.sticker() hint kind=Kind::NewPassword optional=true/>
                <div class="form-actions">
                    <Submit variant icon=Icon::Search>{t.onboarding.look()}</Submit>
                </div>
            </Form>
        </Card>
    }
}

#[component]
fn Actions(detail: OnboardingDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let row = detail.row;
    let id = row.id;
    let start = |label: &'static str| {
        view! {
            <Confirm id="start" label title=t.onboarding.start_title(&row.host) variant=Variant::Primary icon=Icon::Play
                     open=forms.start.was_refused()>
                <p>{t.onboarding.start_what()}</p>
                <Form state=forms.start>
                    <input type="hidden" name="onboarding" value=id.to_string()/>
                    <Submit variant=Variant::Primary>{label}</Submit>
                </Form>
            </Confirm>
        }
    };
    let forget = || {
        view! {
            <Confirm id="forget" label=t.onboarding.forget() title=t.onboarding.forget_title(&row.host)
                     icon=Icon::Close open=forms.forget.was_refused()>
                <p>{t.onboarding.forget_what()}</p>
                <Form state=forms.forget>
                    <input type="hidden" name="onboarding" value=id.to_string()/>
                    <Submit>{t.onboarding.forget()}</Submit>
                </Form>
            </Confirm>
        }
    };
    let untouched = detail.exchanges.is_empty() && detail.job.is_none();
    let passwords = (detail.job.is_some() && may("see_router_secrets")).then(|| {
        let href = format!("/office/onboarding/{id}/passwords");
        view! { <LinkButton href>{t.onboarding.passwords()}</LinkButton> }
    });
    let main = match row.state {
        OnboardingState::Planned if untouched => view! { {forget()}{start(t.onboarding.start())} }.into_any(),
        OnboardingState::Planned => start(t.onboarding.go_on()).into_any(),
        OnboardingState::Stopped if detail.planned_at.is_some() => start(t.onboarding.go_on()).into_any(),
        OnboardingState::Locked | OnboardingState::Found if untouched => forget().into_any(),
        OnboardingState::Working => {
            let href = format!("/office/onboarding/{id}");
            view! { <LinkButton href variant=Variant::Quiet>{t.onboarding.refresh()}</LinkButton> }.into_any()
        }
        OnboardingState::Registered => row.router.map(|router| {
            let href = format!("/office/routers/{router}");
            view! {
                <LinkButton href variant=Variant::Primary icon=Icon::Router>{t.onboarding.open_router()}</LinkButton>
            }
        })
        .into_any(),
        _ => ().into_any(),
    };
    view! { {passwords}{main} }
}

#[component]
fn Said(exchanges: Vec<JobExchange>) -> impl IntoView {
    let t = words();
    let entries = exchanges.into_iter().map(move |exchange| {
        let answer = exchange.answer.unwrap_or_else(|| t.network.answer_none().to_owned());
        view! {
            <li class="exchange">
                <p class="muted">{format::date_time(local(exchange.at), t)}</p>
                <code class="exchange-command">{exchange.command}</code>
                <p>{t.network.answer()}": "<code>{answer}</code></p>
            </li>
        }
    });
    view! { <ol class="exchanges">{entries.collect_view()}</ol> }
}
