//! Changes and leases, to take away.

use domain::views::changes::ChangeRow;
use domain::views::leases::LeaseRow;
use domain::views::list::Page;

use super::api::{list_changes, list_leases};
use super::timing_name;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::change::{change_state, change_summary, lease_state};

pub(in crate::office) fn changes(t: Words) -> Listing {
    Columns::<ChangeRow>::begin()
        .text(t.contracts.code(), |row| row.contract.name.clone())
        .text(t.money.customer(), |row| row.customer.name.clone())
        .text(t.changes.change(), move |row| change_summary(&row.summary, t))
        .text(t.exports.timing(), move |row| timing_name(row.timing, t))
        .text(t.contracts.state(), move |row| change_state(&row.state, t))
        .moment(t.changes.asked(), |row| row.requested_at)
        .text(t.exports.by(), |row| row.requested_by.clone())
        .of(list_changes, |page: Page<ChangeRow>| page)
}

pub(in crate::office) fn leases(t: Words) -> Listing {
    Columns::<LeaseRow>::begin()
        .text(t.contracts.code(), |row| row.contract.name.clone())
        .text(t.money.customer(), |row| row.customer.name.clone())
        .text(t.changes.equipment(), |row| row.equipment.clone())
        .text(t.exports.serial(), |row| row.serial.clone())
        .text(t.changes.ownership(), move |row| lease_state(row.state, t))
        .date(t.exports.from(), |row| row.term.starts_on)
        .date(t.changes.commitment_end(), |row| row.term.commitment_end)
        .text(t.changes.plan_after(), |row| row.plan_after.name.clone())
        .money(t.changes.rest(), |row| row.owed)
        .currency(t.accounts.currency(), |row| row.owed)
        .of(list_leases, |page: Page<LeaseRow>| page)
}
