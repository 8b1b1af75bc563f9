//! Somebody says that a transfer was made.

use chrono::Duration;
use domain::collections::ProvisionalReconnection;
use domain::failure::{Failure, Problem};
use domain::ids::{CustomerId, TransferReportId};
use domain::money::Money;
use domain::views::list::Choice;
use domain::views::transfers::{TransferForm, TransferOffer};
use store::transfer_reports::{self, Reported};

use super::subject;
use crate::collections::{Cuts, reconcile_overdue_holds};
use crate::payments::{counter_of, refuse_known_transfer};
use crate::permit::{Actor, CustomerScope, PayerScope, Permit, ReportTransfers, Verb};
use crate::record::{audit_as, fresh_key};
use crate::{Context, Error, Result, files};

/// What the form for a customer's transfer starts with.
///
/// # Errors
/// `NotFound`.
pub async fn offer(context: &Context, _: &Permit<ReportTransfers>, customer: CustomerId) -> Result<TransferOffer> {
    offer_for(context, customer).await
}

/// The same in the portal.
pub async fn offer_mine(context: &Context, scope: &CustomerScope) -> Result<TransferOffer> {
    offer_for(context, scope.customer()).await
}

async fn offer_for(context: &Context, customer: CustomerId) -> Result<TransferOffer> {
    let mut connection = context.connection().await?;
    let name = store::customers::get(&mut connection, customer).await?.facts.name;
    let counter = counter_of(context, &mut connection, customer).await?;
    let currency = counter.currency;
    Ok(TransferOffer {
        customer: Choice { id: customer, name },
        currency,
        currencies: counter.currencies(),
        today: context.clock.today(),
        debt: counter.debt(),
        idempotency_key: fresh_key(),
    })
}

/// Staff report a transfer that a customer told them about.
///
/// # Errors
/// `Fields`, among them a reference that is known (`Taken` by a receipt or another report); `NotFound`.
pub async fn report(
    context: &Context,
    permit: &Permit<ReportTransfers>,
    customer: CustomerId,
    form: &TransferForm,
) -> Result<TransferReportId> {
    report_for(context, permit.actor(), customer, form).await
}

/// Customers report their own.
///
/// # Errors
/// `Fields`, as above.
pub async fn report_mine(context: &Context, scope: &PayerScope, form: &TransferForm) -> Result<TransferReportId> {
    report_for(context, scope.actor(), scope.customer(), form).await
}

async fn report_for(
    context: &Context,
    actor: &Actor,
    customer: CustomerId,
    form: &TransferForm,
) -> Result<TransferReportId> {
    let mut transaction = context.begin().await?;
    store::customers::get(&mut transaction, customer).await?;
    let currency = counter_of(context, &mut transaction, customer).await?.currency;
    let transfer = form.check(currency, context.clock.today())?;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let key = &transfer.idempotency_key;
    if let Some(before) = transfer_reports::by_idempotency_key(&mut transaction, customer, key).await? {
        return Ok(before);
    }
    refuse_known_transfer(&mut transaction, &transfer.reference).await?;
    let reported = Reported { customer, at: context.clock.now(), by: actor.user_id() };
    let report = transfer_reports::add(&mut transaction, &transfer, reported)
        .await
        .map_err(|error| taken(error, &transfer.reference))?;
    files::claim(context, &mut transaction, actor.user_id(), transfer.evidence.as_slice(), "files").await?;
    reconnect(context, &mut transaction, actor, customer, report, transfer.amount).await?;
    let verb = ReportTransfers::NAME;
    audit_as(context, &mut transaction, actor, verb, subject(report), None::<&()>, Some(&transfer)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(report)
}

/// Brings back what a debt cut, for a while and so many times a year, where the policy says so and as far as the transfer
/// covers what is late. What it is worth is seen when it is approved or rejected.
async fn reconnect(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    customer: CustomerId,
    report: TransferReportId,
    amount: Money,
) -> Result<()> {
    let today = context.clock.today();
    let since = context.clock.now() - Duration::days(365);
    let before = transfer_reports::reconnecting_since(transaction, customer, since).await?;
    let contracts = store::holds::active_contracts(transaction, customer).await?;
    let cases = store::collections::cases(transaction, &contracts, today).await?;
    for reconnection in ProvisionalReconnection::of_report(amount, &cases, today, before) {
        transfer_reports::reconnect(transaction, report, reconnection).await?;
        reconcile_overdue_holds(context, transaction, actor, reconnection.contract, today, Cuts::Leave).await?;
    }
    Ok(())
}

/// Reported by another at the same moment.
fn taken(error: store::Error, reference: &str) -> Error {
    match error {
        store::Error::Taken { ref constraint } if constraint == "transfer_reports_reference" => {
            Failure::field("reference", Problem::Taken { by: reference.to_owned() }).into()
        }
        error => error.into(),
    }
}
