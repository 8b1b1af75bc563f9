//! Collections: what holds cuts back, and what staff decide about it.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::list::{Choice, PageNumber};
use crate::collections::{Holiday, Interlock, OverdueEvidence, PromiseOutcome};
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::form;
use crate::ids::{ContractId, CustomerId, OutageId, PromiseId, RouterId, SectorId};
use crate::money::Money;
use crate::outage::OutageState;
use crate::words::words;

/// When a night asks before it cuts, and the days off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionSettings {
    pub interlock: Interlock,
    /// How many contracts the cap comes to today, of how many that are active.
    pub most: i64,
    pub active: i64,
    /// By date.
    pub holidays: Vec<Holiday>,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InterlockForm {
    pub cap_percent: String,
    pub cap_floor: String,
    /// Blank: silence means nothing.
    pub silent_days: String,
}

impl InterlockForm {
    pub fn check(&self) -> Result<Interlock, Failure> {
        let mut check = FormCheck::default();
        let percent = form::decimal(&self.cap_percent, 4).and_then(|percent| {
            let fits = percent > Decimal::ZERO && percent <= Decimal::ONE_HUNDRED;
            if fits { Ok(percent) } else { Err(Problem::OutOfRange) }
        });
        let cap_percent = check.take("cap_percent", percent);
        let cap_floor = check.take("cap_floor", form::whole(&self.cap_floor, 0..=1_000_000));
        let silent = form::optional_whole(&self.silent_days, 1..=60);
        let silent_days = check.take("silent_days", silent.map(|days| days.and_then(|days| u16::try_from(days).ok())));
        let interlock =
            (|| Some(Interlock { cap_percent: cap_percent?, cap_floor: cap_floor?, silent_days: silent_days? }))();
        check.answer(interlock)
    }
}

