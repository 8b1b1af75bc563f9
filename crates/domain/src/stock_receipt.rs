//! Goods as somebody typed, pasted or uploaded them: a line each.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::contact::Mac;
use crate::ids::EquipmentId;
use crate::stock::Serial;

/// Lines in one go.
pub const MOST_LINES: usize = 2000;

/// What a line says, if it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedLine {
    /// From 1, as an editor counts.
    pub number: usize,
    pub text: String,
    pub goods: Result<Goods, GoodsProblem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    pub serial: Serial,
    pub mac: Option<Mac>,
    /// As typed; without one it is of the receipt's model.
    pub model: Option<String>,
}

/// Why a line is not received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum GoodsProblem {
    /// Missing, too short or long, or with blanks in it.
    NoSerial,
    NotAMac {
        typed: String,
    },
    UnknownModel {
        typed: String,
    },
    /// The same serial or MAC as in that line.
    Twice {
        line: usize,
    },
    /// The serial is in stock already, wherever it is now.
    KnownSerial {
        item: EquipmentId,
    },
    KnownMac {
        item: EquipmentId,
    },
}

/// Which cell is what.
#[derive(Clone, Copy)]
struct Columns {
    serial: usize,
    mac: Option<usize>,
    model: Option<usize>,
}

/// Reads serials, one a line, with a MAC and a model beside them in any order; or a CSV file, whose first line names its
/// columns. Blank lines count and say nothing.
pub fn read(typed: &str) -> Vec<TypedLine> {
    let mut columns = None;
    let mut lines = Vec::new();
    let mut seen = HashMap::new();
    for (index, text) in typed.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let cells = cells(text);
        if lines.is_empty() && columns.is_none() {
            columns = header(&cells);
            if columns.is_some() {
                continue;
            }
        }
        let number = index + 1;
        let goods = goods(&cells, columns).and_then(|goods| once(goods, number, &mut seen));
        lines.push(TypedLine { number, text: text.to_owned(), goods });
    }
    lines
}

/// The first line, when it names the columns: what is left of a text keeps it.
pub fn header_line(typed: &str) -> Option<&str> {
    let first = typed.lines().find(|text| !text.trim().is_empty())?;
    header(&cells(first)).map(|_| first)
}

fn cells(text: &str) -> Vec<&str> {
    let separator = [';', '\t', ','].into_iter().find(|separator| text.contains(*separator));
    match separator {
        Some(separator) => text.split(separator).map(|cell| cell.trim().trim_matches('"').trim()).collect(),
        None => text.split_whitespace().collect(),
    }
}

fn header(cells: &[&str]) -> Option<Columns> {
    let find = |names: &[&str]| cells.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()));
    let serial = find(&["serial", "serie", "número de serie", "numero de serie", "serial number", "s/n", "sn"])?;
    Some(Columns {
        serial,
        mac: find(&["mac", "mac address", "dirección mac", "direccion mac"]),
        model: find(&["model", "modelo"]),
    })
}

fn goods(cells: &[&str], columns: Option<Columns>) -> Result<Goods, GoodsProblem> {
    let (serial, mac, model) = match columns {
        Some(columns) => {
            let cell = |column: Option<usize>| column.and_then(|column| cells.get(column)).copied().unwrap_or_default();
            let mac = match cell(columns.mac) {
                "" => None,
                typed => Some(typed.parse::<Mac>().map_err(|_| GoodsProblem::NotAMac { typed: typed.to_owned() })?),
            };
            (cell(Some(columns.serial)), mac, cell(columns.model).to_owned())
        }
        None => {
            let (serial, rest) = cells.split_first().ok_or(GoodsProblem::NoSerial)?;
            let (macs, words): (Vec<&str>, Vec<&str>) =
                rest.iter().copied().partition(|cell| cell.parse::<Mac>().is_ok());
            if let Some(typed) = words.iter().find(|word| word.matches(':').count() >= 3) {
                return Err(GoodsProblem::NotAMac { typed: (*typed).to_owned() });
            }
            (*serial, macs.first().and_then(|mac| mac.parse().ok()), words.join(" ").trim().to_owned())
        }
    };
    let serial = serial.parse().map_err(|_| GoodsProblem::NoSerial)?;
    Ok(Goods { serial, mac, model: Some(model).filter(|model| !model.is_empty()) })
}

