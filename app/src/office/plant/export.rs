//! Boxes, to take away.

use domain::ids::SectorId;
use domain::views::list::{Choice, Page};
use domain::views::plant::NapRow;

use super::api::list_naps;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn naps(t: Words) -> Listing {
    Columns::<NapRow>::begin()
        .text(t.plant.name(), |nap| nap.name.clone())
        .text(t.plant.sector(), |nap| nap.sector.as_ref().map(|sector| sector.name.clone()))
        .text(t.plant.position(), |nap| nap.position.to_string())
        .count(t.plant.capacity(), |nap| nap.capacity)
        .count(t.plant.ports(), |nap| nap.fill.ports)
        .count(t.plant.connected(), |nap| nap.fill.connected)
        .count(t.plant.reserved(), |nap| nap.fill.reserved)
        .count(t.plant.free_ports(), |nap| nap.fill.free())
        .of(list_naps, |(page, _): (Page<NapRow>, Vec<Choice<SectorId>>)| page)
}
