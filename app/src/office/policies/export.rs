//! Policies, to take away.

use domain::views::policies::PolicyRow;

use super::api::list_policies;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn policies(t: Words) -> Listing {
    Columns::<PolicyRow>::begin()
        .text(t.catalogue.name(), |row| row.policy.name.clone())
        .count(t.catalogue.due_days(), |row| row.policy.due_days)
        .count(t.catalogue.grace(), |row| row.policy.grace_days)
        .text(t.catalogue.soft_cut(), move |row| days(row.policy.soft_cut_after_days, t))
        .text(t.catalogue.hard_cut(), move |row| days(row.policy.hard_cut_after_days, t))
        .text(t.catalogue.removal(), move |row| days(row.policy.removal_after_days, t))
        .count(t.catalogue.contracts(), |row| row.contracts)
        .of_all(list_policies)
}

fn days(days: Option<u16>, t: Words) -> String {
    days.map_or_else(|| t.catalogue.never().to_owned(), |days| t.catalogue.after_days(days.into()))
}
