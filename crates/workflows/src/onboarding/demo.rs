//! A demo has simulated routers from the factory, on addresses of this machine.

use crate::permit::{OnboardRouters, Permit};
use crate::{Context, Result};

/// Says where they are, for the hint on the screen.
pub async fn offer_range(context: &Context, _: &Permit<OnboardRouters>, range: Option<&str>) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::network_scans::save_demo_range(&mut transaction, range).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
