//! What a router needs once, as people see it and ask for it.

use domain::ids::RouterId;
use domain::network::{Dialect, RouterIdentity};
use domain::views::routers::{BaseRead, RouterBase};
use serde::Serialize;

use super::audited;
use crate::jobs::{self, wanted_base};
use crate::permit::{EditRouters, Permit};
use crate::{Context, Result, record};

pub(super) async fn shown(
    context: &Context,
    router: RouterId,
    identity: Option<&RouterIdentity>,
) -> Result<RouterBase> {
    let wanted = wanted_base(context, router).await?.version();
    let read = store::routers::base(&mut *context.connection().await?, router).await?;
    let outdated = read.as_ref().is_some_and(|read| read.wanted != wanted);
    let verified = identity.is_none_or(|identity| Dialect::of(&identity.version).is_verified());
    let read = read.map(|read| BaseRead {
        as_wanted: read.as_wanted,
        since: read.since,
        read_at: read.read_at,
        rows: read.rows,
    });
    Ok(RouterBase { read, outdated, verified })
}

/// Looks at it again, because somebody wants to.
pub async fn apply_base(context: &Context, permit: &Permit<EditRouters>, router: RouterId) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::routers::access(&mut transaction, router).await?;
    jobs::enqueue_base(context, &mut transaction, router).await?;
    let asked = Asked { setup: "asked_for" };
    record::audit(context, &mut transaction, permit, audited(router), None::<&()>, Some(&asked)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// As the audit shows it.
#[derive(Serialize)]
struct Asked {
    setup: &'static str,
}

/// Every router that was not read to hold what the present settings want is looked at again. Answers how many.
pub async fn follow_settings(context: &Context) -> Result<usize> {
    let versions = store::routers::base_versions(&mut *context.connection().await?).await?;
    let mut followed = 0;
    for (router, read) in versions {
        if read.as_deref() == Some(wanted_base(context, router).await?.version().as_str()) {
            continue;
        }
        let mut transaction = context.begin().await?;
        jobs::enqueue_base(context, &mut transaction, router).await?;
        transaction.commit().await.map_err(store::Error::from)?;
        followed += 1;
    }
    Ok(followed)
}
