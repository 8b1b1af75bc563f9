//! How customers want to be reached: they say so in the portal, or staff for them.

use domain::ids::CustomerId;
use domain::message::Preference;
use domain::views::messages::{PreferenceForm, PreferenceView};

use crate::permit::{Actor, CustomerScope, EditCustomers, OwnerScope, Permit, SeeCustomers};
use crate::record::{Subject, audit_as};
use crate::{Context, Result};

pub async fn preference(context: &Context, _: &Permit<SeeCustomers>, customer: CustomerId) -> Result<PreferenceView> {
    view(context, customer).await
}

/// The customer's own.
pub async fn my_preference(context: &Context, scope: &CustomerScope) -> Result<PreferenceView> {
    view(context, scope.customer()).await
}

/// # Errors
/// `Fields`; `NotFound`.
pub async fn prefer(
    context: &Context,
    permit: &Permit<EditCustomers>,
    customer: CustomerId,
    form: &PreferenceForm,
) -> Result<()> {
    save(context, permit.actor(), permit.verb(), customer, form.check()?).await
}

/// # Errors
/// `Fields`.
pub async fn prefer_mine(context: &Context, scope: &OwnerScope, form: &PreferenceForm) -> Result<()> {
    save(context, scope.actor(), "choose_messages", scope.customer(), form.check()?).await
}

async fn view(context: &Context, customer: CustomerId) -> Result<PreferenceView> {
    let addressee = store::messages::addressee(&mut *context.connection().await?, customer).await?;
    Ok(PreferenceView {
        preference: addressee.preference,
        ringing: context.ringing.clone(),
        has_email: addressee.email.is_some(),
        has_phone: addressee.phone.is_some(),
    })
}

pub(super) async fn save(
    context: &Context,
    actor: &Actor,
    verb: &str,
    customer: CustomerId,
    preference: Preference,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::messages::addressee(&mut transaction, customer).await?.preference;
    store::messages::prefer(&mut transaction, customer, preference).await?;
    let subject = Subject { kind: "customer", id: customer.0 };
    audit_as(context, &mut transaction, actor, verb, subject, Some(&before), Some(&preference)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
