//! The form of a draft's line.

use serde::{Deserialize, Serialize};

use crate::calendar::{AnchorDay, BillingMode, BillingTerms, Every, FirstPeriod, LastPeriod};
use crate::contract_line::Alignment;
use crate::discount::{Discount, Lasting, Reduction};
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::ids::{PlanId, TaxId};
use crate::price::{Percent, Quantity, UnitPrice};
use crate::views::contracts::ContractLine;
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
pub struct LineForm {
    /// The plan's id.
    pub plan: String,
    /// Blank: the plan's name.
    pub description: String,
    /// Blank: 1.
    pub quantity: String,
    /// Blank: the plan's, in the sector of the contract's address.
    pub unit_price: String,
    /// The tax's id; blank: the plan's.
    pub tax: String,
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
    /// Such as `1m`; blank: charged once, and the five below do not matter.
    pub every: String,
    /// An [`Alignment`]; blank: chosen.
    pub alignment: String,
    /// 1 to 31, when it is chosen; blank: 1.
    pub anchor_day: String,
    /// A [`BillingMode`]; blank: prepaid.
    pub mode: String,
    /// A [`FirstPeriod`]; blank: prorate.
    pub first_period: String,
    /// A [`LastPeriod`]; blank: prorate.
    pub last_period: String,
}

/// A checked [`LineForm`]; what is `None` is the plan's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineWish {
    pub plan: PlanId,
    pub description: Option<String>,
    pub quantity: Quantity,
    pub unit_price: Option<UnitPrice>,
    pub discount: Option<Discount>,
    pub tax: Option<TaxId>,
    pub terms: Option<BillingTerms>,
    pub alignment: Alignment,
}

impl LineForm {
    pub fn check(&self) -> Result<LineWish, Failure> {
        let mut form = FormCheck::default();
        let plan = form.take("plan", form::choice(&self.plan));
        let description = form.take("description", optional(&self.description, 200));
        let quantity = form.take("quantity", form::quantity(&self.quantity));
        let unit_price = form.take("unit_price", optional_price(&self.unit_price));
        let tax = form.take("tax", form::optional_choice(&self.tax));
        let discount = match form.take("discount", form::optional_choice(&self.discount)) {
            Some(Some(kind)) => self.check_discount(kind, &mut form).map(Some),
            other => other.map(|_| None),
        };
        let alignment = form.take("alignment", form::optional_choice(&self.alignment));
        let alignment = alignment.map(|alignment| alignment.unwrap_or(Alignment::Chosen));
        let terms = match alignment {
            Some(_) if self.every.trim().is_empty() => Some(None),
            Some(alignment) => self.check_terms(alignment, &mut form).map(Some),
            None => None,
        };
        let wish = (|| {
            Some(LineWish {
                plan: plan?,
                description: description?,
                quantity: quantity?,
                unit_price: unit_price?,
                discount: discount?,
                tax: tax?,
                terms: terms?,
                alignment: alignment?,
            })
        })();
        form.answer(wish)
    }

    fn check_discount(&self, kind: DiscountKind, form: &mut FormCheck) -> Option<Discount> {
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

    fn check_terms(&self, alignment: Alignment, form: &mut FormCheck) -> Option<BillingTerms> {
        let every = form.take("every", form::choice::<Every>(&self.every));
        let anchor = match alignment {
            Alignment::Chosen => form.take("anchor_day", anchor_day(&self.anchor_day)),
            Alignment::Common | Alignment::Activation => Some(AnchorDay::FIRST),
        };
        let mode = form.take("mode", form::optional_choice::<BillingMode>(&self.mode));
        let first = form.take("first_period", form::optional_choice::<FirstPeriod>(&self.first_period));
        let last = form.take("last_period", form::optional_choice::<LastPeriod>(&self.last_period));
        Some(BillingTerms {
            every: every?,
            anchor: anchor?,
            mode: mode?.unwrap_or(BillingMode::Prepaid),
            first: first?.unwrap_or(FirstPeriod::Prorate),
            last: last?.unwrap_or(LastPeriod::Prorate),
        })
    }
}

fn optional_price(text: &str) -> Result<Option<UnitPrice>, Problem> {
    if text.trim().is_empty() { Ok(None) } else { form::unit_price(text).map(Some) }
}

fn periods(text: &str) -> Result<Lasting, Problem> {
    let count = form::whole(text, 1..=120)?;
    u16::try_from(count).map(Lasting::Periods).map_err(|_| Problem::OutOfRange)
}

fn anchor_day(text: &str) -> Result<AnchorDay, Problem> {
    let day = form::optional_whole(text, 1..=31)?.unwrap_or(1);
    AnchorDay::new(day.into()).map_err(|_| Problem::OutOfRange)
}

impl From<&ContractLine> for LineForm {
    fn from(line: &ContractLine) -> Self {
        let terms = |text: fn(&BillingTerms) -> String| line.terms.as_ref().map(text).unwrap_or_default();
        let form = Self {
            plan: line.plan.id.to_string(),
            description: line.description.clone(),
            quantity: line.price.quantity.to_string(),
            unit_price: line.price.unit_price.to_string(),
            tax: line.tax.id.to_string(),
            every: terms(|terms| terms.every.to_string()),
            alignment: line.alignment.to_string(),
            anchor_day: terms(|terms| terms.anchor.to_string()),
            mode: terms(|terms| terms.mode.to_string()),
            first_period: terms(|terms| terms.first.to_string()),
            last_period: terms(|terms| terms.last.to_string()),
            ..Self::default()
        };
        line.discount.iter().fold(form, Self::with_discount)
    }
}

impl LineForm {
    fn with_discount(self, discount: &Discount) -> Self {
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
            ..self
        }
    }
}
