//! What the pages of reports ask the server.

use domain::ids::ScheduledReportId;
use domain::views::reports::{ReportDetail, ReportForm, ReportOffer, ReportRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::permit::ManageReports, workflows::scheduled_reports};

#[server(input = GetUrl)]
pub async fn list_reports() -> Result<Vec<ReportRow>, AppError> {
    let (context, permit) = api::permit::<ManageReports>()?;
    Ok(scheduled_reports::list(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn show_report(report: ScheduledReportId) -> Result<ReportDetail, AppError> {
    let (context, permit) = api::permit::<ManageReports>()?;
    Ok(scheduled_reports::show(&context, &permit, report).await?)
}

#[server(input = GetUrl)]
pub async fn begin_report() -> Result<ReportOffer, AppError> {
    let (context, permit) = api::permit::<ManageReports>()?;
    Ok(scheduled_reports::offer(&context, &permit).await?)
}

#[server]
pub async fn create_report(report: ReportForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageReports>()?;
    let id = scheduled_reports::create(&context, &permit, &report).await?;
    api::go_to(&format!("/office/reports/{id}?done=created"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn begin_editing_report(report: ScheduledReportId) -> Result<ReportOffer, AppError> {
    let (context, permit) = api::permit::<ManageReports>()?;
    Ok(scheduled_reports::begin_edit(&context, &permit, report).await?)
}

#[server]
pub async fn edit_report(id: ScheduledReportId, report: ReportForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageReports>()?;
    scheduled_reports::edit(&context, &permit, id, &report).await?;
    api::go_to(&format!("/office/reports/{id}?done=saved"));
    Ok(())
}

#[server]
pub async fn pause_report(report: ScheduledReportId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageReports>()?;
    scheduled_reports::pause(&context, &permit, report).await?;
    api::go_to(&format!("/office/reports/{report}?done=saved"));
    Ok(())
}

#[server]
pub async fn resume_report(report: ScheduledReportId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageReports>()?;
    scheduled_reports::resume(&context, &permit, report).await?;
    api::go_to(&format!("/office/reports/{report}?done=saved"));
    Ok(())
}

#[server]
pub async fn send_report(report: ScheduledReportId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageReports>()?;
    scheduled_reports::send_now(&context, &permit, report).await?;
    api::go_to(&format!("/office/reports/{report}?done=queued"));
    Ok(())
}
