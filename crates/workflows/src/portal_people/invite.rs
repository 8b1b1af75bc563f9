//! Inviting somebody by mail to a customer's portal.

use domain::contact::Email;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{CustomerId, UserId};
use domain::portal::{PortalAccess, PortalRight};
use domain::role::Role;
use domain::views::portal_people::PersonForm;
use serde::Serialize;
use store::users::{self, NewAccount};

use super::{BY_OWNER, lock, must_be_of};
use crate::auth::Visitor;
use crate::permit::{Actor, EditPortalAccess, OwnerScope, Permit};
use crate::users::send_invitation;
use crate::{Context, Result, auth, record};

/// Whom an owner brings to have in their portal, those who come no longer among them. Staff may invite more.
const MOST_PEOPLE: usize = 50;

/// # Errors
/// `Fields`, also for an address that somebody signs in with already; `NotFound`.
pub async fn invite(
    context: &Context,
    permit: &Permit<EditPortalAccess>,
    customer: CustomerId,
    form: &PersonForm,
) -> Result<UserId> {
    let mut transaction = context.begin().await?;
    let id = invite_to(context, &mut transaction, permit.actor(), permit.verb(), customer, form).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// Nobody fills a stranger's mailbox in the provider's name, nor tries out who signs in here.
///
/// # Errors
/// As [`invite`]; `TooManyAttempts`; `Blocked` by `EnoughPeople`.
pub async fn invite_mine(
    context: &Context,
    scope: &OwnerScope,
    visitor: &Visitor,
    form: &PersonForm,
) -> Result<UserId> {
    let (_, email, _) = form.check()?;
    auth::count_mail(context, email.as_str(), visitor).await?;
    let mut transaction = context.begin().await?;
    must_have_room(&mut transaction, scope.customer()).await?;
    let id = invite_to(context, &mut transaction, scope.actor(), BY_OWNER, scope.customer(), form).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// Locks the customer: two who invite at the same moment are counted one after the other.
async fn must_have_room(transaction: &mut store::Transaction, customer: CustomerId) -> Result<()> {
    store::payments::lock_customers(transaction, &[customer]).await?;
    let people = store::portal_people::people(transaction, customer).await?.len();
    if people < MOST_PEOPLE { Ok(()) } else { Err(Failure::Blocked { what: Blocker::EnoughPeople }.into()) }
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
/// As [`invite_again`]; `TooManyAttempts`.
pub async fn invite_mine_again(context: &Context, scope: &OwnerScope, visitor: &Visitor, user: UserId) -> Result<()> {
    let account = users::find(&mut *context.connection().await?, user).await?;
    must_be_of(&account, scope.customer())?;
    auth::count_mail(context, account.email.as_str(), visitor).await?;
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
    transaction: &mut store::Transaction,
    actor: &Actor,
    verb: &str,
    customer: CustomerId,
    form: &PersonForm,
) -> Result<UserId> {
    let (name, email, right) = form.check()?;
    // They read mails in the customer's language until they choose their own.
    let language = store::customers::get(transaction, customer).await?.facts.language;
    let account = NewAccount {
        email: &email,
        name: &name,
        role: Role::Customer,
        customer: Some(PortalAccess { customer, right }),
        language,
        created_at: context.clock.now(),
    };
    let id = users::add(transaction, account).await.map_err(|error| match error {
        store::Error::Taken { .. } => Failure::field("email", Problem::Taken { by: email.to_string() }).into(),
        error => crate::Error::from(error),
    })?;
    let account = users::lock(transaction, id).await?;
    send_invitation(context, transaction, &account).await?;
    let invited = Invited { name, email, right, customer };
    record::audit_as(context, transaction, actor, verb, auth::subject(id), None::<&()>, Some(&invited)).await?;
    Ok(id)
}

async fn send_again(context: &Context, actor: &Actor, verb: &str, customer: CustomerId, user: UserId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let account = lock(&mut transaction, customer, user).await?;
    if account.password_hash.is_some() || account.disabled.is_some() {
        return Err(Failure::Blocked { what: Blocker::NotInvited }.into());
    }
    send_invitation(context, &mut transaction, &account).await?;
    let after = serde_json::json!({ "invited_at": context.clock.now() });
    record::audit_as(context, &mut transaction, actor, verb, auth::subject(user), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
