//! Inviting a user who has not chosen a password yet, once more.

use domain::failure::{Blocker, Failure};
use domain::ids::UserId;
use store::users::{self, Account};

use crate::permit::{EditUsers, Permit};
use crate::{Context, Result, auth, mail, record};

/// Sends another invitation. Somebody who has a password already asks for a reset link.
pub async fn invite(context: &Context, permit: &Permit<EditUsers>, user: UserId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let account = users::lock(&mut transaction, user).await?;
    if account.password_hash.is_some() || account.disabled.is_some() {
        return Err(Failure::Blocked { what: Blocker::NotInvited }.into());
    }
    send_invitation(context, &mut transaction, &account).await?;
    let after = Invited { invited_at: context.clock.now() };
    record::audit(context, &mut transaction, permit, auth::subject(user), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[derive(serde::Serialize)]
struct Invited {
    invited_at: chrono::DateTime<chrono::Utc>,
}

/// By mail: a link to choose a password.
pub(crate) async fn send_invitation(
    context: &Context,
    transaction: &mut store::Transaction,
    account: &Account,
) -> Result<()> {
    let link = auth::new_link(context, transaction, account.id, auth::INVITATION_LIFE).await?;
    let company = store::company::get(transaction).await?.name;
    let text = mail::texts::invitation(account.language, &account.name, &company, &link);
    mail::send(context, transaction, &account.email, &text).await.map(drop)
}