fn once(goods: Goods, number: usize, seen: &mut HashMap<String, usize>) -> Result<Goods, GoodsProblem> {
    let marks = [Some(goods.serial.to_string()), goods.mac.as_ref().map(ToString::to_string)];
    let before = marks.iter().flatten().filter_map(|mark| seen.get(mark)).min().copied();
    if let Some(line) = before {
        return Err(GoodsProblem::Twice { line });
    }
    seen.extend(marks.into_iter().flatten().map(|mark| (mark, number)));
    Ok(goods)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(line: &str) -> Result<Goods, GoodsProblem> {
        read(line).remove(0).goods
    }

    fn goods(serial: &str, mac: Option<&str>, model: Option<&str>) -> Result<Goods, GoodsProblem> {
        let mac = mac.map(|mac| mac.parse().unwrap());
        Ok(Goods { serial: serial.parse().unwrap(), mac, model: model.map(str::to_owned) })
    }

    #[test]
    fn a_line_is_a_serial_and_what_else_is_known() {
        let mac = Some("02:AA:00:00:00:01");
        for (line, read) in [
            ("hwtc00000001", goods("HWTC00000001", None, None)),
            ("HWTC00000001, 02aa.0000.0001", goods("HWTC00000001", mac, None)),
            ("HWTC00000001\t02:aa:00:00:00:01\tHuawei HG8145", goods("HWTC00000001", mac, Some("Huawei HG8145"))),
            ("HWTC00000001 02-AA-00-00-00-01", goods("HWTC00000001", mac, None)),
            ("HWTC00000001;Huawei HG8145;02aa00000001", goods("HWTC00000001", mac, Some("Huawei HG8145"))),
            ("\"HWTC00000001\",\"02aa00000001\"", goods("HWTC00000001", mac, None)),
            ("HW", Err(GoodsProblem::NoSerial)),
            (";02aa00000001", Err(GoodsProblem::NoSerial)),
            ("HWTC00000001 02:aa:00:00:00", Err(GoodsProblem::NotAMac { typed: "02:aa:00:00:00".to_owned() })),
        ] {
            assert_eq!(read_one(line), read, "{line}");
        }
    }

    #[test]
    fn a_file_names_its_columns_in_any_order() {
        let typed = "MAC;Modelo;Serie\n02aa00000001;HG8145;HWTC00000001\n;;HWTC00000002\nnot a mac;;HWTC00000003\n";
        let read = read(typed);
        assert_eq!(read[0].goods, goods("HWTC00000001", Some("02:AA:00:00:00:01"), Some("HG8145")));
        assert_eq!(read[1].goods, goods("HWTC00000002", None, None));
        assert_eq!(read[2].goods, Err(GoodsProblem::NotAMac { typed: "not a mac".to_owned() }));
        assert_eq!(read.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(header_line(typed), Some("MAC;Modelo;Serie"));
        assert_eq!(header_line("HWTC00000001"), None);
    }

    #[test]
    fn what_stands_there_twice_is_received_once() {
        let read = read("HWTC1 \n\nhwtc1\nHWTC2,02aa00000001\nHWTC3,02:aa:00:00:00:01");
        let wrong: Vec<_> = read.iter().filter_map(|line| Some((line.number, line.goods.clone().err()?))).collect();
        assert_eq!(wrong, [(3, GoodsProblem::Twice { line: 1 }), (5, GoodsProblem::Twice { line: 4 })]);
    }
}
