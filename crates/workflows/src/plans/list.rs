//! The list of plans.

use domain::views::list::Page;
use domain::views::plans::{PlanFilter, PlanRow};

use crate::permit::{Permit, SeePlans};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeePlans>, filter: &PlanFilter) -> Result<Page<PlanRow>> {
    Ok(store::plans::list(&mut *context.connection().await?, filter).await?)
}
