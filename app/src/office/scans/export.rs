//! Scans, to take away.

use domain::views::scans::{ScanFound, ScanRow, ScansPage};

use super::api::list_scans;
use super::state_name;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn scans(t: Words) -> Listing {
    let found = |of: fn(&ScanFound) -> i64| move |scan: &ScanRow| scan.found.as_ref().map_or(0, of);
    Columns::<ScanRow>::begin()
        .text(t.network.router(), |scan| scan.router.name.clone())
        .moment(t.scans.requested(), |scan| scan.requested_at)
        .text(t.scans.by(), move |scan| scan.requested_by.clone().unwrap_or_else(|| t.scans.by_the_clock().to_owned()))
        .text(t.scans.state(), move |scan| state_name(scan.state, t))
        .count(t.scans.agreeing(), found(|found| found.agreeing))
        .count(t.scans.missing(), found(|found| found.missing))
        .count(t.scans.different(), found(|found| found.different))
        .count(t.scans.orphaned(), found(|found| found.orphaned))
        .count(t.scans.foreign(), found(|found| found.foreign))
        .of(list_scans, |list: ScansPage| list.scans)
}
