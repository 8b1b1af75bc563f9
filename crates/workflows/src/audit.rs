//! Reading the audit. Nothing here changes it: what was done stays written.

use chrono::{Days, NaiveDate};
use domain::ids::UserId;
use domain::views::audit::{AuditFilter, AuditRow};
use domain::views::list::{Choice, Page};

use crate::permit::{Permit, SeeAudit};
use crate::{Context, Result};

/// A page of the audit, the newest line first.
pub async fn list(context: &Context, _: &Permit<SeeAudit>, filter: &AuditFilter) -> Result<Page<AuditRow>> {
    let from = filter.from.map(|date| context.clock.start_of(date));
    let after = |date: NaiveDate| date.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    let until = filter.to.map(|date| context.clock.start_of(after(date)));
    Ok(store::audit::list(&mut *context.connection().await?, filter, from, until).await?)
}

/// The kinds of record that the audit tells of, for the filter.
pub async fn subjects(context: &Context, _: &Permit<SeeAudit>) -> Result<Vec<String>> {
    Ok(store::audit::subjects(&mut *context.connection().await?).await?)
}

/// Who may have done something, for the filter.
pub async fn actors(context: &Context, _: &Permit<SeeAudit>) -> Result<Vec<Choice<UserId>>> {
    Ok(store::users_list::all_staff(&mut *context.connection().await?).await?)
}
