//! How a payment by card stands: to be paid on the gateway's page, on its way, paid, or not; and what to do next.

use std::time::Duration;

use domain::gateway::{IntentKind, IntentState};
use domain::views::gateway::CheckoutView;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{DemoNotice, api::my_checkout};
use crate::{
    i18n::{Words, words},
    parts::{amount::money, card::decline_words},
    ui::{
        button::{LinkButton, Variant},
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

/// While a payment is open or on its way, the page looks again so often.
const LOOK: Duration = Duration::from_secs(2);

#[component]
pub fn CheckoutPage() -> impl IntoView {
    let id = use_id();
    let look = RwSignal::new(0);
    let checkout =
        Resource::new_blocking(move || (id.get(), look.get()), |(id, _)| async move { my_checkout(id?).await });
    view! { <Loaded from=checkout view=move |checkout| view! { <Checkout checkout look/> }/> }
}

#[component]
fn Checkout(checkout: CheckoutView, look: RwSignal<u32>) -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let goes = query.with_untracked(|query| query.get_str("go").is_some());
    let came_back = query.with_untracked(|query| query.get_str("back").is_some());
    go_on(&checkout, goes);
    if checkout.state.is_pending() && !came_back {
        look_again(look);
    }
    let (tone, icon, title, hint) = told(&checkout, came_back, t);
    let (id, url) = (checkout.id, checkout.url.clone());
    let to_page = url.map(|url| {
        view! { <a class="button" data-variant="primary" href=url rel="external">{Icon::Payment.view()}<span>{t.gateway.to_page()}</span></a> }
    });
    let waits = checkout.state.is_pending() && !goes;
    let again = waits.then(|| {
        view! { <LinkButton href=format!("/portal/checkouts/{id}") icon=Icon::Clock>{t.gateway.look_again()}</LinkButton> }
    });
    view! {
        <PageHeader title=title_of(&checkout, t)/>
        <DemoNotice is_demo=checkout.is_demo/>
        <div role="status">
            <Notice tone icon title><p>{hint}</p></Notice>
        </div>
        <p class="form-actions">{to_page}<NextSteps checkout/>{again}</p>
    }
}

fn title_of(checkout: &CheckoutView, t: Words) -> String {
    match checkout.kind {
        IntentKind::Setup => t.gateway.saving_card().to_owned(),
        IntentKind::Checkout | IntentKind::Automatic => t.gateway.payment_of(money(checkout.amount)),
    }
}

/// On to the gateway's page, at once where scripts run; this page stays where the browser's way back leads.
fn go_on(checkout: &CheckoutView, goes: bool) {
    let Some(url) = checkout.url.clone().filter(|_| goes) else { return };
    Effect::new(move |_| {
        let _ = window().history().and_then(|history| {
            let here = window().location().pathname()?;
            history.replace_state_with_url(&leptos::wasm_bindgen::JsValue::NULL, "", Some(&here))
        });
        let _ = window().location().assign(&url);
    });
}

fn look_again(look: RwSignal<u32>) {
    Effect::new(move |_| {
        let later = set_timeout_with_handle(move || look.update(|times| *times += 1), LOOK).ok();
        on_cleanup(move || {
            if let Some(later) = later {
                later.clear();
            }
        });
    });
}

/// What happened, and the next step.
fn told(checkout: &CheckoutView, came_back: bool, t: Words) -> (Tone, Icon, String, String) {
    let own = str::to_owned;
    let declined = checkout.decline.as_ref().map(|decline| decline_words(decline, t));
    match checkout.state {
        IntentState::Paid if checkout.kind == IntentKind::Setup => {
            (Tone::Ok, Icon::Check, own(t.gateway.card_saved()), own(t.gateway.card_saved_hint()))
        }
        IntentState::Paid => {
            let hint = if checkout.limited > 0 { t.gateway.paid_still_limited() } else { t.gateway.paid_hint() };
            (Tone::Ok, Icon::Check, t.gateway.paid(money(checkout.amount)), own(hint))
        }
        IntentState::Processing => {
            (Tone::Accent, Icon::Clock, own(t.gateway.processing()), own(t.gateway.processing_hint()))
        }
        IntentState::Failed | IntentState::Open if declined.is_some() => {
            (Tone::Danger, Icon::Alert, own(t.gateway.not_paid()), declined.unwrap_or_default())
        }
        IntentState::Failed => (Tone::Danger, Icon::Alert, own(t.gateway.not_paid()), own(t.gateway.try_again())),
        IntentState::Expired | IntentState::Cancelled => {
            (Tone::Neutral, Icon::Close, own(t.gateway.expired()), own(t.gateway.try_again()))
        }
        IntentState::Created | IntentState::Open if came_back => {
            (Tone::Neutral, Icon::Info, own(t.gateway.came_back()), own(t.gateway.nothing_charged()))
        }
        IntentState::Created | IntentState::Open => {
            (Tone::Accent, Icon::Clock, own(t.gateway.waiting()), own(t.gateway.waiting_hint()))
        }
    }
}

#[component]
fn NextSteps(checkout: CheckoutView) -> impl IntoView {
    let t = words();
    let again = match (checkout.kind, checkout.quote) {
        (IntentKind::Setup, _) => "/portal/cards".to_owned(),
        (_, Some(quote)) => format!("/portal/quotes/{quote}"),
        _ => "/portal/pay".to_owned(),
    };
    match checkout.state {
        IntentState::Paid => {
            let receipt = checkout.payment.map(|payment| {
                let href = format!("/documents/receipts/{}.pdf", payment.id);
                view! { <a class="button" href=href target="_blank" rel="external">{Icon::Download.view()}<span>{t.gateway.receipt(&payment.name)}</span></a> }
            });
            view! {
                <LinkButton href="/portal" variant=Variant::Primary icon=Icon::Home>{t.portal.home()}</LinkButton>
                {receipt}
            }
            .into_any()
        }
        IntentState::Processing => {
            view! { <LinkButton href="/portal" icon=Icon::Home>{t.portal.home()}</LinkButton> }.into_any()
        }
        IntentState::Failed | IntentState::Expired | IntentState::Cancelled => view! {
            <LinkButton href=again variant=Variant::Primary icon=Icon::Payment>{t.gateway.pay_again()}</LinkButton>
            <LinkButton href="/portal/transfers/new" icon=Icon::Check>{t.portal.report_transfer()}</LinkButton>
        }
        .into_any(),
        IntentState::Created | IntentState::Open => {
            view! { <LinkButton href=again icon=Icon::Left>{t.gateway.other_way()}</LinkButton> }.into_any()
        }
    }
}
