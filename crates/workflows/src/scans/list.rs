//! Scans to look at.

use chrono::Duration;
use domain::ids::ScanId;
use domain::views::scans::{FindingFilter, ScanDetail, ScanFilter, ScansPage};

use crate::permit::{Permit, SeeRouters};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeRouters>, filter: &ScanFilter) -> Result<ScansPage> {
    let mut connection = context.connection().await?;
    let since = context.clock.now() - Duration::days(1);
    let (waiting, running, done) = store::scans::progress(&mut connection, since).await?;
    let scans = store::scans::list(&mut connection, filter).await?;
    let settings = store::network_settings::get(&mut connection).await?;
    Ok(ScansPage { scans, waiting, running, done, settings })
}

pub async fn show(context: &Context, _: &Permit<SeeRouters>, id: ScanId, filter: &FindingFilter) -> Result<ScanDetail> {
    Ok(store::scans::detail(&mut *context.connection().await?, id, filter).await?)
}
