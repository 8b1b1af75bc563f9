//! What is shown while something loads, once it is there, and when it could not be had.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::{icon::Icon, notice::Notice, page::WindowTitle, tone::Tone};
use crate::{failure::AppError, i18n::words};

/// Shows what a resource holds. The server waits for it, so that the first paint is complete; the old content stays
/// while a newer one is fetched, and grey lines appear only when nothing was there and it takes past 200 ms.
#[component]
pub fn Loaded<T, V>(
    from: Resource<Result<T, AppError>>,
    /// Shows it: `view=move |customer| view! { ... }`.
    view: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    let show = move || {
        let show = view.clone();
        Suspend::new(async move {
            let loaded = from.await;
            // The server asks what is waited for before it renders, and throws that away. It must not come as far as the
            // view: a resource made there would count twice, and the browser would take another's data for its own.
            #[cfg(feature = "ssr")]
            leptos::task::tick().await;
            match loaded {
                Ok(value) => show(value).into_any(),
                Err(error) => view! { <Failed error/> }.into_any(),
            }
        })
    };
    view! { <Transition fallback=Skeleton>{show}</Transition> }
}

/// A failure in place of what could not be shown, mostly a whole page, whose window then has this name.
#[component]
pub fn Failed(error: AppError) -> impl IntoView {
    let t = words();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(error.status());
    }
    view! {
        <WindowTitle title=t.common.not_shown()/>
        <div role="alert">
            <Notice tone=Tone::Danger icon=Icon::Alert title=t.common.not_shown()>
                <p>{error.sentence(t)}</p>
            </Notice>
        </div>
    }
}

/// Grey lines where content will be; the style sheet shows them only past 200 ms.
#[component]
pub fn Skeleton() -> impl IntoView {
    let t = words();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{t.common.loading()}</span>
            <span></span><span></span><span></span>
        </div>
    }
}
