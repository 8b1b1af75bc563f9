//! `ramal work`: the worker alone, beside a `serve` that runs elsewhere.

use tokio_util::sync::CancellationToken;

use crate::context::context;
use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::worker;

pub async fn run(settings: Settings, stop: CancellationToken) -> Result<(), Failure> {
    let database = tokio::select! {
        database = Database::open(&settings) => database?,
        () = stop.cancelled() => return Ok(()),
    };
    let context = context(&settings, &database).await?;
    tracing::info!("working with {} workers", settings.workers);
    let (mailer, texter) = (worker::mailer(&settings)?, worker::texter(&settings));
    worker::run(context, worker::routers(&settings), mailer, texter, settings.workers, stop).await;
    database.close().await;
    tracing::info!("stopped");
    Ok(())
}
