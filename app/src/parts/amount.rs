//! Money, and what a charge is made of.

use domain::{
    discount::Reduction, invoice::PaymentMethod, money::Money, plan::Speed, price::LinePrice,
    views::invoices::InvoiceLine,
};
use rust_decimal::Decimal;

use crate::{i18n::Words, ui::format};

/// `27.50 USD`, with as many decimals as the currency has.
#[must_use]
pub fn money(money: Money) -> String {
    format::money(exact(money), money.currency().code())
}

/// `27.50`: for tables whose currency stands beside them.
#[must_use]
pub fn bare(money: Money) -> String {
    format::amount(exact(money))
}

fn exact(money: Money) -> Decimal {
    let mut amount = money.amount();
    amount.rescale(money.currency().minor_units());
    amount
}

/// One amount per currency: `27.50 USD + 10.00 EUR`; zero of nothing is a dash.
#[must_use]
pub fn moneys(amounts: &[Money]) -> String {
    match amounts {
        [] => "—".to_owned(),
        amounts => amounts.iter().map(|amount| money(*amount)).collect::<Vec<_>>().join(" + "),
    }
}

/// What a line costs for a whole period, or once: `2 × 30.00 − 10 %`.
#[must_use]
pub fn line_price(price: &LinePrice) -> String {
    product(price.quantity.get(), price.unit_price.get(), price.discount)
}

/// The sum behind a charged line: `10 de 30 días × 30.00`; a whole period says only the price.
#[must_use]
pub fn charge(line: &InvoiceLine, t: Words) -> String {
    let product = product(line.quantity, line.unit_price, line.discount);
    match (line.time, line.discount) {
        (Some((_, 0, _)), _) => t.parts.free_days().to_owned(),
        // The same part of an amount is taken off as is charged of the price.
        (Some((_, days, of)), Reduction::Amount(_)) if days != of => {
            format!("{} × ({product})", t.parts.days_of(days, of))
        }
        (Some((_, days, of)), _) if days != of => format!("{} × {product}", t.parts.days_of(days, of)),
        _ => product,
    }
}

fn product(quantity: Decimal, unit_price: Decimal, discount: Reduction) -> String {
    let price = bare_price(unit_price);
    let price = if quantity == Decimal::ONE { price } else { format!("{} × {price}", quantity.normalize()) };
    match discount {
        discount if discount.is_none() => price,
        Reduction::Percent(percent) => format!("{price} − {percent} %"),
        Reduction::Amount(amount) => format!("{price} − {}", bare_price(amount.get())),
        Reduction::Courtesy => format!("{price} − 100 %"),
    }
}

/// `27.50`, or as fine as a price may be.
#[must_use]
pub fn bare_price(price: Decimal) -> String {
    format::amount(with_cents(price))
}

/// A price may be finer than a coin, but is not written coarser.
fn with_cents(price: Decimal) -> Decimal {
    let mut price = price.normalize();
    if price.scale() < 2 {
        price.rescale(2);
    }
    price
}

/// `100/20 Mbit/s`, download first.
#[must_use]
pub fn speed(speed: Speed) -> String {
    let megabits = |kilobits: u32| Decimal::new(kilobits.into(), 3).normalize();
    format!("{}/{} Mbit/s", megabits(speed.down_kbps), megabits(speed.up_kbps))
}

#[must_use]
pub fn payment_method(method: PaymentMethod, t: Words) -> &'static str {
    match method {
        PaymentMethod::Cash => t.parts.method_cash(),
        PaymentMethod::Card => t.parts.method_card(),
        PaymentMethod::Transfer => t.parts.method_transfer(),
        PaymentMethod::Other => t.parts.method_other(),
        PaymentMethod::VatWithholding => t.parts.method_vat_withholding(),
        PaymentMethod::IncomeWithholding => t.parts.method_income_withholding(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::{calendar::DateRange, money::Currency, tax::TaxRate};

    use super::*;
    use crate::i18n::Locale;

    fn percent(percent: &str) -> Reduction {
        Reduction::Percent(percent.parse().unwrap())
    }

    fn line(days: i32, of: i32, quantity: &str, discount: Reduction) -> InvoiceLine {
        let start = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let period = DateRange::new(start, NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()).unwrap();
        let zero = Money::zero(Currency::USD);
        InvoiceLine {
            description: "Fibra 100".to_owned(),
            time: Some((period, days, of)),
            quantity: quantity.parse().unwrap(),
            unit_price: "30".parse().unwrap(),
            discount,
            discount_reason: String::new(),
            tax_rate: TaxRate::NONE,
            untaxed: zero,
            tax: zero,
            total: zero,
        }
    }

    #[test]
    fn a_charge_shows_the_sum_as_a_person_would_check_it() {
        let es = Words::of(Locale::Es);
        let off = Reduction::Amount("5".parse().unwrap());
        for (line, expected) in [
            (line(10, 30, "1", Reduction::NONE), "10 de 30 días × 30.00"),
            (line(30, 30, "2.0", percent("12.50")), "2 × 30.00 − 12.5 %"),
            (line(30, 30, "2", off), "2 × 30.00 − 5.00"),
            (line(10, 30, "1", off), "10 de 30 días × (30.00 − 5.00)"),
            (line(10, 30, "1", Reduction::Courtesy), "10 de 30 días × 30.00 − 100 %"),
            (line(0, 30, "1", Reduction::NONE), "sin costo"),
            (InvoiceLine { time: None, ..line(1, 1, "1", Reduction::NONE) }, "30.00"),
        ] {
            assert_eq!(charge(&line, es), expected);
        }
    }

    #[test]
    fn money_has_the_decimals_of_its_currency() {
        let amount = Money::new("1234.5".parse().unwrap(), Currency::USD);
        assert_eq!(money(amount), "1,234.50\u{a0}USD");
        assert_eq!(moneys(&[]), "—");
    }

    #[test]
    fn speeds_are_in_megabits() {
        assert_eq!(speed(Speed { down_kbps: 100_000, up_kbps: 2_500 }), "100/2.5 Mbit/s");
    }
}
