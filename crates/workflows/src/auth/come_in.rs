//! Coming into a customer's portal for the first time, with a code that staff handed over.

use domain::failure::{Failure, Problem};
use domain::portal::{contact_key, is_on_record};
use domain::role::Role;
use domain::views::portal_people::{ComeIn, Coming};
use store::attempts::What;
use store::portal_people::{self, FoundCode};
use store::users::{self, Account, NewAccount};

use super::{NewSession, Visitor, limit, password, session, subject};
use crate::record;
use crate::{Context, Result};

/// Uses the code up, makes its holder a user and begins a session. A code that is none, that was used, that is too old or
/// that comes without an address or a number of its customer has one answer.
///
/// # Errors
/// `Fields`; `TooManyAttempts`.
pub async fn come_in(context: &Context, visitor: &Visitor, form: &ComeIn) -> Result<NewSession> {
    let coming = form.check()?;
    let trying = limit::begin(context, What::PortalCode, &contact_key(&coming.contact), visitor).await?;
    let hash = password::hash(&form.password).await?;
    let now = context.clock.now();
    let mut transaction = context.begin().await?;
    let code = found(context, &mut transaction, &coming).await?;
    let account = account_of(context, &mut transaction, &code, &coming).await?;
    users::set_password(&mut transaction, account.id, &hash).await?;
    portal_people::use_code(&mut transaction, code.id, account.id, now).await?;
    store::password_resets::use_up_all(&mut transaction, account.id, now).await?;
    trying.forgive(&mut transaction).await?;
    let session = session::begin(context, &mut transaction, &account, visitor).await?;
    let actor = session::actor_of(&account);
    let subject = subject(account.id);
    record::audit_as(context, &mut transaction, &actor, "come_in", subject, None::<&()>, None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(session)
}

async fn found(context: &Context, transaction: &mut store::Transaction, coming: &Coming) -> Result<FoundCode> {
    let refused = Failure::field("code", Problem::UnknownCode);
    let mark = context.vault.mark(coming.code.as_str());
    let Some(code) = portal_people::lock_code(transaction, &mark, context.clock.now()).await? else {
        return Err(refused.into());
    };
    let (emails, phones) = portal_people::on_record(transaction, code.access.customer).await?;
    if is_on_record(&coming.contact, &emails, &phones) { Ok(code) } else { Err(refused.into()) }
}

/// A new user; or the one whom a mail invited that never arrived. Whoever has a password keeps it: a code opens nobody
/// else's account.
async fn account_of(
    context: &Context,
    transaction: &mut store::Transaction,
    code: &FoundCode,
    coming: &Coming,
) -> Result<Account> {
    let id = match users::by_email(transaction, &coming.email).await? {
        Some(known) => {
            // The mail may have come and be answered at this very moment.
            let known = users::lock(transaction, known.id).await?;
            if !is_waiting(&known, code) {
                return Err(Failure::field("email", Problem::Taken { by: coming.email.to_string() }).into());
            }
            portal_people::set_right(transaction, known.id, code.access.right).await?;
            known.id
        }
        None => {
            let language = store::customers::get(transaction, code.access.customer).await?.facts.language;
            let account = NewAccount {
                email: &coming.email,
                name: &code.name,
                role: Role::Customer,
                customer: Some(code.access),
                language,
                created_at: context.clock.now(),
            };
            users::add(transaction, account).await?
        }
    };
    Ok(users::lock(transaction, id).await?)
}

fn is_waiting(account: &Account, code: &FoundCode) -> bool {
    let here = account.customer.is_some_and(|access| access.customer == code.access.customer);
    here && account.password_hash.is_none() && account.disabled.is_none()
}
