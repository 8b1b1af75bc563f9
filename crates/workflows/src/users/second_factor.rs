//! Taking a user's second factor away, for whoever lost the phone and the recovery codes.

use domain::failure::{Blocker, Failure};
use domain::ids::UserId;
use serde::Serialize;
use store::{second_factors, sessions, users};

use crate::permit::{EditUsers, Permit};
use crate::{Context, Result, auth, mail, record};

/// Forgets it and ends the user's sessions: the password alone lets them in, and a mail tells them so. Nobody does it to
/// themselves: turning one's own off takes the password and a code, also where a browser was left open.
pub async fn reset_second_factor(context: &Context, permit: &Permit<EditUsers>, user: UserId) -> Result<()> {
    if permit.actor().user_id() == Some(user) {
        return Err(Failure::Blocked { what: Blocker::OwnSecondFactor }.into());
    }
    let mut transaction = context.begin().await?;
    let account = users::lock(&mut transaction, user).await?;
    if !second_factors::remove(&mut transaction, user).await? {
        return Err(Failure::Blocked { what: Blocker::NoSecondFactor }.into());
    }
    sessions::end_all(&mut transaction, user, None).await?;
    let text = mail::texts::second_factor_off(account.language, &account.name, &context.public_url);
    mail::send(context, &mut transaction, &account.email, &text).await?;
    let (before, after) = (Has { second_factor: true }, Has { second_factor: false });
    record::audit(context, &mut transaction, permit, auth::subject(user), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[derive(Serialize)]
struct Has {
    second_factor: bool,
}
