//! A router's token: made, renewed, and shown with its script to whoever types it at the router.

use domain::failure::Failure;
use domain::ids::RouterId;
use domain::lease_report::script;
use secrecy::{ExposeSecret, SecretString};

use super::audited;
use crate::auth::Token;
use crate::permit::{EditRouters, Permit, SeeRouterSecrets};
use crate::{Context, Error, Result, record};

/// A new token; the one before is good no longer.
pub async fn renew(context: &Context, permit: &Permit<EditRouters>, router: RouterId) -> Result<()> {
    let token = Token::fresh();
    let sealed = context.vault.seal(&SecretString::from(token.text()))?;
    let mut transaction = context.begin().await?;
    store::routers::access(&mut transaction, router).await?;
    store::lease_reports::save_token(&mut transaction, router, &token.digest(), &sealed, context.clock.now()).await?;
    let after = serde_json::json!({ "lease_reports_token": "renewed" });
    record::audit(context, &mut transaction, permit, audited(router), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The script with its token. Each showing is audited.
///
/// # Errors
/// `NotFound` when there is no token.
pub async fn reveal_script(context: &Context, permit: &Permit<SeeRouterSecrets>, router: RouterId) -> Result<String> {
    let mut transaction = context.begin().await?;
    let script = script_of(context, &mut transaction, router).await?.ok_or(Failure::NotFound)?;
    let shown = serde_json::json!({ "lease_reports_token": "shown" });
    record::audit(context, &mut transaction, permit, audited(router), None::<&()>, Some(&shown)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(script.expose_secret().to_owned())
}

/// What the router's DHCP servers should hold; none without a token.
pub(crate) async fn script_of(
    context: &Context,
    connection: &mut store::Connection,
    router: RouterId,
) -> Result<Option<SecretString>> {
    let Some(reporter) = store::lease_reports::get(connection, router).await? else { return Ok(None) };
    let token = context.vault.open(&reporter.sealed_token).map_err(Error::internal)?;
    Ok(Some(SecretString::from(script(&context.public_url, token.expose_secret()))))
}
