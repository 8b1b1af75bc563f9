//! Why somebody is cut, in one sentence.

use chrono::NaiveDate;
use domain::{
    collections::OverdueEvidence,
    service::{HoldEvidence, HoldReason, ServiceState},
    views::contracts::Hold,
};

use super::{Reader, amount::money, state::hold_reason};
use crate::{i18n::Words, ui::format};

/// `Suspendido desde el 12 nov 2026: la F-2026-000123 llevaba 14 días de atraso (27.50 USD)`, with every open hold.
/// Empty while nothing is cut.
#[must_use]
pub fn why_cut(state: ServiceState, since: Option<NaiveDate>, holds: &[Hold], reader: Reader, t: Words) -> String {
    // What was seen here says more than that the cut was brought along.
    let seen = |own: &Hold| holds.iter().any(|hold| hold.reason == own.reason && !is_imported(hold));
    let telling = holds.iter().filter(|hold| !(is_imported(hold) && seen(hold)));
    let reasons: Vec<_> = telling.map(|hold| reason(hold.reason, &hold.evidence, reader, t)).collect();
    let since = since.or_else(|| holds.iter().map(|hold| hold.placed_on).min());
    since.map(|since| cut_since(state, since, &reasons.join("; "), t)).unwrap_or_default()
}

fn is_imported(hold: &Hold) -> bool {
    matches!(hold.evidence, HoldEvidence::Imported { .. })
}

/// The same for reasons that are worded already.
#[must_use]
pub fn cut_since(state: ServiceState, since: NaiveDate, why: &str, t: Words) -> String {
    let since = format::date(since, t);
    match state {
        ServiceState::None | ServiceState::Active => String::new(),
        ServiceState::Throttled => t.parts.throttled_since(since, why),
        ServiceState::Suspended => t.parts.suspended_since(since, why),
        ServiceState::Disabled => t.parts.disabled_since(since, why),
        ServiceState::RemovalList => t.parts.removal_since(since, why),
    }
}

/// A hold with what it stands on.
fn reason(reason: HoldReason, stands_on: &HoldEvidence, reader: Reader, t: Words) -> String {
    let evidence = evidence(stands_on, reader, t);
    match (stands_on, reader) {
        (HoldEvidence::Decision { .. }, Reader::Staff) => format!("{}: {evidence}", hold_reason(reason, reader, t)),
        (HoldEvidence::Overdue(_), _) | (_, Reader::Staff) => evidence,
        (_, Reader::Customer) => format!("{}; {evidence}", hold_reason(reason, reader, t)),
    }
}

/// What a hold stands on. A customer does not read what staff wrote for themselves.
#[must_use]
pub fn evidence(evidence: &HoldEvidence, reader: Reader, t: Words) -> String {
    match (evidence, reader) {
        (HoldEvidence::Overdue(evidence), _) => overdue(evidence, t),
        (HoldEvidence::Decision { why }, Reader::Staff) => why.clone(),
        (HoldEvidence::Pause { until, .. }, _) => t.changes.paused_until(format::date(*until, t)),
        (HoldEvidence::Imported { source }, Reader::Staff) => t.parts.held_before(source),
        (_, Reader::Customer) => t.parts.get_in_touch().to_owned(),
    }
}

/// The facts as they were when the hold was placed: they stay true.
#[must_use]
pub fn overdue(evidence: &OverdueEvidence, t: Words) -> String {
    let (days, debt) = (t.parts.days(evidence.days_late), money(evidence.debt));
    let oldest = evidence.invoices.iter().min_by_key(|invoice| invoice.due_on);
    match (oldest, evidence.invoices.len()) {
        (None, _) => t.parts.reason_overdue().to_owned(),
        (Some(oldest), 1) => t.parts.late_one(&oldest.number, days, debt),
        (Some(oldest), count) => t.parts.late_many(count, &oldest.number, days, debt),
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        collections::OpenInvoice,
        ids::{HoldId, InvoiceId},
        money::{Currency, Money},
        service::HoldEffect,
    };

    use super::*;
    use crate::i18n::Locale;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn hold(reason: HoldReason, evidence: HoldEvidence) -> Hold {
        let placed_at = day(12).and_hms_opt(6, 0, 0).unwrap().and_utc();
        Hold {
            id: HoldId(1),
            reason,
            effect: HoldEffect::SoftCut,
            evidence,
            placed_on: day(12),
            placed_at,
            placed_by: None,
        }
    }

    fn debt(numbers: &[(&str, u32)]) -> Hold {
        let open = Money::new("27.50".parse().unwrap(), Currency::USD);
        let invoices = numbers.iter().map(|(number, due)| OpenInvoice {
            invoice: InvoiceId(1),
            number: (*number).to_owned(),
            due_on: day(*due),
            open,
        });
        let evidence = OverdueEvidence {
            policy: "Standard".to_owned(),
            effect: HoldEffect::SoftCut,
            after_days: 10,
            seen_on: day(12),
            days_late: 11,
            debt: open,
            invoices: invoices.collect(),
        };
        hold(HoldReason::Overdue, HoldEvidence::Overdue(evidence))
    }

    #[test]
    fn a_cut_names_the_invoice_that_caused_it() {
        let sentence = |holds: &[Hold], locale| {
            why_cut(ServiceState::Suspended, Some(day(12)), holds, Reader::Customer, Words::of(locale))
        };
        assert_eq!(
            sentence(&[debt(&[("F-2026-000123", 1)])], Locale::Es),
            "Suspendido desde el 12 nov 2026: la F-2026-000123 llevaba 11 días de atraso (27.50\u{a0}USD)"
        );
        assert_eq!(
            sentence(&[debt(&[("F-2026-000200", 10), ("F-2026-000123", 1)])], Locale::En),
            "Suspended since 12 Nov 2026: 2 invoices late; the oldest, F-2026-000123, by 11 days (27.50\u{a0}USD)"
        );
    }

    #[test]
    fn staff_read_their_notes_and_customers_do_not() {
        let abuse = [hold(HoldReason::Abuse, HoldEvidence::Decision { why: "sends spam".to_owned() })];
        let sentence = |reader| why_cut(ServiceState::Disabled, Some(day(12)), &abuse, reader, Words::of(Locale::En));
        assert_eq!(sentence(Reader::Staff), "Cut off since 12 Nov 2026: Abuse: sends spam");
        assert_eq!(sentence(Reader::Customer), "Cut off since 12 Nov 2026: Abuse; please get in touch with us");
    }

    #[test]
    fn what_was_seen_says_more_than_what_was_brought_along() {
        let brought = hold(HoldReason::Overdue, HoldEvidence::Imported { source: "Odoo".to_owned() });
        let sentence = |holds: &[Hold]| {
            why_cut(ServiceState::Suspended, Some(day(12)), holds, Reader::Staff, Words::of(Locale::En))
        };
        let seen = debt(&[("F-2026-000123", 1)]);
        assert_eq!(sentence(&[seen.clone(), brought.clone()]), sentence(&[seen]));
        assert!(sentence(&[brought]).ends_with("was already cut off in Odoo, which did not keep the reason"));
    }

    #[test]
    fn what_is_not_cut_needs_no_explanation() {
        assert_eq!(why_cut(ServiceState::Active, Some(day(12)), &[], Reader::Staff, Words::of(Locale::En)), "");
    }
}
