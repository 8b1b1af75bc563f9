//! The stock: what there is, by where it is and whose it is.

use domain::stock::{EquipmentKind, Ownership};
use domain::views::stock::{EquipmentRow, StockChoices, StockCounts, StockList, StockStanding};
use leptos::prelude::*;

use super::{
    api::list_stock,
    located::{state_badge, where_words},
};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::{
        scan::ScanInto,
        stock::{kind_word, ownership_word},
    },
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        form::choices_of,
        format,
        icon::Icon,
        list::{Column, Filter, FilterSelect, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn StockPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let stock = Resource::new_blocking(move || query.get(), list_stock);
    let table = move |list: StockList| {
        let StockList { page, counts, choices } = list;
        let empty = move || {
            view! { <EmptyState icon=Icon::Device title=t.stock.none() hint=t.stock.none_hint()/> }
        };
        let href = |row: &EquipmentRow| format!("/office/stock/{}", row.id);
        let selects = selects(choices, t).into_iter().map(move |filter| view! { <FilterSelect query filter/> });
        let selects = selects.collect_view();
        view! {
            <ListControls query search=t.stock.search() filters=filters(counts, t)>
                <div class="list-controls">{selects}</div>
                <ListTools/>
            </ListControls>
            <ScanInto field="q"/>
            <List query page columns=columns(t) label=t.stock.title() href empty/>
        }
    };
    view! {
        <PageHeader title=t.stock.title() summary=t.stock.hint()>
            {may("edit_stock").then(|| view! {
                <LinkButton href="/office/stock/receive" variant=Variant::Primary icon=Icon::Plus>{t.stock.receive()}</LinkButton>
            })}
            {may("move_stock").then(|| view! {
                <LinkButton href="/office/stock/move" icon=Icon::Sector>{t.stock.move_many()}</LinkButton>
            })}
            <LinkButton href="/office/stock/places" variant=Variant::Quiet icon=Icon::Sector>{t.stock.places()}</LinkButton>
            <LinkButton href="/office/stock/models" variant=Variant::Quiet icon=Icon::Device>{t.stock.models()}</LinkButton>
        </PageHeader>
        <Loaded from=stock view=table/>
    }
}

/// Where it is with how many there are of it, what it is, whose it is.
fn filters(counts: StockCounts, t: Words) -> Vec<Filter> {
    let standings = StockStanding::ALL.iter().map(|standing| {
        let (label, count) = match standing {
            StockStanding::InStock => (t.stock.state_in_stock(), counts.in_stock),
            StockStanding::Installed => (t.stock.state_installed(), counts.installed),
            StockStanding::ComesBack => (t.stock.comes_back(), counts.comes_back),
            StockStanding::WithCustomer => (t.stock.state_with_customer(), counts.with_customer),
            StockStanding::WrittenOff => (t.stock.state_written_off(), counts.written_off),
        };
        (standing.word().to_owned(), format!("{label} · {}", format::count(count)))
    });
    let kinds = EquipmentKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_word(*kind, t).to_owned()));
    let owners = Ownership::ALL.iter().map(|owner| (owner.word().to_owned(), ownership_word(*owner, t).to_owned()));
    vec![
        Filter { name: "standing", label: t.stock.state().to_owned(), choices: standings.collect() },
        Filter { name: "kind", label: t.stock.kind().to_owned(), choices: kinds.collect() },
        Filter { name: "ownership", label: t.stock.owner().to_owned(), choices: owners.collect() },
    ]
}

fn selects(choices: StockChoices, t: Words) -> Vec<Filter> {
    let places = choices_of(choices.places);
    let models = choices_of(choices.models);
    let filters = [
        Filter { name: "place", label: t.stock.place().to_owned(), choices: places },
        Filter { name: "model", label: t.stock.model().to_owned(), choices: models },
    ];
    filters.into_iter().filter(|filter| filter.choices.len() > 1).collect()
}

fn columns(t: Words) -> Vec<Column<EquipmentRow>> {
    vec![
        Column::new(t.stock.serial(), |row: &EquipmentRow| row.serial.clone()),
        Column::new(t.stock.model(), |row: &EquipmentRow| row.model.name.clone()),
        Column::new(t.stock.place(), |row: &EquipmentRow| where_words(&row.located)),
        Column::new(t.stock.state(), move |row: &EquipmentRow| state_badge(&row.located, row.comes_back, t)),
        Column::new(t.stock.owner(), move |row: &EquipmentRow| ownership_word(row.ownership, t)).secondary(),
        Column::new(t.stock.mac(), |row: &EquipmentRow| row.mac.clone().unwrap_or_default()).secondary(),
        Column::new(t.stock.moved_at(), move |row: &EquipmentRow| format::date_time(local(row.moved_at), t))
            .secondary(),
    ]
}
