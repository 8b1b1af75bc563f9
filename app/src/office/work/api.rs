//! What the pages of work orders ask the server.

use chrono::NaiveDate;
use domain::ids::{CustomerId, UserId, WorkOrderId};
use domain::views::list::Page;
use domain::views::work::{Board, ChecklistItem, WorkDesk, WorkOffer, WorkRow};
use domain::views::work_dispatch::{AssignForm, RouteForm};
use domain::views::work_forms::{ChecklistForm, ScheduleForm, WorkForm};
use domain::work_order::Shift;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::{api, session},
    domain::views::work::WorkFilter,
    workflows::permit::{EditWork, SeeWork},
    workflows::work_orders,
};

#[server(input = GetUrl)]
pub async fn list_work(#[server(default)] query: ListQuery) -> Result<Page<WorkRow>, AppError> {
    let (context, permit) = api::permit::<SeeWork>()?;
    let filter = WorkFilter {
        group: query.filter_as("is"),
        kind: query.filter_as("kind"),
        state: query.filter_as("state"),
        technician: query.filter_as("technician"),
        on: query.filter_as("on"),
        sector: query.filter_as("sector"),
        contract: query.filter_as("contract"),
        ticket: query.filter_as("ticket"),
        search: Some(query.search),
        page: query.page,
    };
    Ok(work_orders::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn show_work(order: WorkOrderId) -> Result<WorkDesk, AppError> {
    let (context, permit) = api::permit::<SeeWork>()?;
    Ok(work_orders::show(&context, &permit, order).await?)
}

#[server(input = GetUrl)]
pub async fn show_work_board(#[server(default)] query: ListQuery) -> Result<Board, AppError> {
    let (context, permit) = api::permit::<SeeWork>()?;
    let (on, technician, sector) = (query.filter_as("on"), query.filter_as("technician"), query.filter_as("sector"));
    Ok(work_orders::board(&context, &permit, on, technician, sector).await?)
}

#[server(input = GetUrl)]
pub async fn begin_work(customer: CustomerId) -> Result<WorkOffer, AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    Ok(work_orders::offer(&context, &permit, customer).await?)
}

#[server]
pub async fn create_work(work: WorkForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    let order = work_orders::create(&context, &permit, &work).await?;
    api::go_to(&format!("/office/work/{order}?done=created"));
    Ok(())
}

#[server]
pub async fn schedule_work(order: WorkOrderId, schedule: ScheduleForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    work_orders::schedule(&context, &permit, order, &schedule).await?;
    api::go_to(&format!("/office/work/{order}?done=saved"));
    Ok(())
}

#[server]
pub async fn assign_work(assign: AssignForm, #[server(default)] back: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    match work_orders::assign_many(&context, &permit, &assign).await? {
        Some(run) => api::go_to(&format!("/office/bulk/{run}")),
        None => api::go_to(&format!("{}&done=saved", board(&back))),
    }
    Ok(())
}

/// Where a form of the board leads: an address that more can be added to.
#[cfg(feature = "ssr")]
fn board(back: &str) -> &str {
    session::local_path(back).filter(|path| path.contains('?')).unwrap_or("/office/work?")
}

#[server]
pub async fn unschedule_work(order: WorkOrderId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    work_orders::unschedule(&context, &permit, order).await?;
    api::go_to(&format!("/office/work/{order}?done=saved"));
    Ok(())
}

#[server]
pub async fn cancel_work(order: WorkOrderId, #[server(default)] why: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    work_orders::cancel(&context, &permit, order, &why).await?;
    api::go_to(&format!("/office/work/{order}?done=saved"));
    Ok(())
}

#[server]
pub async fn shift_work(order: WorkOrderId, to: Shift, #[server(default)] back: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    work_orders::shift(&context, &permit, order, to).await?;
    api::go_to(session::local_path(&back).unwrap_or("/office/work"));
    Ok(())
}

#[server]
pub async fn suggest_route(technician: UserId, on: NaiveDate, #[server(default)] back: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    work_orders::suggest(&context, &permit, technician, on).await?;
    api::go_to(session::local_path(&back).unwrap_or("/office/work"));
    Ok(())
}

#[server]
pub async fn arrange_route(
    technician: UserId,
    on: NaiveDate,
    route: RouteForm,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    let gone = work_orders::arrange(&context, &permit, technician, on, &route).await?;
    let gone: Vec<String> = gone.iter().map(ToString::to_string).collect();
    let and = if gone.is_empty() { "done=saved".to_owned() } else { format!("gone={}", gone.join(",")) };
    api::go_to(&format!("{}&{and}", board(&back)));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_work_checklists() -> Result<Vec<ChecklistItem>, AppError> {
    let (context, permit) = api::permit::<SeeWork>()?;
    Ok(work_orders::checklists(&context, &permit).await?)
}

#[server]
pub async fn save_work_checklist(checklist: ChecklistForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditWork>()?;
    work_orders::save_checklist(&context, &permit, &checklist).await?;
    api::go_to(&format!("/office/work/settings?kind={}&done=saved", checklist.kind));
    Ok(())
}
