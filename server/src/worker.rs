//! Does the jobs: in the process of `serve`, or in one of its own with `work`.

use std::sync::Arc;

use server::adapters::mail::Post;
use server::adapters::mikrotik::MikroTik;
use server::adapters::stripe::Stripe;
use server::adapters::webhook::Webhook;
use server::crew::Ways;
use tokio_util::sync::CancellationToken;
use workflows::Context;
use workflows::ports::{Consoles, Gateway, Mailer, NoTexter, Routers, Texter};

use crate::failure::Failure;
use crate::settings::{Mail, Settings};

/// The mailer that the settings describe. Call it inside the runtime.
pub fn mailer(settings: &Settings) -> Result<Arc<dyn Mailer>, Failure> {
    let post = match &settings.mail {
        Mail::Folder { folder, from } => Post::to_folder(folder, from.clone())?,
        Mail::Smtp { url, from } => Post::to_server(url, from.clone())?,
    };
    Ok(Arc::new(post))
}

/// Who delivers what rings, as the settings describe them.
pub fn texter(settings: &Settings) -> Arc<dyn Texter> {
    match &settings.webhook {
        Some(webhook) => Arc::new(Webhook::new(&webhook.url, &webhook.secret)),
        None => Arc::new(NoTexter),
    }
}

pub fn routers(settings: &Settings) -> Arc<dyn Routers> {
    Arc::new(MikroTik { per_second: Some(settings.router_pace), ..MikroTik::default() })
}

/// The way to routers that are to become ours.
pub fn consoles() -> Arc<dyn Consoles> {
    Arc::new(MikroTik::default())
}

pub fn gateway() -> Arc<dyn Gateway> {
    Arc::new(Stripe::default())
}

/// Works until it is asked to stop; then gives back what it holds.
pub async fn run(
    context: Context,
    routers: Arc<dyn Routers>,
    mailer: Arc<dyn Mailer>,
    texter: Arc<dyn Texter>,
    most: usize,
    stop: CancellationToken,
) {
    let ways = Ways { routers, mailer, texter, consoles: consoles(), gateway: gateway() };
    server::crew::run(context, ways, most, stop).await;
}
