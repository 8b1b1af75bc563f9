//! Asking a router who it is, because somebody wants to know now.

use std::time::Duration;

use domain::ids::RouterId;
use domain::network::{Because, RouterIdentity};

use crate::jobs::backoff_of_router;
use crate::permit::{EditRouters, Permit};
use crate::ports::Routers;
use crate::{Context, Result};

/// Somebody waits in front of a screen.
const PATIENCE: Duration = Duration::from_secs(20);

/// Logs in and reads what the router says of itself; the inner result is the router's. Either is written down. No
/// transaction is open meanwhile, and nothing is changed on the router.
pub async fn probe(
    context: &Context,
    routers: &dyn Routers,
    _: &Permit<EditRouters>,
    id: RouterId,
) -> Result<std::result::Result<RouterIdentity, Because>> {
    let stored = store::routers::access(&mut *context.connection().await?, id).await?;
    let answer = match super::open(&context.vault, &stored) {
        Ok(access) => match tokio::time::timeout(PATIENCE, routers.probe(&access)).await {
            Ok(answer) => answer,
            Err(_) => Err(Because::NoAnswer),
        },
        Err(because) => Err(because),
    };
    let now = context.clock.now();
    let mut connection = context.connection().await?;
    match &answer {
        Ok(identity) => store::routers::reached(&mut connection, id, identity, now).await?,
        Err(because) => {
            let retry_at = now + backoff_of_router(1);
            store::routers::failed(&mut connection, id, because, now, retry_at).await?;
        }
    }
    Ok(answer)
}
