//! Equipment that is nobody's business, until somebody thinks otherwise.

use chrono::{DateTime, Utc};
use domain::ids::MacProfileId;

use super::audited;
use crate::permit::{Permit, WorkMacs};
use crate::{Context, Result, record};

pub async fn ignore(context: &Context, permit: &Permit<WorkMacs>, id: MacProfileId) -> Result<()> {
    change(context, permit, id, Some(context.clock.now())).await
}

pub async fn unignore(context: &Context, permit: &Permit<WorkMacs>, id: MacProfileId) -> Result<()> {
    change(context, permit, id, None).await
}

async fn change(
    context: &Context,
    permit: &Permit<WorkMacs>,
    id: MacProfileId,
    since: Option<DateTime<Utc>>,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::macs::get(&mut transaction, id).await?;
    store::macs::ignore(&mut transaction, id, since).await?;
    let after = store::macs::get(&mut transaction, id).await?;
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
