//! The fibre plant: what light loses on its way from the OLT to a box on a pole, and how full things are.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// The class of optics that nearly all PON ports have (B+), in hundredths of a decibel.
const BUDGET: u32 = 2_800;
/// Of fibre at 1310 nm with its splices, for each kilometre.
const LOSS_EACH_KILOMETRE: u32 = 35;

words! {
    /// How many ways a splitter shares its light.
    #[derive(Default)]
    pub enum Ways {
        Two = "2",
        Four = "4",
        #[default]
        Eight = "8",
        Sixteen = "16",
        ThirtyTwo = "32",
    }
}

impl Ways {
    pub fn count(self) -> u32 {
        match self {
            Self::Two => 2,
            Self::Four => 4,
            Self::Eight => 8,
            Self::Sixteen => 16,
            Self::ThirtyTwo => 32,
        }
    }

    /// `None` for a number that no splitter is made with.
    pub fn of(count: i32) -> Option<Self> {
        Self::ALL.iter().copied().find(|ways| i64::from(ways.count()) == i64::from(count))
    }

    /// What is lost in it, with its connectors, in hundredths of a decibel.
    fn loss(self) -> u32 {
        match self {
            Self::Two => 370,
            Self::Four => 730,
            Self::Eight => 1_050,
            Self::Sixteen => 1_380,
            Self::ThirtyTwo => 1_710,
        }
    }
}

/// What is lost between a PON port and a customer's port, and whether that is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpticalLoss {
    /// In hundredths of a decibel.
    hundredths: u32,
}

impl OpticalLoss {
    /// Through all splitters of the way, and so much fibre as far as somebody measured it.
    pub fn of(splitters: &[Ways], fibre_metres: Option<u32>) -> Self {
        let split: u32 = splitters.iter().map(|ways| ways.loss()).sum();
        let fibre = fibre_metres.unwrap_or_default().saturating_mul(LOSS_EACH_KILOMETRE).div_ceil(1_000);
        Self { hundredths: split.saturating_add(fibre) }
    }

    /// More than the optics of class B+ make up for.
    pub fn is_too_much(self) -> bool {
        self.hundredths > BUDGET
    }
}

/// In decibels, such as `21.45`.
impl std::fmt::Display for OpticalLoss {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{:02}", self.hundredths / 100, self.hundredths % 100)
    }
}

/// How full a box or a PON port is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// That customers can be connected to.
    pub ports: i64,
    pub connected: i64,
    /// Kept for somebody who is not connected yet.
    pub reserved: i64,
}

impl Fill {
    pub fn free(self) -> i64 {
        (self.ports - self.connected - self.reserved).max(0)
    }

    pub fn level(self) -> FillLevel {
        match (self.ports, self.free()) {
            (0, _) => FillLevel::Bare,
            (_, 0) => FillLevel::Full,
            _ => FillLevel::Free,
        }
    }

    /// Taken, of a hundred.
    pub fn percent(self) -> i64 {
        if self.ports == 0 { 0 } else { (self.connected + self.reserved) * 100 / self.ports }
    }
}

words! {
    pub enum FillLevel {
        Full = "full",
        Free = "free",
        /// It has no ports for customers at all.
        Bare = "bare",
    }
}

words! {
    /// What became of a port for a contract.
    pub enum PortNow {
        Reserved = "reserved",
        Connected = "connected",
        Released = "released",
        /// Nobody connected the customer in time.
        Expired = "expired",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_is_lost_in_every_splitter_and_along_the_fibre() {
        use Ways::{Eight, Four, Sixteen, ThirtyTwo, Two};
        let cases: &[(&[Ways], Option<u32>, &str, bool)] = &[
            (&[], None, "0.00", false),
            (&[Two], None, "3.70", false),
            (&[ThirtyTwo], Some(1_000), "17.45", false),
            (&[Four, Sixteen], Some(5_000), "22.85", false),
            // 10.5 + 17.1 leave 0.4 dB, which is 1142 m of fibre.
            (&[Eight, ThirtyTwo], Some(1_142), "28.00", false),
            (&[Eight, ThirtyTwo], Some(1_200), "28.02", true),
            (&[Sixteen, ThirtyTwo], None, "30.90", true),
        ];
        for (splitters, fibre, loss, too_much) in cases {
            let found = OpticalLoss::of(splitters, *fibre);
            assert_eq!((found.to_string().as_str(), found.is_too_much()), (*loss, *too_much), "{splitters:?}");
        }
    }

    #[test]
    fn what_is_kept_for_somebody_is_not_free() {
        let fill = |ports, connected, reserved| Fill { ports, connected, reserved };
        for (fill, free, level, percent) in [
            (fill(8, 3, 1), 4, FillLevel::Free, 50),
            (fill(8, 7, 1), 0, FillLevel::Full, 100),
            (fill(0, 0, 0), 0, FillLevel::Bare, 0),
        ] {
            assert_eq!((fill.free(), fill.level(), fill.percent()), (free, level, percent));
        }
    }

    #[test]
    fn a_splitter_is_known_by_its_ways() {
        assert_eq!(Ways::of(16), Some(Ways::Sixteen));
        assert_eq!(Ways::of(7), None);
        assert!(Ways::ALL.iter().all(|ways| ways.word() == ways.count().to_string()));
    }
}
