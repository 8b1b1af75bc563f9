//! Plans: what is sold.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::list::{Choice, Direction, PageNumber};
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::form;
use crate::ids::{PlanId, PlanPriceId, SectorId, TaxId};
use crate::money::Currency;
use crate::plan::{Burst, PlanFacts, PlanKind, Speed};
use crate::price::UnitPrice;
use crate::price_list::PriceEntry;
use crate::words::words;

words! {
    #[derive(Default)]
    pub enum PlanSort {
        #[default]
        Name = "name",
        Code = "code",
        Price = "price",
        Contracts = "contracts",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanFilter {
    /// Part of a name or a code.
    pub search: Option<String>,
    pub kind: Option<PlanKind>,
    /// `None`: only those that are still sold.
    pub archived: Option<bool>,
    pub sort: PlanSort,
    pub direction: Direction,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRow {
    pub id: PlanId,
    pub facts: PlanFacts,
    pub tax: Choice<TaxId>,
    /// Since when it is no longer sold; contracts that have it keep it.
    pub archived_at: Option<DateTime<Utc>>,
    /// Contracts that have it and are not closed.
    pub contracts: i64,
}

/// A plan's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDetail {
    pub plan: PlanRow,
    /// What a form to edit it chooses from.
    pub taxes: Vec<Choice<TaxId>>,
    /// Where and from when it costs something else.
    pub prices: Vec<PlanPrice>,
    pub sectors: Vec<Choice<SectorId>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPrice {
    pub id: PlanPriceId,
    /// `None`: wherever no sector has a price of its own.
    pub sector: Option<Choice<SectorId>>,
    pub from: NaiveDate,
    pub price: UnitPrice,
}

/// Another price, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PriceForm {
    /// The sector's id; blank: everywhere.
    pub sector: String,
    /// Blank: today.
    pub from: String,
    pub price: String,
}

impl PriceForm {
    pub fn check(&self, today: NaiveDate) -> Result<PriceEntry, Failure> {
        let mut form = FormCheck::default();
        let sector = form.take("sector", form::optional_choice(&self.sector));
        let from = form.take("from", form::optional_date(&self.from));
        let price = form.take("price", form::unit_price(&self.price));
        form.answer((|| Some(PriceEntry { sector: sector?, from: from?.unwrap_or(today), price: price? }))())
    }
}

/// What the form of a new plan begins with and chooses from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOffer {
    /// The company's.
    pub currency: Currency,
    pub taxes: Vec<Choice<TaxId>>,
}

/// As typed. Speeds are in Mbit/s, with at most three decimals; an addon has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    pub code: String,
    pub name: String,
    /// A [`PlanKind`].
    pub kind: String,
    pub down_mbps: String,
    pub up_mbps: String,
    /// The burst: all of it, or nothing.
    pub burst_down_mbps: String,
    pub burst_up_mbps: String,
    pub threshold_down_mbps: String,
    pub threshold_up_mbps: String,
    pub burst_seconds: String,
    pub price: String,
    pub currency: String,
    /// The tax's id.
    pub tax: String,
}

impl PlanForm {
    pub fn check(&self) -> Result<PlanFacts, Failure> {
        let mut form = FormCheck::default();
        let code = form.take("code", required(&self.code, 40));
        let name = form.take("name", required(&self.name, 100));
        let kind = form.take("kind", form::choice::<PlanKind>(&self.kind));
        let speed = match kind {
            Some(PlanKind::Internet) => self.check_speed(&mut form).map(Some),
            _ => Some(None),
        };
        let burst = match speed {
            Some(Some(speed)) if self.bursts() => self.check_burst(speed, &mut form).map(Some),
            _ => Some(None),
        };
        let price = form.take("price", form::unit_price(&self.price));
        let currency = form.take("currency", form::choice::<Currency>(&self.currency));
        let tax = form.take("tax", form::choice(&self.tax));
        let facts = (|| {
            Some(PlanFacts {
                code: code?,
                name: name?,
                kind: kind?,
                speed: speed?,
                burst: burst?,
                price: price?,
                currency: currency?,
                tax: tax?,
            })
        })();
        form.answer(facts)
    }

    fn check_speed(&self, form: &mut FormCheck) -> Option<Speed> {
        let down = form.take("down_mbps", kbps(&self.down_mbps));
        let up = form.take("up_mbps", kbps(&self.up_mbps));
        Some(Speed { down_kbps: down?, up_kbps: up? })
    }
}

impl PlanForm {
    fn bursts(&self) -> bool {
        let typed = [
            &self.burst_down_mbps,
            &self.burst_up_mbps,
            &self.threshold_down_mbps,
            &self.threshold_up_mbps,
            &self.burst_seconds,
        ];
        typed.iter().any(|text| !text.trim().is_empty())
    }

