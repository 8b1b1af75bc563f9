//! What the map asks the server.

use domain::views::map::MapView;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::geo::Window,
    domain::position::Position,
    domain::views::map::MapFilter,
    workflows::{map, permit::SeePlant},
};

#[server(input = GetUrl)]
pub async fn see_map(#[server(default)] query: ListQuery) -> Result<MapView, AppError> {
    let (context, permit) = api::permit::<SeePlant>()?;
    Ok(map::show(&context, &permit, &filter(&query)).await?)
}

/// What the address asks for; an address that makes no sense asks for everything.
#[cfg(feature = "ssr")]
fn filter(query: &ListQuery) -> MapFilter {
    /// A few streets.
    const ZOOM: u8 = 15;
    let center: Option<Position> = query.filter_as("at");
    let zoom = query.filter_as("zoom").unwrap_or(ZOOM);
    MapFilter {
        window: center.map(|center| Window::new(center, zoom)),
        colour: query.filter_as("colour").unwrap_or_default(),
        layer: query.filter_as("layer"),
        sector: query.filter_as("sector"),
        state: query.filter_as("state"),
    }
}
