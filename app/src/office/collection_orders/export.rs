//! Equipment to be collected, to take away.

use domain::views::collection_orders::CollectionOrderRow;
use domain::views::list::Page;

use super::api::list_collection_orders;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::state::collection_outcome;

pub(in crate::office) fn orders(t: Words) -> Listing {
    Columns::<CollectionOrderRow>::begin()
        .text(t.collections.customer(), |row| row.customer.name.clone())
        .text(t.collections.contract(), |row| row.contract.name.clone())
        .text(t.customers.phone(), |row| row.phone.clone())
        .text(t.exports.street(), |row| row.street.clone())
        .text(t.exports.city(), |row| row.city.clone())
        .text(t.customers.sector(), |row| row.sector.clone())
        .text(t.collections.equipment(), |row| row.equipment.clone())
        .date(t.collections.from(), |row| row.opened_on)
        .text(t.collections.state(), move |row| {
            row.outcome.map_or(t.collections.to_collect(), |outcome| collection_outcome(outcome, t))
        })
        .moment(t.exports.closed(), |row| row.closed_at)
        .text(t.exports.by(), |row| row.closed_by.clone())
        .text(t.exports.note(), |row| row.note.clone())
        .of(list_collection_orders, |page: Page<CollectionOrderRow>| page)
}
