//! Where a user is signed in.

use domain::ids::UserId;
use domain::views::account::SessionRow;
use serde::Serialize;
use store::sessions as stored;

use crate::permit::{EditUsers, Permit, SeeUsers};
use crate::{Context, Result, auth, record};

/// The user's open sessions, the latest used first.
pub async fn sessions(context: &Context, _: &Permit<SeeUsers>, user: UserId) -> Result<Vec<SessionRow>> {
    let found = stored::of_user(&mut *context.connection().await?, user, context.clock.now()).await?;
    Ok(auth::rows(found, None))
}

/// Ends one of them, named by its `key`.
pub async fn end_session(context: &Context, permit: &Permit<EditUsers>, user: UserId, key: &str) -> Result<()> {
    let mut transaction = context.begin().await?;
    auth::end(&mut transaction, user, key).await?;
    note(context, &mut transaction, permit, user, 1).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Ends all of them.
pub async fn end_sessions(context: &Context, permit: &Permit<EditUsers>, user: UserId) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::users::lock(&mut transaction, user).await?;
    let ended = stored::end_all(&mut transaction, user, None).await?;
    if ended > 0 {
        note(context, &mut transaction, permit, user, ended).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[derive(Serialize)]
struct Ended {
    ended_sessions: u64,
}

async fn note(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<EditUsers>,
    user: UserId,
    ended_sessions: u64,
) -> Result<()> {
    let after = Ended { ended_sessions };
    record::audit(context, transaction, permit, auth::subject(user), None::<&()>, Some(&after)).await
}
