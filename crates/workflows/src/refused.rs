//! What the database refused, told at the form's field.

use domain::failure::{Failure, Problem};

use crate::Error;

/// The constraints that a form can run into, each with its field.
pub(crate) type Fields = &'static [(&'static str, &'static str)];

/// A choice that does not exist (any more) is told at its field; everything else stays what it was.
pub(crate) fn unknown_choice(error: store::Error, fields: Fields) -> Error {
    let field = match &error {
        store::Error::Refused { constraint, .. } => field_of(constraint, fields),
        _ => None,
    };
    match field {
        Some(field) => Failure::field(field, Problem::UnknownChoice).into(),
        None => error.into(),
    }
}

/// A value that only one record can have is told at its field, with who has it.
pub(crate) fn taken(error: store::Error, fields: Fields, by: &str) -> Error {
    let field = match &error {
        store::Error::Taken { constraint } => field_of(constraint, fields),
        _ => None,
    };
    match field {
        Some(field) => Failure::field(field, Problem::Taken { by: by.to_owned() }).into(),
        None => error.into(),
    }
}

fn field_of(constraint: &str, fields: Fields) -> Option<&'static str> {
    fields.iter().find(|(name, _)| *name == constraint).map(|(_, field)| *field)
}
