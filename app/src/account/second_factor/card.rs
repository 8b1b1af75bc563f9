//! The second factor on the account's page: whether it is on, and turning it off.

use domain::views::account::SecondFactor;
use leptos::prelude::*;

use super::api::{ProposeSecondFactor, TurnOffSecondFactor, see_second_factor};
use crate::{
    i18n::words,
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        card::Card,
        dialog::Confirm,
        form::{Field, FormState, Kind, PlainForm, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        tone::Tone,
    },
};

/// For staff: customers have none.
#[component]
pub fn SecondFactorCard() -> impl IntoView {
    let t = words();
    let (propose, turn_off) = (use_form::<ProposeSecondFactor>(), use_form::<TurnOffSecondFactor>());
    let state = Resource::new_blocking(|| (), |()| see_second_factor());
    let show = move |state: SecondFactor| match state {
        SecondFactor::On { recovery_codes_left } => view! { <On turn_off recovery_codes_left/> }.into_any(),
        SecondFactor::Proposed { .. } | SecondFactor::CodeWanted => view! {
            <p class="muted">{t.security.half_way()}</p>
            <div class="form-actions">
                <LinkButton href="/second-factor?next=/account">{t.security.go_on()}</LinkButton>
            </div>
        }
        .into_any(),
        SecondFactor::Off { .. } => view! {
            <p class="muted">{t.security.off_hint()}</p>
            <PlainForm state=propose>
                <input type="hidden" name="next" value="/account"/>
                <Field name="current_password" label=t.account.current_password() kind=Kind::Password/>
                <div class="form-actions"><Submit>{t.security.propose()}</Submit></div>
            </PlainForm>
        }
        .into_any(),
    };
    view! { <Card title=t.security.title()><Loaded from=state view=show/></Card> }
}

#[component]
fn On(turn_off: FormState<TurnOffSecondFactor>, recovery_codes_left: i64) -> impl IntoView {
    let t = words();
    view! {
        <p><Badge tone=Tone::Ok icon=Icon::Check label=t.security.on()/></p>
        <p class="muted">{t.security.codes_left(recovery_codes_left)}" "{t.security.codes_left_hint()}</p>
        <div class="form-actions">
            <Confirm id="second-factor" label=t.security.turn_off() title=t.security.turn_off_title()
                open=turn_off.was_refused()>
                <p>{t.security.turn_off_hint()}</p>
                <PlainForm state=turn_off>
                    <Field name="current_password" label=t.account.current_password() kind=Kind::Password/>
                    <Field name="code" label=t.security.code() hint=t.security.code_hint() kind=Kind::Code most=40/>
                    <Submit variant=Variant::Danger>{t.security.turn_off()}</Submit>
                </PlainForm>
            </Confirm>
        </div>
    }
}
