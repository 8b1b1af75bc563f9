//! Work orders, to take away.

use domain::views::list::Page;
use domain::views::work::WorkRow;

use super::api::list_work;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::work::{kind_word, part_word, state_word};

pub(in crate::office) fn orders(t: Words) -> Listing {
    Columns::<WorkRow>::begin()
        .text(t.work.order(), |row| row.id.code())
        .text(t.exports.subject(), move |row| kind_word(row.kind, t))
        .text(t.work.state(), move |row| state_word(row.state, t))
        .text(t.work.customer(), |row| row.customer.name.clone())
        .text(t.work.contract(), |row| row.contract.name.clone())
        .text(t.customers.phone(), |row| row.phone.clone())
        .text(t.exports.street(), |row| row.street.clone())
        .text(t.exports.city(), |row| row.city.clone())
        .text(t.work.sector(), |row| row.sector.clone())
        .date(t.work.day(), |row| row.on)
        .text(t.exports.timing(), move |row| part_word(row.part, t))
        .text(t.work.technician(), |row| row.technician.as_ref().map(|technician| technician.name.clone()))
        .text(t.exports.note(), |row| row.note.clone())
        .of(list_work, |page: Page<WorkRow>| page)
}
