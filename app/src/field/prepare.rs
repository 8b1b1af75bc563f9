//! Has the service worker keep the pages of the day before they are needed, with the files that draw them.

use std::{cell::Cell, collections::BTreeSet, rc::Rc, time::Duration};

use leptos::{
    leptos_dom::helpers::{IntervalHandle, set_interval_with_handle},
    prelude::*,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::{
        Response,
        js_sys::{Array, futures::JsFuture},
    },
};

use crate::parts::scan::{call, get};

/// Between two looks whether the worker has taken over, and for how long: the first time, it is only being installed.
const EVERY: Duration = Duration::from_millis(500);
const TIMES: u32 = 60;

/// Asks for each of the pages; `kept` says when all of them came.
pub(super) fn prepare(pages: Vec<String>, kept: RwSignal<bool>) {
    let timer = Rc::new(Cell::new(None::<IntervalHandle>));
    let (own_timer, looked) = (Rc::clone(&timer), Cell::new(0));
    let look = move || {
        looked.set(looked.get() + 1);
        let ready = has_taken_over();
        if !ready && looked.get() < TIMES {
            return;
        }
        if let Some(timer) = own_timer.take() {
            timer.clear();
        }
        if ready {
            let pages = pages.clone();
            spawn_local(async move {
                let all = fetch_all(pages).await;
                kept.try_set(all);
            });
        }
    };
    timer.set(set_interval_with_handle(look, EVERY).ok());
}

fn has_taken_over() -> bool {
    get(&window().navigator(), "serviceWorker").and_then(|worker| get(&worker, "controller")).is_some()
}

async fn fetch_all(pages: Vec<String>) -> bool {
    let mut all = true;
    for address in pages.into_iter().chain(files()) {
        all &= fetch(&address).await;
    }
    all
}

async fn fetch(address: &str) -> bool {
    let answer = JsFuture::from(window().fetch_with_str(address)).await.ok();
    answer.and_then(|answer| answer.dyn_into::<Response>().ok()).is_some_and(|answer| answer.ok())
}

/// What this page was drawn with. The worker was not there yet when some of it came.
fn files() -> BTreeSet<String> {
    let entries =
        get(&window(), "performance").and_then(|watch| call(&watch, "getEntriesByType", &["resource".into()]));
    let entries = entries.map(|entries| Array::from(&entries).iter().collect::<Vec<_>>()).unwrap_or_default();
    let names = entries.iter().filter_map(|entry| get(entry, "name")?.as_string());
    names.filter(|name| name.contains("/pkg/")).collect()
}
