//! Boxes on poles from a table: which column is what, and what a row says. Everything that is wrong with a row is told at
//! once, each with its column.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::contact::Language;
use crate::ids::NapId;
use crate::plant::Ways;
use crate::position::Position;
use crate::price::parse_decimal;
use crate::words::words;

/// Rows that are looked at in one go.
pub const MOST_ROWS: usize = 2_000;
/// Characters of a name.
const LONGEST_NAME: usize = 100;

words! {
    pub enum NapColumn {
        Name = "name",
        Latitude = "latitude",
        Longitude = "longitude",
        Capacity = "capacity",
        Sector = "sector",
        Olt = "olt",
        /// As staff call it: card and number, `1/0`.
        Pon = "pon",
        /// The ways of the splitter in the box.
        Splitter = "splitter",
        /// Metres from the OLT.
        Fibre = "fibre",
    }
}

impl NapColumn {
    /// What people call it, in small letters: the first is what the example says.
    fn names(self, language: Language) -> &'static [&'static str] {
        match (self, language) {
            (Self::Name, Language::Spanish) => &["nombre", "caja", "nap", "caja nap"],
            (Self::Name, Language::English) => &["name", "box"],
            (Self::Latitude, Language::Spanish) => &["latitud"],
            (Self::Latitude, Language::English) => &["latitude", "lat"],
            (Self::Longitude, Language::Spanish) => &["longitud"],
            (Self::Longitude, Language::English) => &["longitude", "lon", "lng", "long"],
            (Self::Capacity, Language::Spanish) => &["capacidad", "puertos"],
            (Self::Capacity, Language::English) => &["capacity", "ports"],
            (Self::Sector, Language::Spanish) => &["sector", "zona"],
            (Self::Sector, Language::English) => &["sector", "zone"],
            (Self::Olt, _) => &["olt"],
            (Self::Pon, Language::Spanish) => &["pon", "puerto pon"],
            (Self::Pon, Language::English) => &["pon", "pon port"],
            (Self::Splitter, Language::Spanish) => &["divisor"],
            (Self::Splitter, Language::English) => &["splitter"],
            (Self::Fibre, Language::Spanish) => &["fibra", "fibra m", "metros de fibra"],
            (Self::Fibre, Language::English) => &["fibre", "fiber", "fibre metres"],
        }
    }

    fn is_called(self, head: &str) -> bool {
        [Language::Spanish, Language::English].iter().any(|language| self.names(*language).contains(&head))
    }

    fn is_needed(self) -> bool {
        matches!(self, Self::Name | Self::Latitude | Self::Longitude | Self::Capacity)
    }
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NapProblem {
    Missing,
    TooLong {
        most: usize,
    },
    /// Degrees with a point, between those of the poles, or of half a turn.
    NotDegrees {
        most: u32,
    },
    NotWhole {
        least: u32,
        most: u32,
    },
    /// Card and number: `1/0`.
    NotAPon,
    /// No splitter has so many ways.
    NotWays,
    /// A splitter with more ports than fit.
    TooManyWays,
    /// The same name as in that line.
    Twice {
        line: usize,
    },
    /// Another box has the name, and is not what the row says.
    OtherBox {
        nap: NapId,
    },
    /// The box is there and does not get its light from this PON port.
    NotBehind {
        nap: NapId,
    },
    UnknownSector,
    UnknownOlt,
    UnknownPon,
    /// Something hangs on the PON port already, and no port of a splitter on the way is left.
    NoPortLeft,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadCell {
    pub column: NapColumn,
    pub typed: String,
    pub problem: NapProblem,
}

/// Which cell of a row is what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NapColumns(BTreeMap<NapColumn, usize>);

impl NapColumns {
    /// From the names of the columns, in any order; what nobody knows is left out.
    ///
    /// # Errors
    /// Those that must be there and are not.
    pub fn of(heads: &[String]) -> Result<Self, Vec<NapColumn>> {
        let heads: Vec<String> = heads.iter().map(|head| plain(head)).collect();
        let place = |column: NapColumn| heads.iter().position(|head| column.is_called(head));
        let columns: BTreeMap<NapColumn, usize> =
            NapColumn::ALL.iter().filter_map(|column| Some((*column, place(*column)?))).collect();
        let needed = NapColumn::ALL.iter().copied().filter(|column| column.is_needed());
        let missing: Vec<NapColumn> = needed.filter(|column| !columns.contains_key(column)).collect();
        if missing.is_empty() { Ok(Self(columns)) } else { Err(missing) }
    }

    /// What a row calls its box, whatever else is wrong with it.
    pub fn name_of(&self, cells: &[&str]) -> String {
        Row { columns: self, cells, bad: Vec::new() }.cell(NapColumn::Name).to_owned()
    }

    /// What a row says.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, cells: &[&str]) -> Result<TypedNap, Vec<BadCell>> {
        let mut row = Row { columns: self, cells, bad: Vec::new() };
        let name = row.take(NapColumn::Name, name);
        let latitude = row.take(NapColumn::Latitude, |typed| degrees(typed, 90));
        let longitude = row.take(NapColumn::Longitude, |typed| degrees(typed, 180));
        let capacity = row.take(NapColumn::Capacity, |typed| whole(typed, 1..=512));
        let fibre_metres = row.take_optional(NapColumn::Fibre, |typed| whole(typed, 0..=60_000));
        let sector = row.take_optional(NapColumn::Sector, |typed| Ok(typed.to_owned()));
        let behind = row.behind(capacity);
        let nap = (|| {
            Some(TypedNap {
                name: name?,
                position: Position::new(latitude?, longitude?).ok()?,
                capacity: capacity?,
                fibre_metres: fibre_metres?,
                sector: sector?,
                behind: behind?,
            })
        })();
        nap.filter(|_| row.bad.is_empty()).ok_or(row.bad)
    }
}

