//! What mails say. A text is `mail/<language>/<name>.txt`: the subject, an empty line, the body, with `{values}`.

use chrono::NaiveDate;
use domain::contact::Language;
use domain::money::Money;

use super::MailText;

/// One text in each language.
struct Template {
    spanish: &'static str,
    english: &'static str,
}

macro_rules! template {
    ($name:literal) => {
        Template {
            spanish: include_str!(concat!("es/", $name, ".txt")),
            english: include_str!(concat!("en/", $name, ".txt")),
        }
    };
}

const PASSWORD_RESET: Template = template!("password_reset");
const PASSWORD_CHANGED: Template = template!("password_changed");
const INVITATION: Template = template!("invitation");
const REMINDER: Template = template!("reminder");
const REMINDER_LATE: Template = template!("reminder_late");
const RUN_LATE: Template = template!("run_late");
const RUN_WAITS: Template = template!("run_waits");

/// A link to choose a new password, for somebody who asked for it.
pub fn password_reset(language: Language, name: &str, link: &str) -> MailText {
    PASSWORD_RESET.fill(language, &[("name", name), ("link", link)])
}

/// Tells the owner that the password is another now. `link` is where Ramal is.
pub fn password_changed(language: Language, name: &str, link: &str) -> MailText {
    PASSWORD_CHANGED.fill(language, &[("name", name), ("link", link)])
}

/// A link to choose the first password.
pub fn invitation(language: Language, name: &str, company: &str, link: &str) -> MailText {
    INVITATION.fill(language, &[("name", name), ("company", company), ("link", link)])
}

/// What a customer is reminded of: each invoice's number, what is open on it, and when it is or was due. `late`: one of them
/// is past its date.
pub fn reminder(
    language: Language,
    late: bool,
    name: &str,
    company: &str,
    invoices: &[(&str, Money, NaiveDate)],
    link: &str,
) -> MailText {
    let line = |(number, open, due_on): &(&str, Money, NaiveDate)| {
        let (due_on, currency) = (date(language, *due_on), open.currency());
        match language {
            Language::Spanish => format!("{number}: {open} {currency}, vence el {due_on}"),
            Language::English => format!("{number}: {open} {currency}, due on {due_on}"),
        }
    };
    let invoices = invoices.iter().map(line).collect::<Vec<_>>().join("\n");
    let template = if late { REMINDER_LATE } else { REMINDER };
    template.fill(language, &[("name", name), ("company", company), ("invoices", &invoices), ("link", link)])
}

/// Tells staff that nights are missing, from `first` on.
pub fn run_late(language: Language, name: &str, first: NaiveDate, link: &str) -> MailText {
    RUN_LATE.fill(language, &[("name", name), ("date", &date(language, first)), ("link", link)])
}

/// Tells staff that a night stopped and waits for them.
pub fn run_waits(language: Language, name: &str, night: NaiveDate, link: &str) -> MailText {
    RUN_WAITS.fill(language, &[("name", name), ("date", &date(language, night)), ("link", link)])
}

fn date(language: Language, date: NaiveDate) -> String {
    let pattern = match language {
        Language::Spanish => "%d/%m/%Y",
        Language::English => "%e %B %Y",
    };
    date.format(pattern).to_string().trim().to_owned()
}

impl Template {
    fn fill(&self, language: Language, values: &[(&str, &str)]) -> MailText {
        let text = match language {
            Language::Spanish => self.spanish,
            Language::English => self.english,
        };
        let (subject, body) = text.split_once("\n\n").unwrap_or((text, ""));
        // A subject is one line, whatever a name contains.
        let subject = replace(subject, values).replace(['\r', '\n'], " ");
        MailText { subject, body: replace(body, values) }
    }
}

/// Puts the values in, in one pass: a name that contains `{link}` stays what it is.
fn replace(text: &str, values: &[(&str, &str)]) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let value = piece
            .split_once('}')
            .and_then(|(name, rest)| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, rest)));
        match value {
            Some((value, rest)) => filled.extend([value, rest]),
            None => filled.extend(["{", piece]),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;

    use super::*;

    #[test]
    fn every_mail_has_a_subject_and_all_its_values_in_both_languages() {
        let (day, link) = (NaiveDate::from_ymd_opt(2026, 4, 16).unwrap(), "https://ramal.test/portal");
        for language in Language::ALL.iter().copied() {
            let mails = [
                password_reset(language, "Ana", "https://ramal.test/reset?token=x"),
                password_changed(language, "Ana", "https://ramal.test"),
                invitation(language, "Ana", "Fibra del Sur", "https://ramal.test/reset?token=x"),
                reminder(language, false, "Ana", "Fibra del Sur", &[("F-1", Money::zero(Currency::USD), day)], link),
                reminder(language, true, "Ana", "Fibra del Sur", &[("F-1", Money::zero(Currency::USD), day)], link),
                run_late(language, "Ana", day, link),
                run_waits(language, "Ana", day, link),
            ];
            for mail in mails {
                assert!(!mail.subject.is_empty() && mail.body.contains("Ana"), "{mail:?}");
                assert!(mail.body.contains("https://ramal.test"), "{mail:?}");
                assert!(!mail.subject.contains(['{', '\n']) && !mail.body.contains('{'), "{mail:?}");
            }
        }
    }

    #[test]
    fn a_name_cannot_add_to_the_subject_or_stand_for_the_link() {
        let mail = invitation(Language::English, "{link}", "Fibra\nBcc: all@example.com", "https://ramal.test");
        assert_eq!(mail.subject, "Your access to Fibra Bcc: all@example.com");
        assert!(mail.body.starts_with("Hello, {link},"), "{}", mail.body);
    }
}
