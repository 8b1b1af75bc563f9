//! Promises, to take away.

use domain::collections::PromiseOutcome;
use domain::views::collections::{PromiseRow, PromiseStanding};
use domain::views::list::Page;

use super::api::list_promises;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::promise::standing;

pub(in crate::office) fn promises(t: Words) -> Listing {
    Columns::<PromiseRow>::begin()
        .text(t.collections.customer(), |row| row.customer.name.clone())
        .text(t.collections.contract(), |row| row.contract.name.clone())
        .money(t.collections.amount(), |row| row.amount)
        .currency(t.accounts.currency(), |row| row.amount)
        .date(t.collections.made(), |row| row.made_on)
        .text(t.collections.made_by(), |row| row.made_by.clone())
        .date(t.collections.until(), |row| row.until)
        .text(t.collections.outcome(), move |row| standing(stands(row.outcome), t))
        .date(t.exports.ended(), |row| row.ended_on)
        .of(list_promises, |page: Page<PromiseRow>| page)
}

fn stands(outcome: Option<PromiseOutcome>) -> PromiseStanding {
    match outcome {
        None => PromiseStanding::Open,
        Some(PromiseOutcome::Kept) => PromiseStanding::Kept,
        Some(PromiseOutcome::Broken) => PromiseStanding::Broken,
        Some(PromiseOutcome::Cancelled) => PromiseStanding::Cancelled,
    }
}
