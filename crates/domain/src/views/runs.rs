//! The nights: what each expected, did and left out, and what it would have cut.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::collections::ProposedCut;
use super::dashboard::{LastRun, Parked};
use super::list::{Choice, Page};
use crate::collections::Stop;
use crate::ids::{ContractId, CustomerId};
use crate::money::{Money, MoneyError};

/// A night's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunDetail {
    pub run: LastRun,
    /// Whom it left out, whether or not that was mended since.
    pub parked: Vec<Parked>,
    /// Why it cut nobody.
    pub stops: Vec<Stop>,
    /// It can be approved: it stopped, nobody approved it yet, and no later night has run.
    pub waits: bool,
    /// Cuts that are not made yet though nothing else speaks against them: it is not their day or hour.
    pub later: Vec<LaterCuts>,
    /// Whom it would have cut.
    pub proposed: Page<ProposedCut>,
}

/// The cuts of one policy that have to wait for an allowed day or hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaterCuts {
    pub policy: String,
    pub cuts: i64,
    /// By the company's clocks; `None`: the policy forbids every day that can be foreseen.
    pub from: Option<NaiveDateTime>,
}

/// The page of the next night.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum NextRun {
    /// There is little to look at: what it will do, as things stand now.
    AtOnce(RunPreview),
    /// There is too much to look at while somebody waits.
    ByJob(KeptPreview),
}

/// A preview that a job makes when somebody asks for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptPreview {
    pub date: NaiveDate,
    /// Invoices, reminders, cuts and fees to look at.
    pub expected: i64,
    pub making: Making,
    /// The newest one of this night, also while another one is being made.
    pub made: Option<MadePreview>,
}

/// How a preview stands that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Making {
    /// Nobody waits for one.
    Idle,
    UnderWay {
        asked_at: DateTime<Utc>,
        looked_at: i64,
        expected: i64,
    },
    /// The job was given up.
    GivenUp,
}

/// What a night would have done at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MadePreview {
    pub at: DateTime<Utc>,
    pub preview: RunPreview,
}

/// Rows that a preview shows of each kind; the counts and sums are of all.
pub const PREVIEWED: usize = 50;

/// What the next night will do, as things stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunPreview {
    pub date: NaiveDate,
    pub billing: InvoicesPreview,
    /// Contracts that would be left out of billing.
    pub not_billed: i64,
    /// Customers who would be written to.
    pub reminders: i64,
    pub cuts: CutsPreview,
    /// Late fees that would be charged, and what they come to, by currency.
    pub late_fees: i64,
    pub late_fee_totals: Vec<Money>,
    /// Cuts that are due and held back.
    pub held_back: i64,
    /// Why nobody would be cut without approval.
    pub stops: Vec<Stop>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InvoicesPreview {
    pub count: i64,
    /// By currency.
    pub totals: Vec<Money>,
    pub rows: Vec<PreviewedInvoice>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PreviewedInvoice {
    pub contract: Choice<ContractId>,
    pub customer: Choice<CustomerId>,
    pub total: Money,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CutsPreview {
    pub count: i64,
    pub rows: Vec<ProposedCut>,
}

impl InvoicesPreview {
    /// Of these invoices; all of them are rows.
    ///
    /// # Errors
    /// When a sum does not fit.
    pub fn of(rows: Vec<PreviewedInvoice>) -> Result<Self, MoneyError> {
        let mut currencies: Vec<_> = rows.iter().map(|row| row.total.currency()).collect();
        currencies.sort();
        currencies.dedup();
        let sum = |currency| {
            let own = rows.iter().map(|row| row.total).filter(|total| total.currency() == currency);
            Money::sum(currency, own)
        };
        let totals = currencies.into_iter().map(sum).collect::<Result<_, _>>()?;
        Ok(Self { count: i64::try_from(rows.len()).unwrap_or(i64::MAX), totals, rows })
    }

    /// Adds others, keeping at most so many rows. A sum that does not fit stays what it was.
    pub fn add(&mut self, others: Self, most: usize) {
        self.count += others.count;
        for more in others.totals {
            match self.totals.iter_mut().find(|total| total.currency() == more.currency()) {
                Some(total) => *total = total.checked_add(more).unwrap_or(*total),
                None => self.totals.push(more),
            }
        }
        let room = most.saturating_sub(self.rows.len());
        self.rows.extend(others.rows.into_iter().take(room));
    }
}
