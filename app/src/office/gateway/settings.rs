//! The gateway's keys, masked; its switch; and when a declined card is tried again.

use domain::gateway::GatewayMode;
use domain::views::gateway::{GatewayRow, GatewaySettings};
use leptos::prelude::*;

use super::{
    Tabs,
    api::{CheckGateway, SaveGatewayKeys, SaveRetryDays, SwitchGatewayOff, SwitchGatewayOn, show_gateway},
    mode_name,
};
use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{
        badge::Badge,
        button::Variant,
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Field, Form, FormState, Kind, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    test: FormState<SaveGatewayKeys>,
    live: FormState<SaveGatewayKeys>,
    check: FormState<CheckGateway>,
    on: FormState<SwitchGatewayOn>,
    off: FormState<SwitchGatewayOff>,
    retry: FormState<SaveRetryDays>,
}

#[component]
pub fn GatewayPage() -> impl IntoView {
    let t = words();
    let forms = Forms {
        test: use_form(),
        live: use_form(),
        check: use_form(),
        on: use_form(),
        off: use_form(),
        retry: use_form(),
    };
    let done = (forms.test.done(), forms.live.done(), forms.on.done(), forms.off.done(), forms.retry.done());
    let source = move || (done.0.get(), done.1.get(), done.2.get(), done.3.get(), done.4.get());
    let settings = Resource::new_blocking(source, |_| show_gateway());
    view! {
        <PageHeader title=t.gateway.title() summary=t.gateway.summary()><Tabs here="/office/gateway"/></PageHeader>
        <Loaded from=settings view=move |settings| view! { <Settings settings forms/> }/>
    }
}

#[component]
fn Settings(settings: GatewaySettings, forms: Forms) -> impl IntoView {
    let t = words();
    let is_on = settings.gateways.iter().any(|gateway| gateway.is_on);
    let off = (!is_on).then(|| {
        view! { <Notice tone=Tone::Neutral icon=Icon::Info title=t.gateway.all_off()><p>{t.gateway.all_off_hint()}</p></Notice> }
    });
    let modes = GatewayMode::ALL.iter().rev().map(|mode| {
        let gateway = settings.gateways.iter().find(|gateway| gateway.mode == *mode).cloned();
        let webhook = settings.webhooks.iter().find(|(found, _)| found == mode).map(|(_, url)| url.clone());
        let usable = *mode == GatewayMode::Live || settings.is_demo;
        view! { <Mode mode=*mode gateway webhook=webhook.unwrap_or_default() usable forms/> }
    });
    let modes = modes.collect_view();
    view! {
        {off}
        <div class="columns">{modes}</div>
        <Card title=t.gateway.retry_days()><Retry days=settings.retry_days form=forms.retry/></Card>
    }
}

#[component]
fn Mode(mode: GatewayMode, gateway: Option<GatewayRow>, webhook: String, usable: bool, forms: Forms) -> impl IntoView {
    let t = words();
    let shown = gateway.clone().map(|gateway| view! { <Known gateway usable forms/> });
    let keys = may("edit_gateway").then(|| {
        let form = match mode {
            GatewayMode::Test => forms.test,
            GatewayMode::Live => forms.live,
        };
        view! { <Keys mode gateway form/> }
    });
    view! {
        <Card title=format!("Stripe: {}", mode_name(mode, t))>
            {(mode == GatewayMode::Test && !usable).then(|| view! { <p class="muted">{t.gateway.test_only_demo()}</p> })}
            {shown}
            <Facts>
                <Fact label=t.gateway.webhook()><code>{webhook}</code></Fact>
                <Fact label=t.gateway.webhook_events()><code class="wrap">{EVENTS}</code></Fact>
            </Facts>
            {keys}
        </Card>
    }
}

/// What the gateway is to be told to send.
const EVENTS: &str = "checkout.session.completed, checkout.session.expired, checkout.session.async_payment_succeeded, \
                      checkout.session.async_payment_failed, payment_intent.succeeded, payment_intent.processing, \
                      payment_intent.payment_failed, payment_intent.canceled, charge.updated, charge.refunded, \
                      refund.updated, refund.failed, charge.dispute.created, charge.dispute.updated, charge.dispute.closed, \
                      charge.dispute.funds_withdrawn, charge.dispute.funds_reinstated";

