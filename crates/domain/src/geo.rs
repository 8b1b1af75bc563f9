//! Where things are on the globe, and on a map of it. Floats: positions are no money.

#![expect(clippy::float_arithmetic, reason = "positions are no money")]

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use serde::{Deserialize, Serialize};

use crate::position::Position;

const EARTH_RADIUS_METRES: f64 = 6_371_008.8;
/// Beyond it Web Mercator has no place: the map is a square.
const LAST_LATITUDE: f64 = 85.051_128;
/// The side of a tile, in pixels.
const TILE: f64 = 256.0;
/// No closer: a pixel is a hand's breadth.
pub const LAST_ZOOM: u8 = 19;

/// The drawing of a map, in its own units.
pub const WIDTH: f64 = 960.0;
pub const HEIGHT: f64 = 600.0;

/// Metres between two points over the ground (great circle).
pub fn distance(from: Position, to: Position) -> u32 {
    let (a, b) = (degrees(from), degrees(to));
    let (north, east) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let half =
        (north / 2.0).sin().powi(2) + a.0.to_radians().cos() * b.0.to_radians().cos() * (east / 2.0).sin().powi(2);
    let metres = 2.0 * EARTH_RADIUS_METRES * half.sqrt().min(1.0).asin();
    metres.round().to_u32().unwrap_or(u32::MAX)
}

/// What lies between two parallels and two meridians. None crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    pub south_west: Position,
    pub north_east: Position,
}

impl Bounds {
    /// Everything that is at most so far away, and some more at the corners.
    pub fn around(center: Position, metres: u32) -> Self {
        let (latitude, longitude) = degrees(center);
        let north = (f64::from(metres) / EARTH_RADIUS_METRES).to_degrees();
        let reach = (latitude.abs() + north).min(89.0);
        let east = north / reach.to_radians().cos();
        Self {
            south_west: position(latitude - north, longitude - east),
            north_east: position(latitude + north, longitude + east),
        }
    }

    pub fn hold(&self, point: Position) -> bool {
        let (low, high) = (self.south_west, self.north_east);
        (low.latitude()..=high.latitude()).contains(&point.latitude())
            && (low.longitude()..=high.longitude()).contains(&point.longitude())
    }
}

/// A part of the world in a drawing of [`WIDTH`] by [`HEIGHT`]: what the address of a map says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub center: Position,
    pub zoom: u8,
}

/// A place in the drawing, from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
}

/// A tile of a tile server, and where its upper left corner lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tile {
    pub zoom: u8,
    pub column: u32,
    pub row: u32,
    pub at: Spot,
}

/// A length in the drawing that is a round number of metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub metres: u32,
    pub width: f64,
}

impl Window {
    /// A zoom is from 1 to [`LAST_ZOOM`].
    pub fn new(center: Position, zoom: u8) -> Self {
        Self { center, zoom: zoom.clamp(1, LAST_ZOOM) }
    }

    /// The closest one that shows all of it, with a margin.
    pub fn fitting(bounds: Bounds) -> Self {
        let ((south, west), (north, east)) = (degrees(bounds.south_west), degrees(bounds.north_east));
        let center = position(f64::midpoint(south, north), f64::midpoint(west, east));
        let fits = |zoom: &u8| {
            let (low, high) = (project((south, west), *zoom), project((north, east), *zoom));
            high.x - low.x <= WIDTH * 0.85 && low.y - high.y <= HEIGHT * 0.85
        };
        // A single house is shown with its street.
        let zoom = (1..=17).rev().find(fits).unwrap_or(1);
        Self::new(center, zoom)
    }

    pub fn bounds(&self) -> Bounds {
        let center = project(degrees(self.center), self.zoom);
        let corner = |x: f64, y: f64| unproject(Spot { x: center.x + x, y: center.y + y }, self.zoom);
        Bounds { south_west: corner(-WIDTH / 2.0, HEIGHT / 2.0), north_east: corner(WIDTH / 2.0, -HEIGHT / 2.0) }
    }

