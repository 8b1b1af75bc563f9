//! What is down, and was.

use domain::views::collections::{OutageChoices, OutageFilter, OutageRow};
use domain::views::list::Page;

use crate::permit::{EditOutages, Permit, SeeOutages};
use crate::{Context, Result};

/// Newest first.
pub async fn list(context: &Context, _: &Permit<SeeOutages>, filter: &OutageFilter) -> Result<Page<OutageRow>> {
    let mut connection = context.connection().await?;
    Ok(store::outages::list(&mut connection, filter, context.clock.today()).await?)
}

/// What can be down.
pub async fn choices(context: &Context, _: &Permit<EditOutages>) -> Result<OutageChoices> {
    let mut connection = context.connection().await?;
    let sectors = store::sectors::choices(&mut connection).await?;
    Ok(OutageChoices { sectors, routers: store::routers::choices(&mut connection).await? })
}
