//! What narrows the map, and what moves it: a form that gets, and links.

use domain::geo::Window;
use domain::ids::SectorId;
use domain::views::list::Choice;
use domain::views::map::{MapColour, MapLayer, MarkState};
use leptos::prelude::*;
use leptos_router::components::Form;

use super::{at, layer_word, state_word};
use crate::{
    i18n::{Words, words},
    ui::{
        button::Button,
        form::{Choices, Select, choices_of},
        icon::Icon,
        list::ListQuery,
    },
};

const FILTERS: [&str; 4] = ["colour", "layer", "state", "sector"];

/// Keeps the window.
#[component]
pub(super) fn Filters(sectors: Vec<Choice<SectorId>>, query: ListQuery) -> impl IntoView {
    let t = words();
    let value = |name: &str| query.filter(name).unwrap_or_default().to_owned();
    let colour: MapColour = query.filter_as("colour").unwrap_or_default();
    let colours: Choices =
        MapColour::ALL.iter().map(|colour| (colour.to_string(), colour_word(*colour, t).to_owned())).collect();
    let layers = or_any(MapLayer::ALL.iter().map(|layer| (layer.to_string(), layer_word(*layer, t).to_owned())), t);
    let states = or_any(states(colour, t).into_iter(), t);
    let sectors = or_any(choices_of(sectors).into_iter(), t);
    let (layer, state, sector) = (value("layer"), value("state"), value("sector"));
    let kept = FILTERS.iter().fold(query.clone(), |query, name| query.with_filter(name, None));
    let kept = kept.pairs().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let kept = kept.collect_view();
    view! {
        <Form action="" method="GET">
            <div class="map-filters">
                {kept}
                <Select name="colour" label=t.map.colour() choices=colours value=colour.to_string()/>
                <Select name="layer" label=t.map.layer() choices=layers value=layer/>
                <Select name="state" label=t.plant.state() choices=states value=state/>
                <Select name="sector" label=t.plant.sector() choices=sectors value=sector/>
                <Button icon=Icon::Check>{t.common.filter()}</Button>
            </div>
        </Form>
    }
}

fn or_any(choices: impl Iterator<Item = (String, String)>, t: Words) -> Choices {
    std::iter::once((String::new(), t.common.any().to_owned())).chain(choices).collect()
}

/// Those of customers in these colours, of boxes and of routers.
fn states(colour: MapColour, t: Words) -> Choices {
    let layers = [MapLayer::Customers, MapLayer::Naps, MapLayer::Routers];
    let states = layers.iter().flat_map(|layer| {
        let of = move |state: &MarkState| {
            (state.to_string(), format!("{}: {}", layer_word(*layer, t), state_word(*state, t)))
        };
        MarkState::of(*layer, colour).iter().map(of)
    });
    states.collect()
}

fn colour_word(colour: MapColour, t: Words) -> &'static str {
    match colour {
        MapColour::Overdue => t.map.by_debt(),
        MapColour::Technical => t.map.by_device(),
        MapColour::Contact => t.map.by_contact(),
    }
}

/// Closer, farther, to the four sides, and everything: links, so that they work without scripting.
#[component]
pub(super) fn Moves(window: Window, query: ListQuery) -> impl IntoView {
    let t = words();
    let everything = query.with_filter("at", None).with_filter("zoom", None).href();
    let moves = [
        (t.map.closer(), "+", at(&query, window.zoomed(true))),
        (t.map.farther(), "−", at(&query, window.zoomed(false))),
        (t.map.north(), "↑", at(&query, window.moved(0, -1))),
        (t.map.south(), "↓", at(&query, window.moved(0, 1))),
        (t.map.west(), "←", at(&query, window.moved(-1, 0))),
        (t.map.east(), "→", at(&query, window.moved(1, 0))),
    ];
    let links = moves.into_iter().map(|(words, sign, href)| {
        view! {
            <li>
                <a class="map-move" href=href>
                    <span aria-hidden="true">{sign}</span>
                    <span>{words}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav aria-label=t.map.moves()>
            <ul class="map-moves">
                {links.collect_view()}
                <li><a class="map-move" href=everything>{t.map.everything()}</a></li>
            </ul>
        </nav>
    }
}
