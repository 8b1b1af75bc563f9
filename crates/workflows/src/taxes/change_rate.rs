//! Another rate from a day on, and taking that back while the day has not come.

use chrono::NaiveDate;
use domain::failure::{Failure, Problem};
use domain::ids::TaxId;
use domain::views::taxes::RateForm;

use super::subject;
use crate::permit::{EditBilling, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// Invoices issued from that day on have the rate, whatever period they bill.
///
/// # Errors
/// `Fields`, among them a day in the past.
pub async fn change_rate(context: &Context, permit: &Permit<EditBilling>, tax: TaxId, form: &RateForm) -> Result<()> {
    let change = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let before = store::taxes::get(&mut transaction, tax).await?.rates;
    store::taxes::change_rate(&mut transaction, tax, change).await?;
    let after = store::taxes::get(&mut transaction, tax).await?.rates;
    audit(context, &mut transaction, permit, subject(tax), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// # Errors
/// `NotFound` when no change was planned for that day; `Fields` when it has come.
pub async fn cancel_change(context: &Context, permit: &Permit<EditBilling>, tax: TaxId, from: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::taxes::get(&mut transaction, tax).await?.rates;
    if from <= context.clock.today() {
        return Err(Failure::field("from", Problem::InThePast).into());
    }
    store::taxes::remove_change(&mut transaction, tax, from).await?;
    let after = store::taxes::get(&mut transaction, tax).await?.rates;
    audit(context, &mut transaction, permit, subject(tax), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
