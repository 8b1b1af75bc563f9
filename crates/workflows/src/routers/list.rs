//! Routers to look at and to choose from.

use domain::ids::RouterId;
use domain::views::list::{Choice, Page};
use domain::views::routers::{RouterDetail, RouterFilter, RouterRow};

use super::base;
use crate::permit::{Permit, SeeRouters};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeRouters>, filter: &RouterFilter) -> Result<Page<RouterRow>> {
    Ok(store::routers::list(&mut *context.connection().await?, filter).await?)
}

/// All of them by name, for filters.
pub async fn choices(context: &Context, _: &Permit<SeeRouters>) -> Result<Vec<Choice<RouterId>>> {
    Ok(store::routers::choices(&mut *context.connection().await?).await?)
}

pub async fn show(context: &Context, _: &Permit<SeeRouters>, id: RouterId) -> Result<RouterDetail> {
    let mut detail = store::routers::detail(&mut *context.connection().await?, id).await?;
    detail.base = base::shown(context, id, detail.row.identity.as_ref()).await?;
    Ok(detail)
}
