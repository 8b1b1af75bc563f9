//! What reviving a contract costs: a fee, and a period of service.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::{BillingPeriod, BillingTerms};
use crate::contract_line::LineDates;
use crate::ids::TaxId;
use crate::price::UnitPrice;

/// The provider's own rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconnectionTerms {
    /// Without tax, in the contract's currency; zero: nothing.
    pub fee: UnitPrice,
    /// `None`: that of the contract's first line.
    pub tax: Option<TaxId>,
    /// For how many days such a quote can be paid.
    pub valid_days: u32,
}

/// The period that a reconnection on `today` pays in advance, for a line that is billed again and again. A line that
/// ended with its contract begins anew today; one that went on while the service was cut goes on where it was billed to.
/// `None`: the line was over before its contract was.
pub fn period(
    terms: &BillingTerms,
    dates: &LineDates,
    closed_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<BillingPeriod> {
    match closed_on {
        Some(closed_on) if dates.ends_on.is_none_or(|ends_on| ends_on >= closed_on) => {
            // What was prepaid beyond the closing date is not paid twice.
            let start = dates.billed_through.map_or(today, |billed| billed.max(today));
            terms.period_from(start, start, None)
        }
        Some(_) => None,
        None => {
            let start = dates.starts_on?;
            terms.period_from(start, dates.billed_through.unwrap_or(start), dates.ends_on)
        }
    }
}

/// The dates of a line whose `period` was paid by a reconnection.
#[must_use]
pub fn revived(
    terms: &BillingTerms,
    dates: &LineDates,
    closed_on: Option<NaiveDate>,
    period: &BillingPeriod,
) -> LineDates {
    let billed_through = Some(period.range.end());
    let begun = match closed_on {
        Some(_) => LineDates { starts_on: Some(period.range.start()), ends_on: None, ..*dates },
        None => *dates,
    };
    LineDates { billed_through, ..begun }.with_next_invoice(Some(terms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::AnchorDay;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn dates(starts: &str, ends: Option<&str>, billed: &str) -> LineDates {
        LineDates {
            starts_on: Some(day(starts)),
            ends_on: ends.map(day),
            billed_through: Some(day(billed)),
            next_invoice_on: None,
        }
    }

    #[test]
    fn one_period_in_advance_wherever_the_line_stands() {
        let terms = BillingTerms::monthly(AnchorDay::FIRST);
        let today = day("2026-05-12");
        for (what, dates, closed_on, expected) in [
            ("hard cut", dates("2026-01-01", None, "2026-06-01"), None, Some(("2026-06-01", "2026-07-01", 30))),
            (
                "closed",
                dates("2026-01-01", Some("2026-03-20"), "2026-04-01"),
                Some("2026-03-20"),
                Some(("2026-05-12", "2026-06-01", 20)),
            ),
            (
                "closed today, prepaid",
                dates("2026-01-01", Some("2026-05-12"), "2026-06-01"),
                Some("2026-05-12"),
                Some(("2026-06-01", "2026-07-01", 30)),
            ),
            ("over before", dates("2026-01-01", Some("2026-02-01"), "2026-02-01"), Some("2026-03-20"), None),
        ] {
            let period = period(&terms, &dates, closed_on.map(day), today);
            let shown = period.map(|period| (period.range.start(), period.range.end(), period.charged_days));
            assert_eq!(shown, expected.map(|(start, end, days)| (day(start), day(end), days)), "{what}");
        }
    }

    #[test]
    fn billing_goes_on_where_the_reconnection_ended() {
        let terms = BillingTerms::monthly(AnchorDay::FIRST);
        let closed = dates("2026-01-01", Some("2026-03-20"), "2026-04-01");
        let closed_on = Some(day("2026-03-20"));
        let paid = period(&terms, &closed, closed_on, day("2026-05-12")).unwrap();
        let again = revived(&terms, &closed, closed_on, &paid);
        assert_eq!((again.starts_on, again.ends_on), (Some(day("2026-05-12")), None));
        assert_eq!((again.billed_through, again.next_invoice_on), (Some(day("2026-06-01")), Some(day("2026-06-01"))));
    }
}
