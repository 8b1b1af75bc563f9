//! Reading what banks send.

mod camt053;
mod csv;
mod mt940;

use domain::bank::{Columns, Contents, StatementFormat};

pub(super) use crate::tables::{decoded, heads};

/// A file that is damaged, or is not what it looks like; with the line, where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Damaged {
    pub line: Option<usize>,
}

/// What a file is, by how it begins.
pub(super) fn format_of(content: &str) -> StatementFormat {
    let begins = content.trim_start();
    if begins.starts_with('<') {
        StatementFormat::Camt053
    } else if begins.starts_with("{1:")
        || begins.lines().any(|line| line.starts_with(":60F:") || line.starts_with(":60M:"))
    {
        StatementFormat::Mt940
    } else {
        StatementFormat::Csv
    }
}

/// The movements of a file; the columns are those of a CSV file.
///
/// # Errors
/// `Damaged` when nothing of it can be relied on. A CSV file's bad lines are told one by one instead.
pub(super) fn contents(format: StatementFormat, content: &str, columns: &Columns) -> Result<Contents, Damaged> {
    match format {
        StatementFormat::Csv => Ok(csv::read(content, columns)),
        StatementFormat::Mt940 => mt940::read(content).map(whole),
        StatementFormat::Camt053 => camt053::read(content).map(whole),
    }
}

fn whole(movements: Vec<domain::bank::Movement>) -> Contents {
    Contents { movements, bad: Vec::new() }
}

/// A text in one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
