//! The words that documents are filled with. Their headings are in the templates, where the provider can change them.

use chrono::NaiveDate;
use documents::format;
use domain::calendar::{BillingMode, BillingTerms, DateRange, Unit};
use domain::contact::Language;
use domain::credit::CreditBecause;
use domain::discount::Reduction;
use domain::invoice::PaymentMethod;
use domain::money::Money;
use domain::plan::Speed;
use domain::views::invoices::InvoiceLine;
use rust_decimal::Decimal;

/// The words of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(pub Language);

impl Words {
    /// `es` or `en`
    pub fn code(self) -> &'static str {
        self.0.word()
    }

    pub fn say(self, spanish: &str, english: &str) -> String {
        match self.0 {
            Language::Spanish => spanish,
            Language::English => english,
        }
        .to_owned()
    }

    pub fn date(self, date: NaiveDate) -> String {
        format::date(date, self.code())
    }

    pub fn optional_date(self, date: Option<NaiveDate>) -> String {
        date.map(|date| self.date(date)).unwrap_or_default()
    }

    /// `1 nov 2026 – 30 nov 2026`, with the last day in it.
    pub fn period(self, range: &DateRange) -> String {
        format!("{} – {}", self.date(range.start()), self.date(range.last_day()))
    }

    /// `27 de 30 días × 2 × 25.00 − 10 %`: the sum as a person would check it. A whole period says only the price.
    pub fn charge(self, line: &InvoiceLine) -> String {
        let product = self.product(line.quantity, line.unit_price, line.discount);
        let days = |days: i32, of: i32| self.say(&format!("{days} de {of} días"), &format!("{days} of {of} days"));
        match (line.time, line.discount) {
            (Some((_, 0, _)), _) => self.say("sin costo", "free"),
            // The same part of an amount is taken off as is charged of the price.
            (Some((_, part, of)), Reduction::Amount(_)) if part != of => format!("{} × ({product})", days(part, of)),
            (Some((_, part, of)), _) if part != of => format!("{} × {product}", days(part, of)),
            _ => product,
        }
    }

    /// `2 × 25.00 − 10 %`
    pub fn product(self, quantity: Decimal, unit_price: Decimal, discount: Reduction) -> String {
        let price = format::amount(with_cents(unit_price));
        let price = if quantity == Decimal::ONE { price } else { format!("{} × {price}", quantity.normalize()) };
        match discount {
            discount if discount.is_none() => price,
            Reduction::Percent(percent) => format!("{price} − {percent} %"),
            Reduction::Amount(amount) => format!("{price} − {}", format::amount(with_cents(amount.get()))),
            Reduction::Courtesy => self.say(&format!("{price}, de cortesía"), &format!("{price}, as a courtesy")),
        }
    }

    pub fn method(self, method: PaymentMethod) -> String {
        match method {
            PaymentMethod::Cash => self.say("Efectivo", "Cash"),
            PaymentMethod::Card => self.say("Tarjeta", "Card"),
            PaymentMethod::Transfer => self.say("Transferencia", "Transfer"),
            PaymentMethod::VatWithholding => self.say("Retención de IVA", "VAT withholding"),
            PaymentMethod::IncomeWithholding => self.say("Retención de renta", "Income tax withholding"),
            PaymentMethod::Other => self.say("Otro", "Other"),
        }
    }

    pub fn credit_because(self, because: &CreditBecause) -> String {
        match because {
            CreditBecause::Decision { why } => why.clone(),
            CreditBecause::PlanChanged => self.say("Cambio de plan", "Change of plan"),
            CreditBecause::QuantityChanged => self.say("Cambio de cantidad", "Change of quantity"),
            CreditBecause::Paused => self.say("Pausa del servicio", "Pause of the service"),
            CreditBecause::ContractClosed => self.say("Fin del contrato", "End of the contract"),
            CreditBecause::HolderChanged => self.say("Cambio de titular", "Change of holder"),
            CreditBecause::LeasingEnded => self.say("El equipo quedó pagado", "The equipment was paid off"),
            CreditBecause::Outage { place, days } => {
                let (first, last) = (self.date(days.start()), self.date(days.last_day()));
                let spanish = format!("Falla en {place}, del {first} al {last}");
                self.say(&spanish, &format!("Outage in {place}, from {first} to {last}"))
            }
        }
    }

    /// `cada 3 meses, por adelantado`; `None` is charged once.
    pub fn terms(self, terms: Option<&BillingTerms>) -> String {
        let Some(terms) = terms else { return self.say("una sola vez", "once") };
        let count = terms.every.count();
        let (spanish, english) = match terms.every.unit() {
            Unit::Days => (["día", "días"], "day"),
            Unit::Weeks => (["semana", "semanas"], "week"),
            Unit::Months => (["mes", "meses"], "month"),
            Unit::Years => (["año", "años"], "year"),
        };
        let every = match count {
            1 => self.say(&format!("cada {}", spanish[0]), &format!("every {english}")),
            count => self.say(&format!("cada {count} {}", spanish[1]), &format!("every {count} {english}s")),
        };
        let mode = match terms.mode {
            BillingMode::Prepaid => self.say("por adelantado", "in advance"),
            BillingMode::Postpaid => self.say("por período vencido", "in arrears"),
        };
        format!("{every}, {mode}")
    }
}

/// `1,234.50`, with as many decimals as the currency has.
pub(crate) fn amount(money: Money) -> String {
    let mut amount = money.amount();
    amount.rescale(money.currency().minor_units());
    format::amount(amount)
}

/// `1,234.50 USD`
pub(super) fn money(value: Money) -> String {
    format!("{}\u{a0}{}", amount(value), value.currency().code())
}

/// `100/20 Mbit/s`, download first.
pub(super) fn speed(speed: Speed) -> String {
    let megabits = |kilobits: u32| Decimal::new(kilobits.into(), 3).normalize();
    format!("{}/{} Mbit/s", megabits(speed.down_kbps), megabits(speed.up_kbps))
}

/// A price may be finer than a coin, but is not written coarser.
fn with_cents(price: Decimal) -> Decimal {
    let mut price = price.normalize();
    if price.scale() < 2 {
        price.rescale(2);
    }
    price
}
