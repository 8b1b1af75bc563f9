//! The first screen of the office: figures, each of which opens the list behind it.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::contracts::ContractEvent;
use super::invoices::DebtAge;
use super::list::Choice;
use super::tickets::TicketCounts;
use crate::billing::ParkReason;
use crate::collections::Stop;
use crate::ids::{ContractId, SectorId};
use crate::money::Money;
use crate::words::words;

words! {
    /// The days whose events are counted: whole months, the present one up to today.
    #[derive(Default)]
    pub enum Period {
        #[default]
        ThisMonth = "month",
        LastMonth = "last_month",
        ThreeMonths = "3_months",
        SixMonths = "6_months",
        TwelveMonths = "12_months",
    }
}

/// From the first day to the last, which counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    pub fn span(self, today: NaiveDate) -> Span {
        let this_month = first_of_month(today);
        let back = |months| this_month.checked_sub_months(Months::new(months)).unwrap_or(this_month);
        match self {
            Self::ThisMonth => Span { from: this_month, to: today },
            Self::LastMonth => Span { from: back(1), to: this_month.pred_opt().unwrap_or(this_month) },
            Self::ThreeMonths => Span { from: back(2), to: today },
            Self::SixMonths => Span { from: back(5), to: today },
            Self::TwelveMonths => Span { from: back(11), to: today },
        }
    }
}

impl Span {
    /// Its part in each month that it touches, in order.
    pub fn months(self) -> Vec<Self> {
        let mut months = Vec::new();
        let mut first = self.from;
        while first <= self.to {
            let Some(next) = first_of_month(first).checked_add_months(Months::new(1)) else { break };
            months.push(Self { from: first, to: self.to.min(next - Days::new(1)) });
            first = next;
        }
        months
    }
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The dashboard's address. Without a sector, all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DashboardFilter {
    pub period: Period,
    pub sector: Option<SectorId>,
}

/// So many days ahead, a commitment's end is near.
pub const LEASES_END_WITHIN: u64 = 30;

/// The figures as of `today`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dashboard {
    pub today: NaiveDate,
    pub filter: DashboardFilter,
    pub span: Span,
    /// What can be chosen.
    pub sectors: Vec<Choice<SectorId>>,
    pub services: ServiceFigures,
    pub recurring: RecurringFigures,
    pub money: MoneyFigures,
    pub trouble: TroubleFigures,
    pub tickets: TicketCounts,
    pub newest_parked: Vec<Parked>,
    pub last_run: Option<LastRun>,
    /// The newest night stopped before it cut anybody, and waits for approval.
    pub waits_for_approval: bool,
    /// No run has finished for this business day although its hour is past: somebody must look.
    pub run_is_late: bool,
}

/// Rows of a list, and what they come to: one amount per currency.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    pub count: i64,
    pub amounts: Vec<Money>,
}

/// Contracts by what their customers may use, and what happened to them within the span.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceFigures {
    /// Contracts whose service is active.
    pub active: i64,
    /// Contracts cut in any way: slowed down, suspended, disabled, or to be collected.
    pub suspended: i64,
    /// Signed, to be installed.
    pub to_install: i64,
    /// Contracts whose service was read as on for the first time, and how long that took on average since they were
    /// created, in seconds.
    pub provisioned: i64,
    pub provisioning_took: Option<i64>,
    /// Contracts that came back from a cut for debt.
    pub reconnected: i64,
    /// Equipment whose commitment ends within [`LEASES_END_WITHIN`].
    pub leases_ending: i64,
}

/// What contracts come to in a month, and how that moved within the span.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecurringFigures {
    /// Active contracts in all currencies: the list behind revenue and average.
    pub contracts: i64,
    /// One per currency, that of the company first.
    pub now: Vec<Recurring>,
    /// The five kinds of movement, in order, those without any contract too.
    pub movement: Vec<Movement>,
    /// What each month of the span changed.
    pub months: Vec<MonthMoved>,
    /// Contracts that were closed within the span, of those that were active when it began.
    pub closed: i64,
    pub active_at_start: i64,
}

/// What active contracts come to in a month, before tax, in one currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recurring {
    /// After discounts.
    pub revenue: Money,
    /// What is given away, at its price, and to how many contracts. It is no part of the revenue.
    pub courtesy: Money,
    pub courtesies: i64,
    /// Active contracts in this currency.
    pub contracts: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    pub kind: ContractEvent,
    /// Contracts, and what they changed.
    pub moved: Counted,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthMoved {
    pub month: Span,
    pub moved: Counted,
}

/// Collections.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MoneyFigures {
    /// Invoices past their due date, and what is open on them.
    pub overdue: Counted,
    /// All that is open, by currency and age: of a currency, every age.
    pub ages: Vec<AgedDebt>,
    /// The sectors that owe most past the due date, the largest first, for each currency.
    pub sectors: Vec<SectorDebt>,
    /// Open promises.
    pub promised: Counted,
    /// Payments received today; what bounced is in the count and not in the amount.
    pub collected_today: Counted,
    pub transfers_in_review: i64,
    /// Of those, waiting for longer than was promised.
    pub transfers_late: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgedDebt {
    pub age: DebtAge,
    pub invoices: i64,
    pub amount: Money,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SectorDebt {
    pub sector: Choice<SectorId>,
    pub invoices: i64,
    pub amount: Money,
}

/// What somebody must look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TroubleFigures {
    /// Jobs that were given up and wait for a person.
    pub jobs_given_up: i64,
    /// Routers that did not answer when they were last asked.
    pub routers_failing: i64,
    /// Services whose device was read to hold something else than is wanted.
    pub out_of_step: i64,
    /// Contracts that the nightly run left out.
    pub parked: i64,
    /// Events of the card gateway of which nothing came.
    pub events_parked: i64,
    /// Card payments that are denied at a bank, and that are not decided.
    pub disputes_open: i64,
}

/// A contract that a step of the nightly run left out; each night it is tried again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parked {
    pub contract: Choice<ContractId>,
    pub customer: String,
    /// Its name in the ledger, such as `billing`.
    pub step: String,
    pub since: NaiveDate,
    pub because: ParkReason,
    /// It went through since.
    pub resolved: bool,
}

/// The newest nightly run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastRun {
    pub business_date: NaiveDate,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub steps: Vec<RunStep>,
}

/// What a step of a run came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunStep {
    /// Its name in the ledger, such as `billing`.
    pub step: String,
    pub expected: i32,
    pub done: i32,
    pub parked: i32,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it waits for somebody's word.
    pub stopped: Vec<Stop>,
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(from: &str, to: &str) -> Span {
        Span { from: day(from), to: day(to) }
    }

    #[test]
    fn periods_are_whole_months_and_the_present_one_up_to_today() {
        let today = day("2026-03-31");
        for (period, from, to) in [
            (Period::ThisMonth, "2026-03-01", "2026-03-31"),
            (Period::LastMonth, "2026-02-01", "2026-02-28"),
            (Period::ThreeMonths, "2026-01-01", "2026-03-31"),
            (Period::SixMonths, "2025-10-01", "2026-03-31"),
            (Period::TwelveMonths, "2025-04-01", "2026-03-31"),
        ] {
            assert_eq!(period.span(today), span(from, to), "{period}");
        }
    }

    #[test]
    fn a_span_is_made_of_its_months_without_a_day_between() {
        let months = Period::ThreeMonths.span(day("2026-03-15")).months();
        let expected =
            [span("2026-01-01", "2026-01-31"), span("2026-02-01", "2026-02-28"), span("2026-03-01", "2026-03-15")];
        assert_eq!(months, expected);
    }
}
