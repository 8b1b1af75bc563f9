//! How the provider reaches the customer, kept by the customer; and what it told them.

use domain::customer::CustomerFacts;
use domain::failure::Failure;
use domain::ids::{ContactId, MessageId};
use domain::message::MessageState;
use domain::views::customers::ContactForm;
use domain::views::list::{Page, PageNumber};
use domain::views::messages::{MessageFilter, MessageRow};
use domain::views::portal_people::{NoticeRow, NoticeText, Profile, ProfileForm};
use secrecy::ExposeSecret;

use crate::permit::{CustomerScope, OwnerScope};
use crate::record::{Subject, audit_as};
use crate::{Context, Error, Result};

const VERB: &str = "edit_profile";

pub async fn profile(context: &Context, scope: &CustomerScope) -> Result<Profile> {
    let mut connection = context.connection().await?;
    let customer = store::customers::get(&mut connection, scope.customer()).await?;
    Ok(Profile {
        name: customer.facts.name,
        reference: customer.reference,
        email: customer.facts.email,
        phone: customer.facts.phone,
        contacts: store::customers::contacts(&mut connection, scope.customer()).await?,
    })
}

/// The name, the tax number and what invoices say else are for staff to change.
///
/// # Errors
/// `Fields`.
pub async fn edit_profile(context: &Context, scope: &OwnerScope, form: &ProfileForm) -> Result<()> {
    let (email, phone) = form.check()?;
    let mut transaction = context.begin().await?;
    store::payments::lock_customers(&mut transaction, &[scope.customer()]).await?;
    let before = store::customers::get(&mut transaction, scope.customer()).await?.facts;
    let facts = CustomerFacts { email, phone, ..before.clone() };
    if before == facts {
        return Ok(());
    }
    store::customers::edit(&mut transaction, scope.customer(), &facts).await?;
    let subject = Subject { kind: "customer", id: scope.customer().0 };
    audit_as(context, &mut transaction, scope.actor(), VERB, subject, Some(&before), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Somebody else to call.
///
/// # Errors
/// `Fields`.
pub async fn add_contact(context: &Context, scope: &OwnerScope, form: &ContactForm) -> Result<ContactId> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let contact = store::customers::add_contact(&mut transaction, scope.customer(), &facts).await?;
    let subject = subject(contact);
    audit_as(context, &mut transaction, scope.actor(), VERB, subject, None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(contact)
}

/// # Errors
/// `NotFound` for another's.
pub async fn remove_contact(context: &Context, scope: &OwnerScope, contact: ContactId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let (customer, before) = store::customers::contact(&mut transaction, contact).await?;
    if customer != scope.customer() {
        return Err(Failure::NotFound.into());
    }
    store::customers::remove_contact(&mut transaction, contact).await?;
    let subject = subject(contact);
    audit_as(context, &mut transaction, scope.actor(), VERB, subject, Some(&before.facts), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn subject(contact: ContactId) -> Subject {
    Subject { kind: "contact", id: contact.0 }
}

/// What was sent to the customer, the newest first.
pub async fn notices(context: &Context, scope: &CustomerScope, page: PageNumber) -> Result<Page<NoticeRow>> {
    let state = Some(MessageState::Sent);
    let filter = MessageFilter { customer: Some(scope.customer()), state, page, ..MessageFilter::default() };
    let page = store::messages_list::list(&mut *context.connection().await?, &filter).await?;
    Ok(Page { rows: page.rows.into_iter().map(row).collect(), total: page.total, number: page.number })
}

/// One of them, as it was sent.
///
/// # Errors
/// `NotFound` for another's, and for what was not sent.
pub async fn notice(context: &Context, scope: &CustomerScope, message: MessageId) -> Result<NoticeText> {
    let mut connection = context.connection().await?;
    let (found, _, sealed, _) = store::messages_list::show(&mut connection, message).await?;
    let theirs = found.customer.as_ref().is_some_and(|customer| customer.id == scope.customer());
    if !theirs || found.state != MessageState::Sent {
        return Err(Failure::NotFound.into());
    }
    let text = context.vault.open(&sealed).map_err(Error::internal)?.expose_secret().to_owned();
    Ok(NoticeText { row: row(found), text })
}

fn row(message: MessageRow) -> NoticeRow {
    let MessageRow { id, at, channel, purpose, subject, sent_at, .. } = message;
    NoticeRow { id, at: sent_at.unwrap_or(at), channel, purpose, subject }
}
