//! `ramal demo`: makes the demo provider, and leaves serving it to `ramal serve --demo`.

use crate::context::context;
use crate::database::Database;
use crate::demo::{Demo, print_logins};
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: Settings) -> Result<(), Failure> {
    let database = Database::open(&settings).await?;
    let context = context(&settings, &database).await?;
    drop(Demo::open(&context, settings.listen).await?);
    drop(context);
    database.close().await;
    println!("The demo provider is there; `ramal serve --demo` serves it.");
    print_logins(&settings.public_url, None);
    Ok(())
}
