//! What is down, and was.

use domain::failure::Failure;
use domain::ids::OutageId;
use domain::views::collections::{OutageChoices, OutageFilter, OutageRow};
use domain::views::list::Page;

use crate::permit::{EditOutages, Permit, SeeOutages};
use crate::{Context, Result};

/// Newest first.
pub async fn list(context: &Context, _: &Permit<SeeOutages>, filter: &OutageFilter) -> Result<Page<OutageRow>> {
    let mut connection = context.connection().await?;
    Ok(store::outages::list(&mut connection, filter, context.clock.today()).await?)
}

/// One outage.
///
/// # Errors
/// `NotFound`.
pub async fn show(context: &Context, _: &Permit<SeeOutages>, outage: OutageId) -> Result<OutageRow> {
    let mut connection = context.connection().await?;
    let filter = OutageFilter { outage: Some(outage), ..OutageFilter::default() };
    let found = store::outages::list(&mut connection, &filter, context.clock.today()).await?;
    Ok(found.rows.into_iter().next().ok_or(Failure::NotFound)?)
}

/// What can be down.
pub async fn choices(context: &Context, _: &Permit<EditOutages>) -> Result<OutageChoices> {
    let mut connection = context.connection().await?;
    let sectors = store::sectors::choices(&mut connection).await?;
    Ok(OutageChoices { sectors, routers: store::routers::choices(&mut connection).await? })
}
