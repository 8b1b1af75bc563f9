//! The walled garden and the bindings of a hotspot: what is there, and adding to it.

use domain::hotspot::{BindingKind, Reachable};
use domain::ids::HotspotId;
use domain::views::hotspots::{BindingRow, GardenRow};
use leptos::prelude::*;

use super::detail::Forms;
use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{
        card::Card,
        form::{Choices, Field, Form, Select, Submit},
        icon::Icon,
        list::{Column, Table},
    },
};

#[component]
pub(super) fn Garden(id: HotspotId, rows: Vec<GardenRow>, forms: Forms) -> impl IntoView {
    let t = words();
    let name = |row: &GardenRow| match &row.to {
        Reachable::Host(text) | Reachable::Address(text) => text.clone(),
    };
    let mut columns = vec![
        Column::new(t.hotspot.garden_to(), name),
        Column::new(t.hotspot.note(), |row: &GardenRow| row.note.clone()),
    ];
    if may("edit_hotspots") {
        columns.push(Column::new("", move |row: &GardenRow| {
            let entry = row.id.to_string();
            view! {
                <Form state=forms.remove_garden>
                    <input type="hidden" name="hotspot" value=id.to_string()/>
                    <input type="hidden" name="entry" value=entry/>
                    <Submit icon=Icon::Close>{t.hotspot.remove()}</Submit>
                </Form>
            }
        }));
    }
    let table = (!rows.is_empty()).then(|| view! { <Table rows columns label=t.hotspot.garden()/> });
    let add = may("edit_hotspots").then(|| {
        view! {
            <Form state=forms.add_garden>
                <input type="hidden" name="hotspot" value=id.to_string()/>
                <div class="fields">
                    <Field name="entry[to]" label=t.hotspot.garden_to() most=253/>
                    <Field name="entry[note]" label=t.hotspot.note() optional=true most=100/>
                </div>
                <Submit icon=Icon::Plus>{t.hotspot.add()}</Submit>
            </Form>
        }
    });
    view! {
        <Card title=t.hotspot.garden()>
            <p class="muted">{t.hotspot.garden_hint()}</p>
            {table}
            {add}
        </Card>
    }
}

fn kind_name(kind: BindingKind, t: Words) -> &'static str {
    match kind {
        BindingKind::Bypassed => t.hotspot.bypassed(),
        BindingKind::Blocked => t.hotspot.blocked(),
    }
}

#[component]
pub(super) fn Bindings(id: HotspotId, rows: Vec<BindingRow>, forms: Forms) -> impl IntoView {
    let t = words();
    let mut columns = vec![
        Column::new(t.hotspot.mac(), |row: &BindingRow| row.mac.to_string()),
        Column::new(t.hotspot.kind(), move |row: &BindingRow| kind_name(row.kind, t)),
        Column::new(t.hotspot.note(), |row: &BindingRow| row.note.clone()),
    ];
    if may("edit_hotspots") {
        columns.push(Column::new("", move |row: &BindingRow| {
            let binding = row.id.to_string();
            view! {
                <Form state=forms.remove_binding>
                    <input type="hidden" name="hotspot" value=id.to_string()/>
                    <input type="hidden" name="binding" value=binding/>
                    <Submit icon=Icon::Close>{t.hotspot.remove()}</Submit>
                </Form>
            }
        }));
    }
    let table = (!rows.is_empty()).then(|| view! { <Table rows columns label=t.hotspot.bindings()/> });
    let kinds: Choices =
        BindingKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_name(*kind, t).to_owned())).collect();
    let add = may("edit_hotspots").then(|| {
        view! {
            <Form state=forms.add_binding>
                <input type="hidden" name="hotspot" value=id.to_string()/>
                <div class="fields">
                    <Field name="binding[mac]" label=t.hotspot.mac() most=17/>
                    <Select name="binding[kind]" label=t.hotspot.kind() choices=kinds/>
                </div>
                <Field name="binding[note]" label=t.hotspot.note() optional=true most=100/>
                <Submit icon=Icon::Plus>{t.hotspot.add()}</Submit>
            </Form>
        }
    });
    view! {
        <Card title=t.hotspot.bindings()>
            <p class="muted">{t.hotspot.bindings_hint()}</p>
            {table}
            {add}
        </Card>
    }
}
