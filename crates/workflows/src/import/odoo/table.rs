//! CSV as Odoo writes it: a row with an empty first column continues the record above it. A broken row costs the
//! record that it belongs to and no other.

use chrono::NaiveDate;
use csv::{ByteRecord, ReaderBuilder};
use domain::{calendar::parse_date, price::parse_decimal};
use rust_decimal::Decimal;

use super::problems::{ExternalId, Fault, File, Problem, What};

pub(super) struct Table {
    pub(super) file: File,
    columns: Vec<String>,
    groups: Vec<Vec<RawRow>>,
}

/// `Err` holds what could still be read of a broken row.
type RawRow = (u64, Result<Vec<String>, (What, Vec<String>)>);

/// A record: its first row, and the rows that continue it.
#[derive(Clone, Copy)]
pub(super) struct Group<'t> {
    table: &'t Table,
    rows: &'t [RawRow],
}

/// One row whose cells are asked for by their column's name.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    pub(super) line: u64,
    table: &'t Table,
    cells: &'t [String],
}

impl Table {
    /// # Errors
    /// A file without a heading.
    pub(super) fn parse(file: File, bytes: &[u8]) -> Result<Self, Problem> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut rows = split(bytes).into_iter();
        let Some((_, Ok(columns))) = rows.next() else {
            return Err(Problem { file, line: None, customer: None, what: What::EmptyFile });
        };
        let mut groups: Vec<Vec<RawRow>> = Vec::new();
        for row in rows {
            let (Ok(cells) | Err((_, cells))) = &row.1;
            let continues = cells.first().is_some_and(String::is_empty);
            match groups.last_mut() {
                Some(group) if continues => group.push(row),
                _ => groups.push(vec![row]),
            }
        }
        Ok(Self { file, columns, groups })
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = Group<'_>> {
        self.groups.iter().map(|rows| Group { table: self, rows })
    }

    /// For columns without which it cannot even be told whose a record is.
    ///
    /// # Errors
    /// `MissingColumn` for the file as a whole.
    pub(super) fn must_have(&self, columns: &[&str]) -> Result<(), Problem> {
        match columns.iter().find(|column| !self.columns.iter().any(|known| known == *column)) {
            None => Ok(()),
            Some(column) => {
                let what = What::MissingColumn { column: (*column).to_owned() };
                Err(Problem { file: self.file, line: None, customer: None, what })
            }
        }
    }
}

/// The rows with the lines on which they begin. After a broken row reading goes on with the very next line, so that
/// an unclosed quotation mark does not swallow the rest of the file.
fn split(bytes: &[u8]) -> Vec<RawRow> {
    let mut rows: Vec<RawRow> = Vec::new();
    let (mut offset, mut line) = (0, 1);
    while offset < bytes.len() {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[offset..]);
        let mut record = ByteRecord::new();
        let mut broken_at = None;
        while matches!(reader.read_byte_record(&mut record), Ok(true)) {
            let end = offset + usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            let (start, skipped) = skip_line_ends(bytes, offset, &record);
            let starts_on = line + record.position().map_or(0, |position| position.line() - 1) + skipped;
            let width = rows.first().map_or(record.len(), |(_, row)| row.as_ref().map_or(0, Vec::len));
            if record.len() != width || is_cut_off(&bytes[start..end.min(bytes.len())]) {
                broken_at = Some((start, starts_on));
                break;
            }
            rows.push((starts_on, text_of(&record)));
        }
        let Some((start, starts_on)) = broken_at else { break };
        let length = bytes[start..].iter().position(|byte| *byte == b'\n').map_or(bytes.len() - start, |at| at + 1);
        rows.push((starts_on, Err((What::BrokenRecord, readable_cells(&bytes[start..start + length])))));
        (offset, line) = (start + length, starts_on + 1);
    }
    rows
}

/// Where the record really begins: the reader counts the end of the line before, and empty lines, to it.
fn skip_line_ends(bytes: &[u8], offset: usize, record: &ByteRecord) -> (usize, u64) {
    let position = record.position().map_or(0, |position| position.byte());
    let from = offset + usize::try_from(position).unwrap_or(0);
    let skipped = bytes[from..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let (length, lines) = skipped.fold((0, 0), |(length, lines), byte| (length + 1, lines + u64::from(*byte == b'\n')));
    (from + length, lines)
}

/// A file's last record without its end: inside a quotation, or without a line end where nothing closes the value.
fn is_cut_off(record: &[u8]) -> bool {
    let in_quotation = record.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
    in_quotation || !matches!(record.last(), Some(b'\n' | b'\r' | b'"'))
}

fn text_of(record: &ByteRecord) -> Result<Vec<String>, (What, Vec<String>)> {
    let cells: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    if record.iter().all(|cell| str::from_utf8(cell).is_ok()) { Ok(cells) } else { Err((What::NotText, cells)) }
}

/// The cells before the one in which a broken row ends.
fn readable_cells(line: &[u8]) -> Vec<String> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line);
    let mut record = ByteRecord::new();
    let read = reader.read_byte_record(&mut record).unwrap_or(false);
    let whole_cells = if read { record.len() - 1 } else { 0 };
    record.iter().take(whole_cells).map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
}

