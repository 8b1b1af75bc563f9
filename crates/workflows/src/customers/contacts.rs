//! Whom to call at a customer's.

use domain::ids::{ContactId, CustomerId};
use domain::views::customers::ContactForm;

use crate::permit::{EditCustomers, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

pub async fn add_contact(
    context: &Context,
    permit: &Permit<EditCustomers>,
    customer: CustomerId,
    form: &ContactForm,
) -> Result<ContactId> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    store::customers::get(&mut transaction, customer).await?;
    let contact = store::customers::add_contact(&mut transaction, customer, &facts).await?;
    audit(context, &mut transaction, permit, subject(contact), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(contact)
}

pub async fn edit_contact(
    context: &Context,
    permit: &Permit<EditCustomers>,
    contact: ContactId,
    form: &ContactForm,
) -> Result<()> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let (_, before) = store::customers::contact(&mut transaction, contact).await?;
    store::customers::edit_contact(&mut transaction, contact, &facts).await?;
    audit(context, &mut transaction, permit, subject(contact), Some(&before.facts), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

pub async fn remove_contact(context: &Context, permit: &Permit<EditCustomers>, contact: ContactId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let (_, before) = store::customers::contact(&mut transaction, contact).await?;
    store::customers::remove_contact(&mut transaction, contact).await?;
    audit(context, &mut transaction, permit, subject(contact), Some(&before.facts), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn subject(contact: ContactId) -> Subject {
    Subject { kind: "contact", id: contact.0 }
}
