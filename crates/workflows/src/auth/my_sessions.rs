//! A person's own sessions: where they are signed in.

use domain::failure::Failure;
use domain::ids::UserId;
use domain::views::account::SessionRow;
use store::sessions::{self, Digest};

use super::{SignedIn, subject};
use crate::record;
use crate::{Context, Result};

/// The open sessions, the latest used first.
pub async fn my_sessions(context: &Context, who: &SignedIn) -> Result<Vec<SessionRow>> {
    let mut connection = context.connection().await?;
    let sessions = sessions::of_user(&mut connection, who.user(), context.clock.now()).await?;
    Ok(rows(sessions, Some(who.digest())))
}

/// Sessions as screens show them; `current` is the one that asks.
pub(crate) fn rows(sessions: Vec<sessions::Listed>, current: Option<&Digest>) -> Vec<SessionRow> {
    let row = |session: sessions::Listed| SessionRow {
        current: current.is_some_and(|current| session.digest == current),
        key: hex::encode(&session.digest),
        began_at: session.began_at,
        seen_at: session.seen_at,
        address: session.address,
        user_agent: session.user_agent,
    };
    sessions.into_iter().map(row).collect()
}

/// Ends one of them, named by its `key`. Another person's is not found.
pub async fn end_session(context: &Context, who: &SignedIn, key: &str) -> Result<()> {
    let mut transaction = context.begin().await?;
    end(&mut transaction, who.user(), key).await?;
    let subject = subject(who.user());
    record::audit_as(context, &mut transaction, who.actor(), "end_session", subject, None::<&()>, None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Ends all of them but the one that asks.
pub async fn end_other_sessions(context: &Context, who: &SignedIn) -> Result<()> {
    let mut transaction = context.begin().await?;
    let ended = sessions::end_all(&mut transaction, who.user(), Some(who.digest())).await?;
    if ended > 0 {
        let subject = subject(who.user());
        record::audit_as(context, &mut transaction, who.actor(), "end_session", subject, None::<&()>, None::<&()>)
            .await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Ends a user's session, named by its `key`. Another's is not found.
pub(crate) async fn end(transaction: &mut store::Transaction, user: UserId, key: &str) -> Result<()> {
    let mut digest: Digest = [0; 32];
    hex::decode_to_slice(key, &mut digest).map_err(|_| Failure::NotFound)?;
    if !sessions::end(transaction, user, &digest).await? {
        return Err(Failure::NotFound.into());
    }
    Ok(())
}
