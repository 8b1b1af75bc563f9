//! Hearing that something changed, without reloading: the server calls, and the page asks again.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::EventSource,
};

/// Where figures are told: `server::http::live`.
const FIGURES: &str = "/office/live";

/// Counts the calls that figures changed. It also counts when the line was opened, at first and after it was cut: what
/// happened before was not heard. Without scripting it stays at nothing.
#[must_use]
pub fn use_figures_changed() -> ReadSignal<u32> {
    let (calls, set_calls) = signal(0_u32);
    Effect::new(move |_| {
        let Ok(source) = EventSource::new(FIGURES) else { return };
        let heard = Closure::<dyn FnMut()>::new(move || set_calls.update(|calls| *calls += 1));
        source.set_onopen(Some(heard.as_ref().unchecked_ref()));
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let line = StoredValue::new_local((source, heard));
        on_cleanup(move || {
            let _ = line.try_with_value(|(source, _)| source.close());
        });
    });
    calls
}
