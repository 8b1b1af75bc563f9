//! Signing out.

use store::sessions;

use super::{Who, subject};
use crate::record;
use crate::{Context, Result};

/// Ends the session that asks, open or not.
pub async fn sign_out(context: &Context, who: &Who) -> Result<()> {
    let mut transaction = context.begin().await?;
    sessions::end(&mut transaction, who.user(), who.digest()).await?;
    let subject = subject(who.user());
    record::audit_as(context, &mut transaction, who.actor(), "sign_out", subject, None::<&()>, None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
