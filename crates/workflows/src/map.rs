//! The map of customers, boxes and devices.

use chrono::Duration;
use domain::geo::Window;
use domain::position::Position;
use domain::views::map::{MapFilter, MapView};
use store::map::Ages;

use crate::permit::{Permit, SeePlant};
use crate::{Context, Result};

/// What is in the window; without one, in the smallest that shows everything.
pub async fn show(context: &Context, _: &Permit<SeePlant>, filter: &MapFilter) -> Result<MapView> {
    let connection = &mut *context.connection().await?;
    let window = match filter.window {
        Some(window) => window,
        None => {
            let extent = store::map::extent(connection, filter.sector).await?;
            extent.map_or_else(|| Window::new(Position::default(), 1), Window::fitting)
        }
    };
    let now = context.clock.now();
    let ages =
        Ages { today: context.clock.today(), day_ago: now - Duration::days(1), week_ago: now - Duration::days(7) };
    Ok(MapView {
        window,
        marks: store::map::marks(connection, filter, window, ages, now).await?,
        sectors: store::sectors::choices(connection).await?,
        without_position: store::map::without_position(connection).await?,
        tiles: context.tiles.clone(),
    })
}

/// Scheme and host of a tile server's address, for the policy that lets browsers fetch its tiles.
pub fn tile_origin(tiles: &str) -> Option<String> {
    let (scheme, rest) = tiles.split_once("://")?;
    let host = rest.split('/').next()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    let valid = matches!(scheme, "http" | "https") && !host.is_empty() && host.chars().all(plain);
    valid.then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::tile_origin;

    #[test]
    fn the_policy_names_the_host_of_the_tiles_and_nothing_that_is_not_one() {
        let origin = |text: &str| tile_origin(text).unwrap_or_default();
        assert_eq!(origin("https://tiles.example/{z}/{x}/{y}.png"), "https://tiles.example");
        assert_eq!(origin("http://10.0.0.5:8080/{z}/{x}/{y}.png?k=1"), "http://10.0.0.5:8080");
        for wrong in ["", "tiles.example/{z}", "ftp://tiles.example/", "https:///{z}", "https://a; script-src *//"] {
            assert_eq!(origin(wrong), "", "{wrong}");
        }
    }
}
