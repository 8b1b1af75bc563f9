//! The top of a page.

use leptos::prelude::*;
use leptos_meta::Title;

/// A way back: each place above the page with its address.
#[component]
pub fn Breadcrumbs(places: Vec<(String, String)>) -> impl IntoView {
    let t = crate::i18n::words();
    let links = places.into_iter().map(|(name, href)| view! { <li><a href=href>{name}</a></li> });
    view! {
        <nav class="breadcrumbs" aria-label=t.common.breadcrumbs()>
            <ol>{links.collect_view()}</ol>
        </nav>
    }
}

/// The window's title: the page's, and the product. Not set once for the whole app: the title that the server wrote
/// would be gone until the page's own script is there.
#[component]
pub fn WindowTitle(#[prop(into)] title: String) -> impl IntoView {
    let t = crate::i18n::words();
    view! { <Title text=format!("{title} · {}", t.common.product())/> }
}

/// The title, also the window's, with the state beside it and actions at the right (the children).
/// `summary` is what a detail page says first: its state and the reason, in a sentence.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    #[prop(optional, into)] summary: String,
    #[prop(optional)] places: Vec<(String, String)>,
    #[prop(optional)] state: Option<AnyView>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <WindowTitle title=title.clone()/>
        <header class="page-head">
            {(!places.is_empty()).then(|| view! { <Breadcrumbs places/> })}
            <div class="page-title-row">
                <h1 class="page-title">{title}</h1>
                {state}
                {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
            </div>
            {(!summary.is_empty()).then(|| view! { <p class="page-summary">{summary}</p> })}
        </header>
    }
}

/// Links to the parts of a record; the address says which one is open.
#[component]
pub fn Tabs(
    /// Name, address, and whether it is the open one.
    tabs: Vec<(String, String, bool)>,
    #[prop(into)] label: String,
) -> impl IntoView {
    let links = tabs.into_iter().map(|(name, href, open)| {
        view! { <a class="tab" href=href aria-current=open.then_some("page")>{name}</a> }
    });
    view! { <nav class="tabs" aria-label=label>{links.collect_view()}</nav> }
}
