use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    AnchorDay, BillingMode, BillingTerms, DateRange, FirstPeriod, LAST_DATE, LastPeriod,
    every::{Month, Step},
};

/// One stretch of service, and the share of the price that it costs: `charged_days / of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BillingPeriod {
    pub range: DateRange,
    /// The days that are paid for: those in `range` when it is charged by days, all of the whole period when it is
    /// charged in full, none when it is free.
    pub charged_days: i32,
    /// Days in the whole period that this one is, or is a part of: never less than the days in `range`.
    pub of: i32,
    pub invoice_on: NaiveDate,
}

impl BillingPeriod {
    /// The days of service, whatever is paid for them.
    pub fn days(&self) -> i32 {
        self.range.days()
    }
}

impl BillingTerms {
    /// The period that begins on `from`: the end of the last billed period, or the line's start.
    /// `until` is the first day without service.
    ///
    /// `None` when nothing is left to bill: `until` is reached, or the calendar ends ([`LAST_DATE`]).
    /// A line that begins after `from` is billed from its start.
    pub fn period_from(
        &self,
        line_start: NaiveDate,
        from: NaiveDate,
        until: Option<NaiveDate>,
    ) -> Option<BillingPeriod> {
        let from = from.max(line_start);
        let whole = self.whole_period_with(from)?;
        let end = until.map_or(whole.end(), |until| whole.end().min(until));
        let range = DateRange::new(from, end).ok()?;

        let starts_late = whole.start() < from;
        let cut = end < whole.end();
        let in_full = !cut || self.last == LastPeriod::Full;
        let charged_days = match self.first {
            FirstPeriod::Free if starts_late && from == line_start => 0,
            FirstPeriod::Full if starts_late && from == line_start && in_full => whole.days(),
            // Late but not the first period: the billing day was changed, and the days up to the new one are owed.
            _ if starts_late => range.days(),
            _ if in_full => whole.days(),
            _ => range.days(),
        };
        let invoice_on = match self.mode {
            BillingMode::Prepaid => range.start(),
            BillingMode::Postpaid => range.end(),
        };
        Some(BillingPeriod { range, charged_days, of: whole.days(), invoice_on })
    }

    /// All periods of a line, one after the other without gaps, up to `until` or the end of the calendar.
    pub fn periods(&self, start: NaiveDate, until: Option<NaiveDate>) -> Periods {
        Periods { terms: *self, start, from: start, until }
    }

    /// The whole period that has `date` in it, whether or not service began before it did.
    fn whole_period_with(&self, date: NaiveDate) -> Option<DateRange> {
        let (start, end) = match self.every.step() {
            Step::Days(days) => (date, date.checked_add_days(Days::new(days))?),
            Step::Months(months) if self.anchor.falls_on(date) => {
                (date, self.anchor.in_month(Month::of(date).plus(months))?)
            }
            // Up to the next billing day, whichever month it is in, as the end of a period of full length.
            Step::Months(months) => {
                let next = next_month_with(self.anchor, date);
                (self.anchor.in_month(next.plus(-months))?, self.anchor.in_month(next)?)
            }
        };
        if end > LAST_DATE { None } else { DateRange::new(start, end).ok() }
    }
}

/// The month of the first anchor day after `date`, which is not on it.
fn next_month_with(anchor: AnchorDay, date: NaiveDate) -> Month {
    let this = Month::of(date);
    match anchor.in_month(this) {
        Some(day) if day > date => this,
        _ => this.plus(1),
    }
}

/// See [`BillingTerms::periods`].
#[derive(Clone, Debug)]
pub struct Periods {
    terms: BillingTerms,
    start: NaiveDate,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl Iterator for Periods {
    type Item = BillingPeriod;

    fn next(&mut self) -> Option<BillingPeriod> {
        let period = self.terms.period_from(self.start, self.from, self.until)?;
        self.from = period.range.end();
        Some(period)
    }
}

#[cfg(test)]
#[path = "periods_tests.rs"]
mod tests;
