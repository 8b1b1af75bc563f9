//! What would happen to invoices of a list, or to their customers.

use domain::views::bulk::{BulkAction, BulkPreview};
use leptos::prelude::*;

use super::{
    action_name,
    preview::{Preview, rows},
    write::{ConfirmMessage, OnceFields},
};
use crate::{
    i18n::words,
    office::invoices::api::{MessageInvoices, SendInvoices, preview_bulk_invoices},
    ui::{
        button::Variant,
        form::{Form, Submit, use_form},
        icon::Icon,
        list::use_list_query,
        loaded::Loaded,
    },
};

#[component]
pub fn InvoicesPreviewPage() -> impl IntoView {
    let query = use_list_query();
    let (send, message) = (use_form::<SendInvoices>(), use_form::<MessageInvoices>());
    let preview = Resource::new_blocking(move || query.get(), preview_bulk_invoices);
    let shown = move |preview: BulkPreview| {
        let (rows, key) = (rows(&preview), preview.key.clone());
        let (action, form) = match query.get_untracked().filter_as("action") {
            Some(BulkAction::MessageOfInvoices) => (
                BulkAction::MessageOfInvoices,
                view! { <Form state=message><ConfirmMessage rows key/></Form> }.into_any(),
            ),
            _ => (BulkAction::Send, view! { <Form state=send><ConfirmSending rows key/></Form> }.into_any()),
        };
        view! { <Preview preview action back="/office/invoices" form/> }
    };
    view! { <Loaded from=preview view=shown/> }
}

#[component]
fn ConfirmSending(rows: String, key: String) -> impl IntoView {
    let t = words();
    view! {
        <OnceFields rows key/>
        <p class="muted">{t.bulk.send_hint()}</p>
        <Submit variant=Variant::Danger icon=Icon::Mail>{action_name(BulkAction::Send, t)}</Submit>
    }
}
