//! How and when something is billed, in words.

use domain::calendar::{BillingMode, BillingTerms, DateRange, Every, FirstPeriod, LastPeriod, Unit};
use domain::contract_line::Alignment;
use domain::views::contracts::ContractLine;

use crate::{i18n::Words, ui::format};

/// `cada mes, el día 1, por adelantado`; `None` is charged once.
#[must_use]
pub fn terms(terms: Option<&BillingTerms>, t: Words) -> String {
    let Some(terms) = terms else { return t.parts.once().to_owned() };
    let mut parts = vec![every(terms.every, t)];
    if terms.every.is_anchored() {
        let day = terms.anchor.get();
        parts.push(if day > 28 { t.parts.on_day_or_last(day) } else { t.parts.on_day(day) });
    }
    parts.push(billing_mode(terms.mode, t).to_owned());
    parts.join(", ")
}

/// The same before activation, which may still have to find the billing day.
#[must_use]
pub fn agreed_terms(line: &ContractLine, t: Words) -> String {
    let waits = line.dates.starts_on.is_none() && line.alignment == Alignment::Activation;
    match line.terms.filter(|terms| waits && terms.every.is_anchored()) {
        Some(agreed) => [&every(agreed.every, t), t.parts.on_activation_day(), billing_mode(agreed.mode, t)].join(", "),
        None => terms(line.terms.as_ref(), t),
    }
}

/// Also what the first and the last part of a period cost.
#[must_use]
pub fn all_terms(line: &ContractLine, t: Words) -> String {
    let agreed = line.terms.as_ref();
    let first_and_last =
        agreed.map(|agreed| format!("; {}, {}", first_period(agreed.first, t), last_period(agreed.last, t)));
    agreed_terms(line, t) + &first_and_last.unwrap_or_default()
}

#[must_use]
pub fn alignment(alignment: Alignment, t: Words) -> &'static str {
    match alignment {
        Alignment::Common => t.parts.align_common(),
        Alignment::Activation => t.parts.align_activation(),
        Alignment::Chosen => t.parts.align_chosen(),
    }
}

#[must_use]
pub fn every(every: Every, t: Words) -> String {
    let count = every.count().into();
    match every.unit() {
        Unit::Days => t.parts.every_days(count),
        Unit::Weeks => t.parts.every_weeks(count),
        Unit::Months => t.parts.every_months(count),
        Unit::Years => t.parts.every_years(count),
    }
}

#[must_use]
pub fn billing_mode(mode: BillingMode, t: Words) -> &'static str {
    match mode {
        BillingMode::Prepaid => t.parts.in_advance(),
        BillingMode::Postpaid => t.parts.in_arrears(),
    }
}

#[must_use]
pub fn first_period(first: FirstPeriod, t: Words) -> &'static str {
    match first {
        FirstPeriod::Prorate => t.parts.first_prorate(),
        FirstPeriod::Full => t.parts.first_full(),
        FirstPeriod::Free => t.parts.first_free(),
    }
}

#[must_use]
pub fn last_period(last: LastPeriod, t: Words) -> &'static str {
    match last {
        LastPeriod::Prorate => t.parts.last_prorate(),
        LastPeriod::Full => t.parts.last_full(),
    }
}

/// `1 nov 2026 – 30 nov 2026`, with the last day in it.
#[must_use]
pub fn period(range: &DateRange, t: Words) -> String {
    format!("{} – {}", format::date(range.start(), t), format::date(range.last_day(), t))
}

#[cfg(test)]
mod tests {
    use domain::calendar::AnchorDay;

    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn terms_read_as_a_person_would_say_them() {
        let (es, en) = (Words::of(Locale::Es), Words::of(Locale::En));
        let monthly = BillingTerms::monthly(AnchorDay::FIRST);
        assert_eq!(terms(Some(&monthly), es), "cada mes, el día 1, por adelantado");
        let quarterly = BillingTerms {
            every: "3m".parse().unwrap(),
            anchor: AnchorDay::new(31).unwrap(),
            mode: BillingMode::Postpaid,
            ..monthly
        };
        assert_eq!(terms(Some(&quarterly), es), "cada 3 meses, el día 31 o el último del mes, por período vencido");
        let weekly = BillingTerms { every: "1w".parse().unwrap(), ..monthly };
        assert_eq!(terms(Some(&weekly), en), "every week, in advance");
        assert_eq!(terms(None, es), "una sola vez");
    }
}
