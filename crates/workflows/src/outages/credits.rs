//! The night's step of outages: the days of those that are over come back to whoever sat in them, by the provider's rule.
//! Days that are not billed yet wait for their invoice; the database lets no day come back twice.

use chrono::NaiveDate;
use domain::billing::ParkReason;
use domain::calendar::DateRange;
use domain::credit::CreditBecause;
use domain::ids::{ContractId, ContractLineId};
use store::contract_lines::Line;

use crate::permit::Actor;
use crate::{Context, Error, Result, invoices};

const CHUNK: i64 = 500;
/// The step's name in the ledger.
pub(crate) const STEP: &str = "outages";

/// Who is given something is decided here, so that the night knows how many they are.
pub(crate) async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    let mut connection = context.connection().await?;
    let from_days = store::ticket_settings::limits(&mut connection).await?.credit_from_days;
    for outage in store::outage_credits::undecided(&mut connection, date).await? {
        let mut transaction = context.begin().await?;
        store::outage_credits::decide(&mut transaction, outage, from_days, date).await?;
        transaction.commit().await.map_err(store::Error::from)?;
    }
    Ok(store::outage_credits::count_waiting(&mut connection).await?)
}

pub(crate) async fn run_step(context: &Context, actor: &Actor, date: NaiveDate) -> Result<()> {
    let mut after = ContractId(0);
    loop {
        let mut connection = context.connection().await?;
        let chunk = store::outage_credits::waiting(&mut connection, after, CHUNK).await?;
        drop(connection);
        let Some(last) = chunk.last().copied() else { return Ok(()) };
        for contract in chunk {
            credit_or_park(context, actor, contract, date).await?;
        }
        after = last;
    }
}

/// One contract alone, that an earlier night left out.
pub(crate) async fn retry(context: &Context, actor: &Actor, contract: ContractId, date: NaiveDate) -> Result<()> {
    credit_or_park(context, actor, contract, date).await
}

async fn credit_or_park(context: &Context, actor: &Actor, contract: ContractId, date: NaiveDate) -> Result<()> {
    let Err(error) = credit(context, actor, contract, date).await else { return Ok(()) };
    let number = crate::error::incident(&error);
    tracing::error!(%contract, incident = number, "a contract was left out of the credits for an outage");
    let mut transaction = context.begin().await?;
    let reason = ParkReason::Incident { number };
    store::runs::park(&mut transaction, date, STEP, contract, &reason, context.clock.now()).await?;
    store::runs::count(&mut transaction, date, STEP, 0, 1).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn credit(context: &Context, actor: &Actor, contract: ContractId, date: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let customers = store::payments::lock_customers_of(&mut transaction, &[contract]).await?;
    let today = context.clock.today();
    let lines = store::contract_lines::of_contract(&mut transaction, contract).await?;
    let recurring: Vec<ContractLineId> =
        lines.iter().filter(|line| line.facts.terms.is_some()).map(|line| line.id).collect();
    for (outage, place, days) in store::outage_credits::of_contract(&mut transaction, contract).await? {
        if !lines.iter().all(|line| is_billed(line, days)) {
            continue;
        }
        let because = CreditBecause::Outage { place, days };
        invoices::credit_days(context, &mut transaction, actor, &recurring, days, &because).await?;
        store::outage_credits::settle(&mut transaction, outage, contract, days, today).await?;
    }
    for customer in customers {
        invoices::settle(context, &mut transaction, actor, customer, today).await?;
    }
    store::runs::unpark(&mut transaction, STEP, &[contract], context.clock.now()).await?;
    store::runs::count(&mut transaction, date, STEP, 1, 0).await?;
    transaction.commit().await.map_err(|error| Error::from(store::Error::from(error)))
}

/// Whether all of the days that the line will ever be charged for are.
fn is_billed(line: &Line, days: DateRange) -> bool {
    let done = line.dates.next_invoice_on.is_none();
    let later = line.dates.starts_on.is_none_or(|starts| starts >= days.end());
    let through = line.dates.billed_through.is_some_and(|through| through >= days.end());
    line.facts.terms.is_none() || done || later || through
}
