//! The settings of billing, and one tax.

use domain::ids::TaxId;
use domain::views::taxes::{BillingSettings, TaxDetail};

use crate::permit::{Permit, SeePlans};
use crate::{Context, Result};

pub async fn settings(context: &Context, _: &Permit<SeePlans>) -> Result<BillingSettings> {
    let connection = &mut *context.connection().await?;
    Ok(BillingSettings {
        today: context.clock.today(),
        billing_day: store::company::billing_day(connection).await?,
        taxes: store::taxes::all(connection).await?,
    })
}

pub async fn show(context: &Context, _: &Permit<SeePlans>, tax: TaxId) -> Result<TaxDetail> {
    let connection = &mut *context.connection().await?;
    Ok(TaxDetail { today: context.clock.today(), tax: store::taxes::get(connection, tax).await? })
}
