//! What is taken off a price, in words.

use domain::discount::{Discount, Lasting, Reduction};

use super::amount::bare_price;
use crate::{i18n::Words, ui::format};

/// `50 % menos por 3 períodos: Bienvenida`
#[must_use]
pub fn discount(discount: &Discount, t: Words) -> String {
    let what = match discount.reduction {
        Reduction::Percent(percent) => t.parts.percent_off(percent),
        Reduction::Amount(amount) => t.parts.amount_off(bare_price(amount.get())),
        Reduction::Courtesy => t.parts.courtesy().to_owned(),
    };
    let lasting = match discount.lasting {
        Lasting::Always => String::new(),
        Lasting::Periods(count) => format!(" {}", t.parts.for_periods(count.into())),
        // People say the last day that counts.
        Lasting::Until(end) => format!(" {}", t.parts.until(format::date(end.pred_opt().unwrap_or(end), t))),
    };
    let why = if discount.reason.is_empty() { String::new() } else { format!(": {}", discount.reason) };
    format!("{what}{lasting}{why}")
}

/// Why an issued line is reduced; `None` when it is not, or nobody knows.
#[must_use]
pub fn why_reduced(reduction: Reduction, reason: &str, t: Words) -> Option<String> {
    if reason.is_empty() {
        return None;
    }
    match reduction {
        Reduction::Courtesy => Some(t.parts.courtesy_for(reason)),
        reduction if reduction.is_none() => None,
        Reduction::Percent(_) | Reduction::Amount(_) => Some(t.parts.discount_for(reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn a_discount_says_how_much_for_how_long_and_why() {
        let (es, en) = (Words::of(Locale::Es), Words::of(Locale::En));
        let half = Reduction::Percent("50".parse().unwrap());
        let welcome = |lasting| Discount { reduction: half, lasting, reason: "Bienvenida".to_owned() };
        assert_eq!(discount(&welcome(Lasting::Always), es), "50 % menos: Bienvenida");
        assert_eq!(discount(&welcome(Lasting::Periods(1)), es), "50 % menos por 1 período: Bienvenida");
        assert_eq!(discount(&welcome(Lasting::Periods(3)), en), "50 % off for 3 periods: Bienvenida");
        let until = Lasting::Until("2026-07-01".parse().unwrap());
        assert_eq!(discount(&welcome(until), es), "50 % menos hasta el 30 jun 2026: Bienvenida");
        let five =
            Discount { reduction: Reduction::Amount("5".parse().unwrap()), reason: String::new(), ..welcome(until) };
        assert_eq!(discount(&five, en), "5.00 off a period until 30 Jun 2026");
        assert_eq!(why_reduced(Reduction::NONE, "Bienvenida", es), None);
        assert_eq!(why_reduced(Reduction::Courtesy, "Escuela", es).as_deref(), Some("Cortesía: Escuela"));
    }
}
