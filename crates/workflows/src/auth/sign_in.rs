//! Signing in.

use domain::contact::Email;
use domain::failure::{Failure, FormCheck, Problem, required};
use domain::views::account::Credentials;
use store::attempts::What;
use store::users;

use super::{NewSession, Visitor, limit, password, session, subject};
use crate::record;
use crate::{Context, Result};

/// Begins a session, which waits for a code when there is a second factor. Whatever is wrong with address or password has the one answer `WrongCredentials`, after the same
/// work; too many failures have `TooManyAttempts`.
pub async fn sign_in(context: &Context, visitor: &Visitor, credentials: &Credentials) -> Result<NewSession> {
    let mut check = FormCheck::default();
    check.take("email", required(&credentials.email, 254));
    let typed = if credentials.password.expose().is_empty() { Err(Problem::Required) } else { Ok(()) };
    check.take("password", typed);
    check.finish()?;

    let trying = limit::begin(context, What::SignIn, &credentials.email, visitor).await?;
    let account = match credentials.email.parse::<Email>() {
        Ok(email) => users::by_email(&mut *context.connection().await?, &email).await?,
        Err(_) => None,
    };
    let account = account.filter(|account| account.disabled.is_none());
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = password::is_right(&credentials.password, hash).await?;
    let Some(account) = account.filter(|_| right) else { return Err(Failure::WrongCredentials.into()) };

    let mut transaction = context.begin().await?;
    trying.forgive(&mut transaction).await?;
    let session = session::begin(context, &mut transaction, &account, visitor).await?;
    if !session.waits_for_code {
        let actor = session::actor_of(&account);
        record::audit_as(context, &mut transaction, &actor, "sign_in", subject(account.id), None::<&()>, None::<&()>)
            .await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(session)
}
