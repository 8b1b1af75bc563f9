//! The words of a message, with `{values}` in them.

use serde::{Deserialize, Serialize};

use super::{Channel, Purpose};

/// What a message says, by mail and where a telephone rings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Of the mail.
    pub subject: String,
    pub body: String,
    /// By WhatsApp and SMS.
    pub short: String,
}

/// What is wrong with a template; the line is counted from one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TemplateError {
    #[error("line {line}: there is no value {name}")]
    UnknownValue { line: usize, name: String },
    #[error("line {line}: a brace is opened and not closed")]
    NotClosed { line: usize },
}

/// Puts the values in, in one pass: a name that contains `{link}` stays what it is.
///
/// # Errors
/// The first thing that is wrong.
pub fn fill(text: &str, values: &[(&str, &str)]) -> Result<String, TemplateError> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let line = || text[..text.len() - after.len()].lines().count().max(1);
        let (name, end) = after.split_once('}').ok_or_else(|| TemplateError::NotClosed { line: line() })?;
        if name.contains(['{', '\n']) {
            return Err(TemplateError::NotClosed { line: line() });
        }
        let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let unknown = || TemplateError::UnknownValue { line: line(), name: name.to_owned() };
        filled.push_str(value.ok_or_else(unknown)?);
        rest = end;
    }
    filled.push_str(rest);
    Ok(filled)
}

impl Template {
    /// Subject and text for a channel; what rings has no subject.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn fill(&self, channel: Channel, values: &[(&str, &str)]) -> Result<(String, String), TemplateError> {
        if channel.rings() {
            return Ok((String::new(), fill(&self.short, values)?));
        }
        // A subject is one line, whatever a name contains.
        let subject = fill(&self.subject, values)?.replace(['\r', '\n'], " ");
        Ok((subject, fill(&self.body, values)?))
    }

    /// What is wrong with each part, as a template of `purpose`: subject, body, short.
    pub fn problems(&self, purpose: Purpose) -> Vec<(&'static str, TemplateError)> {
        let values: Vec<_> = purpose.values().iter().map(|name| (*name, "")).collect();
        let parts = [("subject", &self.subject), ("body", &self.body), ("short", &self.short)];
        parts.into_iter().filter_map(|(part, text)| Some((part, fill(text, &values).err()?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_and_what_is_not_one_is_told_with_its_line() {
        let values = [("name", "{link}"), ("link", "https://ramal.test")];
        assert_eq!(fill("Hola, {name}:\n{link}", &values).unwrap(), "Hola, {link}:\nhttps://ramal.test");
        for (text, expected) in [
            ("Hola\n\n{nombre}", TemplateError::UnknownValue { line: 3, name: "nombre".to_owned() }),
            ("{name", TemplateError::NotClosed { line: 1 }),
            ("a\n{na\nme}", TemplateError::NotClosed { line: 2 }),
            ("{na{name}", TemplateError::NotClosed { line: 1 }),
        ] {
            assert_eq!(fill(text, &values), Err(expected), "{text}");
        }
    }

    #[test]
    fn what_rings_has_the_short_text_and_a_name_cannot_add_to_the_subject() {
        let template = Template {
            subject: "Hola {name}".to_owned(),
            body: "{link}".to_owned(),
            short: "{name}: {link}".to_owned(),
        };
        let values = [("name", "Ana\nBcc: all@example.com"), ("link", "x")];
        assert_eq!(template.fill(Channel::Mail, &values).unwrap().0, "Hola Ana Bcc: all@example.com");
        let (subject, text) = template.fill(Channel::Sms, &[("name", "Ana"), ("link", "x")]).unwrap();
        assert_eq!((subject.as_str(), text.as_str()), ("", "Ana: x"));
    }
}
