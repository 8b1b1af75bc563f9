//! `ramal serve`: the web server, the worker and the nightly run in one process.

use crate::context::context;
use crate::database::Database;
use crate::demo::{self, Demo};
use crate::failure::Failure;
use crate::settings::{Notice, Settings};
use crate::worker;
use axum::serve::ListenerExt;
use clap::Args;
use server::http::{self, Edge, Site};
use server::night;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use workflows::Context;

/// How long requests that are under way may go on after the signal to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

#[derive(Args)]
pub struct Arguments {
    /// Address and port [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Make a demo provider first, with simulated routers, and print its logins
    #[arg(long)]
    pub demo: bool,
}

pub async fn run(mut settings: Settings, arguments: Arguments, stop: CancellationToken) -> Result<(), Failure> {
    let site = Site::load(&settings.site)?;
    // Before the database: somebody else on the port is the likelier failure, and told at once.
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| Failure::new(format!("cannot listen on {}: {error}", settings.listen)))?;
    let notice = match settings.notice {
        Some(notice) => {
            let failed = |error| Failure::new(format!("cannot listen on {}: {error}", notice.listen));
            Some((TcpListener::bind(notice.listen).await.map_err(failed)?, notice))
        }
        None => None,
    };
    let database = tokio::select! {
        database = Database::open(&settings) => database?,
        () = stop.cancelled() => return Ok(()),
    };
    let messages = match arguments.demo && settings.webhook.is_none() {
        true => Some(demo::messages(&mut settings).await?),
        false => None,
    };
    let context = context(&settings, &database).await?;
    let demo = match arguments.demo {
        true => Some(Demo::open(&context, settings.listen).await?),
        false => None,
    };
    workflows::routers::follow_settings(&context).await?;
    let mut background = start_background(&settings, &context, demo, &stop)?;
    if let Some((listener, notice)) = notice {
        background.spawn(serve_notice(context.clone(), listener, notice, stop.clone()));
    }
    if arguments.demo {
        demo::print_logins(&settings.public_url, messages.as_ref());
    }
    serve(&settings, site, context, listener, &stop).await?;
    background.join_all().await;
    database.close().await;
    drop(messages);
    tracing::info!("stopped");
    Ok(())
}

/// The worker, the nightly run and, in a demo, the customers' equipment: until they are asked to stop.
fn start_background(
    settings: &Settings,
    context: &Context,
    demo: Option<Demo>,
    stop: &CancellationToken,
) -> Result<JoinSet<()>, Failure> {
    let mut background = JoinSet::new();
    let mailer = worker::mailer(settings)?;
    let (routers, texter) = (worker::routers(settings), worker::texter(settings));
    background.spawn(worker::run(context.clone(), routers, mailer, texter, settings.workers, stop.clone()));
    background.spawn(night::watch(context.clone(), stop.clone()));
    if let Some(demo) = demo {
        background.spawn(demo.play(stop.clone()));
    }
    Ok(background)
}

/// The page that customers who are cut are sent to.
async fn serve_notice(context: Context, listener: TcpListener, notice: Notice, stop: CancellationToken) {
    let own = [notice.listen.to_string(), notice.at.to_string(), notice.at.ip().to_string()];
    let router = http::notice_router(context, own.into()).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!("the notice page answers on {}", notice.listen);
    let stopping = stop.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move { stopping.cancelled().await });
    tokio::select! {
        outcome = serving => if let Err(error) = outcome { tracing::error!(%error, "the notice page ended") },
        () = after(&stop, LAST_REQUESTS) => {}
    }
}

async fn serve(
    settings: &Settings,
    site: Site,
    context: Context,
    listener: TcpListener,
    stop: &CancellationToken,
) -> Result<(), Failure> {
    let proxies = settings.proxies.iter().copied().collect();
    let edge = Edge {
        context,
        site,
        proxies,
        routers: worker::routers(settings),
        consoles: worker::consoles(),
        gateway: worker::gateway(),
        settings: settings.described.clone(),
        stop: stop.clone(),
    };
    let router = http::router(edge)?.into_make_service_with_connect_info::<SocketAddr>();
    // Without this a page sent in parts waits for the network's acknowledgements: 44 ms each.
    let listener = listener.tap_io(|connection| _ = connection.set_nodelay(true));
    tracing::info!("serving {}", settings.public_url);
    let stopping = stop.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move { stopping.cancelled().await });
    tokio::select! {
        outcome = serving => outcome?,
        () = after(stop, LAST_REQUESTS) => tracing::warn!("requests still under way are cut off"),
    }
    Ok(())
}

async fn after(stop: &CancellationToken, patience: Duration) {
    stop.cancelled().await;
    tokio::time::sleep(patience).await;
}
