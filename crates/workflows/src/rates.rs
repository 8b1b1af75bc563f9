//! Rates of exchange: written down one by one or from a table, never guessed.

use domain::views::list::PageNumber;
use domain::views::rates::{PaymentSettingsForm, RateForm, Rates, parse_rates};
use store::rates;

use crate::permit::{EditRates, Permit, SeePayments};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// Settings are one row, and a rate has no number of its own.
const SUBJECT: Subject = Subject { kind: "rates", id: 0 };

/// The newest rates, and the settings.
pub async fn list(context: &Context, _: &Permit<SeePayments>, page: PageNumber) -> Result<Rates> {
    let mut connection = context.connection().await?;
    Ok(Rates {
        page: rates::list(&mut connection, page).await?,
        settings: rates::settings(&mut connection).await?,
        today: context.clock.today(),
        company: store::company::get(&mut connection).await?.currency,
    })
}

/// Writes a rate down; one of the same day is replaced.
///
/// # Errors
/// `Fields`.
pub async fn put(context: &Context, permit: &Permit<EditRates>, form: &RateForm) -> Result<()> {
    put_all(context, permit, &[form.check(context.clock.today())?]).await
}

/// Writes a table of rates down, all of it or nothing.
///
/// # Errors
/// `Fields`, with the line that cannot be read.
pub async fn import(context: &Context, permit: &Permit<EditRates>, lines: &str) -> Result<()> {
    put_all(context, permit, &parse_rates(lines, context.clock.today())?).await
}

async fn put_all(context: &Context, permit: &Permit<EditRates>, found: &[domain::exchange::Rate]) -> Result<()> {
    let mut transaction = context.begin().await?;
    for rate in found {
        rates::put(&mut transaction, rate, context.clock.now(), permit.actor().user_id()).await?;
    }
    audit(context, &mut transaction, permit, SUBJECT, None::<&()>, Some(&found)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Changes how payments in other currencies are taken, from now on.
///
/// # Errors
/// `Fields`.
pub async fn save_settings(context: &Context, permit: &Permit<EditRates>, form: &PaymentSettingsForm) -> Result<()> {
    let after = form.check()?;
    let mut transaction = context.begin().await?;
    let before = rates::settings(&mut transaction).await?;
    rates::save_settings(&mut transaction, &after).await?;
    audit(context, &mut transaction, permit, SUBJECT, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
