//! Asking before something that is hard to take back.

use leptos::{attr::custom::custom_attribute, prelude::*};

use super::{button::Variant, icon::Icon};
use crate::i18n::words;

/// A button that opens a dialog; the children are the form that does the thing, with what it will do to whom above
/// it. The browser opens and closes it by itself (a modal dialog, or else a popover), with scripting off as well.
/// `id` is unique on the page.
#[component]
pub fn Confirm(
    #[prop(into)] id: String,
    /// On the button that opens it.
    #[prop(into)]
    label: String,
    #[prop(into)] title: String,
    #[prop(optional)] variant: Variant,
    #[prop(optional)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    let t = words();
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <button type="button" class="button" data-variant=variant.word() popovertarget={id.clone()} {..custom_attribute("command", "show-modal")} {..custom_attribute("commandfor", id.clone())}>
            {icon.map(Icon::view)}
            <span>{label}</span>
        </button>
        <dialog class="dialog" id=id.clone() popover="auto" aria-labelledby=labelled_by>
            <header class="dialog-head">
                <h2 class="dialog-title" id=title_id>{title}</h2>
                <button type="button" class="button" data-variant="quiet" popovertarget={id.clone()} popovertargetaction="hide" {..custom_attribute("command", "close")} {..custom_attribute("commandfor", id.clone())}>
                    {Icon::Close.view()}
                    <span class="visually-hidden">{t.common.close()}</span>
                </button>
            </header>
            {children()}
        </dialog>
    }
}
