//! What came in at the bank, to take away.

use domain::views::bank::{BankWork, MatchedRow, StatementRow};
use domain::views::list::Page;

use super::api::{list_movements, list_statements};
use super::state_word;
use super::statements::format_word;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn movements(t: Words) -> Listing {
    Columns::<MatchedRow>::begin()
        .date(t.bank.booked_on(), |matched| matched.row.booked_on)
        .text(t.bank.account(), |matched| matched.row.account.name.clone())
        .text(t.exports.name(), |matched| matched.row.name.clone())
        .text(t.bank.told(), |matched| matched.row.description.clone())
        .text(t.money.reference(), |matched| matched.row.reference.clone())
        .text(t.transfers.state(), move |matched| state_word(matched.row.state, t))
        .money(t.money.amount(), |matched| matched.row.amount)
        .currency(t.accounts.currency(), |matched| matched.row.amount)
        .of(list_movements, |work: BankWork| work.page)
}

pub(in crate::office) fn statements(t: Words) -> Listing {
    Columns::<StatementRow>::begin()
        .text(t.bank.file(), |row| row.file_name.clone())
        .text(t.bank.account(), |row| row.account.name.clone())
        .text(t.bank.format(), |row| format_word(row.format))
        .moment(t.bank.uploaded(), |row| row.uploaded_at)
        .moment(t.bank.imported(), |row| row.imported_at)
        .count(t.bank.movements(), |row| row.movements)
        .of(list_statements, |page: Page<StatementRow>| page)
}
