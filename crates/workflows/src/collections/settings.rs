//! When a night asks before it cuts, and the days off.

use chrono::NaiveDate;
use domain::failure::{Failure, Problem};
use domain::views::collections::{CollectionSettings, HolidayForm, InterlockForm};

use crate::permit::{EditPolicies, Permit, SeePlans};
use crate::record::{Subject, audit};
use crate::{Context, Result};

const INTERLOCK: Subject = Subject { kind: "interlock", id: 1 };
const HOLIDAYS: Subject = Subject { kind: "holiday", id: 1 };

pub async fn settings(context: &Context, _: &Permit<SeePlans>) -> Result<CollectionSettings> {
    let mut connection = context.connection().await?;
    let interlock = store::interlock::get(&mut connection).await?;
    let active = store::interlock::active_contracts(&mut connection).await?;
    let holidays = store::interlock::holidays(&mut connection).await?;
    Ok(CollectionSettings { most: interlock.most(active), interlock, active, holidays })
}

/// # Errors
/// `Fields`.
pub async fn change_interlock(context: &Context, permit: &Permit<EditPolicies>, form: &InterlockForm) -> Result<()> {
    let interlock = form.check()?;
    let mut transaction = context.begin().await?;
    let before = store::interlock::get(&mut transaction).await?;
    store::interlock::save(&mut transaction, &interlock).await?;
    audit(context, &mut transaction, permit, INTERLOCK, Some(&before), Some(&interlock)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// # Errors
/// `Fields`, among them a date that is a holiday already.
pub async fn add_holiday(context: &Context, permit: &Permit<EditPolicies>, form: &HolidayForm) -> Result<()> {
    let holiday = form.check()?;
    let mut transaction = context.begin().await?;
    store::interlock::add_holiday(&mut transaction, &holiday).await.map_err(|error| match error {
        store::Error::Taken { .. } => Failure::field("on", Problem::Taken { by: holiday.on.to_string() }).into(),
        error => crate::Error::from(error),
    })?;
    audit(context, &mut transaction, permit, HOLIDAYS, None::<&()>, Some(&holiday)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// # Errors
/// `NotFound`.
pub async fn remove_holiday(context: &Context, permit: &Permit<EditPolicies>, on: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let holiday = store::interlock::remove_holiday(&mut transaction, on).await?;
    audit(context, &mut transaction, permit, HOLIDAYS, Some(&holiday), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
