//! What workflows need, made from the settings and the open database.

use chrono::Duration;
use domain::settings::Company;
use secrecy::ExposeSecret;
use workflows::Context;
use workflows::clock::Clock;
use workflows::vault::Vault;

use crate::database::Database;
use crate::failure::Failure;
use crate::key;
use crate::settings::Settings;

/// A new database is set up as the company that the settings describe; after that the database says who it is.
pub async fn context(settings: &Settings, database: &Database) -> Result<Context, Failure> {
    let company = company(settings, database).await?;
    let shift = store::company::clock_shift(&mut *database.pool.acquire().await.map_err(store::Error::from)?).await?;
    let key = key::load(&settings.secret_key)?;
    Ok(Context {
        db: database.pool.clone(),
        steady_db: database.steady.clone(),
        clock: Clock::shifted(&company.time_zone, Duration::seconds(shift))?,
        vault: Vault::new(key.expose_secret()),
        job_attempts: settings.job_attempts,
        public_url: settings.public_url.clone(),
        ringing: settings.webhook.as_ref().map(|webhook| webhook.channels.clone()).unwrap_or_default(),
        stays_open: settings.stays_open(),
        tiles: settings.tiles.clone(),
    })
}

async fn company(settings: &Settings, database: &Database) -> Result<Company, Failure> {
    let mut connection = database.pool.acquire().await.map_err(store::Error::from)?;
    match store::company::get(&mut connection).await {
        Err(store::Error::NotFound) => {
            store::company::save(&mut connection, &settings.company).await?;
            Ok(settings.company.clone())
        }
        company => Ok(company?),
    }
}
