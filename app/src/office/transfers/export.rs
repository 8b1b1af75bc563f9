//! Transfers, to take away.

use domain::views::transfers::{TransferList, TransferRow};

use super::api::list_transfers;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::transfer::state_word;

pub(in crate::office) fn transfers(t: Words) -> Listing {
    Columns::<TransferRow>::begin()
        .text(t.transfers.number(), |row| row.id.code())
        .text(t.money.customer(), |row| row.customer.name.clone())
        .text(t.transfers.state(), move |row| state_word(row.state, t))
        .text(t.transfers.bank(), |row| row.bank.clone())
        .text(t.money.reference(), |row| row.reference.clone())
        .date(t.transfers.paid_on(), |row| row.paid_on)
        .moment(t.transfers.reported(), |row| row.reported_at)
        .text(t.money.receipt(), |row| row.payment.as_ref().map(|payment| payment.name.clone()))
        .text(t.exports.reason(), |row| row.reject_reason.clone())
        .money(t.money.amount(), |row| row.amount)
        .currency(t.accounts.currency(), |row| row.amount)
        .of(list_transfers, |list: TransferList| list.page)
}
