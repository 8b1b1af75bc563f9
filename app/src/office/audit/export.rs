//! The audit, to take away.

use domain::views::audit::{AuditRow, FieldChange};
use domain::views::list::Page;

use super::api::list_audit;
use super::words::{kind, verb};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn audit(t: Words) -> Listing {
    Columns::<AuditRow>::begin()
        .moment(t.audit.when(), |row| row.at)
        .text(t.audit.who(), |row| row.actor_name.clone())
        .text(t.audit.what(), move |row| verb::name(&row.verb, t))
        .text(t.audit.subject(), move |row| kind::name(&row.subject, t))
        .count(t.exports.record(), |row| row.subject_id)
        .text(t.audit.changes(), move |row| {
            row.changes.iter().map(|change| told(change, t)).collect::<Vec<_>>().join("; ")
        })
        .of(list_audit, |page: Page<AuditRow>| page)
}

fn told(change: &FieldChange, t: Words) -> String {
    let after = change.after.as_deref().unwrap_or(t.audit.removed());
    match &change.before {
        None => format!("{}: {after}", change.field),
        Some(before) => format!("{}: {before} → {after}", change.field),
    }
}
