//! What mails say. A text is `mail/<language>/<name>.txt`: the subject, an empty line, the body, with `{values}`.

use domain::contact::Language;

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
    use super::*;

    #[test]
    fn every_mail_has_a_subject_and_all_its_values_in_both_languages() {
        for language in Language::ALL.iter().copied() {
            let mails = [
                password_reset(language, "Ana", "https://ramal.test/reset?token=x"),
                password_changed(language, "Ana", "https://ramal.test"),
                invitation(language, "Ana", "Fibra del Sur", "https://ramal.test/reset?token=x"),
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
