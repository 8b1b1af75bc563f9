//! Number series and what reconnecting costs: settings, and the second numbers that some countries want.

use chrono::NaiveDate;
use domain::failure::Failure;
use domain::ids::InvoiceId;
use domain::views::numbers::{CONTROL, NumberSettings, ReconnectionForm, SeriesForm};
use store::numbers::year_of;

use crate::permit::{EditDocuments, Permit};
use crate::record::{Subject, audit};
use crate::refused::unknown_choice;
use crate::{Context, Error, Result};

const SUBJECT: Subject = Subject { kind: "numbers", id: 1 };

/// Series of control numbers only where the country wants them.
pub async fn show(context: &Context, _: &Permit<EditDocuments>) -> Result<NumberSettings> {
    let mut connection = context.connection().await?;
    let rule = store::letterhead::tax_id_rule(&mut connection).await?;
    let mut series = store::numbers::list(&mut connection, context.clock.today()).await?;
    series.retain(|series| rule.control_numbers || series.kind != CONTROL);
    Ok(NumberSettings {
        series,
        reconnection: store::reconnection::terms(&mut connection).await?,
        currency: store::company::get(&mut connection).await?.currency,
        taxes: store::taxes::choices(&mut connection).await?,
    })
}

/// Documents keep the numbers that they have; the next one looks as the pattern says.
///
/// # Errors
/// `Fields`: `NotAPattern`; `NotFound` for a kind that has no series.
pub async fn save_series(context: &Context, permit: &Permit<EditDocuments>, form: &SeriesForm) -> Result<()> {
    let pattern = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let before = store::numbers::list(&mut transaction, context.clock.today()).await?;
    let before = before.into_iter().find(|series| series.kind == form.kind).ok_or(Failure::NotFound)?;
    store::numbers::save_pattern(&mut transaction, &form.kind, &pattern).await?;
    audit(context, &mut transaction, permit, SUBJECT, Some(&before.pattern), Some(&pattern)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// # Errors
/// `Fields`.
pub async fn save_reconnection(
    context: &Context,
    permit: &Permit<EditDocuments>,
    form: &ReconnectionForm,
) -> Result<()> {
    let terms = form.check()?;
    let mut transaction = context.begin().await?;
    let before = store::reconnection::terms(&mut transaction).await?;
    store::reconnection::save(&mut transaction, &terms)
        .await
        .map_err(|error| unknown_choice(error, &[("reconnection_tax_id_fkey", "tax")]))?;
    audit(context, &mut transaction, permit, SUBJECT, Some(&before), Some(&terms)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Gives documents that are being issued their control numbers, in their order, where the company's country wants them.
/// The counter is locked from here to the end of the transaction, so that none is left out.
pub(crate) async fn give_control_numbers(
    transaction: &mut store::Transaction,
    issued: &[InvoiceId],
    today: NaiveDate,
) -> Result<()> {
    if issued.is_empty() || !store::letterhead::tax_id_rule(transaction).await?.control_numbers {
        return Ok(());
    }
    let pattern = store::billing::number_pattern(transaction, CONTROL).await?;
    let count = i64::try_from(issued.len()).map_err(Error::internal)?;
    let first = store::billing::take_numbers(transaction, CONTROL, year_of(CONTROL, today), count).await?;
    let numbers: Vec<String> = (first..first + count).map(|n| pattern.number(today, n)).collect();
    Ok(store::numbers::save_control_numbers(transaction, issued, &numbers).await?)
}

/// The company's country decides what a customer's tax number looks like. One that is not changed is not looked at: it
/// may be older than the rule.
pub(crate) async fn check_tax_id(
    connection: &mut store::Connection,
    number: Option<&str>,
    before: Option<&str>,
) -> Result<()> {
    let Some(number) = number.filter(|number| before != Some(number)) else { return Ok(()) };
    let rule = store::letterhead::tax_id_rule(connection).await?;
    Ok(rule.check(number).map_err(|problem| Failure::field("tax_id", problem))?)
}
