//! The language in which Ramal writes to a person.

use domain::contact::Language;
use store::users;

use super::{SignedIn, subject};
use crate::record;
use crate::{Context, Result};

pub async fn change_language(context: &Context, who: &SignedIn, language: Language) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = users::lock(&mut transaction, who.user()).await?.language;
    if before == language {
        return Ok(());
    }
    users::set_language(&mut transaction, who.user(), language).await?;
    let (before, after) = (LanguageOf { language: before }, LanguageOf { language });
    let subject = subject(who.user());
    record::audit_as(context, &mut transaction, who.actor(), "change_language", subject, Some(&before), Some(&after))
        .await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[derive(serde::Serialize)]
struct LanguageOf {
    language: Language,
}
