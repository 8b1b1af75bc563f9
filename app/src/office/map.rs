//! The map of customers, boxes and devices, drawn by the server.

pub mod api;
mod controls;
mod drawing;
mod legend;
mod page;

pub use page::MapPage;

use domain::geo::Window;
use domain::views::map::{MapLayer, Mark, MarkState};

use crate::{
    i18n::Words,
    surroundings::may,
    ui::{format, list::ListQuery, tone::Tone},
};

/// The colour of a state; each has a shape of its own, see [`shape`].
fn tone(state: MarkState) -> Tone {
    match state {
        MarkState::Without | MarkState::Cut | MarkState::Full | MarkState::Failing => Tone::Danger,
        MarkState::Overdue | MarkState::Suspended | MarkState::Older => Tone::Warn,
        MarkState::PaidUp | MarkState::Active | MarkState::Today | MarkState::Free | MarkState::Reached => Tone::Ok,
        MarkState::Week | MarkState::Sector => Tone::Accent,
        MarkState::Unprovisioned | MarkState::Never | MarkState::Bare | MarkState::Unknown => Tone::Neutral,
    }
}

/// Around the origin: nobody has to tell colours apart.
const fn shape(tone: Tone) -> &'static str {
    match tone {
        Tone::Danger => "M-8-8H8V8H-8Z",
        Tone::Warn => "M0-10 10 8H-10Z",
        Tone::Ok => "M0-8.5A8.5 8.5 0 1 1 0 8.5 8.5 8.5 0 1 1 0-8.5Z",
        Tone::Accent => "M-9 0-4.5-8H4.5L9 0 4.5 8H-4.5Z",
        Tone::Neutral => "M0-10 10 0 0 10-10 0Z",
    }
}

fn state_word(state: MarkState, t: Words) -> &'static str {
    match state {
        MarkState::Without => t.map.without(),
        MarkState::Overdue => t.map.overdue(),
        MarkState::PaidUp => t.map.paid_up(),
        MarkState::Cut => t.parts.technical_cut(),
        MarkState::Suspended => t.parts.technical_suspended(),
        MarkState::Unprovisioned => t.parts.technical_unprovisioned(),
        MarkState::Active => t.parts.technical_active(),
        MarkState::Never => t.map.never(),
        MarkState::Older => t.map.older(),
        MarkState::Week => t.map.week(),
        MarkState::Today => t.map.day(),
        MarkState::Full => t.plant.full(),
        MarkState::Bare => t.plant.bare(),
        MarkState::Free => t.plant.free(),
        MarkState::Failing => t.map.failing(),
        MarkState::Unknown => t.map.unknown(),
        MarkState::Reached => t.map.reached(),
        MarkState::Sector => t.plant.sector(),
    }
}

fn layer_word(layer: MapLayer, t: Words) -> &'static str {
    match layer {
        MapLayer::Customers => t.map.customers(),
        MapLayer::Naps => t.plant.naps(),
        MapLayer::Routers => t.office.routers(),
        MapLayer::Olts => t.map.olts(),
        MapLayer::Sectors => t.office.sectors(),
    }
}

/// What a mark is: its name, or how many of what.
fn mark_words(mark: &Mark, t: Words) -> String {
    match mark.count() {
        1 => mark.name.clone(),
        count => t.map.several(format::count(count), layer_word(mark.layer, t)),
    }
}

/// `Vencido: 3, al día: 12`
fn states_words(mark: &Mark, t: Words) -> String {
    let each = mark.states.iter().map(|(state, count)| match mark.count() {
        1 => state_word(*state, t).to_owned(),
        _ => format!("{}: {}", state_word(*state, t), format::count(*count)),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The map's own address with another window.
fn at(query: &ListQuery, window: Window) -> String {
    let center = format!("{},{}", window.center.latitude(), window.center.longitude());
    query.with_filter("at", Some(&center)).with_filter("zoom", Some(&window.zoom.to_string())).href()
}

/// One opens its record, several open the map closer to them. `None`: the reader has nothing to see there.
fn opens(mark: &Mark, window: Window, query: &ListQuery) -> Option<String> {
    if mark.count() > 1 {
        return Some(at(query, Window::new(mark.at, window.zoom + 2)));
    }
    let (verb, path) = match mark.layer {
        MapLayer::Customers => ("see_contracts", "contracts"),
        MapLayer::Naps => ("see_plant", "plant/naps"),
        MapLayer::Routers => ("see_routers", "routers"),
        MapLayer::Olts => ("edit_plant", "plant/olts"),
        MapLayer::Sectors => ("see_sectors", "sectors"),
    };
    may(verb).then(|| format!("/office/{path}/{}", mark.id))
}
