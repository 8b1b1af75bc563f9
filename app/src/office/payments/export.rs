//! Payments, to take away.

use domain::views::payments::{PaymentList, PaymentRow};

use super::api::list_payments;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::amount::payment_method;

pub(in crate::office) fn payments(t: Words) -> Listing {
    Columns::<PaymentRow>::begin()
        .text(t.money.receipt(), |row| row.receipt.clone())
        .date(t.money.received(), |row| row.received_on)
        .text(t.money.customer(), |row| row.customer_name.clone())
        .text(t.money.method(), move |row| payment_method(row.method, t))
        .text(t.money.reference(), |row| row.reference.clone())
        .money(t.money.amount(), |row| row.amount)
        .money(t.money.unused(), |row| row.unused)
        .currency(t.accounts.currency(), |row| row.amount)
        .date(t.exports.bounced(), |row| row.reversed_on)
        .of(list_payments, |list: PaymentList| list.page)
}
