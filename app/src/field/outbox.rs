//! What is not sent yet. A form goes onto the phone first and is sent from there, at once or when the network is back; its
//! key, made here, makes it count once however often it is sent.

use std::time::Duration;

use domain::ids::WorkOrderId;
use domain::views::work_forms::ReportForm;
use domain::work_order::WorkKind;
use leptos::{
    ev::SubmitEvent,
    leptos_dom::helpers::{set_interval_with_handle, window_event_listener_untyped},
    prelude::*,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::{FormData, HtmlFormElement},
};

use super::{draft, kept, photo, signature};
use crate::{failure::AppError, surroundings::viewer};

/// Fields that stay on the phone: what the form is called, and where it goes.
pub(super) const LABEL: &str = "kept_as";
pub(super) const URL: &str = "kept_for";
/// Whose page it is. Somebody else may be signed in by the time that the form is sent: it does not become theirs.
pub(super) const OWNER: &str = "report[owner]";
const EVERY: Duration = Duration::from_secs(20);

/// A form that waits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub order: WorkOrderId,
    pub label: String,
    /// Why the server did not take it; `None`: it waits for the network.
    pub refused: Option<AppError>,
}

impl Entry {
    /// Whether the office changed the order meanwhile.
    pub fn is_conflict(&self) -> bool {
        self.refused.as_ref().is_some_and(AppError::is_stale)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Outbox {
    owner: StoredValue<String>,
    entries: RwSignal<Vec<Entry>>,
    sending: RwSignal<bool>,
    sent: RwSignal<u32>,
    /// A form is being taken: pressing twice by impatience is once.
    taking: RwSignal<bool>,
}

impl Outbox {
    /// For the pages below; what was kept before is sent when there is a network.
    pub fn provide() {
        let owner = viewer().map(|viewer| viewer.email).unwrap_or_default();
        let outbox = Self {
            owner: StoredValue::new(owner),
            entries: RwSignal::new(Vec::new()),
            sending: RwSignal::new(false),
            sent: RwSignal::new(0),
            taking: RwSignal::new(false),
        };
        provide_context(outbox);
        Effect::new(move |_| outbox.begin());
    }

    /// Of the page's area.
    pub fn here() -> Self {
        expect_context()
    }

    fn begin(self) {
        if !kept::can_keep() {
            return;
        }
        spawn_local(async move {
            self.read().await;
            self.flush().await;
        });
        let back = window_event_listener_untyped("online", move |_| spawn_local(self.flush()));
        on_cleanup(move || back.remove());
        let again = move || {
            if !self.entries.with_untracked(Vec::is_empty) {
                spawn_local(self.flush());
            }
        };
        if let Ok(timer) = set_interval_with_handle(again, EVERY) {
            on_cleanup(move || timer.clear());
        }
    }

    pub fn owner(self) -> String {
        self.owner.get_value()
    }

    pub fn entries(self) -> Vec<Entry> {
        self.entries.get()
    }

    pub fn entry(self, order: WorkOrderId) -> Option<Entry> {
        self.entries.with(|entries| entries.iter().find(|entry| entry.order == order).cloned())
    }

    pub fn is_sending(self) -> bool {
        self.sending.get()
    }

    /// Counts what was sent: make it part of a resource's source.
    pub fn sent(self) -> RwSignal<u32> {
        self.sent
    }

    /// Takes a form out of the browser's hands: looks whether anything is missing, keeps it, and sends it.
    pub fn take(self, event: &SubmitEvent, order: WorkOrderId, kind: WorkKind, refused: RwSignal<Option<AppError>>) {
        if !kept::can_keep() {
            return;
        }
        let Some(form) = form_of(event) else { return };
        event.prevent_default();
        if self.taking.get_untracked() {
            return;
        }
        refused.set(None);
        if let Err(failure) = complete(&form).check(kind) {
            refused.set(Some(failure.into()));
            return;
        }
        self.taking.set(true);
        spawn_local(async move {
            photo::shrink(&form).await;
            match kept::put(&self.owner(), order, &form).await {
                Some(()) => self.send_now(order).await,
                // No room on the phone, perhaps.
                None => refused.set(Some(AppError::NotDelivered)),
            }
            self.taking.set(false);
        });
    }

    /// What is kept for the order goes at once, if there is a network.
    async fn send_now(self, order: WorkOrderId) {
        self.read().await;
        self.flush().await;
        if self.entries.with_untracked(|entries| entries.iter().all(|entry| !entry.is_of(order))) {
            go("/field?done=sent");
        } else if self.waits(order) {
            go("/field");
        }
    }

    /// Those that are kept, without what is known of them already.
    async fn read(self) {
        let owner = self.owner();
        let mut entries = Vec::new();
        for order in kept::orders(&owner).await {
            let form = kept::get(&owner, order).await;
            let label = form.and_then(|form| form.get(LABEL).as_string()).unwrap_or_else(|| order.code());
            entries.push(Entry { order, label, refused: None });
        }
        self.entries.set(entries);
    }

    /// Tries also what was refused: something may have changed.
    pub async fn again(self) {
        self.entries.update(|entries| entries.iter_mut().for_each(|entry| entry.refused = None));
        self.flush().await;
    }

    /// Sends what waits, one after the other.
    async fn flush(self) {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        for entry in self.entries.get_untracked().into_iter().filter(|entry| entry.refused.is_none()) {
            let answer = self.send(entry.order).await;
            self.settle(entry.order, answer).await;
        }
        self.sending.set(false);
    }

    async fn send(self, order: WorkOrderId) -> Result<(), AppError> {
        let form = kept::get(&self.owner(), order).await.ok_or(AppError::NotUnderstood)?;
        let url = form.get(URL).as_string().ok_or(AppError::NotUnderstood)?;
        form.delete(URL);
        form.delete(LABEL);
        // One that was kept by an older page does not say it.
        let _ = form.set_with_str(OWNER, &self.owner());
        kept::send(&url, &form).await
    }

    async fn settle(self, order: WorkOrderId, answer: Result<(), AppError>) {
        match answer {
            Ok(()) => {
                self.discard(order).await;
                self.sent.update(|sent| *sent += 1);
            }
            // Still no network.
            Err(AppError::NotDelivered) => {}
            Err(error) => self.entries.update(|entries| {
                for entry in entries.iter_mut().filter(|entry| entry.is_of(order)) {
                    entry.refused = Some(error.clone());
                }
            }),
        }
    }

    /// Sends it for the order as it is now: whoever decided that has seen both.
    pub async fn send_anyway(self, order: WorkOrderId, version: i32) {
        let owner = self.owner();
        if let Some(form) = kept::get(&owner, order).await {
            let _ = form.set_with_str("report[version]", &version.to_string());
            kept::put(&owner, order, &form).await;
            self.read().await;
            self.flush().await;
        }
    }

    /// What was filled in, to be looked at.
    pub async fn form(self, order: WorkOrderId) -> Option<ReportForm> {
        kept::get(&self.owner(), order).await.map(|form| report(&form))
    }

    pub async fn discard(self, order: WorkOrderId) {
        kept::forget(&self.owner(), order).await;
        draft::forget(&self.owner(), order);
        self.entries.update(|entries| entries.retain(|entry| !entry.is_of(order)));
    }

    fn waits(self, order: WorkOrderId) -> bool {
        let waits = |entry: &Entry| entry.is_of(order) && entry.refused.is_none();
        self.entries.with_untracked(|entries| entries.iter().any(waits))
    }
}

impl Entry {
    fn is_of(&self, order: WorkOrderId) -> bool {
        self.order == order
    }
}

/// A page is loaded anew, so that its copy is found without a network.
fn go(path: &str) {
    let _ = window().location().set_href(path);
}

fn form_of(event: &SubmitEvent) -> Option<FormData> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    FormData::new_with_form(&form).ok()
}

/// With a key of its own, and with the signature. The page may be an old copy: its key may have been used.
fn complete(form: &FormData) -> ReportForm {
    if let Some(key) = new_key() {
        let _ = form.set_with_str("report[idempotency_key]", &key);
    }
    let mut report = report(form);
    // A word that stands for each file: the server makes a number of it. The signature counts among them.
    let file = "1 file".to_owned();
    if report.outcome == "done" && signature::attach(form) {
        report.signature = vec![file.clone()];
    }
    report.files = vec![file; photo::count(form) + report.signature.len()];
    report
}

/// The texts of a form; its files are known to the server only.
fn report(form: &FormData) -> ReportForm {
    let text = |name: &str| form.get(&format!("report[{name}]")).as_string().unwrap_or_default();
    ReportForm {
        version: text("version"),
        idempotency_key: text("idempotency_key"),
        outcome: text("outcome"),
        reason: text("reason"),
        note: text("note"),
        serial: text("serial"),
        place: text("place"),
        position: text("position"),
        dbm: text("dbm"),
        down_mbps: text("down_mbps"),
        up_mbps: text("up_mbps"),
        signed_by: text("signed_by"),
        ..ReportForm::default()
    }
}

/// A random UUID (version 4).
fn new_key() -> Option<String> {
    let mut bytes = [0_u8; 16];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]))
}
