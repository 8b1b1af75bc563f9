//! Work orders: what people type, and what it says.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::tickets::Name;
use super::work::Reading;
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::ids::{ChecklistItemId, ContractId, FileId, StockPlaceId, TicketId, UserId};
use crate::position::Position;
use crate::work_order::{DayPart, FailReason, VisitOutcome, WorkKind};
use crate::{file, form};

/// An order by hand, or for a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkForm {
    pub contract: String,
    pub kind: String,
    /// Blank: for none.
    pub ticket: String,
    pub note: String,
    /// Blank: it waits for a day.
    pub technician: String,
    pub on: String,
    pub part: String,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewWork {
    pub contract: ContractId,
    pub kind: WorkKind,
    pub ticket: Option<TicketId>,
    pub note: String,
    pub schedule: Option<Schedule>,
}

const LONGEST_NOTE: usize = 1000;

impl WorkForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self, today: NaiveDate) -> Result<NewWork, Failure> {
        let mut check = FormCheck::default();
        let contract = check.take("contract", form::choice(&self.contract));
        let kind = check.take("kind", form::choice(&self.kind));
        let ticket = check.take("ticket", form::optional_choice(&self.ticket));
        let note = check.take("note", optional(&self.note, LONGEST_NOTE)).map(Option::unwrap_or_default);
        let scheduled = !self.technician.trim().is_empty() || !self.on.trim().is_empty();
        let schedule = match scheduled {
            true => schedule(&mut check, &self.technician, &self.on, &self.part, today).map(Some),
            false => Some(None),
        };
        check.answer((|| {
            Some(NewWork { contract: contract?, kind: kind?, ticket: ticket?, note: note?, schedule: schedule? })
        })())
    }
}

/// Who goes, on which day, and in which part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleForm {
    pub technician: String,
    pub on: String,
    pub part: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Schedule {
    pub technician: UserId,
    pub on: NaiveDate,
    pub part: DayPart,
}

impl ScheduleForm {
    /// # Errors
    /// `Fields`; a day that is over cannot be arranged.
    pub fn check(&self, today: NaiveDate) -> Result<Schedule, Failure> {
        let mut check = FormCheck::default();
        let schedule = schedule(&mut check, &self.technician, &self.on, &self.part, today);
        check.answer(schedule)
    }
}

fn schedule(check: &mut FormCheck, technician: &str, on: &str, part: &str, today: NaiveDate) -> Option<Schedule> {
    let when = who_and_when(check, technician, on, today);
    let part = check.take("part", form::optional_choice(part)).map(|part| part.unwrap_or(DayPart::Any));
    let (technician, on) = when?;
    Some(Schedule { technician, on, part: part? })
}

/// A day that is over cannot be arranged.
pub(super) fn who_and_when(
    check: &mut FormCheck,
    technician: &str,
    on: &str,
    today: NaiveDate,
) -> Option<(UserId, NaiveDate)> {
    let technician = check.take("technician", form::choice(technician));
    let on = form::date(on).and_then(|on| if on < today { Err(Problem::InThePast) } else { Ok(on) });
    technician.zip(check.take("on", on))
}

/// As filled in on the spot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    /// The e-mail address of whoever the page was made for.
    pub owner: String,
    /// Of the order that was on the screen.
    pub version: String,
    pub idempotency_key: String,
    pub outcome: String,
    pub reason: String,
    pub note: String,
    /// The items that were ticked, each by its id after an `i`: what is no number cannot be taken for a place in a list.
    pub checks: BTreeMap<String, String>,
    pub serial: String,
    /// Where what is taken away goes; blank: into the own van.
    pub place: String,
    pub position: String,
    pub dbm: String,
    pub down_mbps: String,
    pub up_mbps: String,
    pub signed_by: String,
    pub files: Vec<String>,
    pub signature: Vec<String>,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    pub version: i32,
    #[serde(skip)]
    pub idempotency_key: String,
    pub outcome: VisitOutcome,
    pub reason: Option<FailReason>,
    pub note: String,
    pub checks: Vec<ChecklistItemId>,
    pub serial: Option<String>,
    pub place: Option<StockPlaceId>,
    pub position: Option<Position>,
    pub reading: Reading,
    pub signed_by: String,
    pub files: Vec<FileId>,
    pub signature: Option<FileId>,
}

