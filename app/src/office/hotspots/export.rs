//! Hotspots, to take away.

use domain::views::hotspots::HotspotRow;

use super::api::list_hotspots;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn hotspots(t: Words) -> Listing {
    Columns::<HotspotRow>::begin()
        .text(t.hotspot.name(), |row| row.name.clone())
        .text(t.hotspot.router(), |row| row.router.name.clone())
        .text(t.exports.switched_on(), move |row| if row.enabled { t.common.yes() } else { t.common.no() })
        .moment(t.hotspot.looked_at(), |row| row.looked_at)
        .count(t.hotspot.sessions(), |row| row.sessions)
        .count(t.hotspot.vouchers_there(), |row| row.vouchers)
        .of_all(list_hotspots)
}
