//! The stock, to take away.

use domain::views::stock::{EquipmentRow, StockList};

use super::api::list_stock;
use super::located::{state_of, where_words};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::stock::{kind_word, ownership_word, state_word};

pub(in crate::office) fn equipment(t: Words) -> Listing {
    Columns::<EquipmentRow>::begin()
        .text(t.stock.serial(), |row| row.serial.clone())
        .text(t.stock.mac(), |row| row.mac.clone())
        .text(t.stock.kind(), move |row| kind_word(row.kind, t))
        .text(t.stock.model(), |row| row.model.name.clone())
        .text(t.stock.state(), move |row| state_word(state_of(&row.located), t))
        .text(t.stock.place(), |row| where_words(&row.located))
        .text(t.stock.owner(), move |row| ownership_word(row.ownership, t))
        .moment(t.stock.moved_at(), |row| row.moved_at)
        .of(list_stock, |list: StockList| list.page)
}
