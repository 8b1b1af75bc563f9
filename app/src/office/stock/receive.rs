//! Goods come: which, where to, and their serials, typed, pasted, read by the camera or from a file. What is sent is kept,
//! and looked at on the next page before anything is received.

use domain::views::stock::{ReceiptRow, ReceiptStart};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{DraftReceipt, begin_receipt},
    from_file::FromFile,
};
use crate::{
    i18n::{Words, words},
    parts::scan::ScanInto,
    surroundings::local,
    ui::{
        badge::Badge,
        card::Card,
        empty::EmptyState,
        form::{Field, Form, FormActions, Select, Textarea, choices_of, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

/// Of two thousand lines.
pub(super) const MOST: u32 = 200_000;

#[component]
pub fn ReceivePage() -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let of_services = move || query.read().get_str("from") == Some("services");
    let start = Resource::new_blocking(of_services, begin_receipt);
    let places = vec![(t.stock.title().to_owned(), "/office/stock".to_owned())];
    view! {
        <PageHeader title=t.stock.receive() summary=t.stock.receive_hint() places/>
        <Loaded from=start view=|start| view! { <Start start/> }/>
    }
}

#[component]
fn Start(start: ReceiptStart) -> impl IntoView {
    let t = words();
    let form = use_form::<DraftReceipt>();
    if start.choices.models.is_empty() {
        return missing(t.stock.no_models(), t.stock.no_models_hint(), "/office/stock/models", t.stock.models());
    }
    if start.choices.places.is_empty() {
        return missing(t.stock.no_places(), t.stock.no_places_hint(), "/office/stock/places", t.stock.places());
    }
    let (models, places) = (choices_of(start.choices.models), choices_of(start.choices.places));
    let lines = start.serials.join("\n");
    let waiting = (start.unregistered > 0 && lines.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Neutral icon=Icon::Info title=t.stock.unregistered(start.unregistered)>
                <p>
                    {t.stock.from_services_hint()}" "
                    <a href="/office/stock/receive?from=services">{t.stock.from_services()}</a>
                </p>
            </Notice>
        }
    });
    let before = (!start.receipts.is_empty()).then(|| {
        let href = |row: &ReceiptRow| format!("/office/stock/receipts/{}", row.id);
        let label = t.stock.receipts();
        view! { <Card title=label><Table columns=columns(t) rows=start.receipts label href/></Card> }
    });
    view! {
        {waiting}
        <Card>
            <Form state=form>
                <div class="fields">
                    <Select name="form[model]" label=t.stock.model() hint=t.stock.receipt_model_hint() choices=models/>
                    <Select name="form[place]" label=t.stock.to_place() choices=places/>
                </div>
                <Field name="form[note]" label=t.stock.delivery() hint=t.stock.delivery_hint() optional=true most=200/>
                <Textarea name="form[lines]" label=t.stock.lines() hint=t.stock.lines_hint() value=lines rows=10 most=MOST/>
                <ScanInto field="form[lines]" several=true/>
                <FromFile field="form[lines]"/>
                <FormActions label=t.stock.look_at() back="/office/stock" icon=Icon::Search/>
            </Form>
        </Card>
        {before}
    }
    .into_any()
}

fn missing(title: &'static str, hint: &'static str, href: &'static str, there: &'static str) -> AnyView {
    view! {
        <EmptyState icon=Icon::Device title hint/>
        <p><a href=href>{there}</a></p>
    }
    .into_any()
}

fn columns(t: Words) -> Vec<Column<ReceiptRow>> {
    vec![
        Column::new(t.stock.receipt(), move |row: &ReceiptRow| t.stock.receipt_number(row.id)),
        Column::new(t.stock.received_at(), move |row: &ReceiptRow| format::date_time(local(row.opened_at), t)),
        Column::new(t.stock.model(), |row: &ReceiptRow| row.model.clone()),
        Column::new(t.stock.place(), |row: &ReceiptRow| row.place.clone()),
        Column::new(t.stock.delivery(), |row: &ReceiptRow| row.note.clone()).secondary(),
        Column::new(t.stock.received_by(), |row: &ReceiptRow| row.opened_by.clone().unwrap_or_default()).secondary(),
        Column::new(t.stock.received(), |row: &ReceiptRow| format::count(row.received)).number(),
        Column::new(t.stock.state(), move |row: &ReceiptRow| standing(row.is_open, t)),
    ]
}

pub(super) fn standing(is_open: bool, t: Words) -> AnyView {
    let (tone, icon, label) = if is_open {
        (Tone::Warn, Icon::Clock, t.stock.receipt_open())
    } else {
        (Tone::Ok, Icon::Check, t.stock.receipt_done())
    };
    view! { <Badge tone icon label/> }.into_any()
}
