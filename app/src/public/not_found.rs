//! For an address that leads nowhere.

use leptos::prelude::*;

use crate::{
    i18n::words,
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        icon::Icon,
        layout::PublicLayout,
        page::WindowTitle,
    },
};

#[component]
pub fn NotFoundPage() -> impl IntoView {
    let t = words();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <WindowTitle title=t.public.not_found_title()/>
        <PublicLayout>
            <div class="panel">
                <EmptyState icon=Icon::Signal title=t.public.not_found_title() hint=t.public.not_found_hint() whole_page=true>
                    <LinkButton href="/" variant=Variant::Primary>{t.public.to_start()}</LinkButton>
                </EmptyState>
            </div>
        </PublicLayout>
    }
}
