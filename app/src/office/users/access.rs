//! How staff get in: with the password alone, or with a code as well.

use domain::views::users::AccessSettings;
use leptos::prelude::*;

use super::api::{RequireSecondFactor, show_access};
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::Variant,
        card::Card,
        form::{Checkbox, FormState, PlainForm, Submit, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn AccessPage() -> impl IntoView {
    let t = words();
    let form = use_form::<RequireSecondFactor>();
    let settings = Resource::new_blocking(|| (), |()| show_access());
    let places = vec![(t.settings.title().to_owned(), "/office/settings".to_owned())];
    view! {
        <PageHeader title=t.security.access_title() summary=t.security.access_hint() places/>
        <Loaded from=settings view=move |settings| view! { <Required settings form/> }/>
    }
}

/// A plain form: whoever has no code themselves is led to set it up.
#[component]
fn Required(settings: AccessSettings, form: FormState<RequireSecondFactor>) -> impl IntoView {
    let t = words();
    let without = match settings.staff_without {
        0 => t.security.everybody_has().to_owned(),
        count => t.security.staff_without(count),
    };
    view! {
        <Card title=t.security.title()>
            <p class="muted">{without}</p>
            <PlainForm state=form>
                <Checkbox name="required" label=t.security.require() hint=t.security.require_hint()
                    checked=settings.second_factor_required/>
                {may("edit_access").then(|| view! {
                    <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
                })}
            </PlainForm>
        </Card>
    }
}
