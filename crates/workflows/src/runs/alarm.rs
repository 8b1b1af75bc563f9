//! Telling people of a night that did not happen, or that waits for them: a scheduler that is off is noticed.

use chrono::{NaiveDate, NaiveTime, Timelike};
use domain::message::Purpose;
use domain::role::Role;

use super::RUN_HOUR;
use crate::mail::{MailText, texts};
use crate::{Context, Result, messages};

/// A run that has not finished this many hours after its hour is late.
const PATIENCE_HOURS: u32 = 2;

/// Whether the night of `today` should have finished by now.
pub(crate) fn should_be_over(time: NaiveTime) -> bool {
    time.hour() >= RUN_HOUR + PATIENCE_HOURS
}

/// Mails the administrators when today's run is late, and who may approve when the newest one waits for them; each once.
/// Call it now and then, whatever became of the run itself.
pub async fn raise_alarms(context: &Context) -> Result<()> {
    let today = context.clock.today();
    let last = store::runs::last(&mut *context.connection().await?).await?;
    let Some(last) = last else { return Ok(()) };
    let over = last.business_date >= today && last.finished_at.is_some();
    if !over && should_be_over(context.clock.time_of_day()) {
        let missed_since = store::runs::last_finished(&mut *context.connection().await?).await?;
        let first = missed_since.and_then(|date| date.succ_opt()).unwrap_or(last.business_date);
        tell(context, "late", today, &[Role::Admin], |watcher, link| {
            texts::run_late(watcher.language, &watcher.name, first, link)
        })
        .await?;
    }
    let waits = last.steps.iter().any(|step| !step.stopped.is_empty() && step.approved_at.is_none());
    if waits {
        let date = last.business_date;
        tell(context, "waits", date, &[Role::Admin, Role::Billing], |watcher, link| {
            texts::run_waits(watcher.language, &watcher.name, date, link)
        })
        .await?;
    }
    Ok(())
}

async fn tell(
    context: &Context,
    kind: &str,
    date: NaiveDate,
    roles: &[Role],
    text: impl Fn(&store::alarms::Watcher, &str) -> MailText,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    if !store::alarms::raise(&mut transaction, kind, date, context.clock.now()).await? {
        return Ok(());
    }
    let link = format!("{}/office/runs", context.public_url);
    for watcher in store::alarms::watchers(&mut transaction, roles).await? {
        let MailText { subject, body } = text(&watcher, &link);
        messages::mail(context, &mut transaction, Purpose::Alarm, &watcher.email, &subject, &body).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