    /// Where a point lies in the drawing.
    pub fn spot(&self, point: Position) -> Spot {
        let (center, point) = (project(degrees(self.center), self.zoom), project(degrees(point), self.zoom));
        Spot { x: round(point.x - center.x + WIDTH / 2.0), y: round(point.y - center.y + HEIGHT / 2.0) }
    }

    /// Moved by so many halves of itself to the east and to the south.
    #[must_use]
    pub fn moved(&self, east: i8, south: i8) -> Self {
        let center = project(degrees(self.center), self.zoom);
        let (x, y) = (f64::from(east) * WIDTH / 2.0, f64::from(south) * HEIGHT / 2.0);
        Self::new(unproject(Spot { x: center.x + x, y: center.y + y }, self.zoom), self.zoom)
    }

    /// Closer or farther, around its center.
    #[must_use]
    pub fn zoomed(&self, closer: bool) -> Self {
        Self::new(self.center, if closer { self.zoom + 1 } else { self.zoom.saturating_sub(1) })
    }

    /// The tiles under the drawing, from the north-west.
    pub fn tiles(&self) -> Vec<Tile> {
        let center = project(degrees(self.center), self.zoom);
        let (left, top) = (center.x - WIDTH / 2.0, center.y - HEIGHT / 2.0);
        let last = (f64::from(1_u32 << self.zoom) - 1.0).max(0.0);
        let range = |from: f64, length: f64| {
            let index = |at: f64| (at / TILE).floor().clamp(0.0, last).to_u32().unwrap_or_default();
            index(from)..=index(from + length)
        };
        let mut tiles = Vec::new();
        for row in range(top, HEIGHT) {
            for column in range(left, WIDTH) {
                let at = Spot { x: round(f64::from(column) * TILE - left), y: round(f64::from(row) * TILE - top) };
                tiles.push(Tile { zoom: self.zoom, column, row, at });
            }
        }
        tiles
    }

    /// The longest of 1, 2 or 5 and zeros that takes a fifth of the drawing at most.
    pub fn scale(&self) -> Scale {
        let (latitude, _) = degrees(self.center);
        let around = std::f64::consts::TAU * EARTH_RADIUS_METRES * latitude.to_radians().cos();
        let metres_each = around / (TILE * f64::from(1_u32 << self.zoom));
        let most = metres_each * WIDTH / 5.0;
        let mut steps = (0..8_u32).flat_map(|zeros| [1, 2, 5].map(|first| first * 10_u32.pow(zeros)));
        let metres = steps.rfind(|step| f64::from(*step) <= most).unwrap_or(1);
        Scale { metres, width: round(f64::from(metres) / metres_each) }
    }
}

/// Web Mercator: pixels from the antimeridian eastward and from the north.
fn project((latitude, longitude): (f64, f64), zoom: u8) -> Spot {
    let size = TILE * f64::from(1_u32 << zoom);
    let sine = latitude.clamp(-LAST_LATITUDE, LAST_LATITUDE).to_radians().sin();
    let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * std::f64::consts::PI);
    Spot { x: (longitude + 180.0) / 360.0 * size, y: y * size }
}

fn unproject(spot: Spot, zoom: u8) -> Position {
    let size = TILE * f64::from(1_u32 << zoom);
    let mercator = std::f64::consts::PI * (1.0 - 2.0 * spot.y / size);
    position(mercator.sinh().atan().to_degrees(), spot.x / size * 360.0 - 180.0)
}

/// A tenth of a pixel is as fine as anybody sees.
fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn degrees(position: Position) -> (f64, f64) {
    let number = |decimal: Decimal| decimal.to_f64().unwrap_or_default();
    (number(position.latitude()), number(position.longitude()))
}

/// The nearest point that is on earth.
fn position(latitude: f64, longitude: f64) -> Position {
    let number = |degrees: f64, most: f64| Decimal::from_f64(degrees.clamp(-most, most)).unwrap_or_default();
    let clamped = Position::new(number(latitude, 90.0), number(longitude, 180.0));
    clamped.unwrap_or_default()
}

#[cfg(test)]
#[path = "geo_tests.rs"]
mod tests;
