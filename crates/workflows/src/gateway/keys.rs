//! The gateway's keys, its switch, and the rule of tries.

use domain::failure::{Blocker, Failure, FormCheck, Problem, optional};
use domain::form;
use domain::gateway::{GatewayMode, Provider, RetryDays};
use domain::ids::GatewayId;
use domain::views::gateway::{GatewayRow, GatewaySettings, KeysForm};
use secrecy::SecretString;
use store::gateway::keys::{self, Keys};

use super::{open, open_by_id};
use crate::permit::{EditGateway, Permit, SeeGateway};
use crate::ports::Gateway;
use crate::ports::gateway::GatewayFailure;
use crate::record::{Subject, audit};
use crate::{Context, Error, Result, demo};

/// Where Stripe is reached.
const STRIPE: &str = "https://api.stripe.com";

/// What is set, with the keys masked.
pub async fn settings(context: &Context, _: &Permit<SeeGateway>) -> Result<GatewaySettings> {
    let mut connection = context.connection().await?;
    let gateways = keys::list(&mut connection).await?.iter().map(row).collect();
    let webhook = |mode: &GatewayMode| (*mode, format!("{}/webhooks/stripe/{mode}", context.public_url));
    Ok(GatewaySettings {
        gateways,
        retry_days: keys::retry_days(&mut connection).await?.to_string(),
        webhooks: GatewayMode::ALL.iter().map(webhook).collect(),
        is_demo: demo::is_demo(context).await?,
    })
}

fn row(keys: &Keys) -> GatewayRow {
    GatewayRow {
        id: keys.id,
        mode: keys.mode,
        key_hint: keys.key_hint.clone(),
        api_url: keys.api_url.clone(),
        is_on: keys.is_on,
    }
}

