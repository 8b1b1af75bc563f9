//! A router that failed is left alone for a while; somebody who mended it need not wait for that.

use domain::failure::{Blocker, Failure};
use domain::ids::RouterId;

use super::audited;
use crate::permit::{EditRouters, Permit};
use crate::{Context, Result, record};

/// Lets the router's jobs try it at once.
///
/// # Errors
/// `Blocked(BreakerClosed)` when nothing keeps them from it.
pub async fn close_breaker(context: &Context, permit: &Permit<EditRouters>, id: RouterId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::routers::detail(&mut transaction, id).await?.failing;
    if !store::routers::close_breaker(&mut transaction, id).await? {
        return Err(Failure::Blocked { what: Blocker::BreakerClosed }.into());
    }
    let after = store::routers::detail(&mut transaction, id).await?.failing;
    record::audit(context, &mut transaction, permit, audited(id), before.as_ref(), after.as_ref()).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
