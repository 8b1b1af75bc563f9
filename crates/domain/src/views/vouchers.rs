//! Vouchers on a screen, and the forms for them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, PageNumber};
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::hotspot::{Code, EndReason, Limits, VoucherState};
use crate::ids::{HotspotId, HotspotProfileId, InvoiceId, TaxId, VoucherBatchId, VoucherId, VoucherSaleId};
use crate::invoice::PaymentMethod;
use crate::money::{Currency, Money};

/// The most that are made at once: what a router can hold, and somebody can print.
pub const LARGEST_BATCH: u32 = 2000;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchRow {
    pub id: VoucherBatchId,
    pub series: String,
    pub profile: String,
    pub price: Money,
    pub created_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub counts: BatchCounts,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchCounts {
    pub made: i64,
    pub sold: i64,
    /// Not sold, and still good or used: also one that is over, when it was used.
    pub for_sale: i64,
    /// In use, and not over.
    pub used: i64,
    /// Over, whatever the reason.
    pub ended: i64,
    /// Used, though no sale says so: money that is missing in the books.
    pub used_unsold: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchDetail {
    pub row: BatchRow,
    pub terms: BatchTerms,
    pub tax: String,
    pub hotspots: Vec<Choice<HotspotId>>,
    pub sales: Vec<SaleRow>,
    /// Whoever bought last: most often the same shop buys again. Their reference.
    pub last_customer: Option<String>,
    /// For the next sale.
    pub idempotency_key: String,
}

/// What each voucher of a batch gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchTerms {
    pub valid_minutes: Option<u32>,
    pub valid_until: Option<NaiveDate>,
    pub limits: Limits,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SaleRow {
    pub id: VoucherSaleId,
    pub quantity: i32,
    pub sold_at: DateTime<Utc>,
    pub customer: String,
    pub invoice: InvoiceId,
    pub invoice_number: String,
    pub total: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherRow {
    pub id: VoucherId,
    pub batch: VoucherBatchId,
    pub series: String,
    pub number: i32,
    pub code: Code,
    pub sold: bool,
    pub state: VoucherState,
    pub end_reason: Option<EndReason>,
    pub first_used_at: Option<DateTime<Utc>>,
    pub hotspot: Option<String>,
    pub mac: Option<String>,
    /// Unknown before the first use, unless its batch has a last day.
    pub expires_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub seconds: i64,
    pub bytes: i64,
}

impl VoucherRow {
    /// `WIFI-0042`
    pub fn name(&self) -> String {
        voucher_name(&self.series, self.number)
    }
}

pub fn voucher_name(series: &str, number: i32) -> String {
    format!("{series}-{number:04}")
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VoucherFilter {
    /// A part of the code, however it was typed, or a number such as WIFI-0042.
    pub search: Option<String>,
    pub state: Option<VoucherState>,
    pub batch: Option<VoucherBatchId>,
    pub page: PageNumber,
}

/// What a form for a batch offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchChoices {
    pub hotspots: Vec<Choice<HotspotId>>,
    pub profiles: Vec<Choice<HotspotProfileId>>,
    pub taxes: Vec<Choice<TaxId>>,
    pub currency: Currency,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchForm {
    pub series: String,
    pub quantity: String,
    pub profile: String,
    /// Blank: everywhere.
    pub hotspot: String,
    pub price: String,
    pub tax: String,
    /// `30 d`, `12 h` or `90 m` since the first use: a number and its unit.
    pub valid_for: String,
    pub valid_unit: String,
    pub valid_until: String,
    pub limit_minutes: String,
    pub limit_megabytes: String,
}

/// A batch that can be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewBatch {
    pub series: String,
    pub quantity: u32,
    pub profile: HotspotProfileId,
    pub hotspot: Option<HotspotId>,
    pub price: Money,
    pub tax: TaxId,
    pub terms: BatchTerms,
}

impl BatchForm {
    /// # Errors
    /// `Fields`: among them that nothing says when a voucher ends.
    pub fn check(&self, currency: Currency, today: NaiveDate) -> Result<NewBatch, Failure> {
        let mut check = FormCheck::default();
        let series = check.take("series", series(&self.series));
        let quantity = check.take("quantity", form::whole(&self.quantity, 1..=LARGEST_BATCH));
        let profile = check.take("profile", form::choice(&self.profile));
        let hotspot = check.take("hotspot", form::optional_choice(&self.hotspot));
        let price = check.take("price", form::amount(&self.price, currency));
        let tax = check.take("tax", form::choice(&self.tax));
        let valid_minutes = check.take("valid_for", self.valid_minutes());
        let valid_until =
            check.take("valid_until", form::optional_date(&self.valid_until).and_then(|day| ahead(day, today)));
        if valid_minutes == Some(None) && valid_until == Some(None) {
            check.take::<()>("valid_for", Err(Problem::Required));
        }
        let minutes = check.take("limit_minutes", form::optional_whole(&self.limit_minutes, 1..=525_600));
        let megabytes = check.take("limit_megabytes", form::optional_whole(&self.limit_megabytes, 1..=10_000_000));
        let batch = (|| {
            let limits = Limits { minutes: minutes?, megabytes: megabytes? };
            Some(NewBatch {
                series: series?,
                quantity: quantity?,
                profile: profile?,
                hotspot: hotspot?,
                price: price?,
                tax: tax?,
                terms: BatchTerms { valid_minutes: valid_minutes?, valid_until: valid_until?, limits },
            })
        })();
        check.answer(batch)
    }

    fn valid_minutes(&self) -> Result<Option<u32>, Problem> {
        let unit = match self.valid_unit.as_str() {
            "m" => 1,
            "h" => 60,
            "d" | "" => 24 * 60,
            _ => return Err(Problem::UnknownChoice),
        };
        Ok(form::optional_whole(&self.valid_for, 1..=3650)?.map(|number| number * unit))
    }
}

/// Capital letters and digits: it is read out loud.
fn series(text: &str) -> Result<String, Problem> {
    let series = required(text, 12)?.to_ascii_uppercase();
    let plain = series.chars().all(|sign| sign.is_ascii_alphanumeric());
    if plain { Ok(series) } else { Err(Problem::NotAUserName) }
}

fn ahead(day: Option<NaiveDate>, today: NaiveDate) -> Result<Option<NaiveDate>, Problem> {
    if day.is_some_and(|day| day < today) { Err(Problem::InThePast) } else { Ok(day) }
}

/// Vouchers that change hands for money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaleForm {
    pub quantity: String,
    /// The reference of whoever buys: a shop that sells on, or the customer that stands for all who pay at the counter.
    pub customer: String,
    /// Blank: it is owed, as any invoice.
    pub method: String,
    pub reference: String,
    pub idempotency_key: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewSale {
    pub quantity: u32,
    pub customer: String,
    pub method: Option<PaymentMethod>,
    pub reference: String,
    pub idempotency_key: String,
}

impl SaleForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<NewSale, Failure> {
        let mut check = FormCheck::default();
        let quantity = check.take("quantity", form::whole(&self.quantity, 1..=LARGEST_BATCH));
        let customer = check.take("customer", required(&self.customer, 60));
        let method = check.take("method", form::optional_choice(&self.method).and_then(at_the_counter));
        let reference = match method {
            Some(Some(PaymentMethod::Transfer)) => required(&self.reference, 80),
            _ => optional(&self.reference, 80).map(Option::unwrap_or_default),
        };
        let reference = check.take("reference", reference);
        let idempotency_key = check.take("idempotency_key", required(&self.idempotency_key, 64));
        let sale = (|| {
            Some(NewSale {
                quantity: quantity?,
                customer: customer?,
                method: method?,
                reference: reference?,
                idempotency_key: idempotency_key?,
            })
        })();
        check.answer(sale)
    }
}

/// A retention is of an invoice that is there already.
fn at_the_counter(method: Option<PaymentMethod>) -> Result<Option<PaymentMethod>, Problem> {
    if method.is_some_and(PaymentMethod::is_withholding) { Err(Problem::UnknownChoice) } else { Ok(method) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> BatchForm {
        BatchForm {
            series: "wifi".into(),
            quantity: "50".into(),
            profile: "1".into(),
            price: "2.50".into(),
            tax: "1".into(),
            valid_for: "2".into(),
            valid_unit: "h".into(),
            ..BatchForm::default()
        }
    }

    #[test]
    fn a_batch_says_when_its_vouchers_end() {
        let today = "2026-03-02".parse().unwrap();
        let batch = form().check(Currency::USD, today).unwrap();
        assert_eq!((batch.series.as_str(), batch.terms.valid_minutes), ("WIFI", Some(120)));
        let endless = BatchForm { valid_for: String::new(), ..form() };
        assert_eq!(endless.check(Currency::USD, today), Err(Failure::field("valid_for", Problem::Required)));
        let past = BatchForm { valid_until: "2026-03-01".into(), ..endless.clone() };
        assert_eq!(past.check(Currency::USD, today), Err(Failure::field("valid_until", Problem::InThePast)));
        let until_today = BatchForm { valid_until: "2026-03-02".into(), ..endless };
        assert!(until_today.check(Currency::USD, today).is_ok());
    }
}
