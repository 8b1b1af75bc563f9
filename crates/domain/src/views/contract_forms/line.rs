//! The form of a draft's line.

use serde::{Deserialize, Serialize};

use super::DiscountForm;
use crate::calendar::{AnchorDay, BillingMode, BillingTerms, Every, FirstPeriod, LastPeriod};
use crate::contract_line::Alignment;
use crate::discount::Discount;
use crate::failure::{Failure, FormCheck, Problem, optional};
use crate::form;
use crate::ids::{PlanId, TaxId};
use crate::price::{Quantity, UnitPrice};
use crate::views::contracts::ContractLine;

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
    #[serde(flatten)]
    pub discount: DiscountForm,
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
        let discount = self.discount.take(&mut form);
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

fn anchor_day(text: &str) -> Result<AnchorDay, Problem> {
    let day = form::optional_whole(text, 1..=31)?.unwrap_or(1);
    AnchorDay::new(day.into()).map_err(|_| Problem::OutOfRange)
}

impl From<&ContractLine> for LineForm {
    fn from(line: &ContractLine) -> Self {
        let terms = |text: fn(&BillingTerms) -> String| line.terms.as_ref().map(text).unwrap_or_default();
        Self {
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
            discount: line.discount.as_ref().map(DiscountForm::from).unwrap_or_default(),
        }
    }
}
