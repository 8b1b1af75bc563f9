//! Keeping a user out, and letting them in again. Users are never deleted: the audit names them.

use domain::ids::UserId;
use domain::portal::DisabledBy;
use serde::Serialize;
use store::users::Disabled;
use store::{password_resets, sessions, users};

use super::last_administrator::refuse_if_last;
use crate::permit::{EditUsers, Permit};
use crate::{Context, Result, auth, record};

/// Keeps the user out from this moment: open sessions end, and links that were sent do not work any more.
pub async fn disable(context: &Context, permit: &Permit<EditUsers>, user: UserId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let account = users::find(&mut transaction, user).await?;
    refuse_if_last(&mut transaction, &account).await?;
    let before = users::lock(&mut transaction, user).await?.disabled;
    if before.is_some() {
        return Ok(());
    }
    let after = keep_out(context, &mut transaction, user, DisabledBy::Staff).await?;
    audit(context, &mut transaction, permit, user, before, Some(after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// From this moment.
pub(crate) async fn keep_out(
    context: &Context,
    transaction: &mut store::Transaction,
    user: UserId,
    by: DisabledBy,
) -> Result<Disabled> {
    let disabled = Disabled { at: context.clock.now(), by };
    users::set_disabled(transaction, user, Some(disabled)).await?;
    sessions::end_all(transaction, user, None).await?;
    password_resets::use_up_all(transaction, user, disabled.at).await?;
    Ok(disabled)
}

/// Lets the user in again, with the password that they had.
pub async fn enable(context: &Context, permit: &Permit<EditUsers>, user: UserId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = users::lock(&mut transaction, user).await?.disabled;
    if before.is_none() {
        return Ok(());
    }
    users::set_disabled(&mut transaction, user, None).await?;
    audit(context, &mut transaction, permit, user, before, None).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[derive(Serialize)]
struct Access {
    disabled: Option<Disabled>,
}

async fn audit(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<EditUsers>,
    user: UserId,
    before: Option<Disabled>,
    after: Option<Disabled>,
) -> Result<()> {
    let (before, after) = (Access { disabled: before }, Access { disabled: after });
    record::audit(context, transaction, permit, auth::subject(user), Some(&before), Some(&after)).await
}