    /// More than was sold, and the threshold at most that.
    fn check_burst(&self, sold: Speed, form: &mut FormCheck) -> Option<Burst> {
        let more = |text: &str, than: u32| kbps(text).and_then(|kbps| in_order(kbps > than, kbps));
        let down = form.take("burst_down_mbps", more(&self.burst_down_mbps, sold.down_kbps));
        let up = form.take("burst_up_mbps", more(&self.burst_up_mbps, sold.up_kbps));
        let less = |text: &str, than: Option<u32>| {
            kbps(text).and_then(|kbps| in_order(than.is_none_or(|than| kbps <= than), kbps))
        };
        let threshold_down = form.take("threshold_down_mbps", less(&self.threshold_down_mbps, down));
        let threshold_up = form.take("threshold_up_mbps", less(&self.threshold_up_mbps, up));
        let seconds = form.take("burst_seconds", form::whole(&self.burst_seconds, 1..=600));
        Some(Burst {
            limit: Speed { down_kbps: down?, up_kbps: up? },
            threshold: Speed { down_kbps: threshold_down?, up_kbps: threshold_up? },
            seconds: u16::try_from(seconds?).ok()?,
        })
    }
}

fn in_order(holds: bool, kbps: u32) -> Result<u32, Problem> {
    if holds { Ok(kbps) } else { Err(Problem::OutOfOrder) }
}

impl From<&PlanFacts> for PlanForm {
    fn from(plan: &PlanFacts) -> Self {
        let mbps = |kbps: u32| (Decimal::from(kbps) / Decimal::ONE_THOUSAND).normalize().to_string();
        Self {
            code: plan.code.clone(),
            name: plan.name.clone(),
            kind: plan.kind.to_string(),
            down_mbps: plan.speed.map(|speed| mbps(speed.down_kbps)).unwrap_or_default(),
            up_mbps: plan.speed.map(|speed| mbps(speed.up_kbps)).unwrap_or_default(),
            burst_down_mbps: plan.burst.map(|burst| mbps(burst.limit.down_kbps)).unwrap_or_default(),
            burst_up_mbps: plan.burst.map(|burst| mbps(burst.limit.up_kbps)).unwrap_or_default(),
            threshold_down_mbps: plan.burst.map(|burst| mbps(burst.threshold.down_kbps)).unwrap_or_default(),
            threshold_up_mbps: plan.burst.map(|burst| mbps(burst.threshold.up_kbps)).unwrap_or_default(),
            burst_seconds: plan.burst.map(|burst| burst.seconds.to_string()).unwrap_or_default(),
            price: plan.price.to_string(),
            currency: plan.currency.to_string(),
            tax: plan.tax.to_string(),
        }
    }
}

/// Up to 1 Tbit/s, in whole kbit/s.
fn kbps(mbps: &str) -> Result<u32, Problem> {
    let kbps = form::decimal(mbps, 3)? * Decimal::ONE_THOUSAND;
    u32::try_from(kbps).ok().filter(|kbps| (1..=1_000_000_000).contains(kbps)).ok_or(Problem::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> PlanForm {
        let text = str::to_owned;
        PlanForm {
            code: text("FIBRA100"),
            name: text("Fibra 100"),
            kind: text("internet"),
            down_mbps: text("100"),
            up_mbps: text("0.512"),
            price: text("30.00"),
            currency: text("USD"),
            tax: text("1"),
            ..PlanForm::default()
        }
    }

    #[test]
    fn a_burst_is_more_than_was_sold_and_all_of_it_or_nothing() {
        let text = str::to_owned;
        let bursting = PlanForm {
            burst_down_mbps: text("150"),
            burst_up_mbps: text("1"),
            threshold_down_mbps: text("80"),
            threshold_up_mbps: text("0.4"),
            burst_seconds: text("16"),
            ..typed()
        };
        let facts = bursting.check().unwrap();
        assert_eq!(facts.burst.unwrap().limit, Speed { down_kbps: 150_000, up_kbps: 1_000 });
        let again = PlanForm::from(&facts);
        assert_eq!((again.burst_up_mbps, again.burst_seconds), (text("1"), text("16")));
        let wrong = PlanForm { burst_down_mbps: text("100"), threshold_up_mbps: text("2"), ..bursting };
        let Err(Failure::Fields { fields }) = wrong.check() else { panic!("it is refused") };
        let fields: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["burst_down_mbps", "threshold_up_mbps"]);
        let part = PlanForm { burst_seconds: text("16"), ..typed() };
        assert!(part.check().is_err());
    }

    #[test]
    fn speeds_are_typed_in_megabits_and_kept_in_kilobits() {
        let facts = typed().check().unwrap();
        assert_eq!(facts.speed, Some(Speed { down_kbps: 100_000, up_kbps: 512 }));
        assert_eq!(PlanForm::from(&facts).up_mbps, "0.512");
    }

    #[test]
    fn an_internet_plan_needs_a_speed_and_an_addon_has_none() {
        let without = PlanForm { down_mbps: String::new(), up_mbps: "0.0001".to_owned(), ..typed() };
        let Err(Failure::Fields { fields }) = without.check() else { panic!("it is refused") };
        let problems: Vec<_> = fields.into_iter().map(|field| (field.field, field.problem)).collect();
        let expected = [("down_mbps", Problem::Required), ("up_mbps", Problem::OutOfRange)];
        assert_eq!(problems, expected.map(|(field, problem)| (field.to_owned(), problem)));
        assert_eq!(PlanForm { kind: "addon".to_owned(), ..typed() }.check().unwrap().speed, None);
    }
}
