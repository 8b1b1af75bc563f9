//! Sectors, to take away.

use domain::views::list::Page;
use domain::views::sectors::SectorRow;

use super::api::list_sectors;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn sectors(t: Words) -> Listing {
    Columns::<SectorRow>::begin()
        .text(t.catalogue.name(), |sector| sector.name.clone())
        .count(t.catalogue.addresses(), |sector| sector.addresses)
        .count(t.catalogue.active(), |sector| sector.active)
        .count(t.catalogue.cut(), |sector| sector.cut)
        .of(list_sectors, |page: Page<SectorRow>| page)
}