impl<'t> Group<'t> {
    /// The first row.
    ///
    /// # Errors
    /// When any row of the record is broken.
    pub(super) fn head(&self) -> Result<Row<'t>, Fault> {
        let mut rows = self.rows();
        let head = rows.next();
        rows.find_map(Result::err).map_or(Ok(()), Err)?;
        head.unwrap_or(Err(Fault { line: 0, what: What::EmptyFile }))
    }

    /// The first row and those that continue it.
    pub(super) fn rows(&self) -> impl Iterator<Item = Result<Row<'t>, Fault>> + use<'t> {
        let table = self.table;
        self.rows.iter().map(move |(line, row)| match row {
            Ok(cells) => Ok(Row { line: *line, table, cells }),
            Err((what, _)) => Err(Fault { line: *line, what: what.clone() }),
        })
    }

    /// Whose record it is, also when the record is broken but got that far.
    pub(super) fn owner(&self, column: &str) -> Option<ExternalId> {
        let (line, Ok(cells) | Err((_, cells))) = self.rows.first()?;
        let row = Row { line: *line, table: self.table, cells };
        row.id(column).ok()
    }
}

impl<'t> Row<'t> {
    pub(super) fn fault(&self, what: What) -> Fault {
        Fault { line: self.line, what }
    }

    /// The text without spaces around it, perhaps empty.
    ///
    /// # Errors
    /// `MissingColumn`; so for the others.
    pub(super) fn text(&self, column: &str) -> Result<&'t str, Fault> {
        let at = self.table.columns.iter().position(|known| known == column);
        let cell = at.and_then(|at| self.cells.get(at));
        cell.map(|cell| cell.trim()).ok_or_else(|| self.fault(What::MissingColumn { column: column.to_owned() }))
    }

    pub(super) fn filled(&self, column: &str) -> Result<&'t str, Fault> {
        match self.text(column)? {
            "" => Err(self.fault(What::Empty { column: column.to_owned() })),
            text => Ok(text),
        }
    }

    pub(super) fn optional(&self, column: &str) -> Result<Option<&'t str>, Fault> {
        Ok(Some(self.text(column)?).filter(|text| !text.is_empty()))
    }

    pub(super) fn id(&self, column: &str) -> Result<ExternalId, Fault> {
        Ok(ExternalId(self.filled(column)?.to_owned()))
    }

    pub(super) fn optional_id(&self, column: &str) -> Result<Option<ExternalId>, Fault> {
        Ok(self.optional(column)?.map(|id| ExternalId(id.to_owned())))
    }

    pub(super) fn date(&self, column: &str) -> Result<NaiveDate, Fault> {
        self.filled(column)?;
        self.optional_date(column)?.ok_or_else(|| self.fault(What::Empty { column: column.to_owned() }))
    }

    pub(super) fn optional_date(&self, column: &str) -> Result<Option<NaiveDate>, Fault> {
        let bad = |value: &str| What::BadDate { column: column.to_owned(), value: value.to_owned() };
        let parse = |value| parse_date(value).map_err(|_| self.fault(bad(value)));
        self.optional(column)?.map(parse).transpose()
    }

    pub(super) fn number(&self, column: &str) -> Result<Decimal, Fault> {
        self.parsed(column, |value| parse_decimal(value).ok())
    }

    /// A number with a condition, such as a price that is not negative.
    pub(super) fn parsed<T>(&self, column: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
        let value = self.filled(column)?;
        let bad = || What::BadNumber { column: column.to_owned(), value: value.to_owned() };
        parse(value).ok_or_else(|| self.fault(bad()))
    }

    /// A value that is more than a number, such as a MAC address; empty is `None`.
    pub(super) fn optional_parsed<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, Fault> {
        let bad = |value: &str| self.fault(What::bad_value(column, value));
        self.optional(column)?.map(|value| value.parse().map_err(|_| bad(value))).transpose()
    }

    /// One of a few words.
    pub(super) fn one_of<T: Copy>(&self, column: &str, choices: &[(&str, T)]) -> Result<T, Fault> {
        let value = self.filled(column)?;
        let choice = choices.iter().find(|(word, _)| *word == value);
        choice.map(|(_, choice)| *choice).ok_or_else(|| self.fault(What::bad_value(column, value)))
    }
}
