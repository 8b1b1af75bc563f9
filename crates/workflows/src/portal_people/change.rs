//! What somebody may do in a customer's portal, and that they may come in no longer. People are never deleted: payments
//! and the audit name them. Nobody does either to themselves, so that a portal keeps an owner.

use domain::failure::{Blocker, Failure};
use domain::ids::{CustomerId, UserId};
use domain::portal::{DisabledBy, PortalRight};
use serde::Serialize;
use store::users::Disabled;

use super::{BY_OWNER, lock};
use crate::permit::{Actor, EditPortalAccess, OwnerScope, Permit};
use crate::{Context, Result, auth, record, users};

/// # Errors
/// `NotFound` for another customer's.
pub async fn change_right(
    context: &Context,
    permit: &Permit<EditPortalAccess>,
    customer: CustomerId,
    user: UserId,
    right: PortalRight,
) -> Result<()> {
    set_right(context, permit.actor(), permit.verb(), customer, user, right).await
}

/// # Errors
/// As [`change_right`]; `Blocked` by `Yourself`.
pub async fn change_my_right(context: &Context, scope: &OwnerScope, user: UserId, right: PortalRight) -> Result<()> {
    must_be_another(scope, user)?;
    set_right(context, scope.actor(), BY_OWNER, scope.customer(), user, right).await
}

/// Keeps somebody out from this moment: open sessions end, and links that were sent do not work any more.
///
/// # Errors
/// `NotFound` for another customer's.
pub async fn end_access(
    context: &Context,
    permit: &Permit<EditPortalAccess>,
    customer: CustomerId,
    user: UserId,
) -> Result<()> {
    end(context, permit.actor(), permit.verb(), customer, user, DisabledBy::Staff).await
}

/// # Errors
/// As [`end_access`]; `Blocked` by `Yourself`.
pub async fn end_my_access(context: &Context, scope: &OwnerScope, user: UserId) -> Result<()> {
    must_be_another(scope, user)?;
    end(context, scope.actor(), BY_OWNER, scope.customer(), user, DisabledBy::Owner).await
}

/// Lets somebody in again, with the password that they had.
///
/// # Errors
/// `NotFound` for another customer's.
pub async fn restore_access(
    context: &Context,
    permit: &Permit<EditPortalAccess>,
    customer: CustomerId,
    user: UserId,
) -> Result<()> {
    restore(context, permit.actor(), permit.verb(), customer, user, DisabledBy::Staff).await
}

/// # Errors
/// As [`restore_access`]; `Blocked` by `KeptOutByStaff`.
pub async fn restore_my_access(context: &Context, scope: &OwnerScope, user: UserId) -> Result<()> {
    restore(context, scope.actor(), BY_OWNER, scope.customer(), user, DisabledBy::Owner).await
}

fn must_be_another(scope: &OwnerScope, user: UserId) -> Result<(), Failure> {
    if scope.actor().user_id() == Some(user) { Err(Failure::Blocked { what: Blocker::Yourself }) } else { Ok(()) }
}

#[derive(Serialize)]
struct Right {
    right: PortalRight,
}

#[derive(Serialize)]
struct Access {
    disabled: Option<Disabled>,
}

async fn set_right(
    context: &Context,
    actor: &Actor,
    verb: &str,
    customer: CustomerId,
    user: UserId,
    right: PortalRight,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let account = lock(&mut transaction, customer, user).await?;
    let before = account.customer.map(|access| Right { right: access.right });
    store::portal_people::set_right(&mut transaction, user, right).await?;
    let (subject, after) = (auth::subject(user), Right { right });
    record::audit_as(context, &mut transaction, actor, verb, subject, before.as_ref(), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn end(
    context: &Context,
    actor: &Actor,
    verb: &str,
    customer: CustomerId,
    user: UserId,
    by: DisabledBy,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = lock(&mut transaction, customer, user).await?.disabled;
    // Staff keep out whom the owner does, too: then only staff let them in again.
    if before.is_some_and(|before| before.by == by || before.by == DisabledBy::Staff) {
        return Ok(());
    }
    let after = users::keep_out(context, &mut transaction, user, by).await?;
    audit(context, &mut transaction, actor, verb, user, (before, Some(after))).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn restore(
    context: &Context,
    actor: &Actor,
    verb: &str,
    customer: CustomerId,
    user: UserId,
    by: DisabledBy,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = lock(&mut transaction, customer, user).await?.disabled;
    match before {
        None => return Ok(()),
        Some(Disabled { by: DisabledBy::Staff, .. }) if by == DisabledBy::Owner => {
            return Err(Failure::Blocked { what: Blocker::KeptOutByStaff }.into());
        }
        Some(_) => {}
    }
    store::users::set_disabled(&mut transaction, user, None).await?;
    audit(context, &mut transaction, actor, verb, user, (before, None)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn audit(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    verb: &str,
    user: UserId,
    (before, after): (Option<Disabled>, Option<Disabled>),
) -> Result<()> {
    let (before, after) = (Access { disabled: before }, Access { disabled: after });
    record::audit_as(context, transaction, actor, verb, auth::subject(user), Some(&before), Some(&after)).await
}
