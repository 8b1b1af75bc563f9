//! The language in which Ramal writes to a person, and to the customer for whom they decide.

use domain::contact::Language;
use domain::customer::CustomerFacts;
use store::users;

use super::{SignedIn, subject};
use crate::customers;
use crate::permit::OwnerScope;
use crate::record::audit_as;
use crate::{Context, Result};

const CHANGE_LANGUAGE: &str = "change_language";

pub async fn change_language(context: &Context, who: &SignedIn, language: Language) -> Result<()> {
    let mut transaction = context.begin().await?;
    if let Ok(scope) = who.actor().owner_scope() {
        of_customer(context, &mut transaction, &scope, language).await?;
    }
    of_user(context, &mut transaction, who, language).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn of_customer(
    context: &Context,
    transaction: &mut store::Transaction,
    scope: &OwnerScope,
    language: Language,
) -> Result<()> {
    let customer = scope.customer();
    store::payments::lock_customers(transaction, &[customer]).await?;
    let facts = store::customers::get(transaction, customer).await?.facts;
    if facts.language == language {
        return Ok(());
    }
    let (before, after) = (LanguageOf { language: facts.language }, LanguageOf { language });
    store::customers::edit(transaction, customer, &CustomerFacts { language, ..facts }).await?;
    let subject = customers::subject(customer);
    audit_as(context, transaction, scope.actor(), CHANGE_LANGUAGE, subject, Some(&before), Some(&after)).await
}

async fn of_user(
    context: &Context,
    transaction: &mut store::Transaction,
    who: &SignedIn,
    language: Language,
) -> Result<()> {
    let before = users::lock(transaction, who.user()).await?.language;
    if before == language {
        return Ok(());
    }
    users::set_language(transaction, who.user(), language).await?;
    let (before, after) = (LanguageOf { language: before }, LanguageOf { language });
    audit_as(context, transaction, who.actor(), CHANGE_LANGUAGE, subject(who.user()), Some(&before), Some(&after)).await
}

#[derive(serde::Serialize)]
struct LanguageOf {
    language: Language,
}
