//! Equipment to look at.

use domain::ids::MacProfileId;
use domain::views::list::Page;
use domain::views::macs::{MacFilter, MacRow};

use crate::permit::{Permit, WorkMacs};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<WorkMacs>, filter: &MacFilter) -> Result<Page<MacRow>> {
    Ok(store::macs::list(&mut *context.connection().await?, filter).await?)
}

pub async fn show(context: &Context, _: &Permit<WorkMacs>, id: MacProfileId) -> Result<MacRow> {
    Ok(store::macs::get(&mut *context.connection().await?, id).await?)
}