#[component]
fn Known(gateway: GatewayRow, usable: bool, forms: Forms) -> impl IntoView {
    let t = words();
    let id = gateway.id.to_string();
    let (tone, icon, state) = match gateway.is_on {
        true => (Tone::Ok, Icon::Check, t.gateway.is_on()),
        false => (Tone::Neutral, Icon::Pause, t.gateway.is_off()),
    };
    let works = forms.check.answer();
    let switch = may("edit_gateway").then(|| view! { <Switch gateway=gateway.clone() usable forms/> });
    let check = may("edit_gateway").then(|| {
        view! {
            <Form state=forms.check>
                <input type="hidden" name="gateway" value=id/>
                <Submit icon=Icon::Signal>{t.gateway.check()}</Submit>
            </Form>
            <div role="status">{move || works.get().map(|()| view! { <Badge tone=Tone::Ok icon=Icon::Check label=t.gateway.keys_work()/> })}</div>
        }
    });
    view! {
        <Facts>
            <Fact label=t.gateway.state()><Badge tone icon label=state/></Fact>
            <Fact label=t.gateway.key()><code>{gateway.key_hint.clone()}</code></Fact>
            <Fact label=t.gateway.api_url()><code>{gateway.api_url.clone()}</code></Fact>
        </Facts>
        <div class="form-actions">{switch}{check}</div>
    }
}

#[component]
fn Switch(gateway: GatewayRow, usable: bool, forms: Forms) -> impl IntoView {
    let t = words();
    let id = gateway.id.to_string();
    if gateway.is_on {
        return view! {
            <Confirm id="off" label=t.gateway.switch_off() title=t.gateway.switch_off_title() icon=Icon::Pause open=forms.off.was_refused()>
                <p>{t.gateway.switch_off_what()}</p>
                <Form state=forms.off>
                    <input type="hidden" name="gateway" value=id/>
                    <Submit variant=Variant::Danger>{t.gateway.switch_off()}</Submit>
                </Form>
            </Confirm>
        }
        .into_any();
    }
    usable
        .then(|| {
            view! {
                <Confirm id=format!("on-{id}") label=t.gateway.switch_on() title=t.gateway.switch_on_title() icon=Icon::Play
                         variant=Variant::Primary open=forms.on.was_refused()>
                    <p>{t.gateway.switch_on_what()}</p>
                    <Form state=forms.on>
                        <input type="hidden" name="gateway" value=id.clone()/>
                        <Submit variant=Variant::Primary>{t.gateway.switch_on()}</Submit>
                    </Form>
                </Confirm>
            }
        })
        .into_any()
}

#[component]
fn Keys(mode: GatewayMode, gateway: Option<GatewayRow>, form: FormState<SaveGatewayKeys>) -> impl IntoView {
    let t = words();
    let known = gateway.is_some();
    let hint = move |starts: &str, t: Words| match known {
        true => t.gateway.key_stays().to_owned(),
        false => t.gateway.key_starts(starts),
    };
    let label = if known { t.gateway.replace_keys() } else { t.gateway.enter_keys() };
    let start = if mode == GatewayMode::Live { "sk_live_" } else { "sk_test_" };
    view! {
        <Confirm id=format!("keys-{mode}") label
                 title=mode_name(mode, t) icon=Icon::Edit open=form.was_refused()>
            <Form state=form>
                <input type="hidden" name="keys[mode]" value=mode.word()/>
                <Field name="keys[secret_key]" label=t.gateway.secret_key() kind=Kind::NewPassword hint=hint(start, t) optional=known most=300/>
                <Field name="keys[webhook_secret]" label=t.gateway.webhook_secret() kind=Kind::NewPassword hint=hint("whsec_", t)
                       optional=known most=300/>
                <Field name="keys[api_url]" label=t.gateway.api_url() hint=t.gateway.api_url_hint() optional=true most=200
                       value=gateway.map(|gateway| gateway.api_url).unwrap_or_default()/>
                <Submit variant=Variant::Primary>{t.common.save()}</Submit>
            </Form>
        </Confirm>
    }
}

#[component]
fn Retry(days: String, form: FormState<SaveRetryDays>) -> impl IntoView {
    let t = words();
    if !may("edit_gateway") {
        return view! { <p>{days}</p> }.into_any();
    }
    view! {
        <Form state=form>
            <Field name="retry_days" label=t.gateway.retry_days() hint=t.gateway.retry_days_hint() value=days optional=true most=40/>
            <div class="form-actions"><Submit>{t.common.save()}</Submit></div>
        </Form>
    }
    .into_any()
}
