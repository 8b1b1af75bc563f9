//! What opens under a button without scripting, and rows of choices in it.

use leptos::prelude::*;

use super::icon::Icon;

/// One of a few choices in a form of class `choices`; pressing it sends the form.
#[component]
pub fn Choice(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    chosen: bool,
    #[prop(optional)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="submit" class="choice" name=name value=value aria-pressed=chosen.to_string()>
            {icon.map(Icon::view)}
            <span>{children()}</span>
        </button>
    }
}

/// A button that opens a small panel over the page. The browser does all of it, with scripting off as well.
/// `id` is unique on the page.
#[component]
pub fn Menu(id: &'static str, #[prop(into)] label: String, icon: Icon, children: Children) -> impl IntoView {
    view! {
        <div class="menu">
            <button type="button" class="menu-button" popovertarget=id>
                {icon.view()}
                <span class="menu-label">{label}</span>
            </button>
            <div class="menu-panel" id=id popover="auto">
                {children()}
            </div>
        </div>
    }
}
