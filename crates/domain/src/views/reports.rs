//! Lists that are sent by mail again and again.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::list::Choice;
use super::saved_filters::{is_path, is_query};
use crate::contact::Language;
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::ids::{MessageId, ScheduledReportId, UserId};
use crate::message::MessageState;
use crate::report::{FileFormat, Frequency};

/// What is sent, when and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFacts {
    pub name: String,
    /// The list's address below the office's.
    pub list: String,
    /// As in the address, from its question mark on.
    pub query: String,
    /// Only the day, week or month that is over.
    pub of_period: bool,
    pub format: FileFormat,
    pub frequency: Frequency,
    pub language: Language,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    pub id: ScheduledReportId,
    pub facts: ReportFacts,
    pub paused_at: Option<DateTime<Utc>>,
    pub readers: Vec<String>,
    pub last: Option<SendingRow>,
}

/// A mail to one reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendingRow {
    pub reader: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Sent by somebody between two periods.
    pub by_hand: bool,
    pub written_at: DateTime<Utc>,
    /// Once the file was made.
    pub rows: Option<i64>,
    pub message: MessageId,
    pub state: MessageState,
    /// Why it did not leave.
    pub answer: String,
}

/// A report's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDetail {
    pub report: ReportRow,
    /// The newest first.
    pub sendings: Vec<SendingRow>,
}

/// What its form begins with, and who may be chosen to read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportOffer {
    pub form: ReportForm,
    pub staff: Vec<Choice<UserId>>,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    pub name: String,
    pub list: String,
    pub query: String,
    pub of_period: bool,
    pub format: String,
    pub frequency: String,
    pub language: String,
    /// `user-7` for each that is ticked.
    pub readers: BTreeMap<String, bool>,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewReport {
    pub facts: ReportFacts,
    pub readers: Vec<UserId>,
}

impl From<&NewReport> for ReportForm {
    fn from(report: &NewReport) -> Self {
        let facts = &report.facts;
        Self {
            name: facts.name.clone(),
            list: facts.list.clone(),
            query: facts.query.clone(),
            of_period: facts.of_period,
            format: facts.format.to_string(),
            frequency: facts.frequency.to_string(),
            language: facts.language.to_string(),
            readers: report.readers.iter().map(|reader| (format!("user-{reader}"), true)).collect(),
        }
    }
}

impl ReportForm {
    /// What most reports are: a spreadsheet on Mondays.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            format: FileFormat::Xlsx.to_string(),
            frequency: Frequency::Weekly.to_string(),
            language: Language::Spanish.to_string(),
            ..Self::default()
        }
    }

    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<NewReport, Failure> {
        let mut form = FormCheck::default();
        let name = form.take("name", required(&self.name, 100));
        let list = form.take("list", path(&self.list));
        let query = form.take("query", address(&self.query));
        let format = form.take("format", self.format.parse().map_err(|_| Problem::UnknownChoice));
        let frequency = form.take("frequency", self.frequency.parse().map_err(|_| Problem::UnknownChoice));
        let language = form.take("language", self.language.parse().map_err(|_| Problem::UnknownChoice));
        let readers = form.take("readers", self.readers());
        let new = (|| {
            let facts = ReportFacts {
                name: name?,
                list: list?,
                query: query?,
                of_period: self.of_period,
                format: format?,
                frequency: frequency?,
                language: language?,
            };
            Some(NewReport { facts, readers: readers? })
        })();
        form.answer(new)
    }

    fn readers(&self) -> Result<Vec<UserId>, Problem> {
        let ticked = self.readers.iter().filter(|(_, ticked)| **ticked).map(|(key, _)| key);
        let ids = ticked.map(|key| key.strip_prefix("user-")?.parse().ok().map(UserId)).collect::<Option<Vec<_>>>();
        match ids.ok_or(Problem::UnknownChoice)? {
            ids if ids.is_empty() => Err(Problem::Required),
            ids => Ok(ids),
        }
    }
}

fn path(list: &str) -> Result<String, Problem> {
    if is_path(list) { Ok(list.to_owned()) } else { Err(Problem::UnknownChoice) }
}

/// Nothing typed: the whole list.
fn address(query: &str) -> Result<String, Problem> {
    let query = format!("?{}", query.trim().trim_start_matches('?'));
    if is_query(&query) { Ok(query) } else { Err(Problem::UnknownChoice) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_a_list_and_somebody_who_reads_it() {
        let text = |text: &str| text.to_owned();
        let form = ReportForm {
            name: text("Morosos"),
            list: text("invoices"),
            query: text("standing=overdue"),
            of_period: false,
            format: text("xlsx"),
            frequency: text("weekly"),
            language: text("es"),
            readers: BTreeMap::from([(text("user-7"), true), (text("user-9"), false)]),
        };
        let report = form.check().unwrap();
        assert_eq!((report.facts.query.as_str(), report.readers.as_slice()), ("?standing=overdue", &[UserId(7)][..]));
        assert_eq!(ReportForm::from(&report).check(), Ok(report), "what is to be edited is what was checked");
        let wrong = ReportForm { list: text("../x"), readers: BTreeMap::new(), ..form };
        let Err(Failure::Fields { fields }) = wrong.check() else { panic!("it is refused") };
        assert_eq!(fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>(), ["list", "readers"]);
    }
}
