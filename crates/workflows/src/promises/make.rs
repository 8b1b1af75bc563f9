//! Making a promise.

use domain::failure::{Blocker, Failure};
use domain::ids::{ContractId, PromiseId};
use domain::timeline::Event;
use domain::views::collections::PromiseForm;
use serde::Serialize;
use store::promises::NewPromise;

use super::{subject, terms_of};
use crate::collections::{Cuts, reconcile_overdue_holds};
use crate::permit::{Actor, EditPromises, Permit, Verb};
use crate::record::{audit_as, tell};
use crate::{Context, Result};

/// Writes a customer's word down: until its last day the debt cuts nobody, and what it had cut is restored at once.
///
/// # Errors
/// `Fields`; `Blocked` by `NothingLate`, or by `NoMorePromises` when the policy allows none, or one is open.
pub async fn make(
    context: &Context,
    permit: &Permit<EditPromises>,
    contract: ContractId,
    form: &PromiseForm,
) -> Result<PromiseId> {
    make_as(context, permit.actor(), contract, form).await
}

/// The same for customers, who make promises of their own.
pub(crate) async fn make_as(
    context: &Context,
    actor: &Actor,
    contract: ContractId,
    form: &PromiseForm,
) -> Result<PromiseId> {
    let mut transaction = context.begin().await?;
    store::payments::lock_customers_of(&mut transaction, &[contract]).await?;
    let customer = store::contracts::lock(&mut transaction, contract).await?.customer;
    let promise = understand(context, &mut transaction, actor, contract, form).await?;
    let id = store::promises::add(&mut transaction, &promise).await?;
    let (amount, until) = (promise.amount, promise.until);
    tell(context, &mut transaction, actor, customer, contract, &Event::PromiseMade { amount, until }).await?;
    reconcile_overdue_holds(context, &mut transaction, actor, contract, promise.made_on, Cuts::Leave).await?;
    let made = Made { contract, amount, until };
    audit_as(context, &mut transaction, actor, EditPromises::NAME, subject(id), None::<&()>, Some(&made)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

async fn understand(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: ContractId,
    form: &PromiseForm,
) -> Result<NewPromise> {
    let terms = terms_of(context, transaction, contract).await?;
    let latest = match (terms.late.is_positive(), terms.latest) {
        (false, _) => return Err(Failure::Blocked { what: Blocker::NothingLate }.into()),
        (true, None) => return Err(Failure::Blocked { what: Blocker::NoMorePromises }.into()),
        (true, Some(latest)) => latest,
    };
    let made_on = context.clock.today();
    let (amount, until) = form.check(made_on, latest, terms.late)?;
    Ok(NewPromise { contract, amount, made_on, made_at: context.clock.now(), made_by: actor.user_id(), until })
}

/// As the audit shows it.
#[derive(Serialize)]
struct Made {
    contract: ContractId,
    amount: domain::money::Money,
    until: chrono::NaiveDate,
}
