//! What a credit note takes back of an invoice: all of it, the days that were not used, or amounts. The lines mirror the
//! invoice's: same price, tax rate and days, and together never more than was invoiced.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::DateRange;
use crate::ids::{ContractLineId, InvoiceLineId};
use crate::money::{Money, MoneyError};
use crate::price::ChargedTime;

/// A line of an issued invoice, and what is left of it after earlier credit notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoicedLine {
    pub id: InvoiceLineId,
    pub contract_line: Option<ContractLineId>,
    pub description: String,
    /// `None` for what was charged once.
    pub time: Option<ChargedTime>,
    pub invoiced: Amounts,
    pub left: Amounts,
    /// The days of the period that no credit note took back, oldest first.
    pub days_left: Vec<DateRange>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    pub untaxed: Money,
    pub tax: Money,
}

/// What is to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreditWish {
    /// All that is left of every line.
    Everything,
    /// The days from this one on.
    DaysFrom(NaiveDate),
    /// These days.
    Days(DateRange),
    /// Amounts with tax, of the lines that are named. The days stay billed: they were used, for less.
    Amounts(BTreeMap<InvoiceLineId, Money>),
}

/// A line of a credit note. It has the invoice line's price, quantity, discount and tax rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLine {
    pub corrects: InvoiceLineId,
    pub description: String,
    /// The days that are given back: they may be billed again.
    pub time: Option<ChargedTime>,
    pub amounts: Amounts,
}