impl ReportForm {
    /// A visit of which nothing came needs its reason, a repair what was done (the customer reads it), and whoever gets
    /// or gives back equipment signs.
    ///
    /// # Errors
    /// `Fields`.
    pub fn check(&self, kind: WorkKind) -> Result<Report, Failure> {
        let mut check = FormCheck::default();
        let version = form::whole(&self.version, 1..=1_000_000).map(u32::cast_signed);
        let version = check.take("version", version);
        let key = check.take("idempotency_key", required(&self.idempotency_key, 64).and_then(long_enough));
        let outcome = check.take("outcome", form::choice::<VisitOutcome>(&self.outcome));
        let failed = outcome == Some(VisitOutcome::Failed);
        let reason = match failed {
            true => check.take("reason", form::choice(&self.reason).map(Some)),
            false => Some(None),
        };
        let needs_note = !failed && kind == WorkKind::Repair;
        let note = if needs_note {
            required(&self.note, 2000)
        } else {
            optional(&self.note, 2000).map(Option::unwrap_or_default)
        };
        let note = check.take("note", note);
        let checks = check.take("checks", self.checks.keys().map(|key| item(key)).collect::<Result<Vec<_>, _>>());
        let serial =
            check.take("serial", optional(&self.serial, 64).map(|serial| serial.map(|text| text.to_uppercase())));
        let place = check.take("place", form::optional_choice(&self.place));
        let position = check.take("position", form::optional_position(&self.position));
        let reading = self.reading(&mut check);
        let files = check.take("files", file::kept(&self.files));
        let signature = check.take("signature", file::kept(&self.signature)).map(|files| files.first().copied());
        let signs = !failed && matches!(kind, WorkKind::Install | WorkKind::Removal) && signature == Some(None);
        let signed_by = if signs {
            required(&self.signed_by, 120)
        } else {
            optional(&self.signed_by, 120).map(Option::unwrap_or_default)
        };
        let signed_by = check.take("signed_by", signed_by);
        check.answer((|| {
            Some(Report {
                version: version?,
                idempotency_key: key?,
                outcome: outcome?,
                reason: reason?,
                note: note?,
                checks: checks?,
                serial: serial?,
                place: place?,
                position: position?,
                reading: reading?,
                signed_by: signed_by?,
                files: files?,
                signature: signature?,
            })
        })())
    }

    fn reading(&self, check: &mut FormCheck) -> Option<Reading> {
        let dbm = check.take("dbm", measured(&self.dbm, -60, 20));
        let down_mbps = check.take("down_mbps", measured(&self.down_mbps, 0, 100_000));
        let up_mbps = check.take("up_mbps", measured(&self.up_mbps, 0, 100_000));
        Some(Reading { dbm: dbm?, down_mbps: down_mbps?, up_mbps: up_mbps? })
    }
}

fn item(key: &str) -> Result<ChecklistItemId, Problem> {
    form::choice(key.strip_prefix('i').unwrap_or_default())
}

fn long_enough(key: String) -> Result<String, Problem> {
    if key.len() < 8 { Err(Problem::TooShort { least: 8 }) } else { Ok(key) }
}

fn measured(text: &str, least: i64, most: i64) -> Result<Option<Decimal>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let number = form::decimal(text, 2)?;
    let sensible = number >= Decimal::from(least) && number <= Decimal::from(most);
    if sensible { Ok(Some(number)) } else { Err(Problem::OutOfRange) }
}

/// A kind's checklist, a line an item, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChecklistForm {
    pub kind: String,
    pub es: String,
    pub en: String,
}

impl ChecklistForm {
    /// # Errors
    /// `Fields`; both languages have as many lines.
    pub fn check(&self) -> Result<(WorkKind, Vec<Name>), Failure> {
        let mut check = FormCheck::default();
        let kind = check.take("kind", form::choice(&self.kind));
        let es = check.take("es", lines(&self.es));
        let en = check.take("en", lines(&self.en));
        let same = match (&es, &en) {
            (Some(es), Some(en)) if es.len() != en.len() => Err(Problem::DoesNotMatch),
            _ => Ok(()),
        };
        let same = check.take("en", same);
        let names = es.zip(en).map(|(es, en)| es.into_iter().zip(en).map(|(es, en)| Name { es, en }).collect());
        check.answer(same.and(kind.zip(names)))
    }
}

