//! The demo's card gateway: the stand-in, with test keys. No money moves, and every page says so.

use std::net::SocketAddr;
use std::sync::Arc;

use domain::views::gateway::KeysForm;
use lab::stripe::{Delivery, Options, StripeLab, Webhook};
use workflows::Context;
use workflows::gateway;
use workflows::permit::{Actor, EditGateway};

use crate::failure::Failure;
use crate::worker;

const KEY: &str = "sk_test_demo";
const WEBHOOK_SECRET: &str = "whsec_demo";

/// Starts it on a free port, and enters where it is. `listen`: where this program hears its events.
pub async fn start(context: &Context, listen: SocketAddr) -> Result<StripeLab, Failure> {
    let clock = context.clock.clone();
    let webhook = Webhook { url: format!("http://{listen}/webhooks/stripe/test"), secret: WEBHOOK_SECRET.to_owned() };
    let options = Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        now: Arc::new(move || clock.now().timestamp()),
        webhook: Some(webhook),
        delivery: Delivery::AtOnce,
    };
    let lab =
        StripeLab::start(options).await.map_err(|error| Failure::new(format!("the demo's card gateway: {error}")))?;
    let permit = Actor::System { name: "demo" }.permit::<EditGateway>()?;
    let keys = KeysForm {
        mode: "test".to_owned(),
        secret_key: KEY.to_owned(),
        webhook_secret: WEBHOOK_SECRET.to_owned(),
        api_url: lab.url(),
    };
    let keys = gateway::save_keys(context, &permit, &keys).await?;
    gateway::switch_on(context, &*worker::gateway(), &permit, keys).await?;
    Ok(lab)
}
