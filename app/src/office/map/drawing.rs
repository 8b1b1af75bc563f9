//! The drawing. It needs nothing from elsewhere; where a tile server is set, its tiles lie under the marks. It is hidden
//! from readers of the screen and from the keyboard: the table beside it says the same, and has the same links.

use domain::geo::{HEIGHT, Scale, Tile, WIDTH, Window};
use domain::views::map::{MapLayer, MapView, Mark};
use leptos::prelude::*;

use super::{mark_words, opens, shape, states_words, tone};
use crate::{
    i18n::{Words, words},
    ui::{format, list::ListQuery},
};

#[component]
pub(super) fn Drawing(map: MapView, query: ListQuery) -> impl IntoView {
    let t = words();
    let tiles = map.tiles.as_deref().map(|address| {
        let tiles = map.window.tiles().into_iter().map(|tile| image(address, tile));
        tiles.collect_view()
    });
    // The names of sectors are written over everything else.
    let (sectors, others): (Vec<_>, Vec<_>) = map.marks.iter().partition(|mark| mark.layer == MapLayer::Sectors);
    let marks = others.into_iter().map(|mark| drawn(mark, map.window, &query, t)).collect_view();
    let sectors = sectors.into_iter().map(|mark| named(mark, map.window)).collect_view();
    let scale = map.window.scale();
    view! {
        <svg class="map-drawing" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <rect class="map-ground" width=WIDTH height=HEIGHT></rect>
            {tiles}
            {marks}
            {sectors}
            {ruler(scale, t)}
        </svg>
    }
}

fn image(address: &str, tile: Tile) -> AnyView {
    let address = address
        .replace("{z}", &tile.zoom.to_string())
        .replace("{x}", &tile.column.to_string())
        .replace("{y}", &tile.row.to_string());
    view! { <image href=address x=tile.at.x y=tile.at.y width="256" height="256"></image> }.into_any()
}

/// Several are larger, with their number; boxes and devices have a letter.
fn drawn(mark: &Mark, window: Window, query: &ListQuery, t: Words) -> AnyView {
    let spot = window.spot(mark.at);
    let place = format!("translate({} {})", spot.x, spot.y);
    let tone = tone(mark.worst());
    let several = mark.count() > 1;
    let label = if several { format::count(mark.count()) } else { letter(mark.layer).to_owned() };
    let size = match mark.count() {
        1 => "scale(1)",
        2..=9 => "scale(1.6)",
        10..=99 => "scale(2)",
        _ => "scale(2.6)",
    };
    let hint = format!("{}. {}", mark_words(mark, t), states_words(mark, t));
    let content = view! {
        <g class="map-mark" data-tone=tone.word()>
            <path d=shape(tone) transform=size></path>
            <text y="4">{label}</text>
            <title>{hint}</title>
        </g>
    };
    match opens(mark, window, query) {
        Some(href) => view! { <g transform=place><a href=href tabindex="-1">{content}</a></g> }.into_any(),
        None => view! { <g transform=place>{content}</g> }.into_any(),
    }
}

const fn letter(layer: MapLayer) -> &'static str {
    match layer {
        MapLayer::Naps => "N",
        MapLayer::Routers => "R",
        MapLayer::Olts => "O",
        MapLayer::Customers | MapLayer::Sectors => "",
    }
}

fn named(mark: &Mark, window: Window) -> AnyView {
    let spot = window.spot(mark.at);
    // Several sectors in one place would be written over each other: the first stands for them.
    view! { <text class="map-sector" x=spot.x y=spot.y>{mark.name.clone()}</text> }.into_any()
}

/// In the part that is also seen on a narrow screen, which shows the middle.
fn ruler(scale: Scale, t: Words) -> AnyView {
    let length = match scale.metres {
        metres if metres >= 1_000 => t.map.kilometres(metres / 1_000),
        metres => t.plant.metres(metres),
    };
    view! {
        <g class="map-scale" transform="translate(270 584)">
            <rect width=scale.width height="4"></rect>
            <text y="-6">{length}</text>
        </g>
    }
    .into_any()
}
