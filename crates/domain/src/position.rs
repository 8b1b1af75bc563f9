//! Where an installation is, to the sixth decimal of a degree (a hand's breadth).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::price::parse_decimal;

/// A point on the map in degrees (WGS 84).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Decimal, Decimal)", into = "(Decimal, Decimal)")]
pub struct Position {
    latitude: Decimal,
    longitude: Decimal,
}

/// Not a place on earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a position is a latitude and a longitude in degrees, such as 19.432608, -99.133209")]
pub struct NotAPosition;

impl Position {
    /// # Errors
    /// `NotAPosition` past a pole, or past 180 degrees east or west.
    pub fn new(latitude: Decimal, longitude: Decimal) -> Result<Self, NotAPosition> {
        if latitude.abs() > Decimal::from(90) || longitude.abs() > Decimal::from(180) {
            return Err(NotAPosition);
        }
        Ok(Self { latitude: latitude.round_dp(6).normalize(), longitude: longitude.round_dp(6).normalize() })
    }

    pub fn latitude(&self) -> Decimal {
        self.latitude
    }

    pub fn longitude(&self) -> Decimal {
        self.longitude
    }
}

/// As maps copy it: `19.432608, -99.133209`; a space alone between the two does as well.
impl std::str::FromStr for Position {
    type Err = NotAPosition;
    fn from_str(text: &str) -> Result<Self, NotAPosition> {
        let mut parts = text.split([',', ' ', '\u{a0}']).filter(|part| !part.is_empty());
        let mut next = || parts.next().and_then(|part| parse_decimal(part).ok()).ok_or(NotAPosition);
        let position = Self::new(next()?, next()?)?;
        if parts.next().is_none() { Ok(position) } else { Err(NotAPosition) }
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}, {}", self.latitude, self.longitude)
    }
}

impl TryFrom<(Decimal, Decimal)> for Position {
    type Error = NotAPosition;
    fn try_from((latitude, longitude): (Decimal, Decimal)) -> Result<Self, NotAPosition> {
        Self::new(latitude, longitude)
    }
}

impl From<Position> for (Decimal, Decimal) {
    fn from(position: Position) -> Self {
        (position.latitude, position.longitude)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_maps_copy_it() {
        for typed in
            ["19.432608, -99.133209", " 19.432608,-99.133209 ", "19.432608 -99.133209", "19.4326080 , -99.133209"]
        {
            assert_eq!(typed.parse::<Position>().unwrap().to_string(), "19.432608, -99.133209");
        }
    }

    #[test]
    fn what_is_not_on_earth_is_refused() {
        for wrong in ["", "19.4", "91, 0", "0, -180.1", "1, 2, 3", "north, west", "19,432608 -99,133209"] {
            assert_eq!(wrong.parse::<Position>(), Err(NotAPosition), "{wrong}");
        }
    }
}
