//! CSV as spreadsheets and programs read it: UTF-8, a line each, dates as `2026-04-16`, amounts without separators.

use app::office::exports::{Cell, Reading};
use csv::{Error, Terminator, WriterBuilder};
use domain::zone::Offsets;

use super::Broken;

/// The mark at the beginning of a text in UTF-8.
const MARK: &str = "\u{feff}";

/// A list on its way, line by line.
pub(super) struct Lines {
    reading: Reading,
    offsets: Offsets,
    mark: bool,
    begun: bool,
}

impl Lines {
    pub(super) fn new(reading: Reading, offsets: Offsets, mark: bool) -> Self {
        Self { reading, offsets, mark, begun: false }
    }

    /// First the heads, then the rows, stretch by stretch.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<u8>>, Broken> {
        if !self.begun {
            self.begun = true;
            let heads = vec![self.reading.heads().iter().map(|head| head.label.clone()).collect()];
            let mut text = if self.mark { MARK.as_bytes().to_vec() } else { Vec::new() };
            text.extend(lines(heads)?);
            return Ok(Some(text));
        }
        let Some(rows) = self.reading.next().await? else { return Ok(None) };
        let records = rows.into_iter().map(|row| row.into_iter().map(|cell| text(cell, &self.offsets)).collect());
        Ok(Some(lines(records.collect())?))
    }
}

fn lines(records: Vec<Vec<String>>) -> Result<Vec<u8>, Error> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        writer.write_record(record)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn text(cell: Cell, offsets: &Offsets) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => number.normalize().to_string(),
        Cell::Money(amount) => amount.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Moment(at) => offsets.local(at).format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// What a spreadsheet would take for a formula is text.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use domain::money::Money;

    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_text_and_what_is_a_number_stays_one() {
        let text = |cell| text(cell, &Offsets::default());
        for formula in ["=HYPERLINK(1)", "+58 412 555 0100", "-1+1", "@sum", "\t=1"] {
            assert_eq!(text(Cell::Text(formula.to_owned())), format!("'{formula}"));
        }
        assert_eq!(text(Cell::Text("Ana = Eva".to_owned())), "Ana = Eva");
        let owed = Money::new("-27.5".parse().unwrap(), "USD".parse().unwrap());
        assert_eq!(text(Cell::Money(owed)), "-27.50");
        assert_eq!(text(Cell::Number("36.5000".parse().unwrap())), "36.5");
        assert_eq!(text(Cell::Nothing), "");
    }
}
