//! A file's text into a field, read by the browser: what is sent is what one sees. Without scripting one pastes.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsValue, closure::Closure},
    web_sys::{Event, js_sys::Reflect},
};

use crate::{
    i18n::words,
    parts::scan::{call, get},
};

/// Puts the text of the chosen file into the field of this name.
#[component]
pub(super) fn FromFile(field: &'static str) -> impl IntoView {
    let t = words();
    let failed = RwSignal::new(false);
    let read = move |event: Event| failed.set(begin(field, &event, failed).is_none());
    view! {
        <div class="field needs-scripting">
            <label class="field-label" for="from-file">{t.stock.from_file()}</label>
            <input class="input" type="file" id="from-file" accept=".csv,.txt,text/csv,text/plain" on:change=read/>
            <p class="field-hint" role="status">{move || failed.get().then(|| t.stock.from_file_failed())}</p>
        </div>
    }
}

/// `None` when there is no file, or it cannot be read.
fn begin(field: &'static str, event: &Event, failed: RwSignal<bool>) -> Option<()> {
    let input = event.target()?;
    let files = get(&input, "files")?;
    let file = get(&files, "0")?;
    let text = call(&file, "text", &[])?;
    let arrived = Closure::once_into_js(move |text: JsValue| {
        failed.try_set(write(field, &text).is_none());
    });
    call(&text, "then", &[arrived]).map(drop)
}

fn write(field: &str, text: &JsValue) -> Option<()> {
    let field = document().query_selector(&format!("[name=\"{field}\"]")).ok()??;
    Reflect::set(&field, &"value".into(), text).ok().map(drop)
}
