//! The logo: a form that the browser sends by itself, since a file is in it.

use domain::views::documents::LogoRefusal;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::words,
    ui::{
        button::{Button, Variant},
        icon::Icon,
        notice::Notice,
        tone::Tone,
    },
};

#[component]
pub(super) fn Logo(has_logo: bool) -> impl IntoView {
    let t = words();
    let refusal = use_query_map().with_untracked(|query| query.get("logo")?.parse::<LogoRefusal>().ok());
    let refused = refusal.map(|refusal| {
        let because = match refusal {
            LogoRefusal::TooLarge => t.failure.logo_too_large(),
            LogoRefusal::UnknownFormat => t.failure.logo_unknown_format(),
            LogoRefusal::MoreThanADrawing => t.failure.logo_more_than_a_drawing(),
        };
        view! { <Notice tone=Tone::Danger icon=Icon::Alert title=because><p>{t.failure.fields_hint()}</p></Notice> }
    });
    let shown = match has_logo {
        true => view! {
            <img class="logo-shown" src="/documents/logo" alt=t.documents.logo_now()/>
            <form method="post" action="/documents/logo/remove">
                <Button variant=Variant::Quiet icon=Icon::Close>{t.documents.remove_logo()}</Button>
            </form>
        }
        .into_any(),
        false => view! { <p class="muted">{t.documents.no_logo()}</p> }.into_any(),
    };
    view! {
        {refused}
        {shown}
        <form class="form" method="post" action="/documents/logo" enctype="multipart/form-data">
            <div class="field">
                <label class="field-label" for="logo">{t.documents.new_logo()}</label>
                <input class="input" type="file" id="logo" name="logo" accept=".png,.svg,image/png,image/svg+xml"
                       aria-describedby="logo-hint"/>
                <p class="field-hint" id="logo-hint">{t.documents.logo_hint()}</p>
            </div>
            <div class="form-actions"><Button>{t.documents.upload()}</Button></div>
        </form>
    }
}
