//! What a plan costs where and from when. Lines that were sold keep their price.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::SectorId;
use crate::price::UnitPrice;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceList {
    /// Where and while nothing else is said.
    pub base: UnitPrice,
    pub entries: Vec<PriceEntry>,
}

/// What lines sold from a day on cost, until a later entry for the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceEntry {
    /// `None`: wherever no sector has a price of its own by then.
    pub sector: Option<SectorId>,
    pub from: NaiveDate,
    pub price: UnitPrice,
}

impl PriceList {
    /// A sector's own price goes before the one for everywhere, however old it is.
    pub fn price(&self, sector: Option<SectorId>, on: NaiveDate) -> UnitPrice {
        let own = sector.and_then(|sector| self.newest(Some(sector), on));
        own.or_else(|| self.newest(None, on)).unwrap_or(self.base)
    }

    fn newest(&self, sector: Option<SectorId>, on: NaiveDate) -> Option<UnitPrice> {
        let held = self.entries.iter().filter(|entry| entry.sector == sector && entry.from <= on);
        held.max_by_key(|entry| entry.from).map(|entry| entry.price)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sector_s_own_price_goes_before_the_one_for_everywhere() {
        let (north, south) = (SectorId(1), SectorId(2));
        let entry = |sector, from: &str, price: &str| PriceEntry {
            sector,
            from: from.parse().unwrap(),
            price: price.parse().unwrap(),
        };
        let list = PriceList {
            base: "30".parse().unwrap(),
            entries: vec![
                entry(None, "2026-06-01", "33"),
                entry(Some(north), "2026-03-01", "25"),
                entry(Some(north), "2026-09-01", "28"),
            ],
        };
        for (sector, on, expected) in [
            (None, "2026-05-31", "30"),
            (None, "2026-06-01", "33"),
            (Some(south), "2026-06-01", "33"),
            (Some(north), "2026-02-28", "30"),
            (Some(north), "2026-03-01", "25"),
            (Some(north), "2026-08-31", "25"),
            (Some(north), "2026-09-01", "28"),
        ] {
            assert_eq!(list.price(sector, on.parse().unwrap()).to_string(), expected, "{sector:?} {on}");
        }
    }
}
