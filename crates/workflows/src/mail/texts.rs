//! What mails say. A text is `mail/<language>/<name>.txt`: the subject, an empty line, the body, with `{values}`.

use chrono::NaiveDate;
use domain::contact::Language;
use domain::message::fill;
use domain::views::accounts::BookPeriod;

use super::MailText;
use crate::messages::day;

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
const SECOND_FACTOR_ON: Template = template!("second_factor_on");
const SECOND_FACTOR_OFF: Template = template!("second_factor_off");
const INVITATION: Template = template!("invitation");
const RUN_LATE: Template = template!("run_late");
const RUN_WAITS: Template = template!("run_waits");
const REPORT: Template = template!("report");

/// A link to choose a new password, for somebody who asked for it.
pub fn password_reset(language: Language, name: &str, link: &str) -> MailText {
    PASSWORD_RESET.fill(language, &[("name", name), ("link", link)])
}

/// Tells the owner that the password is another now. `link` is where Ramal is.
pub fn password_changed(language: Language, name: &str, link: &str) -> MailText {
    PASSWORD_CHANGED.fill(language, &[("name", name), ("link", link)])
}

/// Tells the owner that the account asks for a code from now on.
pub fn second_factor_on(language: Language, name: &str, link: &str) -> MailText {
    SECOND_FACTOR_ON.fill(language, &[("name", name), ("link", link)])
}

/// Tells the owner that it does not any more.
pub fn second_factor_off(language: Language, name: &str, link: &str) -> MailText {
    SECOND_FACTOR_OFF.fill(language, &[("name", name), ("link", link)])
}

/// A link to choose the first password.
pub fn invitation(language: Language, name: &str, company: &str, link: &str) -> MailText {
    INVITATION.fill(language, &[("name", name), ("company", company), ("link", link)])
}

/// Tells staff that nights are missing, from `first` on.
pub fn run_late(language: Language, name: &str, first: NaiveDate, link: &str) -> MailText {
    RUN_LATE.fill(language, &[("name", name), ("date", &day(language, first)), ("link", link)])
}

/// Tells staff that a night stopped and waits for them.
pub fn run_waits(language: Language, name: &str, night: NaiveDate, link: &str) -> MailText {
    RUN_WAITS.fill(language, &[("name", name), ("date", &day(language, night)), ("link", link)])
}

/// Brings a report about some days to somebody of the staff.
pub fn report(language: Language, name: &str, report: &str, span: BookPeriod, link: &str) -> MailText {
    let (from, to) = (day(language, span.from), day(language, span.to));
    REPORT.fill(language, &[("name", name), ("report", report), ("from", &from), ("to", &to), ("link", link)])
}

impl Template {
    fn fill(&self, language: Language, values: &[(&str, &str)]) -> MailText {
        let text = match language {
            Language::Spanish => self.spanish,
            Language::English => self.english,
        };
        let (subject, body) = text.split_once("\n\n").unwrap_or((text, ""));
        // These come with the product: a test fills them all in.
        let filled = |text: &str| fill(text, values).unwrap_or_else(|_| text.to_owned());
        // A subject is one line, whatever a name contains.
        MailText { subject: filled(subject).replace(['\r', '\n'], " "), body: filled(body) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mail_has_a_subject_and_all_its_values_in_both_languages() {
        let (day, link) = (NaiveDate::from_ymd_opt(2026, 4, 16).unwrap(), "https://ramal.test/portal");
        for language in Language::ALL.iter().copied() {
            let mails = [
                password_reset(language, "Ana", "https://ramal.test/reset?token=x"),
                password_changed(language, "Ana", "https://ramal.test"),
                second_factor_on(language, "Ana", "https://ramal.test"),
                second_factor_off(language, "Ana", "https://ramal.test"),
                invitation(language, "Ana", "Fibra del Sur", "https://ramal.test/reset?token=x"),
                run_late(language, "Ana", day, link),
                run_waits(language, "Ana", day, link),
                report(language, "Ana", "Morosos", BookPeriod { from: day, to: day }, link),
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
