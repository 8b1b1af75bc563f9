//! The words of messages: those that come with the product, or the provider's own. A template that cannot be filled in
//! gives way to the one that comes with the product: no message is lost by it, and no run stops.

use domain::contact::Language;
use domain::failure::Failure;
use domain::message::{Channel, Purpose, Template};
use domain::views::messages::{TemplateDetail, TemplateForm};

use crate::permit::{EditMessages, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Error, Result};

const TEMPLATES: Subject = Subject { kind: "message_template", id: 1 };
/// Between the mail and the short text in a file.
const RULE: &str = "\n---\n";

/// A text in each language: `messages/<language>/<purpose>.txt` has the subject, an empty line, the mail, `---`, and what
/// telephones show.
macro_rules! built_in {
    ($name:literal) => {
        [include_str!(concat!("es/", $name, ".txt")), include_str!(concat!("en/", $name, ".txt"))]
    };
}

/// The words that come with the product; `None` for what is not written to customers.
pub(super) fn built_in(purpose: Purpose, language: Language) -> Option<Template> {
    let [spanish, english] = match purpose {
        Purpose::Account | Purpose::Alarm => return None,
        Purpose::ReminderSoon => built_in!("reminder"),
        Purpose::ReminderLate => built_in!("reminder_late"),
        Purpose::LateFee => built_in!("late_fee"),
        Purpose::Cut => built_in!("cut"),
        Purpose::Restored => built_in!("restored"),
        Purpose::LeaseEnds => built_in!("lease_ends"),
        Purpose::CardDeclined => built_in!("card_declined"),
        Purpose::PaymentFailed => built_in!("payment_failed"),
        Purpose::TransferApproved => built_in!("transfer_approved"),
        Purpose::TransferRejected => built_in!("transfer_rejected"),
        Purpose::TicketAnswered => built_in!("ticket_answered"),
        Purpose::OutageOver => built_in!("outage_over"),
        Purpose::Announcement => built_in!("announcement"),
        Purpose::Document => built_in!("document"),
    };
    let text = match language {
        Language::Spanish => spanish,
        Language::English => english,
    };
    let (subject, rest) = text.split_once("\n\n")?;
    let (body, short) = rest.split_once(RULE)?;
    Some(Template { subject: subject.to_owned(), body: body.to_owned(), short: short.trim_end().to_owned() })
}

/// Subject and text, in the provider's words where these can be filled in.
pub(super) async fn filled(
    connection: &mut store::Connection,
    purpose: Purpose,
    language: Language,
    channel: Channel,
    values: &[(&str, String)],
) -> Result<(String, String)> {
    let values: Vec<_> = values
        .iter()
        .filter(|(name, _)| purpose.values().contains(name))
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    if let Some(own) = store::message_templates::own(connection, purpose, language).await? {
        match own.fill(channel, &values) {
            Ok(filled) => return Ok(filled),
            Err(error) => tracing::warn!(%purpose, %language, %error, "a template gives way to the built-in one"),
        }
    }
    let template = built_in(purpose, language).ok_or(Failure::NotFound)?;
    template.fill(channel, &values).map_err(Error::internal)
}

/// # Errors
/// `NotFound` for what is not written to customers.
pub async fn template(
    context: &Context,
    _: &Permit<EditMessages>,
    purpose: Purpose,
    language: Language,
) -> Result<TemplateDetail> {
    let built_in = built_in(purpose, language).ok_or(Failure::NotFound)?;
    let own = store::message_templates::own(&mut *context.connection().await?, purpose, language).await?;
    let is_own = own.is_some();
    Ok(TemplateDetail { purpose, language, template: own.unwrap_or(built_in), is_own })
}

/// # Errors
/// `Fields`, each mistake with its line; `NotFound` for what is not written to customers.
pub async fn save_template(
    context: &Context,
    permit: &Permit<EditMessages>,
    purpose: Purpose,
    language: Language,
    form: &TemplateForm,
) -> Result<()> {
    built_in(purpose, language).ok_or(Failure::NotFound)?;
    let template = form.check(purpose)?;
    keep(context, permit, purpose, language, Some(template)).await
}

/// The words that come with the product are in use again.
///
/// # Errors
/// `NotFound` for what is not written to customers.
pub async fn restore_template(
    context: &Context,
    permit: &Permit<EditMessages>,
    purpose: Purpose,
    language: Language,
) -> Result<()> {
    built_in(purpose, language).ok_or(Failure::NotFound)?;
    keep(context, permit, purpose, language, None).await
}

async fn keep(
    context: &Context,
    permit: &Permit<EditMessages>,
    purpose: Purpose,
    language: Language,
    template: Option<Template>,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::message_templates::own(&mut transaction, purpose, language).await?;
    let (now, by) = (context.clock.now(), permit.actor().user_id());
    store::message_templates::save(&mut transaction, purpose, language, template.as_ref(), now, by).await?;
    let (before, after) = ((purpose, language, before), (purpose, language, template));
    audit(context, &mut transaction, permit, TEMPLATES, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_with_the_product_can_be_filled_in_and_names_whom_and_where() {
        for purpose in Purpose::TO_CUSTOMERS {
            for language in Language::ALL {
                let template = built_in(*purpose, *language).unwrap();
                assert_eq!(template.problems(*purpose), [], "{purpose} {language}");
                assert!(template.body.contains("{name}") && template.body.contains("{link}"), "{purpose} {language}");
                assert!(template.short.contains("{company}"), "{purpose} {language}");
                let asks = template.body.contains("{unsubscribe}");
                assert_eq!(asks, !purpose.is_essential(), "{purpose} {language}: how to be left alone");
            }
        }
    }
}
