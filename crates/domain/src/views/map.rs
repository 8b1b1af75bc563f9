//! The map: marks by what they are and what state they are in, near ones gathered to one.

use serde::{Deserialize, Serialize};

use super::list::Choice;
use crate::geo::Window;
use crate::ids::SectorId;
use crate::position::Position;
use crate::words::words;

words! {
    /// What the marks of customers tell.
    #[derive(Default)]
    pub enum MapColour {
        #[default]
        Overdue = "overdue",
        Technical = "technical",
        /// How long ago a device was read for them.
        Contact = "contact",
    }
}

words! {
    pub enum MapLayer {
        Customers = "customers",
        Naps = "naps",
        Routers = "routers",
        Olts = "olts",
        Sectors = "sectors",
    }
}

words! {
    /// The state of a mark, within its layer the worst first: a gathered mark has that of its worst.
    pub enum MarkState {
        /// Customers by what they owe: without service, late, neither.
        Without = "without",
        Overdue = "overdue",
        PaidUp = "paid_up",
        /// Customers by what their device was read to hold.
        Cut = "cut",
        Suspended = "suspended",
        Unprovisioned = "unprovisioned",
        Active = "active",
        /// Customers by when that was.
        Never = "never",
        Older = "older",
        Week = "week",
        Today = "today",
        /// Boxes.
        Full = "full",
        Bare = "bare",
        Free = "free",
        /// Routers; OLTs are not read, and unknown.
        Failing = "failing",
        Unknown = "unknown",
        Reached = "reached",
        Sector = "sector",
    }
}

impl MarkState {
    /// Those that a layer's marks can have.
    pub fn of(layer: MapLayer, colour: MapColour) -> &'static [Self] {
        match (layer, colour) {
            (MapLayer::Customers, MapColour::Overdue) => &[Self::Without, Self::Overdue, Self::PaidUp],
            (MapLayer::Customers, MapColour::Technical) => {
                &[Self::Cut, Self::Suspended, Self::Unprovisioned, Self::Active]
            }
            (MapLayer::Customers, MapColour::Contact) => &[Self::Never, Self::Older, Self::Week, Self::Today],
            (MapLayer::Naps, _) => &[Self::Full, Self::Bare, Self::Free],
            (MapLayer::Routers, _) => &[Self::Failing, Self::Unknown, Self::Reached],
            (MapLayer::Olts, _) => &[Self::Unknown],
            (MapLayer::Sectors, _) => &[Self::Sector],
        }
    }
}

/// The map's address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MapFilter {
    /// `None`: everything there is.
    pub window: Option<Window>,
    pub colour: MapColour,
    pub layer: Option<MapLayer>,
    pub sector: Option<SectorId>,
    pub state: Option<MarkState>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapView {
    pub window: Window,
    /// The largest first, so that small ones are drawn above them.
    pub marks: Vec<Mark>,
    pub sectors: Vec<Choice<SectorId>>,
    /// Customers in service whose address has no position: they are on no map.
    pub without_position: i64,
    /// The tile server, with `{z}`, `{x}` and `{y}` in its address.
    pub tiles: Option<String>,
}

impl MapView {
    /// How many of each state there are in this window.
    pub fn count(&self, layer: MapLayer, state: MarkState) -> i64 {
        let states = self.marks.iter().filter(|mark| mark.layer == layer).flat_map(|mark| &mark.states);
        states.filter(|(found, _)| *found == state).map(|(_, count)| count).sum()
    }
}

/// One of something, or several that lie near each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub layer: MapLayer,
    /// Of several, the middle.
    pub at: Position,
    /// The worst first, with how many there are.
    pub states: Vec<(MarkState, i64)>,
    /// The first of them: all there is, of a mark of one.
    pub id: i64,
    pub name: String,
}

impl Mark {
    pub fn count(&self) -> i64 {
        self.states.iter().map(|(_, count)| count).sum()
    }

    pub fn worst(&self) -> MarkState {
        self.states.first().map_or(MarkState::Unknown, |(state, _)| *state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_s_words_come_the_worst_first_in_every_layer() {
        for layer in MapLayer::ALL {
            for colour in MapColour::ALL {
                let states = MarkState::of(*layer, *colour);
                assert!(states.is_sorted(), "{layer} {colour}");
            }
        }
    }
}
