//! Messages to customers: what was sent, in which words, and how customers want to be reached.

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Page, PageNumber};
use crate::contact::Language;
use crate::failure::{Failure, FormCheck, Problem};
use crate::form;
use crate::ids::{CustomerId, JobId, MessageId};
use crate::message::{Channel, MessageState, Preference, Purpose, QuietHours, Template};
use crate::words::UnknownWord;

/// What a list of messages is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageFilter {
    /// An address, or a customer's name or reference.
    pub search: Option<String>,
    pub state: Option<MessageState>,
    pub channel: Option<Channel>,
    pub purpose: Option<Purpose>,
    pub customer: Option<CustomerId>,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageRow {
    pub id: MessageId,
    pub at: DateTime<Utc>,
    /// None: to somebody of the staff, or to a user about their account.
    pub customer: Option<Choice<CustomerId>>,
    pub channel: Channel,
    pub purpose: Purpose,
    pub to: String,
    pub subject: String,
    pub state: MessageState,
    pub sent_at: Option<DateTime<Utc>>,
    /// What was answered last: an id of the one who delivers it, or why it was refused.
    pub answer: String,
}

/// One message. What lets its reader in is not shown to anybody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageDetail {
    pub row: MessageRow,
    /// Not before: the hours were quiet.
    pub not_before: Option<DateTime<Utc>>,
    pub text: Option<String>,
    pub job: Option<JobId>,
}

/// A page of messages; whether there is a webhook for what rings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageList {
    pub page: Page<MessageRow>,
    pub ringing: Vec<Channel>,
}

/// The settings' page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSettings {
    pub quiet: Option<QuietHours>,
    pub ringing: Vec<Channel>,
    /// Those with words of the provider's own.
    pub own: Vec<(Purpose, Language)>,
}

/// Which template: `reminder-es`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateKey {
    pub purpose: Purpose,
    pub language: Language,
}

impl std::fmt::Display for TemplateKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}-{}", self.purpose, self.language)
    }
}

impl std::str::FromStr for TemplateKey {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let unknown = || UnknownWord { what: "TemplateKey", word: text.to_owned() };
        let (purpose, language) = text.rsplit_once('-').ok_or_else(unknown)?;
        Ok(Self { purpose: purpose.parse()?, language: language.parse()? })
    }
}

/// A template on its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateDetail {
    pub purpose: Purpose,
    pub language: Language,
    pub template: Template,
    pub is_own: bool,
}

/// How a template reads with made-up values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatePreview {
    pub subject: String,
    pub body: String,
    pub short: String,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    pub subject: String,
    pub body: String,
    pub short: String,
}

/// As typed; both blank: it may ring at any hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuietForm {
    pub from: String,
    pub to: String,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PreferenceForm {
    pub channel: String,
    pub essential_only: bool,
}

/// How a customer wants to be reached, and by what ways they can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreferenceView {
    pub preference: Preference,
    pub ringing: Vec<Channel>,
    pub has_email: bool,
    pub has_phone: bool,
}

impl TemplateForm {
    /// How these words read with made-up values.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn preview(&self, purpose: Purpose) -> Result<TemplatePreview, Failure> {
        let template = self.check(purpose)?;
        let filled = |channel| template.fill(channel, SAMPLE).unwrap_or_default();
        let ((subject, body), (_, short)) = (filled(Channel::Mail), filled(Channel::Sms));
        Ok(TemplatePreview { subject, body, short })
    }

    /// # Errors
    /// `Fields`: a part that is missing, too long, or wrong in a line.
    pub fn check(&self, purpose: Purpose) -> Result<Template, Failure> {
        let mut check = FormCheck::default();
        let subject = check.take("subject", part(&self.subject, 200));
        let body = check.take("body", part(&self.body, 5_000));
        let short = check.take("short", part(&self.short, 600));
        let template = (|| Some(Template { subject: subject?, body: body?, short: short? }))();
        for (part, error) in template.iter().flat_map(|template| template.problems(purpose)) {
            check.take::<()>(part, Err(Problem::BadTemplate { error }));
        }
        check.answer(template)
    }
}