/// Enters the keys of a mode, or replaces them; blank ones stay. They are sealed, and nobody reads them again.
///
/// # Errors
/// `Fields`, among them a key of the other mode.
pub async fn save_keys(context: &Context, permit: &Permit<EditGateway>, form: &KeysForm) -> Result<GatewayId> {
    let mut transaction = context.begin().await?;
    let mut check = FormCheck::default();
    let mode: Option<GatewayMode> = check.take("mode", form::choice(&form.mode));
    let before = match mode {
        Some(mode) => keys::list(&mut transaction).await?.into_iter().find(|keys| keys.mode == mode),
        None => None,
    };
    let is_new = before.is_none();
    let prefixes: &[&str] = match mode {
        Some(GatewayMode::Live) => &["sk_live_", "rk_live_"],
        _ => &["sk_test_", "rk_test_"],
    };
    let secret_key = check.take("secret_key", secret(&form.secret_key, prefixes, is_new));
    let webhook_secret = check.take("webhook_secret", secret(&form.webhook_secret, &["whsec_"], is_new));
    let api_url = check.take("api_url", api_url(&form.api_url));
    let typed = check.answer((|| Some((mode?, secret_key?, webhook_secret?, api_url?)))())?;
    let (mode, secret_key, webhook_secret, api_url) = typed;
    let sealed = |typed: &Option<String>, stored: Option<&Vec<u8>>| match (typed, stored) {
        (Some(typed), _) => context.vault.seal(&SecretString::from(typed.clone())),
        (None, stored) => Ok(stored.cloned().unwrap_or_default()),
    };
    let hint = secret_key.as_deref().map(masked);
    let new = Keys {
        id: GatewayId(0),
        provider: Provider::Stripe,
        mode,
        api_url,
        secret_key: sealed(&secret_key, before.as_ref().map(|keys| &keys.secret_key))?,
        webhook_secret: sealed(&webhook_secret, before.as_ref().map(|keys| &keys.webhook_secret))?,
        key_hint: hint.or_else(|| before.as_ref().map(|keys| keys.key_hint.clone())).unwrap_or_default(),
        is_on: false,
    };
    let id = keys::save(&mut transaction, &new).await?;
    let (before, after) = (before.as_ref().map(row), row(&new));
    audit(context, &mut transaction, permit, subject(id), before.as_ref(), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// A key with one of these beginnings; blank keeps the stored one.
fn secret(typed: &str, prefixes: &[&str], is_new: bool) -> Result<Option<String>, Problem> {
    match optional(typed, 300)? {
        None if is_new => Err(Problem::Required),
        Some(key) if !prefixes.iter().any(|prefix| key.starts_with(prefix)) => Err(Problem::NotAKey),
        key => Ok(key),
    }
}

/// Blank: the gateway's own. Only stand-ins on the machine itself are called without TLS.
fn api_url(typed: &str) -> Result<String, Problem> {
    let url = optional(typed, 200)?.unwrap_or_else(|| STRIPE.to_owned());
    let is_here = ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|here| url.starts_with(here));
    if url.starts_with("https://") || is_here {
        Ok(url.trim_end_matches('/').to_owned())
    } else {
        Err(Problem::NotAnAddress)
    }
}

/// `sk_live_...a1b2`: enough to tell two keys apart.
fn masked(key: &str) -> String {
    let (start, end) = (key.get(..8).unwrap_or_default(), key.get(key.len().saturating_sub(4)..).unwrap_or_default());
    format!("{start}…{end}")
}

/// Asks the gateway whether it knows the keys.
///
/// # Errors
/// `Blocked` by `KeysRefused`, or by `CardsNotNow` when it does not answer.
pub async fn check_keys(context: &Context, port: &dyn Gateway, _: &Permit<EditGateway>, id: GatewayId) -> Result<()> {
    let gateway = open_by_id(context, id).await?;
    port.check(&gateway.access).await.map_err(|failure| refusal(&failure))
}

fn refusal(failure: &GatewayFailure) -> Error {
    match failure {
        GatewayFailure::NotNow(_) => super::not_now(failure),
        GatewayFailure::Keys(_) | GatewayFailure::Refused(_) => Failure::Blocked { what: Blocker::KeysRefused }.into(),
    }
}

/// Takes cards by these keys from now on, and by no others.
///
/// # Errors
/// As checking them; `Blocked(TestKeys)` for test keys outside of a demo.
pub async fn switch_on(
    context: &Context,
    port: &dyn Gateway,
    permit: &Permit<EditGateway>,
    id: GatewayId,
) -> Result<()> {
    let stored = keys::get(&mut *context.connection().await?, id).await?;
    let before = row(&stored);
    let gateway = open(context, stored).await?;
    if !gateway.takes_money {
        return Err(Failure::Blocked { what: Blocker::TestKeys }.into());
    }
    port.check(&gateway.access).await.map_err(|failure| refusal(&failure))?;
    let mut transaction = context.begin().await?;
    keys::switch(&mut transaction, Some(id)).await?;
    let after = row(&keys::get(&mut transaction, id).await?);
    audit(context, &mut transaction, permit, subject(id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Takes no cards any more: no button is left anywhere. What is on its way still arrives.
///
/// # Errors
/// `NotFound`.
pub async fn switch_off(context: &Context, permit: &Permit<EditGateway>, id: GatewayId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = row(&keys::get(&mut transaction, id).await?);
    keys::switch(&mut transaction, None).await?;
    let after = row(&keys::get(&mut transaction, id).await?);
    audit(context, &mut transaction, permit, subject(id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// When a declined card is tried again.
///
/// # Errors
/// `Fields`.
pub async fn save_retry_days(context: &Context, permit: &Permit<EditGateway>, typed: &str) -> Result<()> {
    let days = RetryDays::parse(typed).map_err(|problem| Failure::field("retry_days", problem))?;
    let mut transaction = context.begin().await?;
    let before = keys::retry_days(&mut transaction).await?;
    keys::save_retry_days(&mut transaction, &days).await?;
    let subject = Subject { kind: "gateway_settings", id: 1 };
    audit(context, &mut transaction, permit, subject, Some(&before), Some(&days)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn subject(id: GatewayId) -> Subject {
    Subject { kind: "gateway", id: id.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_the_other_mode_is_refused_and_none_is_shown_whole() {
        let live: &[&str] = &["sk_live_", "rk_live_"];
        assert_eq!(secret("sk_test_1234567890", live, true), Err(Problem::NotAKey));
        assert_eq!(secret("", live, true), Err(Problem::Required));
        assert_eq!(secret("", live, false), Ok(None));
        assert_eq!(masked("sk_live_51Habcdefgh9876"), "sk_live_…9876");
    }

    #[test]
    fn a_gateway_outside_of_the_machine_is_called_with_tls() {
        assert_eq!(api_url("").unwrap(), STRIPE);
        assert_eq!(api_url("http://127.0.0.1:9000/").unwrap(), "http://127.0.0.1:9000");
        assert_eq!(api_url("http://stripe.example"), Err(Problem::NotAnAddress));
    }
}