/// What a row says, its names not looked up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedNap {
    pub name: String,
    pub position: Position,
    pub capacity: u32,
    pub fibre_metres: Option<u32>,
    pub sector: Option<String>,
    pub behind: Option<Behind>,
}

/// The PON port that a box gets its light from, and the splitter in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    pub olt: String,
    pub slot: i32,
    pub number: i32,
    pub ways: Ways,
}

struct Row<'a> {
    columns: &'a NapColumns,
    cells: &'a [&'a str],
    bad: Vec<BadCell>,
}

impl<'a> Row<'a> {
    fn cell(&self, column: NapColumn) -> &'a str {
        let place = self.columns.0.get(&column);
        place.and_then(|place| self.cells.get(*place)).map(|cell| cell.trim()).unwrap_or_default()
    }

    /// The value, or a note of what is wrong with the cell.
    fn take<T>(&mut self, column: NapColumn, read: impl Fn(&str) -> Result<T, NapProblem>) -> Option<T> {
        let typed = self.cell(column);
        let value = if typed.is_empty() { Err(NapProblem::Missing) } else { read(typed) };
        value.map_err(|problem| self.bad.push(BadCell { column, typed: typed.to_owned(), problem })).ok()
    }

    /// The same where the cell may be blank.
    fn take_optional<T>(
        &mut self,
        column: NapColumn,
        read: impl Fn(&str) -> Result<T, NapProblem>,
    ) -> Option<Option<T>> {
        if self.cell(column).is_empty() { Some(None) } else { self.take(column, read).map(Some) }
    }

    /// An OLT, a PON port and a splitter, or none of them; without a splitter it has as many ways as the box has room.
    fn behind(&mut self, capacity: Option<u32>) -> Option<Option<Behind>> {
        let columns = [NapColumn::Olt, NapColumn::Pon, NapColumn::Splitter];
        if columns.iter().all(|column| self.cell(*column).is_empty()) {
            return Some(None);
        }
        let olt = self.take(NapColumn::Olt, |typed| Ok(typed.to_owned()));
        let pon = self.take(NapColumn::Pon, pon);
        let ways = match (self.cell(NapColumn::Splitter), capacity) {
            ("", None) => None,
            ("", Some(room)) => {
                let as_many = i32::try_from(room).ok().and_then(Ways::of);
                as_many.or_else(|| self.take(NapColumn::Splitter, ways))
            }
            _ => self.take(NapColumn::Splitter, |typed| ways(typed).and_then(|ways| fits(ways, capacity))),
        };
        let (slot, number) = pon?;
        Some(Some(Behind { olt: olt?, slot, number, ways: ways? }))
    }
}

/// In small letters, without the signs that tables put between words.
fn plain(head: &str) -> String {
    let words = head.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

fn name(typed: &str) -> Result<String, NapProblem> {
    let fits = typed.chars().count() <= LONGEST_NAME;
    if fits { Ok(typed.to_owned()) } else { Err(NapProblem::TooLong { most: LONGEST_NAME }) }
}

/// Spreadsheets of some countries put a comma where others put a point.
fn degrees(typed: &str, most: u32) -> Result<Decimal, NapProblem> {
    let degrees = parse_decimal(&typed.replacen(',', ".", 1)).ok();
    degrees.filter(|degrees| degrees.abs() <= Decimal::from(most)).ok_or(NapProblem::NotDegrees { most })
}

fn whole(typed: &str, range: RangeInclusive<u32>) -> Result<u32, NapProblem> {
    let wrong = NapProblem::NotWhole { least: *range.start(), most: *range.end() };
    typed.parse().ok().filter(|number| range.contains(number)).ok_or(wrong)
}

fn pon(typed: &str) -> Result<(i32, i32), NapProblem> {
    let part = |part: &str| part.trim().parse::<i32>().ok().filter(|number| (0..=63).contains(number));
    let parts = typed.split_once('/').and_then(|(slot, number)| part(slot).zip(part(number)));
    parts.ok_or(NapProblem::NotAPon)
}

/// `8`, or `1:8` as it is written on it.
fn ways(typed: &str) -> Result<Ways, NapProblem> {
    typed.trim_start_matches("1:").trim().parse().map_err(|_| NapProblem::NotWays)
}

fn fits(ways: Ways, capacity: Option<u32>) -> Result<Ways, NapProblem> {
    if capacity.is_some_and(|capacity| ways.count() > capacity) { Err(NapProblem::TooManyWays) } else { Ok(ways) }
}

/// A file to begin with: one box alone, and one that hangs on a PON port.
pub fn example(language: Language) -> String {
    let heads: Vec<&str> = NapColumn::ALL.iter().filter_map(|column| column.names(language).first().copied()).collect();
    let rows = [
        "NAP-CENTRO-21,19.432608,-99.133209,16,,,,,",
        "NAP-CENTRO-22,19.433120,-99.134015,16,Centro,OLT-NORTE,1/0,8,2400",
    ];
    format!("{}\n{}\n", heads.join(","), rows.join("\n"))
}

#[cfg(test)]
#[path = "nap_import_tests.rs"]
mod tests;
