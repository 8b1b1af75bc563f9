//! `ramal migrate`: the newest schema, without serving anything.

use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: Settings) -> Result<(), Failure> {
    // Opening migrates.
    Database::open(&settings).await?.close().await;
    println!("The database has the newest schema.");
    Ok(())
}
