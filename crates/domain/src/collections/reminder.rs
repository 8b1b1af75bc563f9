//! Reminders before and after an invoice is due.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// On which days a customer is reminded, counted from the due date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderDays {
    pub before: Vec<u16>,
    pub after: Vec<u16>,
}

/// What decides whether somebody is reminded of an invoice tonight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminding<'a> {
    pub days: &'a ReminderDays,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    /// The reminders that were sent, in days from the due date: negative before it.
    pub sent: &'a [i32],
}

/// A reminder that could not be sent for so many days is not sent any more: the next one says the same.
const STALE_AFTER_DAYS: i64 = 5;

impl Reminding<'_> {
    /// The reminder to send on `today`, in days from the due date. Nights that were missed lose none, and bring no two at
    /// once: of several that are due, the last one stands for all.
    pub fn due(&self, today: NaiveDate) -> Option<i32> {
        let before = self.days.before.iter().map(|days| -i32::from(*days));
        let after = self.days.after.iter().map(|days| i32::from(*days));
        let on = |days: i32| self.day(days).filter(|day| *day <= today && *day > self.issued_on);
        let last = before.chain(after).filter(|days| on(*days).is_some()).max()?;
        let fresh = (today - on(last)?).num_days() <= STALE_AFTER_DAYS;
        let told = self.sent.iter().any(|sent| *sent >= last);
        (fresh && !told).then_some(last)
    }

    fn day(&self, days: i32) -> Option<NaiveDate> {
        let distance = Days::new(days.unsigned_abs().into());
        if days < 0 { self.due_on.checked_sub_days(distance) } else { self.due_on.checked_add_days(distance) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Issued on 1 April and due on the 16th.
    fn due(today: &str, sent: &[i32]) -> Option<i32> {
        let days = ReminderDays { before: vec![7, 3, 1], after: vec![2, 10] };
        let reminding = Reminding { days: &days, issued_on: day("2026-04-01"), due_on: day("2026-04-16"), sent };
        reminding.due(day(today))
    }

    #[test]
    fn a_reminder_is_sent_on_its_day_and_once() {
        for (today, sent, expected) in [
            ("2026-04-08", vec![], None),
            ("2026-04-09", vec![], Some(-7)),
            ("2026-04-09", vec![-7], None),
            ("2026-04-13", vec![-7], Some(-3)),
            ("2026-04-15", vec![-7, -3], Some(-1)),
            ("2026-04-16", vec![-7, -3, -1], None),
            ("2026-04-18", vec![-7, -3, -1], Some(2)),
        ] {
            assert_eq!(due(today, &sent), expected, "{today} {sent:?}");
        }
    }

    #[test]
    fn a_reminder_is_not_lost_when_its_night_is_missed() {
        assert_eq!(due("2026-04-10", &[]), Some(-7));
        assert_eq!(due("2026-04-14", &[-7]), Some(-3));
    }

    #[test]
    fn of_several_missed_reminders_only_the_last_is_sent() {
        assert_eq!(due("2026-04-15", &[]), Some(-1));
        assert_eq!(due("2026-04-16", &[-1]), None);
    }

    #[test]
    fn an_old_debt_brings_no_old_reminders() {
        assert_eq!(due("2026-05-01", &[]), Some(10));
        assert_eq!(due("2026-05-02", &[]), None);
    }

    #[test]
    fn an_invoice_is_not_reminded_of_before_it_is_there() {
        let days = ReminderDays { before: vec![7, 3], after: vec![] };
        let (issued_on, due_on) = (day("2026-04-12"), day("2026-04-16"));
        let reminding = Reminding { days: &days, issued_on, due_on, sent: &[] };
        assert_eq!(reminding.due(day("2026-04-12")), None);
        assert_eq!(reminding.due(day("2026-04-13")), Some(-3));
    }
}
