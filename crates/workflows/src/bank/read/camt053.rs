//! ISO 20022 CAMT.053: entries (`Ntry`) of statements, in whatever version of the name space.

use std::collections::BTreeMap;

use domain::bank::Movement;
use quick_xml::Reader;
use quick_xml::events::Event;
use rust_decimal::Decimal;

use super::{Damaged, one_line};

/// What is collected of an entry: the text under each path.
type Texts = BTreeMap<String, String>;

/// An entry that is being read.
struct Entry {
    line: usize,
    texts: Texts,
    /// How many transactions it is made of: only the first one's words are kept, which are enough for a person to look.
    transactions: usize,
}

pub(super) fn read(content: &str) -> Result<Vec<Movement>, Damaged> {
    let mut reader = Reader::from_str(content);
    let mut movements = Vec::new();
    // The names of the open elements, without their name spaces.
    let mut path: Vec<String> = Vec::new();
    let mut entry: Option<Entry> = None;
    let mut is_statement = false;
    // How far it was read, in bytes and in lines.
    let (mut at, mut line) = (0, 1);
    loop {
        let now = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        line += content.get(at..now).map_or(0, |read| read.matches('\n').count());
        at = now;
        let damaged = Damaged { line: Some(line) };
        match reader.read_event().map_err(|_| damaged)? {
            Event::Start(tag) => {
                path.push(tag.local_name().into_inner().to_owned());
                let name = path.last().map(String::as_str).unwrap_or_default();
                is_statement |= name == "BkToCstmrStmt";
                if name == "Ntry" && entry.is_none() {
                    entry = Some(Entry { line, texts: Texts::new(), transactions: 0 });
                } else if name == "TxDtls"
                    && let Some(entry) = &mut entry
                {
                    entry.transactions += 1;
                }
            }
            Event::Text(text) => note(&mut entry, &path, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let sign = match reference.as_ref() {
                    "amp" => "&".to_owned(),
                    "lt" => "<".to_owned(),
                    "gt" => ">".to_owned(),
                    "apos" => "'".to_owned(),
                    "quot" => "\"".to_owned(),
                    _ => reference.resolve_char_ref().ok().flatten().map(String::from).ok_or(damaged)?,
                };
                note(&mut entry, &path, &sign);
            }
            Event::End(_) => {
                if path.pop().is_some_and(|name| name == "Ntry")
                    && let Some(Entry { line, texts, .. }) = entry.take()
                {
                    movements.extend(movement(line, &texts).ok_or(Damaged { line: Some(line) })?);
                }
            }
            Event::Eof if is_statement && path.is_empty() => return Ok(movements),
            Event::Eof => return Err(damaged),
            _ => {}
        }
    }
}

/// Pieces of one text belong together.
fn note(entry: &mut Option<Entry>, path: &[String], text: &str) {
    let Some(entry) = entry else { return };
    let inside: Vec<&str> = path.iter().map(String::as_str).skip_while(|name| *name != "Ntry").skip(1).collect();
    let of_another = entry.transactions > 1 && inside.contains(&"TxDtls");
    if !text.trim().is_empty() && !of_another {
        entry.texts.entry(inside.join("/")).or_default().push_str(text);
    }
}

/// An entry that is booked; those that are only expected are left out (`Some(None)`). `None`: it cannot be read.
fn movement(line: usize, texts: &Texts) -> Option<Option<Movement>> {
    let get = |path: &str| texts.get(path).map(|text| one_line(text)).unwrap_or_default();
    let status = format!("{}{}", get("Sts"), get("Sts/Cd"));
    if status == "PDNG" || status == "INFO" {
        return Some(None);
    }
    let amount: Decimal = get("Amt").parse().ok()?;
    let came_in = match get("CdtDbtInd").as_str() {
        "CRDT" => true,
        "DBIT" => false,
        _ => return None,
    };
    let date = [get("BookgDt/Dt"), get("BookgDt/DtTm"), get("ValDt/Dt"), get("ValDt/DtTm")];
    let date = date.iter().find(|date| !date.is_empty())?;
    let booked_on = date.get(..10).and_then(|day| day.parse().ok())?;
    let details = |path: &str| get(&format!("NtryDtls/TxDtls/{path}"));
    let first = |found: [String; 4]| found.into_iter().find(|text| !text.is_empty() && text != "NOTPROVIDED");
    let reference = first([
        details("RmtInf/Strd/CdtrRefInf/Ref"),
        details("Refs/EndToEndId"),
        details("Refs/AcctSvcrRef"),
        get("AcctSvcrRef"),
    ]);
    let party = if came_in { "Dbtr" } else { "Cdtr" };
    let name = [details(&format!("RltdPties/{party}/Nm")), details(&format!("RltdPties/{party}/Pty/Nm"))];
    let description = one_line(&format!("{} {}", details("RmtInf/Ustrd"), get("AddtlNtryInf")));
    Some(Some(Movement {
        line,
        booked_on,
        amount: if came_in { amount } else { -amount },
        reference: reference.unwrap_or_default(),
        name: name.into_iter().find(|name| !name.is_empty()).unwrap_or_default(),
        description,
    }))
}
