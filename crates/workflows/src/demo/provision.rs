//! What a demo asks of its database.

use domain::money::Currency;

use crate::permit::{ManageJobs, Permit};
use crate::{Context, Result, jobs};

/// Every router is to hold what it should: those of a demo forget everything when their process ends.
pub async fn provision_everything(context: &Context, _permit: &Permit<ManageJobs>) -> Result<()> {
    let mut transaction = context.begin().await?;
    let services = store::service_settings::unreleased(&mut transaction).await?;
    jobs::enqueue_provisions(context, &mut transaction, &services).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

pub async fn has_customers(context: &Context) -> Result<bool> {
    let mut connection = context.connection().await?;
    Ok(store::customers::are_there(&mut connection).await?)
}

/// The currency that the company bills in.
pub async fn currency(context: &Context) -> Result<Currency> {
    let mut connection = context.connection().await?;
    Ok(store::company::get(&mut connection).await?.currency)
}
