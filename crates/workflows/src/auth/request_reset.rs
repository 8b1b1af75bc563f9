//! Asking for a link that lets one choose a new password.

use chrono::Duration;
use domain::contact::Email;
use domain::failure::{FormCheck, Problem};
use domain::ids::UserId;
use store::{password_resets, users};

use super::{Token, Visitor, limit, session, subject};
use crate::{Context, Result, mail, record};

const RESET_LIFE: Duration = Duration::hours(1);
/// An invitation waits longer: nobody is sitting at the screen.
pub(crate) const INVITATION_LIFE: Duration = Duration::days(7);

/// Sends a link that works once, for an hour, to whoever has the address. The answer is the same when nobody has.
pub async fn request_reset(context: &Context, visitor: &Visitor, email: &str) -> Result<()> {
    let mut check = FormCheck::default();
    let address = check.take("email", email.parse::<Email>().map_err(|_| Problem::NotAnEmail));
    check.finish()?;
    let Some(address) = address else { return Ok(()) };

    limit::count_mail(context, email, visitor).await?;
    let mut transaction = context.begin().await?;
    let account = users::by_email(&mut transaction, &address).await?.filter(|account| account.disabled.is_none());
    if let Some(account) = account {
        let link = new_link(context, &mut transaction, account.id, RESET_LIFE).await?;
        let text = mail::texts::password_reset(account.language, &account.name, &link);
        mail::send(context, &mut transaction, &account.email, &text).await?;
        let actor = session::actor_of(&account);
        let subject = subject(account.id);
        record::audit_as(context, &mut transaction, &actor, "request_reset", subject, None::<&()>, None::<&()>).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// A link that lets `user` choose a password once, within `life`.
pub(crate) async fn new_link(
    context: &Context,
    transaction: &mut store::Transaction,
    user: UserId,
    life: Duration,
) -> Result<String> {
    let token = Token::fresh();
    let now = context.clock.now();
    password_resets::add(transaction, &token.digest(), user, now, now + life).await?;
    Ok(format!("{}/reset?token={}", context.public_url, token.text()))
}
