//! Vouchers and their batches, to take away.

use domain::views::list::Page;
use domain::views::vouchers::{BatchRow, VoucherRow};

use super::api::{list_batches, list_vouchers};
use super::{reason, state_name};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn vouchers(t: Words) -> Listing {
    Columns::<VoucherRow>::begin()
        .text(t.hotspot.number(), VoucherRow::name)
        .text(t.hotspot.code(), |row| row.code.grouped())
        .text(t.hotspot.state(), move |row| state_name(row.state, t))
        .text(t.hotspot.sale(), move |row| if row.sold { t.hotspot.sold() } else { t.hotspot.unsold() })
        .moment(t.hotspot.first_used(), |row| row.first_used_at)
        .text(t.hotspot.place(), |row| row.hotspot.clone())
        .text(t.exports.mac(), |row| row.mac.clone())
        .count(t.exports.seconds(), |row| row.seconds)
        .count(t.exports.bytes(), |row| row.bytes)
        .moment(t.hotspot.ends(), |row| row.ended_at.or(row.expires_at))
        .text(t.exports.reason(), move |row| row.end_reason.map(|why| reason(why, t)))
        .of(list_vouchers, |page: Page<VoucherRow>| page)
}

pub(in crate::office) fn batches(t: Words) -> Listing {
    Columns::<BatchRow>::begin()
        .text(t.hotspot.series(), |row| row.series.clone())
        .moment(t.hotspot.created_at(), |row| row.created_at)
        .text(t.hotspot.profile(), |row| row.profile.clone())
        .money(t.hotspot.price(), |row| row.price)
        .currency(t.accounts.currency(), |row| row.price)
        .count(t.hotspot.made(), |row| row.counts.made)
        .count(t.hotspot.sold(), |row| row.counts.sold)
        .count(t.hotspot.used(), |row| row.counts.used)
        .count(t.hotspot.ended(), |row| row.counts.ended)
        .moment(t.hotspot.withdrawn(), |row| row.withdrawn_at)
        .of_all(list_batches)
}
