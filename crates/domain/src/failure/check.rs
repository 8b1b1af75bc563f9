//! What a form says, or all that is wrong with it.

use super::{Failure, FieldProblem, Problem};

/// Collects the mistakes of a whole form, so that people see all of them at once.
#[derive(Debug, Default)]
pub struct FormCheck {
    fields: Vec<FieldProblem>,
}

impl FormCheck {
    /// The value, or a note of what is wrong with the field.
    pub fn take<T>(&mut self, field: &str, value: Result<T, Problem>) -> Option<T> {
        value.map_err(|problem| self.fields.push(FieldProblem { field: field.to_owned(), problem })).ok()
    }

    /// What the form says, when nothing is wrong with it. `value` is `None` only where something is.
    pub fn answer<T>(self, value: Option<T>) -> Result<T, Failure> {
        match value {
            Some(value) if self.fields.is_empty() => Ok(value),
            _ => Err(Failure::Fields { fields: self.fields }),
        }
    }

    /// All mistakes as one failure.
    pub fn finish(self) -> Result<(), Failure> {
        if self.fields.is_empty() { Ok(()) } else { Err(Failure::Fields { fields: self.fields }) }
    }
}

/// A text that must be there: trimmed, and at most `most` characters.
pub fn required(text: &str, most: usize) -> Result<String, Problem> {
    match text.trim() {
        "" => Err(Problem::Required),
        text if text.chars().count() > most => Err(Problem::TooLong { most }),
        text => Ok(text.to_owned()),
    }
}

/// A text that may be absent: trimmed, `None` when empty.
pub fn optional(text: &str, most: usize) -> Result<Option<String>, Problem> {
    match text.trim() {
        "" => Ok(None),
        _ => required(text, most).map(Some),
    }
}
