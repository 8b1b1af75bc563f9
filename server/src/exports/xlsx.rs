//! Spreadsheets: numbers are numbers, dates are dates, and the heads stay in sight.

use app::office::exports::{Cell, Head, Kind, Reading};
use domain::zone::Offsets;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use tokio::sync::mpsc::{Receiver, channel};

use super::Broken;

/// Rows of one sheet; what is more goes to the next one.
const ROWS_OF_A_SHEET: u32 = 1_000_000;
/// Of a cell's text, counted as UTF-16 does: a file with more is refused as a whole.
const LONGEST_TEXT: usize = 32_767;

/// The whole list as a file. Its rows are not kept in memory: they go to a file on their way.
pub(super) async fn workbook(mut reading: Reading, offsets: Offsets) -> Result<Vec<u8>, Broken> {
    let heads = reading.heads().to_vec();
    let (sender, rows) = channel(1);
    let writing = tokio::task::spawn_blocking(move || write(&heads, rows, &offsets));
    while let Some(stretch) = reading.next().await? {
        if sender.send(stretch).await.is_err() {
            break;
        }
    }
    drop(sender);
    Ok(writing.await??)
}

fn write(heads: &[Head], mut rows: Receiver<Vec<Vec<Cell>>>, offsets: &Offsets) -> Result<Vec<u8>, XlsxError> {
    let (formats, mut workbook) = (Formats::new(), Workbook::new());
    let (mut sheet, mut place) = (0, 1);
    begin(workbook.add_worksheet_with_constant_memory()?, heads, &formats)?;
    while let Some(stretch) = rows.blocking_recv() {
        for row in stretch {
            if place > ROWS_OF_A_SHEET {
                (sheet, place) = (sheet + 1, 1);
                begin(workbook.add_worksheet_with_constant_memory()?, heads, &formats)?;
            }
            write_row(workbook.worksheet_from_index(sheet)?, place, row, &formats, offsets)?;
            place += 1;
        }
    }
    workbook.save_to_buffer()
}

fn begin(sheet: &mut Worksheet, heads: &[Head], formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for (column, head) in (0..).zip(heads) {
        sheet.set_column_width(column, width(head.kind))?;
        sheet.write_string_with_format(0, column, head.label.as_str(), &formats.head)?;
    }
    Ok(())
}

fn width(kind: Kind) -> u16 {
    match kind {
        Kind::Text => 24,
        Kind::Number | Kind::Date => 12,
        Kind::Money => 14,
        Kind::Moment => 18,
    }
}

fn write_row(
    sheet: &mut Worksheet,
    place: u32,
    row: Vec<Cell>,
    formats: &Formats,
    offsets: &Offsets,
) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(row) {
        match cell {
            Cell::Nothing => {}
            Cell::Text(text) => _ = sheet.write_string(place, column, fitting(text))?,
            Cell::Number(number) => _ = sheet.write(place, column, number)?,
            Cell::Money(money) => {
                let format = formats.money(money.currency().minor_units());
                sheet.write_with_format(place, column, money.amount(), format)?;
            }
            Cell::Date(date) => _ = sheet.write_datetime_with_format(place, column, date, &formats.date)?,
            Cell::Moment(at) => {
                sheet.write_datetime_with_format(place, column, offsets.local(at), &formats.moment)?;
            }
        }
    }
    Ok(())
}

/// What no cell holds is cut off, with a sign that it was.
fn fitting(text: String) -> String {
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text;
    }
    let mut length = 1;
    let fits = |letter: &char| {
        length += letter.len_utf16();
        length <= LONGEST_TEXT
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

struct Formats {
    head: Format,
    date: Format,
    moment: Format,
    /// By decimals.
    whole: Format,
    cents: Format,
    thousandths: Format,
}

impl Formats {
    fn new() -> Self {
        let number = |format: &str| Format::new().set_num_format(format);
        Self {
            head: Format::new().set_bold(),
            date: number("yyyy-mm-dd"),
            moment: number("yyyy-mm-dd hh:mm"),
            whole: number("#,##0"),
            cents: number("#,##0.00"),
            thousandths: number("#,##0.000"),
        }
    }

    fn money(&self, decimals: u32) -> &Format {
        match decimals {
            0 => &self.whole,
            3 => &self.thousandths,
            _ => &self.cents,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_is_cut_off_and_the_file_is_made() {
        let mut workbook = Workbook::new();
        let row = vec![Cell::Text("ñ".repeat(40_000)), Cell::Text("🙂".repeat(20_000))];
        write_row(workbook.add_worksheet(), 1, row, &Formats::new(), &Offsets::default()).unwrap();
        workbook.save_to_buffer().unwrap();
        let whole = "a".repeat(LONGEST_TEXT);
        assert!(fitting(whole.clone()) == whole);
        let cut = fitting("🙂".repeat(20_000));
        assert!(cut.ends_with("🙂…"));
        assert_eq!(cut.encode_utf16().count(), LONGEST_TEXT);
    }
}
