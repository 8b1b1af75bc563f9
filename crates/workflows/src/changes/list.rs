//! Changes to look at: those that wait for a decision first.

use domain::views::changes::{ChangeFilter, ChangeRow};
use domain::views::list::Page;

use crate::permit::{Permit, SeeContracts};
use crate::{Context, Result};

pub async fn list(context: &Context, _permit: &Permit<SeeContracts>, filter: &ChangeFilter) -> Result<Page<ChangeRow>> {
    Ok(store::changes::list(&mut *context.connection().await?, filter).await?)
}
