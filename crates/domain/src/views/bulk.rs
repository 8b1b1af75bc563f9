//! The same done to many records: what would happen to whom, and what happened.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::ContractStateName;
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::views::jobs::JobState;
use crate::words::words;

/// Records at once. Whoever has more narrows the list: somebody should be able to look at what is about to happen.
pub const MOST: usize = 500;
/// Records that a preview names.
pub const NAMED: usize = 50;

words! {
    pub enum BulkAction {
        /// A hold by staff is placed on contracts.
        Hold = "hold",
        /// Holds by staff are lifted.
        Lift = "lift",
        /// Jobs that were given up are done again.
        Repeat = "repeat",
        /// Jobs that wait are taken off the queue.
        Cancel = "cancel",
        /// Work orders that wait are given to a technician.
        Assign = "assign",
    }
}

words! {
    /// Why a record is left as it is.
    pub enum SkipReason {
        NotActive = "not_active",
        AlreadyHeld = "already_held",
        NotHeld = "not_held",
        NotGivenUp = "not_given_up",
        NotWaiting = "not_waiting",
    }
}

impl BulkAction {
    /// What keeps a contract from it; `held`: staff hold it already.
    pub fn skips_contract(self, state: ContractStateName, held: bool) -> Option<SkipReason> {
        match self {
            Self::Hold if state != ContractStateName::Active => Some(SkipReason::NotActive),
            Self::Hold => held.then_some(SkipReason::AlreadyHeld),
            Self::Lift => (!held).then_some(SkipReason::NotHeld),
            Self::Repeat | Self::Cancel | Self::Assign => Some(SkipReason::NotActive),
        }
    }

    /// What keeps a job from it.
    pub fn skips_job(self, state: JobState) -> Option<SkipReason> {
        match self {
            Self::Repeat => (state != JobState::GivenUp).then_some(SkipReason::NotGivenUp),
            Self::Hold | Self::Lift | Self::Cancel | Self::Assign => {
                (state != JobState::Waiting).then_some(SkipReason::NotWaiting)
            }
        }
    }
}

/// Which rows of a list are meant: those that are ticked, or all that the list's filters leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    Rows(Vec<i64>),
    All,
}

impl Chosen {
    /// From the list's address: `row-7` for each that is ticked, or `rows=all`.
    pub fn of(filters: &[(String, String)]) -> Self {
        if filters.iter().any(|(name, value)| name == "rows" && value == "all") {
            return Self::All;
        }
        Self::Rows(filters.iter().filter_map(|(name, _)| name.strip_prefix("row-")?.parse().ok()).collect())
    }
}

/// A record with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub id: i64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    pub name: String,
    pub because: SkipReason,
}

/// What would happen. Nothing has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPreview {
    pub targets: Vec<Target>,
    pub skipped: Vec<Skipped>,
    /// There are more than can be done at once: none is done.
    pub too_many: bool,
}

/// What was looked at before, to be done now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    /// `7,9,12`
    pub rows: String,
    /// For what is kept as evidence.
    pub why: String,
}

impl BulkForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self, needs_reason: bool) -> Result<(Vec<i64>, String), Failure> {
        let mut form = FormCheck::default();
        let rows = form.take("rows", rows(&self.rows));
        let why = match needs_reason {
            true => required(&self.why, 500),
            false => optional(&self.why, 500).map(Option::unwrap_or_default),
        };
        let why = form.take("why", why);
        form.answer(rows.zip(why))
    }
}

fn rows(text: &str) -> Result<Vec<i64>, Problem> {
    let rows = text.split(',').map(|row| row.trim().parse()).collect::<Result<Vec<i64>, _>>();
    rows.ok().filter(|rows| rows.len() <= MOST).ok_or(Problem::UnknownChoice)
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkResult {
    pub id: i64,
    pub name: String,
    /// Why it was not done.
    pub failure: Option<Failure>,
}

/// What was done to many records, for whoever did it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkRun {
    pub action: BulkAction,
    pub why: String,
    pub at: DateTime<Utc>,
    pub results: Vec<BulkResult>,
}

/// How many are skipped for which reason.
pub fn by_reason(skipped: &[Skipped]) -> BTreeMap<SkipReason, usize> {
    let mut counts = BTreeMap::new();
    for one in skipped {
        *counts.entry(one.because).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_done_is_skipped_for_its_reason() {
        use ContractStateName::{Active, Closed};
        assert_eq!(BulkAction::Hold.skips_contract(Active, false), None);
        assert_eq!(BulkAction::Hold.skips_contract(Active, true), Some(SkipReason::AlreadyHeld));
        assert_eq!(BulkAction::Hold.skips_contract(Closed, false), Some(SkipReason::NotActive));
        assert_eq!(BulkAction::Lift.skips_contract(Active, true), None);
        assert_eq!(BulkAction::Lift.skips_contract(Active, false), Some(SkipReason::NotHeld));
        assert_eq!(BulkAction::Repeat.skips_job(JobState::GivenUp), None);
        assert_eq!(BulkAction::Cancel.skips_job(JobState::Running), Some(SkipReason::NotWaiting));
    }

    #[test]
    fn rows_are_ticked_one_by_one_or_all_of_the_filter() {
        let filters = |pairs: &[(&str, &str)]| {
            Chosen::of(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
        };
        assert_eq!(filters(&[("row-7", "on"), ("row-x", "on"), ("state", "active")]), Chosen::Rows(vec![7]));
        assert_eq!(filters(&[("row-7", "on"), ("rows", "all")]), Chosen::All);
    }

    #[test]
    fn what_is_done_has_rows_and_where_it_is_kept_a_reason() {
        let form = |rows: &str, why: &str| BulkForm { rows: rows.to_owned(), why: why.to_owned() };
        assert_eq!(form("7,9", "").check(false), Ok((vec![7, 9], String::new())));
        assert!(form("7,9", "").check(true).is_err());
        assert!(form("", "x").check(true).is_err());
        assert!(form("7;9", "x").check(true).is_err());
    }
}
