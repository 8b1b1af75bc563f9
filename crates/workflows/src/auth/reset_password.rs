//! Choosing a password by a link that came by mail: a reset, or an invitation.

use domain::failure::{Failure, FormCheck, Problem};
use domain::views::account::ResetPassword;
use store::{password_resets, sessions, users};

use super::{NewSession, Token, Visitor, password, session, subject};
use crate::{Context, Result, mail, record};

/// Sets the password, ends all sessions of the person and begins a new one. A link that was used, is too old or never
/// was is `LinkExpired`.
pub async fn reset_password(context: &Context, visitor: &Visitor, form: &ResetPassword) -> Result<NewSession> {
    let digest = Token::parse(&form.token).ok_or(Failure::LinkExpired)?.digest();
    let now = context.clock.now();
    let mut connection = context.connection().await?;
    let user = password_resets::find(&mut connection, &digest, now).await?.ok_or(Failure::LinkExpired)?;
    let email = users::find(&mut connection, user).await?.email;
    drop(connection);

    let mut check = FormCheck::default();
    check.take("password", form.password.check(email.as_str()));
    let repeated_password = if form.repeated_password == form.password { Ok(()) } else { Err(Problem::DoesNotMatch) };
    check.take("repeated_password", repeated_password);
    check.finish()?;
    let hash = password::hash(&form.password).await?;

    let mut transaction = context.begin().await?;
    let account = users::lock(&mut transaction, user).await?;
    if !password_resets::use_up(&mut transaction, &digest, user, now).await? {
        return Err(Failure::LinkExpired.into());
    }
    let first = account.password_hash.is_none();
    users::set_password(&mut transaction, user, &hash).await?;
    sessions::end_all(&mut transaction, user, None).await?;
    let session = session::begin(context, &mut transaction, &account, visitor).await?;
    if !first {
        let text = mail::texts::password_changed(account.language, &account.name, &context.public_url);
        mail::send(context, &mut transaction, &account.email, &text).await?;
    }
    let actor = session::actor_of(&account);
    let verb = if first { "accept_invitation" } else { "reset_password" };
    record::audit_as(context, &mut transaction, &actor, verb, subject(user), None::<&()>, None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(session)
}
