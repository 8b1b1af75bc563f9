//! Asking before something that is hard to take back.

use leptos::{
    attr::custom::custom_attribute,
    ev::MouseEvent,
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::js_sys::{Function, Reflect},
};

use super::{button::Variant, icon::Icon};
use crate::i18n::words;

/// A button that opens a modal dialog; the children are the form that does the thing, with what it will do to whom
/// above it. The browser opens and closes it by itself, with scripting off as well; for browsers from before the end
/// of 2025 a handler does. `id` is unique on the page.
#[component]
pub fn Confirm(
    #[prop(into)] id: String,
    /// On the button that opens it.
    #[prop(into)]
    label: String,
    #[prop(into)] title: String,
    #[prop(optional)] variant: Variant,
    #[prop(optional)] icon: Option<Icon>,
    /// Open from the start: `form.was_refused()`, so that without scripting a refusal is seen where it happened.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    let t = words();
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    let (opener, closer) = (Command::new("show-modal", "showModal", &id), Command::new("close", "close", &id));
    view! {
        <button
            type="button"
            class="button"
            data-variant=variant.word()
            on:click=opener.fallback()
            {..custom_attribute("command", opener.name)}
            {..custom_attribute("commandfor", opener.dialog)}
        >
            {icon.map(Icon::view)}
            <span>{label}</span>
        </button>
        <dialog class="dialog" {..custom_attribute("closedby", "any")} id=id open=open aria-labelledby=labelled_by>
            <header class="dialog-head">
                <h2 class="dialog-title" id=title_id>{title}</h2>
                <button
                    type="button"
                    class="button"
                    data-variant="quiet"
                    on:click=closer.fallback()
                    {..custom_attribute("command", closer.name)}
                    {..custom_attribute("commandfor", closer.dialog)}
                >
                    {Icon::Close.view()}
                    <span class="visually-hidden">{t.common.close()}</span>
                </button>
            </header>
            {children()}
        </dialog>
    }
}

/// What a button tells a dialog: the attribute's word for it, and the method of older browsers.
struct Command {
    name: &'static str,
    method: &'static str,
    dialog: String,
}

impl Command {
    fn new(name: &'static str, method: &'static str, dialog: &str) -> Self {
        Self { name, method, dialog: dialog.to_owned() }
    }

    /// Calls the method where the browser does not know the attribute.
    fn fallback(&self) -> impl Fn(MouseEvent) + 'static {
        let (method, id) = (self.method, self.dialog.clone());
        move |event| {
            let knows = |target: &JsValue| Reflect::has(target, &"commandForElement".into()).unwrap_or_default();
            if event.current_target().is_some_and(|button| knows(&button)) {
                return;
            }
            let call = |dialog: &JsValue| Reflect::get(dialog, &method.into())?.dyn_into::<Function>()?.call0(dialog);
            if let Some(Err(problem)) = document().get_element_by_id(&id).map(|dialog| call(&dialog)) {
                leptos::logging::warn!("{problem:?}");
            }
        }
    }
}
