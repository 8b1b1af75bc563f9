//! A table with a head, separated by whatever the bank separates by.

use csv::StringRecord;
use domain::bank::{BadLine, Columns, Contents, LineProblem};

use crate::tables::rows;

/// Every line of the table, either as a movement or as what is wrong with it. Empty lines count for nothing.
pub(super) fn read(content: &str, columns: &Columns) -> Contents {
    let mut contents = Contents::default();
    for (line, row) in rows(content) {
        match row {
            Ok(row) => sort(&row, line, columns, &mut contents),
            Err(_) => {
                let text = content.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
                contents.bad.push(BadLine { line, text, problem: LineProblem::TooFewColumns });
            }
        }
    }
    contents
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
