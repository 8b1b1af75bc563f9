//! What the provider decides about messages beside their words.

use domain::views::messages::{MessageSettings, QuietForm};

use crate::permit::{EditMessages, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

const QUIET: Subject = Subject { kind: "quiet_hours", id: 1 };

pub async fn settings(context: &Context, _: &Permit<EditMessages>) -> Result<MessageSettings> {
    let mut connection = context.connection().await?;
    Ok(MessageSettings {
        quiet: store::message_templates::quiet_hours(&mut connection).await?,
        ringing: context.ringing.clone(),
        own: store::message_templates::all_own(&mut connection).await?,
    })
}

/// # Errors
/// `Fields`.
pub async fn save_quiet_hours(context: &Context, permit: &Permit<EditMessages>, form: &QuietForm) -> Result<()> {
    let quiet = form.check()?;
    let mut transaction = context.begin().await?;
    let before = store::message_templates::quiet_hours(&mut transaction).await?;
    store::message_templates::save_quiet_hours(&mut transaction, quiet).await?;
    audit(context, &mut transaction, permit, QUIET, Some(&before), Some(&quiet)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
