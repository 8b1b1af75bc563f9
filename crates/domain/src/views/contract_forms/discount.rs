//! The form of a line's discount: a part of a draft's line, and by itself for a line that is billed already.

use serde::{Deserialize, Serialize};

use crate::discount::{Discount, Lasting, Reduction};
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::form;
use crate::price::{Percent, UnitPrice};
use crate::words::words;

words! {
    /// The kinds of a [`Reduction`].
    pub enum DiscountKind {
        Percent = "percent",
        Amount = "amount",
        Courtesy = "courtesy",
    }
}

words! {
    /// The kinds of [`Lasting`].
    pub enum LastingKind {
        Always = "always",
        Periods = "periods",
        Until = "until",
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DiscountForm {
    /// A [`DiscountKind`]; blank: none, and the five below do not matter.
    pub discount: String,
    /// Per cent, or an amount off each period; a courtesy needs none.
    pub discount_value: String,
    /// A [`LastingKind`]; blank: always.
    pub discount_lasts: String,
    /// 1 to 120, when it lasts so many periods.
    pub discount_periods: String,
    /// The first day without it, when it lasts until a date.
    pub discount_until: String,
    /// As the invoice will say it.
    pub discount_reason: String,
}

impl DiscountForm {
    pub fn check(&self) -> Result<Option<Discount>, Failure> {
        let mut form = FormCheck::default();
        let discount = self.take(&mut form);
        form.answer(discount)
    }

    /// What it says within a larger form.
    pub(super) fn take(&self, form: &mut FormCheck) -> Option<Option<Discount>> {
        match form.take("discount", form::optional_choice(&self.discount))? {
            Some(kind) => self.discount(kind, form).map(Some),
            None => Some(None),
        }
    }

    fn discount(&self, kind: DiscountKind, form: &mut FormCheck) -> Option<Discount> {
        let reduction = form.take("discount_value", self.reduction(kind));
        let lasts = form.take("discount_lasts", form::optional_choice(&self.discount_lasts));
        let lasting = match lasts?.unwrap_or(LastingKind::Always) {
            LastingKind::Always => Some(Lasting::Always),
            LastingKind::Periods => form.take("discount_periods", periods(&self.discount_periods)),
            LastingKind::Until => form.take("discount_until", form::date(&self.discount_until)).map(Lasting::Until),
        };
        let reason = form.take("discount_reason", required(&self.discount_reason, 100));
        Some(Discount { reduction: reduction?, lasting: lasting?, reason: reason? })
    }

    fn reduction(&self, kind: DiscountKind) -> Result<Reduction, Problem> {
        let value = || form::decimal(&self.discount_value, 4);
        match kind {
            DiscountKind::Courtesy => Ok(Reduction::Courtesy),
            DiscountKind::Percent => {
                let percent = Percent::new(value()?).map_err(|_| Problem::OutOfRange)?;
                if percent.is_zero() { Err(Problem::OutOfRange) } else { Ok(Reduction::Percent(percent)) }
            }
            DiscountKind::Amount => {
                let amount = UnitPrice::new(value()?).map_err(|_| Problem::OutOfRange)?;
                if amount.get().is_zero() { Err(Problem::OutOfRange) } else { Ok(Reduction::Amount(amount)) }
            }
        }
    }
}

fn periods(text: &str) -> Result<Lasting, Problem> {
    let count = form::whole(text, 1..=120)?;
    u16::try_from(count).map(Lasting::Periods).map_err(|_| Problem::OutOfRange)
}

impl From<&Discount> for DiscountForm {
    fn from(discount: &Discount) -> Self {
        let (kind, value) = match discount.reduction {
            Reduction::Percent(percent) => (DiscountKind::Percent, percent.to_string()),
            Reduction::Amount(amount) => (DiscountKind::Amount, amount.to_string()),
            Reduction::Courtesy => (DiscountKind::Courtesy, String::new()),
        };
        let (lasts, periods, until) = match discount.lasting {
            Lasting::Always => (LastingKind::Always, String::new(), String::new()),
            Lasting::Periods(count) => (LastingKind::Periods, count.to_string(), String::new()),
            Lasting::Until(date) => (LastingKind::Until, String::new(), date.to_string()),
        };
        Self {
            discount: kind.to_string(),
            discount_value: value,
            discount_lasts: lasts.to_string(),
            discount_periods: periods,
            discount_until: until,
            discount_reason: discount.reason.clone(),
        }
    }
}