fn lines(text: &str) -> Result<Vec<String>, Problem> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > 30 {
        return Err(Problem::OutOfRange);
    }
    lines.into_iter().map(|line| required(line, 120)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> ReportForm {
        ReportForm {
            version: "3".to_owned(),
            idempotency_key: "0123456789abcdef".to_owned(),
            outcome: "done".to_owned(),
            note: "cambio de conector".to_owned(),
            signed_by: "Ana Pérez".to_owned(),
            ..ReportForm::default()
        }
    }

    fn problems<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Vec<(String, Problem)> {
        match answer {
            Err(Failure::Fields { fields }) => fields.into_iter().map(|field| (field.field, field.problem)).collect(),
            answer => panic!("{answer:?}"),
        }
    }

    #[test]
    fn what_must_be_said_depends_on_the_kind_and_on_what_came_of_it() {
        let required = |field: &str| vec![(field.to_owned(), Problem::Required)];
        let unsigned = ReportForm { signed_by: String::new(), ..report() };
        assert_eq!(problems(unsigned.check(WorkKind::Install)), required("signed_by"));
        assert_eq!(problems(unsigned.check(WorkKind::Removal)), required("signed_by"));
        assert!(unsigned.check(WorkKind::Move).is_ok());
        let drawn = ReportForm { signature: vec!["7 signature.png".to_owned()], ..unsigned };
        assert_eq!(drawn.check(WorkKind::Install).unwrap().signature, Some(FileId(7)));
        let wordless = ReportForm { note: String::new(), ..report() };
        assert_eq!(problems(wordless.check(WorkKind::Repair)), required("note"));
        assert!(wordless.check(WorkKind::Install).is_ok());
        let failed = ReportForm { outcome: "failed".to_owned(), signed_by: String::new(), ..wordless };
        assert_eq!(problems(failed.check(WorkKind::Install)), required("reason"));
        let failed = ReportForm { reason: "nobody_home".to_owned(), ..failed };
        assert_eq!(failed.check(WorkKind::Repair).unwrap().reason, Some(FailReason::NobodyHome));
    }

    #[test]
    fn readings_are_what_instruments_show() {
        let form = ReportForm {
            checks: BTreeMap::from([("i7".to_owned(), "true".to_owned())]),
            dbm: "-21.45".to_owned(),
            down_mbps: "98.7".to_owned(),
            serial: " hwtc12ab34cd ".to_owned(),
            ..report()
        };
        let understood = form.check(WorkKind::Install).unwrap();
        assert_eq!(understood.checks, [ChecklistItemId(7)]);
        assert_eq!(understood.reading.dbm, Some(Decimal::new(-2145, 2)));
        assert_eq!(understood.serial.as_deref(), Some("HWTC12AB34CD"));
        for (dbm, problem) in [("-99", Problem::OutOfRange), ("good", Problem::NotANumber)] {
            let form = ReportForm { dbm: dbm.to_owned(), ..report() };
            assert_eq!(problems(form.check(WorkKind::Install)), [("dbm".to_owned(), problem)]);
        }
    }

    #[test]
    fn a_visit_is_arranged_for_a_day_that_comes() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 10).unwrap();
        let form = |on: &str| ScheduleForm { technician: "4".to_owned(), on: on.to_owned(), part: String::new() };
        assert_eq!(problems(form("2026-03-09").check(today)), [("on".to_owned(), Problem::InThePast)]);
        assert_eq!(form("2026-03-10").check(today).unwrap().part, DayPart::Any);
    }

    #[test]
    fn a_checklist_has_each_item_in_both_languages() {
        let form = |es: &str, en: &str| ChecklistForm { kind: "move".to_owned(), es: es.to_owned(), en: en.to_owned() };
        let (_, names) = form("Uno\n\nDos", "One\nTwo").check().unwrap();
        assert_eq!(names[1], Name { es: "Dos".to_owned(), en: "Two".to_owned() });
        assert_eq!(problems(form("Uno\nDos", "One").check()), [("en".to_owned(), Problem::DoesNotMatch)]);
    }
}
