//! A table with a head, separated by whatever the bank separates by.

use csv::{Position, ReaderBuilder, StringRecord};
use domain::bank::{BadLine, Columns, Contents, LineProblem};

/// The names of the columns.
pub(in crate::bank) fn heads(content: &str) -> Vec<String> {
    let mut reader = reader(content);
    reader.headers().map(|heads| heads.iter().map(|head| head.trim().to_owned()).collect()).unwrap_or_default()
}

/// The sign that the first line has most of.
fn separator(content: &str) -> char {
    let head = content.lines().next().unwrap_or_default();
    [';', '\t', ',', '|'].into_iter().max_by_key(|sign| (head.matches(*sign).count(), *sign == ';')).unwrap_or(',')
}

fn reader(content: &str) -> csv::Reader<&[u8]> {
    // All separators are one byte.
    let separator = u8::try_from(separator(content)).unwrap_or(b',');
    ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(content.as_bytes())
}

/// Every line of the table, either as a movement or as what is wrong with it. Empty lines count for nothing.
pub(super) fn read(content: &str, columns: &Columns) -> Contents {
    let mut contents = Contents::default();
    let mut lines = Lines::of(content);
    for record in reader(content).records() {
        match record {
            Ok(record) => sort(&record, lines.at(record.position()), columns, &mut contents),
            Err(error) => {
                let line = lines.at(error.position());
                let text = content.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
                contents.bad.push(BadLine { line, text, problem: LineProblem::TooFewColumns });
            }
        }
    }
    contents
}

/// Finds the line that a record begins on, counted from one. The reader's own count is one behind in files of Windows,
/// whose lines end in two signs: there a record begins between them.
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
        let begins = position.and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or_default();
        let begins = begins + usize::from(self.content.get(begins) == Some(&b'\n'));
        let passed = self.content.get(self.counted..begins).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.counted = begins;
        self.line
    }
}

fn sort(record: &StringRecord, line: usize, columns: &Columns, contents: &mut Contents) {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return;
    }
    let cells: Vec<&str> = record.iter().collect();
    match columns.read(line, &cells) {
        Ok(movement) => contents.movements.push(movement),
        Err(problem) => contents.bad.push(BadLine { line, text: cells.join(" | "), problem }),
    }
}
