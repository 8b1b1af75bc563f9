//! What the marks mean, and how many of each there are: in words too.

use domain::views::map::{MapColour, MapLayer, MapView, MarkState};
use leptos::prelude::*;

use super::{layer_word, shape, state_word, tone};
use crate::{
    i18n::words,
    ui::{format, list::ListQuery},
};

#[component]
pub(super) fn Legend(map: MapView, query: ListQuery) -> impl IntoView {
    let t = words();
    let colour: MapColour = query.filter_as("colour").unwrap_or_default();
    let layers = MapLayer::ALL.iter().filter(|layer| **layer != MapLayer::Sectors);
    let groups = layers.filter_map(|layer| {
        let states = MarkState::of(*layer, colour).iter().map(|state| (*state, map.count(*layer, *state)));
        let states: Vec<_> = states.filter(|(_, count)| *count > 0).collect();
        let entries = states.iter().map(|(state, count)| {
            let tone = tone(*state);
            view! {
                <li data-tone=tone.word()>
                    <svg class="map-sign" viewBox="-12 -12 24 24" aria-hidden="true"><path d=shape(tone)></path></svg>
                    {format!("{}: {}", state_word(*state, t), format::count(*count))}
                </li>
            }
        });
        (!states.is_empty()).then(|| {
            view! {
                <div class="map-legend-group">
                    <dt>{layer_word(*layer, t)}</dt>
                    <dd><ul>{entries.collect_view()}</ul></dd>
                </div>
            }
        })
    });
    let groups = groups.collect_view();
    view! {
        <figcaption>
            <dl class="map-legend">{groups}</dl>
        </figcaption>
    }
}
