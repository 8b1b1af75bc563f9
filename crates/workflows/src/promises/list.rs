//! The promises, and how they ended.

use domain::views::collections::{PromiseFilter, PromiseRow};
use domain::views::list::Page;

use crate::permit::{Permit, SeePromises};
use crate::{Context, Result};

/// Newest first.
pub async fn list(context: &Context, _: &Permit<SeePromises>, filter: &PromiseFilter) -> Result<Page<PromiseRow>> {
    Ok(store::promises::list(&mut *context.connection().await?, filter).await?)
}
