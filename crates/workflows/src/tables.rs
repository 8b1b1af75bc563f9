//! Tables that people send: text separated by whatever their programs separate by, with a line that names the columns.

use csv::{Position, Reader, ReaderBuilder, StringRecord};

/// Text as programs encode it: UTF-8, or else what Windows used before.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Latin 1: each byte is the character of that number.
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// The names of the columns.
pub(crate) fn heads(content: &str) -> Vec<String> {
    let mut reader = reader(content);
    reader.headers().map(|heads| heads.iter().map(|head| head.trim().to_owned()).collect()).unwrap_or_default()
}

/// The rows below them, each with the line that it begins on; a row that cannot be read is its error.
pub(crate) fn rows(content: &str) -> impl Iterator<Item = (usize, Result<StringRecord, csv::Error>)> {
    let mut lines = Lines::of(content);
    reader(content).into_records().map(move |row| {
        let line = match &row {
            Ok(row) => lines.at(row.position()),
            Err(error) => lines.at(error.position()),
        };
        (line, row)
    })
}

/// The sign that the first line has most of.
fn separator(content: &str) -> char {
    let head = content.lines().next().unwrap_or_default();
    [';', '\t', ',', '|'].into_iter().max_by_key(|sign| (head.matches(*sign).count(), *sign == ';')).unwrap_or(',')
}

fn reader(content: &str) -> Reader<&[u8]> {
    // All separators are one byte.
    let separator = u8::try_from(separator(content)).unwrap_or(b',');
    ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(content.as_bytes())
}

/// Finds the line that a record begins on, counted from one. The reader's own count is one behind in files of Windows,
/// whose lines end in two signs: there a record begins between them. Blank lines before a record are counted as its own.
struct Lines<'a> {
    content: &'a [u8],
    counted: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn of(content: &'a str) -> Self {
        Self { content: content.as_bytes(), counted: 0, line: 1 }
    }

    /// Positions must come in order.
    fn at(&mut self, position: Option<&Position>) -> usize {
        let from = position.and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or_default();
        let after = self.content.get(from..).unwrap_or_default();
        let begins = from + after.iter().take_while(|byte| matches!(**byte, b'\r' | b'\n')).count();
        let passed = self.content.get(self.counted..begins).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.counted = begins;
        self.line
    }
}
