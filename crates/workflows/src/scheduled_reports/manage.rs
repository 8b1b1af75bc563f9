//! Making, editing, pausing and sending reports.

use domain::ids::ScheduledReportId;
use domain::views::reports::{ReportDetail, ReportForm, ReportOffer, ReportRow};
use serde::Serialize;

use super::{subject, write};
use crate::permit::{ManageReports, Permit};
use crate::record::audit;
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<ManageReports>) -> Result<Vec<ReportRow>> {
    Ok(store::scheduled_reports::list(&mut *context.connection().await?).await?)
}

pub async fn show(context: &Context, _: &Permit<ManageReports>, report: ScheduledReportId) -> Result<ReportDetail> {
    Ok(store::scheduled_reports::show(&mut *context.connection().await?, report).await?)
}

/// What the form of a new one begins with.
pub async fn offer(context: &Context, _: &Permit<ManageReports>) -> Result<ReportOffer> {
    let staff = store::users_list::staff(&mut *context.connection().await?).await?;
    Ok(ReportOffer { form: ReportForm::usual(), staff })
}

/// What the form of one that is edited begins with.
pub async fn begin_edit(
    context: &Context,
    _: &Permit<ManageReports>,
    report: ScheduledReportId,
) -> Result<ReportOffer> {
    let mut connection = context.connection().await?;
    let form = ReportForm::from(&store::scheduled_reports::get(&mut connection, report).await?);
    Ok(ReportOffer { form, staff: store::users_list::staff(&mut connection).await? })
}

/// # Errors
/// `Fields`.
pub async fn create(context: &Context, permit: &Permit<ManageReports>, form: &ReportForm) -> Result<ScheduledReportId> {
    let report = form.check()?;
    let (by, now) = (permit.actor().user_id(), context.clock.now());
    let mut transaction = context.begin().await?;
    let id = store::scheduled_reports::add(&mut transaction, &report, by, now).await?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&report)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// From now on: what was sent stays as it was, and whoever has it for a period already gets it no second time.
///
/// # Errors
/// `Fields`.
pub async fn edit(
    context: &Context,
    permit: &Permit<ManageReports>,
    report: ScheduledReportId,
    form: &ReportForm,
) -> Result<()> {
    let after = form.check()?;
    let mut transaction = context.begin().await?;
    store::scheduled_reports::lock(&mut transaction, report).await?;
    let before = store::scheduled_reports::get(&mut transaction, report).await?;
    store::scheduled_reports::edit(&mut transaction, report, &after).await?;
    audit(context, &mut transaction, permit, subject(report), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[derive(Serialize)]
struct Paused {
    paused: bool,
}

/// Nothing is sent until it is resumed.
pub async fn pause(context: &Context, permit: &Permit<ManageReports>, report: ScheduledReportId) -> Result<()> {
    set_paused(context, permit, report, true).await
}

/// It is sent again, from the next night that it falls on.
pub async fn resume(context: &Context, permit: &Permit<ManageReports>, report: ScheduledReportId) -> Result<()> {
    set_paused(context, permit, report, false).await
}

async fn set_paused(
    context: &Context,
    permit: &Permit<ManageReports>,
    report: ScheduledReportId,
    paused: bool,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::scheduled_reports::lock(&mut transaction, report).await?;
    let before = store::scheduled_reports::show(&mut transaction, report).await?.report.paused_at.is_some();
    let at = paused.then(|| context.clock.now());
    store::scheduled_reports::set_paused(&mut transaction, report, at).await?;
    let (before, after) = (Paused { paused: before }, Paused { paused });
    audit(context, &mut transaction, permit, subject(report), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[derive(Serialize)]
struct Sent {
    mails: i32,
}

/// Sends it to everybody who reads it, about the last period that is over, whatever was sent already. Asked for again before
/// it left, it leaves once.
pub async fn send_now(context: &Context, permit: &Permit<ManageReports>, report: ScheduledReportId) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::scheduled_reports::lock(&mut transaction, report).await?;
    let row = store::scheduled_reports::show(&mut transaction, report).await?.report;
    let mails = write(context, &mut transaction, &row, context.clock.today(), None).await?;
    audit(context, &mut transaction, permit, subject(report), None::<&()>, Some(&Sent { mails })).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