impl From<&Interlock> for InterlockForm {
    fn from(interlock: &Interlock) -> Self {
        Self {
            cap_percent: interlock.cap_percent.normalize().to_string(),
            cap_floor: interlock.cap_floor.to_string(),
            silent_days: interlock.silent_days.map(|days| days.to_string()).unwrap_or_default(),
        }
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HolidayForm {
    pub on: String,
    pub name: String,
    pub yearly: bool,
}

impl HolidayForm {
    pub fn check(&self) -> Result<Holiday, Failure> {
        let mut check = FormCheck::default();
        let on = check.take("on", form::date(&self.on));
        let name = check.take("name", required(&self.name, 100));
        check.answer(on.zip(name).map(|(on, name)| Holiday { on, name, yearly: self.yearly }))
    }
}

/// A promise, wherever promises are listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PromiseRow {
    pub id: PromiseId,
    pub contract: Choice<ContractId>,
    pub customer: Choice<CustomerId>,
    pub amount: Money,
    pub made_on: NaiveDate,
    /// `None`: imported or made by a rule.
    pub made_by: Option<String>,
    pub until: NaiveDate,
    /// `None`: it is open.
    pub outcome: Option<PromiseOutcome>,
    pub ended_on: Option<NaiveDate>,
}

words! {
    /// The list's chips.
    pub enum PromiseStanding {
        Open = "open",
        Kept = "kept",
        Broken = "broken",
        Cancelled = "cancelled",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromiseFilter {
    pub standing: Option<PromiseStanding>,
    pub contract: Option<ContractId>,
    pub sector: Option<SectorId>,
    pub page: PageNumber,
}

/// What a promise may be: what is late, and how far it may run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PromiseTerms {
    pub contract: ContractId,
    /// What is past due: nothing to promise when it is zero.
    pub late: Money,
    /// The last day that may be chosen; `None`: no more promises are allowed.
    pub latest: Option<NaiveDate>,
    /// The open one.
    pub open: Option<PromiseRow>,
    pub made_in_a_year: i64,
    pub a_year: u16,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromiseForm {
    pub amount: String,
    pub until: String,
}

impl PromiseForm {
    /// The amount, at most what is `late`, and the last day.
    pub fn check(&self, today: NaiveDate, latest: NaiveDate, late: Money) -> Result<(Money, NaiveDate), Failure> {
        let mut check = FormCheck::default();
        let amount = form::decimal(&self.amount, 4)
            .and_then(|amount| Money::exact(amount, late.currency()).map_err(|_| Problem::NotAnAmount))
            .and_then(|amount| {
                let fits = amount.is_positive() && amount.amount() <= late.amount();
                if fits { Ok(amount) } else { Err(Problem::OutOfRange) }
            });
        let amount = check.take("amount", amount);
        let within = |until: NaiveDate| {
            if (today..=latest).contains(&until) { Ok(until) } else { Err(Problem::OutOfRange) }
        };
        let until = check.take("until", form::date(&self.until).and_then(within));
        check.answer(amount.zip(until))
    }
}

/// What is down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutagePlace {
    Sector { sector: Choice<SectorId> },
    Router { router: Choice<RouterId> },
}

impl OutagePlace {
    pub fn name(&self) -> &str {
        match self {
            Self::Sector { sector } => &sector.name,
            Self::Router { router } => &router.name,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageRow {
    pub id: OutageId,
    pub place: OutagePlace,
    pub reason: String,
    pub starts_on: NaiveDate,
    /// The last day, as foreseen or as it was; `None`: until somebody says that it is over.
    pub ends_on: Option<NaiveDate>,
    pub reported_at: DateTime<Utc>,
    pub reported_by: Option<String>,
    /// Active contracts there.
    pub contracts: i64,
    /// Tickets that are merged into it, and those of them that are not over.
    pub tickets: i64,
    pub open_tickets: i64,
    /// Contracts that it gives days back to.
    pub credits: i64,
    /// As it stands today.
    pub state: OutageState,
}

/// The list's address: those that are over are left out unless asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OutageFilter {
    pub over: bool,
    /// This one alone, whether it is over or not.
    pub outage: Option<OutageId>,
    pub page: PageNumber,
}

/// What the form chooses from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageChoices {
    pub sectors: Vec<Choice<SectorId>>,
    pub routers: Vec<Choice<RouterId>>,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OutageForm {
    /// `sector-1` or `router-1`.
    pub place: String,
    pub reason: String,
    /// Blank: today.
    pub starts_on: String,
    /// Blank: until somebody says that it is over.
    pub ends_on: String,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewOutage {
    pub sector: Option<SectorId>,
    pub router: Option<RouterId>,
    pub reason: String,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
}

impl OutageForm {
    pub fn check(&self, today: NaiveDate) -> Result<NewOutage, Failure> {
        let mut check = FormCheck::default();
        let place = check.take("place", place(&self.place));
        let reason = check.take("reason", required(&self.reason, 200));
        let starts_on = check.take("starts_on", form::optional_date(&self.starts_on)).map(|on| on.unwrap_or(today));
        let last = form::optional_date(&self.ends_on).and_then(|last| match (starts_on, last) {
            (Some(first), Some(last)) if last < first => Err(Problem::OutOfOrder),
            _ => Ok(last),
        });
        let ends_on = check.take("ends_on", last);
        let outage = (|| {
            let (sector, router) = place?;
            Some(NewOutage { sector, router, reason: reason?, starts_on: starts_on?, ends_on: ends_on? })
        })();
        check.answer(outage)
    }
}

fn place(text: &str) -> Result<(Option<SectorId>, Option<RouterId>), Problem> {
    match text.trim().split_once('-') {
        Some(("sector", id)) => Ok((Some(form::choice(id)?), None)),
        Some(("router", id)) => Ok((None, Some(form::choice(id)?))),
        _ if text.trim().is_empty() => Err(Problem::Required),
        _ => Err(Problem::UnknownChoice),
    }
}

/// Somebody whom a night that stopped would have cut, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposedCut {
    pub contract: Choice<ContractId>,
    pub customer: Choice<CustomerId>,
    pub evidence: OverdueEvidence,
    /// It was looked at again after the approval.
    pub settled: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_outage_ends_no_sooner_than_it_begins_and_is_somewhere() {
        let typed = |place: &str, last: &str| OutageForm {
            place: place.to_owned(),
            reason: "fibra rota".to_owned(),
            starts_on: "2026-05-02".to_owned(),
            ends_on: last.to_owned(),
        };
        let outage = typed("router-3", "2026-05-02").check(day("2026-05-01")).unwrap();
        assert_eq!((outage.sector, outage.router), (None, Some(RouterId(3))));
        let refused = typed("sector-1", "2026-05-01").check(day("2026-05-01")).unwrap_err();
        assert_eq!(refused, Failure::field("ends_on", Problem::OutOfOrder));
        assert_eq!(typed("", "").check(day("2026-05-01")).unwrap_err(), Failure::field("place", Problem::Required));
    }

    #[test]
    fn a_cap_is_a_share_above_nothing() {
        let typed = |percent: &str| InterlockForm {
            cap_percent: percent.to_owned(),
            cap_floor: "10".to_owned(),
            ..Default::default()
        };
        assert_eq!(typed("2.5").check().unwrap().silent_days, None);
        for wrong in ["0", "100.1", "-1"] {
            assert_eq!(typed(wrong).check(), Err(Failure::field("cap_percent", Problem::OutOfRange)), "{wrong}");
        }
    }
}
