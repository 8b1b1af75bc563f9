//! A table with a head, separated by whatever the bank separates by.

use csv::{ReaderBuilder, StringRecord};
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
    for record in reader(content).records() {
        match record {
            Ok(record) => sort(&record, columns, &mut contents),
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let line = usize::try_from(line).unwrap_or_default();
                let text = content.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
                contents.bad.push(BadLine { line, text, problem: LineProblem::TooFewColumns });
            }
        }
    }
    contents
}

fn sort(record: &StringRecord, columns: &Columns, contents: &mut Contents) {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return;
    }
    let line = record.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or_default();
    let cells: Vec<&str> = record.iter().collect();
    match columns.read(line, &cells) {
        Ok(movement) => contents.movements.push(movement),
        Err(problem) => contents.bad.push(BadLine { line, text: cells.join(" | "), problem }),
    }
}
