//! Customers, to take away.

use domain::money::Money;
use domain::views::customers::CustomerRow;
use domain::views::list::Page;

use super::api::list_customers;
use super::kind_name;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::amount::moneys;

pub(in crate::office) fn customers(t: Words) -> Listing {
    Columns::<CustomerRow>::begin()
        .text(t.customers.reference(), |row| row.reference.clone())
        .text(t.customers.name(), |row| row.name.clone())
        .text(t.customers.kind(), move |row| kind_name(row.kind, t))
        .text(t.customers.tax_id(), |row| row.tax_id.clone())
        .text(t.customers.email(), |row| row.email.clone())
        .text(t.customers.phone(), |row| row.phone.clone())
        .count(t.exports.active_contracts(), |row| row.active_contracts)
        .count(t.exports.cut_contracts(), |row| row.cut_contracts)
        .money(t.customers.balance(), first)
        .currency(t.accounts.currency(), first)
        .text(t.exports.other_currencies(), |row| row.balance.get(1..).filter(|rest| !rest.is_empty()).map(moneys))
        .date(t.customers.overdue_since(), |row| row.overdue_since)
        .of(list_customers, |page: Page<CustomerRow>| page)
}

fn first(row: &CustomerRow) -> Option<Money> {
    row.balance.first().copied()
}
