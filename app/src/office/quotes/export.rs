//! Quotes, to take away.

use domain::views::quotes::{QuoteList, QuoteRow};

use super::api::list_quotes;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::quote::quote_state;

pub(in crate::office) fn quotes(t: Words) -> Listing {
    Columns::<QuoteRow>::begin()
        .text(t.money.number(), |row| row.number.clone())
        .text(t.money.customer(), |row| row.customer_name.clone())
        .text(t.money.contract(), |row| row.contract.as_ref().map(|contract| contract.name.clone()))
        .date(t.exports.sent(), |row| row.sent_on)
        .date(t.quotes.valid_until(), |row| row.valid_until)
        .text(t.quotes.state(), move |row| quote_state(row.state, t))
        .money(t.money.total(), |row| row.total)
        .currency(t.accounts.currency(), |row| row.total)
        .of(list_quotes, |list: QuoteList| list)
}
