//! What stands between the password and the office: a code, or setting up where codes come from.

use domain::views::account::{Proposal, SecondFactor};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::api::{ConfirmSecondFactor, EnterCode, ProposeSecondFactor, see_second_factor};
use crate::{
    account::api::SignOut,
    i18n::words,
    surroundings::viewer,
    ui::{
        button::{Button, LinkButton, Variant},
        dialog::Confirm,
        form::{Field, FormState, Kind, PlainForm, Submit, use_form},
        layout::PublicLayout,
        loaded::Loaded,
        page::WindowTitle,
    },
};

/// The forms, which live as long as the page.
#[derive(Clone, Copy)]
struct Forms {
    enter: FormState<EnterCode>,
    propose: FormState<ProposeSecondFactor>,
    confirm: FormState<ConfirmSecondFactor>,
}

#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let t = words();
    let forms = Forms { enter: use_form(), propose: use_form(), confirm: use_form() };
    let next = StoredValue::new(use_query_map().read_untracked().get("next").unwrap_or_default());
    let state = Resource::new_blocking(|| (), |()| see_second_factor());
    let show = move |state: SecondFactor| {
        let next = next.get_value();
        match state {
            SecondFactor::CodeWanted => view! { <Enter form=forms.enter next/> }.into_any(),
            SecondFactor::Off { required } => view! { <Propose form=forms.propose next required/> }.into_any(),
            SecondFactor::Proposed { proposal } => {
                view! { <FirstCode form=forms.confirm again=forms.propose next proposal/> }.into_any()
            }
            SecondFactor::On { .. } => view! { <IsOn/> }.into_any(),
        }
    };
    view! {
        <PublicLayout>
            <WindowTitle title=t.security.title()/>
            <section class="panel">
                <Loaded from=state view=show/>
                <form method="post" action=SignOut::url()>
                    <Button variant=Variant::Quiet>{t.common.sign_out()}</Button>
                </form>
            </section>
        </PublicLayout>
    }
}

/// The password was right.
#[component]
fn Enter(form: FormState<EnterCode>, next: String) -> impl IntoView {
    let t = words();
    view! {
        <h1 class="page-title">{t.security.enter_title()}</h1>
        <p class="panel-hint">{t.security.enter_hint()}</p>
        <PlainForm state=form>
            <input type="hidden" name="next" value=next/>
            <Field name="code" label=t.security.code() hint=t.security.code_hint() kind=Kind::Code most=40/>
            <Submit variant=Variant::Primary>{t.security.enter()}</Submit>
        </PlainForm>
    }
}

#[component]
fn Propose(form: FormState<ProposeSecondFactor>, next: String, required: bool) -> impl IntoView {
    let t = words();
    view! {
        <h1 class="page-title">{t.security.propose_title()}</h1>
        {required.then(|| view! { <p>{t.security.required_hint()}</p> })}
        <p class="panel-hint">{t.security.propose_hint()}</p>
        <PlainForm state=form>
            <input type="hidden" name="next" value=next/>
            <OwnPassword/>
            <Submit variant=Variant::Primary>{t.security.propose()}</Submit>
        </PlainForm>
    }
}

/// Asked of whoever is in already: the browser may have been left open. Whoever is on the way in has just typed it.
#[component]
fn OwnPassword() -> impl IntoView {
    let t = words();
    viewer().is_some().then(|| {
        view! { <Field name="current_password" label=t.account.current_password() kind=Kind::Password/> }
    })
}

/// The secret, as a drawing and as letters, the recovery codes, and the first code.
#[component]
fn FirstCode(
    form: FormState<ConfirmSecondFactor>,
    again: FormState<ProposeSecondFactor>,
    next: String,
    proposal: Proposal,
) -> impl IntoView {
    let t = words();
    // Four squares of margin: readers need them.
    let frame = format!("-4 -4 {side} {side}", side = proposal.qr_size + 8);
    let codes = proposal.recovery_codes.into_iter().map(|code| view! { <li><code>{code}</code></li> });
    let back = next.clone();
    view! {
        <h1 class="page-title">{t.security.confirm_title()}</h1>
        <h2 class="card-title">{t.security.scan_title()}</h2>
        <p class="panel-hint">{t.security.scan_hint()}</p>
        <svg class="qr" viewBox=frame role="img" aria-label=t.security.qr()>
            <path d=proposal.qr_path></path>
        </svg>
        <p>{t.security.by_hand()}" "<code class="secret">{legible(&proposal.secret)}</code></p>
        <p><a href=proposal.uri rel="external">{t.security.open_here()}</a></p>
        <h2 class="card-title">{t.security.recovery_title()}</h2>
        <p class="panel-hint">{t.security.recovery_hint()}</p>
        <ul class="recovery-codes">{codes.collect_view()}</ul>
        <h2 class="card-title">{t.security.first_code_title()}</h2>
        <p class="panel-hint">{t.security.first_code_hint()}</p>
        <PlainForm state=form>
            <input type="hidden" name="next" value=next/>
            <Field name="code" label=t.security.code() kind=Kind::Code most=40/>
            <Submit variant=Variant::Primary>{t.security.confirm()}</Submit>
        </PlainForm>
        <Confirm id="propose-again" label=t.security.propose_again() title=t.security.propose_again()
            variant=Variant::Quiet open=again.was_refused()>
            <p>{t.security.propose_again_hint()}</p>
            <PlainForm state=again>
                <input type="hidden" name="next" value=back/>
                <OwnPassword/>
                <Submit variant=Variant::Primary>{t.security.propose()}</Submit>
            </PlainForm>
        </Confirm>
    }
}

#[component]
fn IsOn() -> impl IntoView {
    let t = words();
    view! {
        <h1 class="page-title">{t.security.title()}</h1>
        <p class="panel-hint">{t.security.is_on()}</p>
        <LinkButton href="/account" variant=Variant::Primary>{t.common.account()}</LinkButton>
    }
}

/// In groups of four.
fn legible(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_secret_is_read_in_groups_of_four() {
        assert_eq!(super::legible("GEZDGNBVGY"), "GEZD GNBV GY");
    }
}
