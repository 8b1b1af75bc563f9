//! What the page of the audit asks the server.

use domain::ids::UserId;
use domain::views::audit::AuditRow;
use domain::views::list::{Choice, Page};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {crate::api, domain::views::audit::AuditFilter, workflows::audit, workflows::permit::SeeAudit};

#[server(input = GetUrl)]
pub async fn list_audit(#[server(default)] query: ListQuery) -> Result<Page<AuditRow>, AppError> {
    let (context, permit) = api::permit::<SeeAudit>()?;
    Ok(audit::list(&context, &permit, &filter(&query)).await?)
}

#[server(input = GetUrl)]
pub async fn audit_actors() -> Result<Vec<Choice<UserId>>, AppError> {
    let (context, permit) = api::permit::<SeeAudit>()?;
    Ok(audit::actors(&context, &permit).await?)
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: &ListQuery) -> AuditFilter {
    AuditFilter {
        search: Some(query.search.clone()),
        actor: query.filter_as("actor"),
        verb: query.filter_as("verb"),
        subject: query.filter_as("subject"),
        subject_id: query.filter_as("subject_id"),
        from: query.filter_as("from"),
        to: query.filter_as("to"),
        page: query.page,
    }
}
