//! Contracts, to take away.

use domain::views::contracts::ContractRow;
use domain::views::list::Page;

use super::api::list_contracts;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::state::{contract_state, service_state, technical_state};

pub(in crate::office) fn contracts(t: Words) -> Listing {
    Columns::<ContractRow>::begin()
        .text(t.contracts.code(), |row| row.code.clone())
        .text(t.contracts.customer(), |row| row.customer.name.clone())
        .text(t.exports.street(), |row| row.street.clone())
        .text(t.exports.city(), |row| row.city.clone())
        .text(t.contracts.sector(), |row| row.sector.clone())
        .text(t.contracts.plan(), |row| row.plan.clone())
        .text(t.exports.state(), move |row| contract_state(row.state, t))
        .text(t.contracts.service(), move |row| service_state(row.service, t))
        .date(t.exports.since(), |row| row.service_since)
        .text(t.exports.technical(), move |row| row.technical.map(|state| technical_state(state, t)))
        .money(t.contracts.owed(), |row| row.owed)
        .currency(t.accounts.currency(), |row| row.owed)
        .date(t.contracts.overdue_since(), |row| row.overdue_since)
        .date(t.contracts.next_invoice(), |row| row.next_invoice_on)
        .of(list_contracts, |page: Page<ContractRow>| page)
}
