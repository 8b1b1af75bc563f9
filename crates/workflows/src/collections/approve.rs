//! Letting a night that stopped go on, and making the cuts that wait for nothing any more.

use chrono::NaiveDate;
use domain::collections::Stop;
use domain::failure::{Blocker, Failure};
use domain::ids::ContractId;
use serde::Serialize;
use store::interlock::UnfinishedNight;

use super::step::park;
use super::{Cuts, STEP, cut_dates, reconcile_overdue_holds};
use crate::permit::{Actor, ApproveCuts, Permit, RunBusinessDay};
use crate::record::audit;
use crate::{Context, Result, runs};

/// Contracts looked at together.
const CHUNK: usize = 500;

/// Lets whom the night of `date` would have cut be cut, and nobody else. Whoever watches the nights hears of it and makes the
/// cuts at once ([`go_on`]): hundreds of them take longer than anybody waits for an answer.
///
/// # Errors
/// `Blocked` by `NothingToApprove`, or by `LaterNightRan`: approve that one.
pub async fn approve(context: &Context, permit: &Permit<ApproveCuts>, date: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let step = match store::interlock::lock_stopped(&mut transaction, date, STEP).await {
        Err(store::Error::NotFound) => return Err(blocked(Blocker::NothingToApprove).into()),
        step => step?,
    };
    if step.approved_at.is_some() {
        return Err(blocked(Blocker::NothingToApprove).into());
    }
    if store::runs::newest(&mut transaction).await? != Some(date) {
        return Err(blocked(Blocker::LaterNightRan).into());
    }
    let now = context.clock.now();
    store::interlock::approve(&mut transaction, date, STEP, permit.actor().user_id(), now).await?;
    let cuts = store::interlock::proposed(&mut transaction, date).await?.len();
    let approved = Approved { date, stops: &step.stops, cuts };
    audit(context, &mut transaction, permit, runs::subject(date), None::<&()>, Some(&approved)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn blocked(what: Blocker) -> Failure {
    Failure::Blocked { what }
}

/// As the audit shows it.
#[derive(Serialize)]
struct Approved<'a> {
    date: NaiveDate,
    stops: &'a [Stop],
    cuts: usize,
}

/// Makes the cuts that were approved, also those that an earlier try did not come to, and those whose hour has come. What
/// is approved on a forbidden day or hour waits for an allowed one. Each contract is looked at once more, so that whoever
/// paid or promised meanwhile is left alone.
pub async fn go_on(context: &Context, permit: &Permit<RunBusinessDay>) -> Result<()> {
    let actor = permit.actor();
    let nights = store::interlock::unfinished_nights(&mut *context.connection().await?).await?;
    for night in nights {
        for contract in ripe(context, night.date).await? {
            if let Err(error) = cut(context, actor, contract, night).await {
                park(context, contract, night.date, &error).await?;
                let mut connection = context.connection().await?;
                store::interlock::settle(&mut connection, night.date, contract, context.clock.now()).await?;
            }
        }
    }
    Ok(())
}

/// The cuts of a night that need not wait for their day or hour any more.
async fn ripe(context: &Context, date: NaiveDate) -> Result<Vec<ContractId>> {
    let mut connection = context.connection().await?;
    let dates = cut_dates(context, &mut connection, date).await?;
    let mut ripe = Vec::new();
    for chunk in store::interlock::proposed(&mut connection, date).await?.chunks(CHUNK) {
        let cases = store::collections::cases(&mut connection, chunk, date).await?;
        let now = cases.iter().filter(|case| !case.decide(&dates).waits_for_its_time());
        ripe.extend(now.map(|case| case.contract));
    }
    Ok(ripe)
}

async fn cut(context: &Context, actor: &Actor, contract: ContractId, night: UnfinishedNight) -> Result<()> {
    let date = night.date;
    let mut transaction = context.begin().await?;
    store::payments::lock_customers_of(&mut transaction, &[contract]).await?;
    // The one who approves and the scheduler may go on at the same time.
    if !store::interlock::settle(&mut transaction, date, contract, context.clock.now()).await? {
        return Ok(());
    }
    reconcile_overdue_holds(context, &mut transaction, actor, contract, date, Cuts::Make).await?;
    // The others were counted by the night that decided on them.
    store::runs::count(&mut transaction, date, STEP, night.approved.into(), 0).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