/// Why a credit note was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CreditBecause {
    /// Somebody's decision, in words that the customer reads.
    Decision {
        why: String,
    },
    /// The plan changed before the days that were paid in advance were used.
    PlanChanged,
    QuantityChanged,
    Paused,
    ContractClosed,
    /// The contract went to another customer, who pays for the days from then on.
    HolderChanged,
    /// The equipment was paid off.
    LeasingEnded,
    /// What the customer's service comes from was down on these days.
    Outage {
        place: String,
        days: DateRange,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreditError {
    #[error("there is nothing to give back")]
    Nothing,
    #[error("line {line} has only {left} left")]
    MoreThanInvoiced { line: InvoiceLineId, left: Money },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Amounts {
    /// # Errors
    /// `TooLarge`.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.untaxed.checked_add(self.tax)
    }

    fn zero(&self) -> Self {
        let zero = Money::zero(self.untaxed.currency());
        Self { untaxed: zero, tax: zero }
    }

    fn is_zero(&self) -> bool {
        self.untaxed.is_zero() && self.tax.is_zero()
    }

    fn less(&self, other: &Self) -> Result<Self, MoneyError> {
        Ok(Self { untaxed: self.untaxed.checked_sub(other.untaxed)?, tax: self.tax.checked_sub(other.tax)? })
    }

    fn plus(&self, other: &Self) -> Result<Self, MoneyError> {
        Ok(Self { untaxed: self.untaxed.checked_add(other.untaxed)?, tax: self.tax.checked_add(other.tax)? })
    }

    /// `part / of` of each.
    fn share(&self, part: i128, of: i128) -> Result<Self, MoneyError> {
        Ok(Self { untaxed: share(self.untaxed, part, of)?, tax: share(self.tax, part, of)? })
    }

    /// Each, but no further from zero than `most`.
    fn at_most(&self, most: &Self) -> Self {
        Self { untaxed: nearer_zero(self.untaxed, most.untaxed), tax: nearer_zero(self.tax, most.tax) }
    }
}

fn share(amount: Money, part: i128, of: i128) -> Result<Money, MoneyError> {
    let (mantissa, scale) = (amount.amount().mantissa(), amount.amount().scale());
    let numerator = mantissa.checked_mul(part).ok_or(MoneyError::TooLarge)?;
    let denominator = 10_i128.pow(scale).checked_mul(of).ok_or(MoneyError::TooLarge)?;
    Money::ratio(numerator, denominator, amount.currency())
}

fn nearer_zero(one: Money, other: Money) -> Money {
    if one.amount().abs() <= other.amount().abs() { one } else { other }
}

/// The lines of the credit note that does what is wished. Lines of which nothing is taken are left out.
///
/// # Errors
/// `Nothing` when no money comes back; `MoreThanInvoiced` for an amount that is more than the line has left.
pub fn credit(lines: &[InvoicedLine], wish: &CreditWish) -> Result<Vec<CreditLine>, CreditError> {
    let mut taken = Vec::new();
    for line in lines {
        match (wish, line.time) {
            (CreditWish::Everything, Some(time)) if !line.days_left.is_empty() => {
                taken.extend(line.days_within(time, time.period)?);
            }
            (CreditWish::Everything, _) => taken.push(line.take(None, line.left)),
            (CreditWish::DaysFrom(from), Some(time)) => {
                let unused = DateRange::new(*from, time.period.end()).ok();
                taken.extend(unused.map(|unused| line.days_within(time, unused)).transpose()?.unwrap_or_default());
            }
            (CreditWish::Days(days), Some(time)) => taken.extend(line.days_within(time, *days)?),
            (CreditWish::DaysFrom(_) | CreditWish::Days(_), None) => {}
            (CreditWish::Amounts(amounts), _) => {
                taken.extend(amounts.get(&line.id).map(|amount| line.amount(*amount)).transpose()?);
            }
        }
    }
    taken.retain(|line| !line.amounts.is_zero());
    if taken.is_empty() { Err(CreditError::Nothing) } else { Ok(taken) }
}

/// What the lines come to.
///
/// # Errors
/// `TooLarge`; `Nothing` of no lines, which have no currency.
pub fn sum(lines: &[CreditLine]) -> Result<Amounts, CreditError> {
    let first = lines.first().ok_or(CreditError::Nothing)?;
    Ok(lines.iter().try_fold(first.amounts.zero(), |sum, line| sum.plus(&line.amounts))?)
}

impl InvoicedLine {
    /// What was charged is spread evenly over the days of the period. Whoever takes the last of the days takes all of the
    /// money that is left, so that the parts add up to the cent.
    fn days_within(&self, time: ChargedTime, within: DateRange) -> Result<Vec<CreditLine>, MoneyError> {
        let mut money = self.left;
        let mut days: i32 = self.days_left.iter().map(DateRange::days).sum();
        let mut taken = Vec::new();
        for range in &self.days_left {
            let Some(unused) = range.intersection(&within) else { continue };
            let all = unused.days() == days;
            let amounts = if all { money } else { self.share_of(time, unused)?.at_most(&money) };
            money = money.less(&amounts)?;
            days -= unused.days();
            taken.push(self.take(Some(part(time, unused)), amounts));
        }
        Ok(taken)
    }

    fn share_of(&self, time: ChargedTime, unused: DateRange) -> Result<Amounts, MoneyError> {
        self.invoiced.share(unused.days().into(), time.period.days().into())
    }

    /// `amount` with its tax, split as the line is.
    fn amount(&self, amount: Money) -> Result<CreditLine, CreditError> {
        let left = self.left.total()?;
        if amount.is_negative() || amount.checked_cmp(left)?.is_gt() {
            return Err(CreditError::MoreThanInvoiced { line: self.id, left });
        }
        if amount == left {
            return Ok(self.take(None, self.left));
        }
        let tax = share_by(self.left.tax, amount, left)?;
        Ok(self.take(None, Amounts { untaxed: amount.checked_sub(tax)?, tax }))
    }

    fn take(&self, time: Option<ChargedTime>, amounts: Amounts) -> CreditLine {
        CreditLine { corrects: self.id, description: self.description.clone(), time, amounts }
    }
}

/// `part` of the days that were charged: of a period that was charged by days, its own days.
fn part(time: ChargedTime, part: DateRange) -> ChargedTime {
    let (charged, all) = (i64::from(time.days), i64::from(time.period.days()));
    let days = (charged * i64::from(part.days()) * 2 + all) / (2 * all);
    ChargedTime { period: part, days: i32::try_from(days).unwrap_or(time.days), of: time.of }
}

/// `amount x part / of`, where `of` is not zero.
fn share_by(amount: Money, part: Money, of: Money) -> Result<Money, MoneyError> {
    let (part, of) = (part.amount(), of.amount());
    let scale = part.scale().max(of.scale());
    let whole = |number: rust_decimal::Decimal| number.mantissa() * 10_i128.pow(scale - number.scale());
    share(amount, whole(part), whole(of))
}

#[cfg(test)]
#[path = "credit_tests.rs"]
mod tests;
