//! What is leased, and ends when.

use domain::views::leases::{LeaseFilter, LeaseRow};
use domain::views::list::Page;

use crate::permit::{Permit, SeeContracts};
use crate::{Context, Result};

/// Those that run first, by their end.
pub async fn list(context: &Context, _permit: &Permit<SeeContracts>, filter: &LeaseFilter) -> Result<Page<LeaseRow>> {
    Ok(store::leases::list(&mut *context.connection().await?, filter, context.clock.today()).await?)
}
