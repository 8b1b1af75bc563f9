//! What is being filled in stays on the phone while it is: a page that is left or reloaded loses nothing that was typed.

use domain::ids::WorkOrderId;
use leptos::{
    ev::Event,
    prelude::*,
    serde_json,
    wasm_bindgen::JsCast,
    web_sys::{Element, FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage},
};

use super::outbox::OWNER;

/// What says which order it is, and what the server gave with the page: never from a draft.
const NOT_TYPED: [&str; 5] = ["order", OWNER, "report[version]", "report[idempotency_key]", "report[outcome]"];

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}

fn name(owner: &str, order: WorkOrderId) -> String {
    format!("ramal-draft:{owner}:{order}")
}

/// After each letter.
pub(super) fn keep(owner: &str, order: WorkOrderId, event: &Event) -> Option<()> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let form: HtmlFormElement = target.closest("form").ok()??.dyn_into().ok()?;
    let typed = serde_json::to_string(&texts(&form)?).ok()?;
    storage()?.set_item(&name(owner, order), &typed).ok()
}

/// The names and texts of a form; files are no text.
fn texts(form: &HtmlFormElement) -> Option<Vec<(String, String)>> {
    let data = FormData::new_with_form(form).ok()?;
    let names = data.keys().into_iter().filter_map(|key| key.ok()?.as_string());
    let names = names.filter(|name| !NOT_TYPED.contains(&name.as_str()));
    Some(names.filter_map(|name| data.get(&name).as_string().map(|text| (name, text))).collect())
}

/// Into the form of this page, as it was left.
pub(super) fn restore(owner: &str, order: WorkOrderId) {
    let typed = storage().and_then(|storage| storage.get_item(&name(owner, order)).ok().flatten());
    let typed: Vec<(String, String)> = typed.and_then(|typed| serde_json::from_str(&typed).ok()).unwrap_or_default();
    for (field, text) in typed {
        write(&field, &text);
    }
}

fn write(field: &str, text: &str) -> Option<()> {
    let element = document().query_selector(&format!("#finish [name=\"{field}\"]")).ok()??;
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "checkbox" => input.set_checked(true),
            "hidden" | "file" => {}
            _ => input.set_value(text),
        }
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.set_value(text);
    }
    Some(())
}

pub(super) fn forget(owner: &str, order: WorkOrderId) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&name(owner, order));
    }
}
