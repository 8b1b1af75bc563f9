//! `ramal invite`: the first administrator of a new provider, who invites everybody else on screen.

use clap::Args;
use domain::failure::{Failure as Refusal, Problem};
use domain::role::Role;
use domain::views::users::NewUser;
use workflows::Context;
use workflows::permit::{Actor, EditUsers};

use crate::context::context;
use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;

#[derive(Args)]
pub struct Arguments {
    /// The administrator's e-mail address: the invitation goes there
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    #[arg(long)]
    name: String,
}

/// # Errors
/// An address that is none, or that somebody has already.
pub async fn run(settings: Settings, arguments: Arguments) -> Result<(), Failure> {
    let database = Database::open(&settings).await?;
    let context = context(&settings, &database).await?;
    let invited = invite(&context, &settings, &arguments).await;
    drop(context);
    database.close().await;
    invited?;
    println!("{} is an administrator; `ramal serve` or `ramal work` sends the invitation.", arguments.email);
    Ok(())
}

async fn invite(context: &Context, settings: &Settings, arguments: &Arguments) -> Result<(), Failure> {
    let user = NewUser {
        name: arguments.name.clone(),
        email: arguments.email.clone(),
        role: Role::Admin.to_string(),
        language: settings.company.language.to_string(),
        customer: String::new(),
    };
    let permit = Actor::System { name: "invite" }.permit::<EditUsers>()?;
    match workflows::users::create(context, &permit, &user).await {
        Ok(_) => Ok(()),
        Err(workflows::Error::Refused(Refusal::Fields { fields })) => {
            Err(Failure::usage(fields.into_iter().map(|wrong| sentence(&wrong.field, &wrong.problem)).collect()))
        }
        Err(error) => Err(error.into()),
    }
}

fn sentence(field: &str, problem: &Problem) -> String {
    match problem {
        Problem::Taken { by } => format!("--{field}: {by} is a user already"),
        Problem::NotAnEmail => format!("--{field}: write an address such as name@example.com"),
        _ => format!("--{field}: write something that is not empty and not too long"),
    }
}
