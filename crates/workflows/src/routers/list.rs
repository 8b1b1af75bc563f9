//! Routers to look at and to choose from.

use domain::ids::RouterId;
use domain::views::jobs::JobFilter;
use domain::views::list::{Choice, Page};
use domain::views::routers::{RouterFilter, RouterPage, RouterRow};

use super::base;
use crate::permit::{Permit, SeeRouters};
use crate::{Context, Result};

/// What a router's page shows of a list that has a page of its own.
const SOME: i64 = 8;

pub async fn list(context: &Context, _: &Permit<SeeRouters>, filter: &RouterFilter) -> Result<Page<RouterRow>> {
    Ok(store::routers::list(&mut *context.connection().await?, filter).await?)
}

/// All of them by name, for filters.
pub async fn choices(context: &Context, _: &Permit<SeeRouters>) -> Result<Vec<Choice<RouterId>>> {
    Ok(store::routers::choices(&mut *context.connection().await?).await?)
}

pub async fn show(context: &Context, _: &Permit<SeeRouters>, id: RouterId) -> Result<RouterPage> {
    let mut connection = context.connection().await?;
    let mut router = store::routers::detail(&mut connection, id).await?;
    let disagreeing = store::routers::disagreeing(&mut connection, id, SOME).await?;
    let unresolved = JobFilter { unresolved: true, router: Some(id), ..JobFilter::default() };
    let mut trouble = store::jobs::list(&mut connection, &unresolved).await?.rows;
    trouble.truncate(usize::try_from(SOME).unwrap_or_default());
    let last_scan = store::scans::last_of(&mut connection, id).await?;
    drop(connection);
    router.base = base::shown(context, id, router.row.identity.as_ref()).await?;
    Ok(RouterPage { router, disagreeing, trouble, last_scan })
}
