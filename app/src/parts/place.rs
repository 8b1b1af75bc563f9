//! Where something is installed.

use domain::{customer::AddressFacts, position::Position};
use leptos::prelude::*;

use crate::{i18n::words, ui::icon::Icon};

/// `Av. Juárez 10, Oaxaca`
#[must_use]
pub fn street_and_city(street: &str, city: &str) -> String {
    [street, city].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The address in lines, and its position with a link to the map.
#[component]
pub fn AddressBlock(
    facts: AddressFacts,
    /** The sector's name. */
    sector: Option<String>,
) -> impl IntoView {
    let t = words();
    let town = format!("{} {}", facts.postal_code, facts.city);
    let town = format!("{}, {}", town.trim(), facts.country);
    let sector = sector.map(|sector| format!(" · {sector}"));
    view! {
        <div>
            <p>{facts.street}</p>
            <p>{town}{sector}</p>
            {match facts.position {
                Some(position) => view! { <MapLink position/> }.into_any(),
                None => view! { <p class="muted">{t.parts.no_position()}</p> }.into_any(),
            }}
        </div>
    }
}

/// A position that opens in a map, which is another site.
#[component]
pub fn MapLink(position: Position) -> impl IntoView {
    let t = words();
    let (latitude, longitude) = (position.latitude(), position.longitude());
    let href = format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}");
    view! {
        <p>
            <a class="with-icon" href=href target="_blank" rel="noreferrer external">
                {Icon::Sector.view()}
                <span>{position.to_string()}</span>
                <span class="visually-hidden">{t.parts.see_on_map()}</span>
            </a>
        </p>
    }
}
