//! Inviting somebody by mail to a customer's portal.

use domain::contact::Email;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{CustomerId, UserId};
use domain::portal::{PortalAccess, PortalRight};
use domain::role::Role;
use domain::views::portal_people::PersonForm;
use serde::Serialize;
use store::users::{self, NewAccount};

use super::{BY_OWNER, lock};
use crate::permit::{Actor, EditPortalAccess, OwnerScope, Permit};
use crate::users::send_invitation;
use crate::{Context, Result, auth, record};

/// # Errors
/// `Fields`, also for an address that somebody signs in with already; `NotFound`.
pub async fn invite(
    context: &Context,
    permit: &Permit<EditPortalAccess>,
    customer: CustomerId,
    form: &PersonForm,
) -> Result<UserId> {
    invite_to(context, permit.actor(), permit.verb(), customer, form).await
}

/// # Errors
/// As [`invite`].
pub async fn invite_mine(context: &Context, scope: &OwnerScope, form: &PersonForm) -> Result<UserId> {
    invite_to(context, scope.actor(), BY_OWNER, scope.customer(), form).await
}

/// Sends another invitation to somebody who has not chosen a password yet.
///
/// # Errors
/// `NotFound` for another customer's; `Blocked` by `NotInvited`.
pub async fn invite_again(
    context: &Context,
    permit: &Permit<EditPortalAccess>,
    customer: CustomerId,
    user: UserId,
) -> Result<()> {
    send_again(context, permit.actor(), permit.verb(), customer, user).await
}

/// # Errors
/// As [`invite_again`].
pub async fn invite_mine_again(context: &Context, scope: &OwnerScope, user: UserId) -> Result<()> {
    send_again(context, scope.actor(), BY_OWNER, scope.customer(), user).await
}

/// As the audit tells it.
#[derive(Serialize)]
struct Invited {
    name: String,
    email: Email,
    right: PortalRight,
    customer: CustomerId,
}

async fn invite_to(
    context: &Context,
    actor: &Actor,
    verb: &str,
    customer: CustomerId,
    form: &PersonForm,
) -> Result<UserId> {
    let (name, email, right) = form.check()?;
    let mut transaction = context.begin().await?;
    // They read mails in the customer's language until they choose their own.
    let language = store::customers::get(&mut transaction, customer).await?.facts.language;
    let account = NewAccount {
        email: &email,
        name: &name,
        role: Role::Customer,
        customer: Some(PortalAccess { customer, right }),
        language,
        created_at: context.clock.now(),
    };
    let id = users::add(&mut transaction, account).await.map_err(|error| match error {
        store::Error::Taken { .. } => Failure::field("email", Problem::Taken { by: email.to_string() }).into(),
        error => crate::Error::from(error),
    })?;
    let account = users::lock(&mut transaction, id).await?;
    send_invitation(context, &mut transaction, &account).await?;
    let invited = Invited { name, email, right, customer };
    record::audit_as(context, &mut transaction, actor, verb, auth::subject(id), None::<&()>, Some(&invited)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

async fn send_again(context: &Context, actor: &Actor, verb: &str, customer: CustomerId, user: UserId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let account = lock(&mut transaction, customer, user).await?;
    if account.password_hash.is_some() || account.disabled_at.is_some() {
        return Err(Failure::Blocked { what: Blocker::NotInvited }.into());
    }
    send_invitation(context, &mut transaction, &account).await?;
    let after = serde_json::json!({ "invited_at": context.clock.now() });
    record::audit_as(context, &mut transaction, actor, verb, auth::subject(user), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
