//! What is kept on the phone: each form as the browser would send it, with its photos, by its order. In the browser's own
//! store for answers, which holds files of any size; each person of a phone has one of their own.

use domain::ids::WorkOrderId;
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        Cache, FormData, Headers, Request, RequestInit, Response,
        js_sys::{Array, Promise, Reflect, Uint8Array, futures::JsFuture},
    },
};

use crate::failure::AppError;

/// Whether this browser keeps anything: not without encryption.
pub(super) fn can_keep() -> bool {
    Reflect::has(&window(), &"caches".into()).unwrap_or_default()
}

/// What a promise comes to, as what it is.
async fn given<T: JsCast>(promise: Promise) -> Option<T> {
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn store(owner: &str) -> Option<Cache> {
    given(window().caches().ok()?.open(&format!("unsent:{owner}"))).await
}

fn address(order: WorkOrderId) -> String {
    format!("/unsent/{order}")
}

/// One form for an order: a newer one takes the place of an older one.
pub(super) async fn put(owner: &str, order: WorkOrderId, form: &FormData) -> Option<()> {
    let store = store(owner).await?;
    let answer = Response::new_with_opt_form_data(Some(form)).ok()?;
    JsFuture::from(store.put_with_str(&address(order), &answer)).await.ok().map(drop)
}

pub(super) async fn get(owner: &str, order: WorkOrderId) -> Option<FormData> {
    let store = store(owner).await?;
    let answer: Response = given(store.match_with_str(&address(order))).await?;
    given(answer.form_data().ok()?).await
}

pub(super) async fn forget(owner: &str, order: WorkOrderId) -> Option<()> {
    let store = store(owner).await?;
    JsFuture::from(store.delete_with_str(&address(order))).await.ok().map(drop)
}

/// The orders that something is kept for, the oldest form first.
pub(super) async fn orders(owner: &str) -> Vec<WorkOrderId> {
    let Some(store) = store(owner).await else { return Vec::new() };
    let keys: Option<Array> = given(store.keys()).await;
    let requests = keys.into_iter().flat_map(|keys| keys.iter().collect::<Vec<_>>());
    let addresses = requests.filter_map(|key| key.dyn_into::<Request>().ok()).map(|request| request.url());
    addresses.filter_map(|address| address.rsplit('/').next()?.parse().ok()).collect()
}

/// Sends a form as our own scripts do: the answer is data.
pub(super) async fn send(url: &str, form: &FormData) -> Result<(), AppError> {
    let answer = ask(url, form).await.ok_or(AppError::NotDelivered)?;
    if answer.ok() {
        return Ok(());
    }
    let told: Option<JsValue> = match answer.array_buffer() {
        Ok(told) => JsFuture::from(told).await.ok(),
        Err(_) => None,
    };
    let bytes = told.map(|told| Uint8Array::new(&told).to_vec()).unwrap_or_default();
    // Something between here and the server answered: whether it was done is not known, and the key makes it harmless to
    // send again.
    Err(leptos::serde_json::from_slice(&bytes).unwrap_or(AppError::NotDelivered))
}

async fn ask(url: &str, form: &FormData) -> Option<Response> {
    let headers = Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(headers.as_ref());
    request.set_body(form.as_ref());
    given(window().fetch_with_str_and_init(url, &request)).await
}
