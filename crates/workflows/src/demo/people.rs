//! Somebody of every role, all with one password that is no secret.

use domain::contact::{Email, Language};
use domain::failure::Failure;
use domain::ids::CustomerId;
use domain::password::Password;
use domain::portal::PortalAccess;
use domain::role::Role;
use store::users::NewAccount;

use crate::permit::{EditUsers, Permit};
use crate::{Context, Result, auth};

/// The password of everybody in a demo.
pub const PASSWORD: &str = "ramal-demo-2026";

/// A login to print.
#[derive(Clone, Debug)]
pub struct DemoUser {
    pub role: Role,
    pub email: Email,
}

/// Somebody of every role.
pub fn users() -> Vec<DemoUser> {
    let email = |role: &Role| format!("{role}@demo.example").parse().ok();
    Role::ALL.iter().filter_map(|role| Some(DemoUser { role: *role, email: email(role)? })).collect()
}

/// Adds somebody of every role; the customer is the one with this reference.
///
/// # Errors
/// `NotFound` without such a customer.
pub async fn add_people(context: &Context, _permit: &Permit<EditUsers>, customer: &str) -> Result<()> {
    let mut transaction = context.begin().await?;
    let customer = store::customers::by_reference(&mut transaction, customer).await?.ok_or(Failure::NotFound)?;
    let hash = auth::password::hash(&Password::new(PASSWORD)).await?;
    for user in users() {
        add(context, &mut transaction, &user, customer, &hash).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn add(
    context: &Context,
    transaction: &mut store::Transaction,
    user: &DemoUser,
    customer: CustomerId,
    hash: &str,
) -> Result<()> {
    let (name, customer) = match user.role {
        Role::Customer => {
            let customer_name = store::customers::get(transaction, customer).await?.facts.name;
            (customer_name, Some(PortalAccess::owner(customer)))
        }
        role => (format!("Demo {role}"), None),
    };
    let account = NewAccount {
        email: &user.email,
        name: &name,
        role: user.role,
        customer,
        language: Language::Spanish,
        created_at: context.clock.now(),
    };
    let id = store::users::add(transaction, account).await?;
    Ok(store::users::set_password(transaction, id, hash).await?)
}