/// What previews are filled with.
const SAMPLE: &[(&str, &str)] = &[
    ("name", "Ana"),
    ("company", "Ramal"),
    ("invoices", "F-2026-000123: 34.80 USD, 15/11/2026"),
    ("invoice", "F-2026-000140"),
    ("number", "F-2026-000123"),
    ("amount", "34.80 USD"),
    ("due", "15/11/2026"),
    ("day", "15/11/2026"),
    ("equipment", "ONU"),
    ("subject", "No tengo internet"),
    ("text", "El sábado de 2 a 4 de la mañana trabajaremos en la red."),
    ("place", "Norte"),
    ("plan", "Fibra 100"),
    ("price", "34.80 USD"),
    ("because", "F-2026-000123: 34.80 USD"),
    ("reference", "00123456"),
    ("link", "https://ramal.example/portal"),
    ("unsubscribe", "https://ramal.example/unsubscribe?token=..."),
];

/// As it is typed, but for the ends and for what Windows puts at the end of lines.
fn part(text: &str, most: usize) -> Result<String, Problem> {
    crate::failure::required(&text.replace("\r\n", "\n"), most)
}

impl From<&Template> for TemplateForm {
    fn from(template: &Template) -> Self {
        let Template { subject, body, short } = template.clone();
        Self { subject, body, short }
    }
}

impl QuietForm {
    /// # Errors
    /// `Fields`: one end without the other, or both the same.
    pub fn check(&self) -> Result<Option<QuietHours>, Failure> {
        let mut check = FormCheck::default();
        let from = check.take("from", form::optional_time(&self.from));
        let to = check.take("to", form::optional_time(&self.to));
        let quiet = match (from, to) {
            (Some(None), Some(None)) => Some(None),
            (Some(Some(from)), Some(Some(to))) if from != to => Some(Some(QuietHours { from, to })),
            (Some(Some(_)), Some(Some(_))) => check.take("to", Err(Problem::OutOfOrder)),
            (Some(None), Some(Some(_))) => check.take("from", Err(Problem::Required)),
            (Some(Some(_)), Some(None)) => check.take("to", Err(Problem::Required)),
            _ => None,
        };
        check.answer(quiet)
    }
}

impl From<Option<QuietHours>> for QuietForm {
    fn from(quiet: Option<QuietHours>) -> Self {
        let text = |time: Option<NaiveTime>| time.map(|time| time.format("%H:%M").to_string()).unwrap_or_default();
        Self { from: text(quiet.map(|quiet| quiet.from)), to: text(quiet.map(|quiet| quiet.to)) }
    }
}

impl PreferenceForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<Preference, Failure> {
        let mut check = FormCheck::default();
        let channel = check.take("channel", form::choice(&self.channel));
        check.answer(channel.map(|channel| Preference { channel, essential_only: self.essential_only }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::TemplateError;

    #[test]
    fn a_template_is_previewed_as_it_would_be_sent_and_says_what_is_wrong_and_where() {
        let text = str::to_owned;
        let mut form =
            TemplateForm { subject: text("{company}"), body: text("Hola\r\n{name}"), short: text("{amount}") };
        let preview = form.preview(Purpose::Cut).unwrap();
        assert_eq!((preview.subject.as_str(), preview.body.as_str()), ("Ramal", "Hola\nAna"));
        assert_eq!(preview.short, "34.80 USD");
        form.body = text("Hola\n{nombre}");
        let error = TemplateError::UnknownValue { line: 2, name: text("nombre") };
        assert_eq!(form.check(Purpose::Cut), Err(Failure::field("body", Problem::BadTemplate { error })));
    }

    #[test]
    fn a_key_is_read_as_it_is_written() {
        let key = TemplateKey { purpose: Purpose::ReminderLate, language: Language::English };
        assert_eq!(key.to_string().parse(), Ok(key));
        assert!("reminder".parse::<TemplateKey>().is_err());
    }
}
