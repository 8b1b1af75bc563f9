//! Outages, to take away.

use domain::views::collections::OutageRow;
use domain::views::list::Page;

use super::api::list_outages;
use super::list::{place, state_name};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn outages(t: Words) -> Listing {
    Columns::<OutageRow>::begin()
        .text(t.collections.place(), move |row| place(&row.place, t))
        .text(t.collections.state(), move |row| state_name(row, t))
        .text(t.collections.outage_reason(), |row| row.reason.clone())
        .date(t.collections.from(), |row| row.starts_on)
        .date(t.collections.last_day(), |row| row.ends_on)
        .count(t.collections.contracts_there(), |row| row.contracts)
        .count(t.tickets.title(), |row| row.tickets)
        .text(t.exports.by(), |row| row.reported_by.clone())
        .of(list_outages, |page: Page<OutageRow>| page)
}
