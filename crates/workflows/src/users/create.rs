//! A new user, who is invited by mail to choose a password.

use domain::contact::{Email, Language};
use domain::failure::{Failure, FormCheck, Problem, required};
use domain::ids::{CustomerId, UserId};
use domain::portal::PortalAccess;
use domain::role::Role;
use domain::views::users::NewUser;
use serde::Serialize;
use store::users::{self, NewAccount};

use super::invite::send_invitation;
use crate::permit::{EditUsers, Permit};
use crate::{Context, Result, auth, record};

/// Creates the user and sends the invitation. All mistakes in the form are told at once.
pub async fn create(context: &Context, permit: &Permit<EditUsers>, form: &NewUser) -> Result<UserId> {
    let mut transaction = context.begin().await?;
    let user = check(&mut transaction, form).await?;
    let account = NewAccount {
        email: &user.email,
        name: &user.name,
        role: user.role,
        customer: user.customer.map(PortalAccess::owner),
        language: user.language,
        created_at: context.clock.now(),
    };
    let id = users::add(&mut transaction, account).await.map_err(|error| match error {
        store::Error::Taken { .. } => Failure::field("email", Problem::Taken { by: user.email.to_string() }).into(),
        error => crate::Error::from(error),
    })?;
    let account = users::lock(&mut transaction, id).await?;
    send_invitation(context, &mut transaction, &account).await?;
    record::audit(context, &mut transaction, permit, auth::subject(id), None::<&()>, Some(&user)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// The form when nothing is wrong with it.
#[derive(Serialize)]
struct Checked {
    name: String,
    email: Email,
    role: Role,
    language: Language,
    customer: Option<CustomerId>,
}

async fn check(connection: &mut store::Connection, form: &NewUser) -> Result<Checked> {
    let mut check = FormCheck::default();
    let name = check.take("name", required(&form.name, 200));
    let email = required(&form.email, 254).and_then(|text| text.parse().map_err(|_| Problem::NotAnEmail));
    let email = check.take("email", email);
    let role: Option<Role> = check.take("role", form.role.parse().map_err(|_| Problem::UnknownChoice));
    let language = check.take("language", form.language.parse().map_err(|_| Problem::UnknownChoice));
    let customer = match role {
        Some(Role::Customer) => {
            let found = match form.customer.trim() {
                "" => Err(Problem::Required),
                reference => store::customers::by_reference(connection, reference).await?.ok_or(Problem::UnknownChoice),
            };
            check.take("customer", found)
        }
        _ => None,
    };
    check.finish()?;
    let (Some(name), Some(email), Some(role), Some(language)) = (name, email, role, language) else {
        return Err(Failure::NotFound.into());
    };
    Ok(Checked { name, email, role, language, customer })
}
