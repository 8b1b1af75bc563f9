//! The link by which whoever reads a message asks for no more than they must know. Following it changes nothing: the page
//! that it leads to asks first.

use domain::failure::Failure;
use domain::ids::CustomerId;
use domain::message::Preference;
use secrecy::{ExposeSecret, SecretString};

use super::preferences;
use crate::permit::Actor;
use crate::{Context, Result};

/// What is sealed in a link, so that a link of another kind does not pass for one of these.
const SEALED_AS: &str = "unsubscribe:";

pub(super) fn link(context: &Context, customer: CustomerId) -> Result<String> {
    let sealed = context.vault.seal(&SecretString::from(format!("{SEALED_AS}{customer}")))?;
    Ok(format!("{}/unsubscribe?token={}", context.public_url, hex::encode(sealed)))
}

/// The provider's name, for the page behind a link.
///
/// # Errors
/// `LinkExpired` for what is no link of this provider.
pub async fn who_unsubscribes(context: &Context, token: &str) -> Result<String> {
    let customer = customer_of(context, token)?;
    let mut connection = context.connection().await?;
    store::messages::addressee(&mut connection, customer).await?;
    Ok(store::company::get(&mut connection).await?.name)
}

/// # Errors
/// As [`who_unsubscribes`].
pub async fn unsubscribe(context: &Context, token: &str) -> Result<()> {
    let customer = customer_of(context, token)?;
    let before = store::messages::addressee(&mut *context.connection().await?, customer).await?.preference;
    let preference = Preference { essential_only: true, ..before };
    let actor = Actor::System { name: "unsubscribe" };
    preferences::save(context, &actor, "choose_messages", customer, preference).await
}

fn customer_of(context: &Context, token: &str) -> Result<CustomerId> {
    let sealed = hex::decode(token).map_err(|_| Failure::LinkExpired)?;
    let opened = context.vault.open(&sealed).map_err(|_| Failure::LinkExpired)?;
    let id = opened.expose_secret().strip_prefix(SEALED_AS).and_then(|id| id.parse().ok());
    Ok(id.ok_or(Failure::LinkExpired)?)
}
