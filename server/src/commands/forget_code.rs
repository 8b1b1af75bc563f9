//! `ramal forget-code`: lets somebody in who lost the phone and the recovery codes, when nobody is left to do it on screen.

use clap::Args;
use domain::contact::Email;
use workflows::Context;
use workflows::permit::{Actor, EditUsers};

use crate::context::context;
use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;

#[derive(Args)]
pub struct Arguments {
    /// The e-mail address that the person signs in with
    #[arg(long, value_name = "ADDRESS")]
    email: String,
}

/// # Errors
/// An address that nobody has, or somebody who signs in without a code.
pub async fn run(settings: Settings, arguments: Arguments) -> Result<(), Failure> {
    let database = Database::open(&settings).await?;
    let context = context(&settings, &database).await?;
    let forgotten = forget(&context, &arguments.email).await;
    drop(context);
    database.close().await;
    forgotten?;
    println!("The password alone lets {} in from now on; a mail says so.", arguments.email);
    Ok(())
}

async fn forget(context: &Context, typed: &str) -> Result<(), Failure> {
    let nobody = || Failure::usage(vec![format!("--email: nobody signs in with {typed}")]);
    let email: Email = typed.parse().map_err(|_| nobody())?;
    let account = store::users::by_email(&mut *context.connection().await?, &email).await?.ok_or_else(nobody)?;
    let permit = Actor::System { name: "forget-code" }.permit::<EditUsers>()?;
    Ok(workflows::users::reset_second_factor(context, &permit, account.id).await?)
}
