//! Transfers that were reported: the form, the queue, and one to decide about.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::counter::Counter;
use super::list::{Choice, Page, PageNumber};
use super::tickets::FileLink;
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::ids::{CustomerId, FileId, PaymentId, SectorId, TransferReportId};
use crate::money::{Currency, Money};
use crate::transfer::{TransferState, Urgency};
use crate::{file, form};

/// What a transfer's form needs beside what is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferOffer {
    pub customer: Choice<CustomerId>,
    pub currency: Currency,
    /// All that may be transferred, that one first.
    pub currencies: Vec<Currency>,
    pub today: NaiveDate,
    /// What is owed: what most people transfer.
    pub debt: Money,
    pub idempotency_key: String,
}

/// As somebody typed it. Whose transfer it is does not stand in the form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TransferForm {
    pub amount: String,
    /// Blank: that of what is owed.
    pub currency: String,
    pub paid_on: String,
    pub bank: String,
    pub reference: String,
    pub note: String,
    /// At most one: a photo or a PDF of the bank's receipt.
    pub files: Vec<String>,
    /// Made when the form is shown: the same form sent twice is one report.
    pub idempotency_key: String,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Transfer {
    pub amount: Money,
    pub paid_on: NaiveDate,
    pub bank: String,
    pub reference: String,
    pub note: String,
    pub evidence: Option<FileId>,
    pub idempotency_key: String,
}

impl TransferForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self, currency: Currency, today: NaiveDate) -> Result<Transfer, Failure> {
        let mut check = FormCheck::default();
        let chosen = check.take("currency", form::optional_choice(&self.currency)).flatten();
        let currency = chosen.unwrap_or(currency);
        let amount = check.take("amount", form::amount(&self.amount, currency));
        let paid_on = check.take("paid_on", form::date(&self.paid_on).and_then(|date| recent(date, today)));
        let bank = check.take("bank", required(&self.bank, 80));
        let reference = check.take("reference", reference(&self.reference));
        let note = check.take("note", optional(&self.note, 500));
        let evidence = check.take("files", evidence(&self.files));
        let idempotency_key = check.take("idempotency_key", required(&self.idempotency_key, 64));
        check.answer((|| {
            Some(Transfer {
                amount: amount?,
                paid_on: paid_on?,
                bank: bank?,
                reference: reference?,
                note: note?.unwrap_or_default(),
                evidence: evidence?,
                idempotency_key: idempotency_key?,
            })
        })())
    }
}

fn evidence(fields: &[String]) -> Result<Option<FileId>, Problem> {
    match file::kept(fields)?.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(Problem::NotAFile { because: file::FileRefusal::TooMany }),
    }
}

/// Letters or digits that tell one transfer from another; zeros alone do not.
fn reference(text: &str) -> Result<String, Problem> {
    let reference = required(text, 80)?;
    let tells = reference.chars().any(|letter| letter.is_ascii_alphanumeric() && letter != '0');
    if tells { Ok(reference) } else { Err(Problem::OutOfRange) }
}

fn recent(date: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Problem> {
    match date {
        date if date > today => Err(Problem::InTheFuture),
        date if date < today - Days::new(366) => Err(Problem::OutOfRange),
        date => Ok(date),
    }
}

/// What a list of reports is narrowed to. Without a state: all, the newest first; under review: the most urgent first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TransferFilter {
    /// A reference, a bank, or a customer's name or reference.
    pub search: Option<String>,
    pub state: Option<TransferState>,
    pub customer: Option<CustomerId>,
    /// Of customers with a contract there.
    pub sector: Option<SectorId>,
    pub page: PageNumber,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferRow {
    pub id: TransferReportId,
    pub customer: Choice<CustomerId>,
    pub state: TransferState,
    pub amount: Money,
    pub paid_on: NaiveDate,
    pub bank: String,
    pub reference: String,
    pub reported_at: DateTime<Utc>,
    /// Until when the customer was promised an answer.
    pub due_at: DateTime<Utc>,
    /// `None` once it is decided.
    pub urgency: Option<Urgency>,
    /// The payment that it became, by its receipt.
    pub payment: Option<Choice<PaymentId>>,
    pub reject_reason: Option<String>,
    /// While it is under review: the last day on which it keeps on what it brought back.
    pub provisional_until: Option<NaiveDate>,
}

/// A page of reports, and how many wait for a decision in all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferList {
    pub page: Page<TransferRow>,
    pub in_review: i64,
    pub late: i64,
}

/// One report, with what approving it would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferDetail {
    pub row: TransferRow,
    pub evidence: Option<FileLink>,
    pub note: String,
    pub reported_by: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<String>,
    /// While it is under review: what the customer owes.
    pub counter: Option<Counter>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> TransferForm {
        let text = str::to_owned;
        TransferForm {
            amount: text("34.80"),
            currency: String::new(),
            paid_on: text("2026-02-28"),
            bank: text("Banesco"),
            reference: text("00123"),
            note: text(" "),
            files: Vec::new(),
            idempotency_key: text("key"),
        }
    }

    fn problem(form: TransferForm) -> Vec<(String, Problem)> {
        match form.check(Currency::USD, "2026-03-01".parse().unwrap()) {
            Err(Failure::Fields { fields }) => fields.into_iter().map(|found| (found.field, found.problem)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_transfer_needs_an_amount_a_past_day_a_bank_and_a_reference_that_tells_it_apart() {
        let checked = form().check(Currency::USD, "2026-03-01".parse().unwrap()).unwrap();
        assert_eq!((checked.amount.to_string().as_str(), checked.note.as_str()), ("34.80", ""));
        let found = |form| problem(form).remove(0);
        let cases = [
            (TransferForm { amount: "0".to_owned(), ..form() }, "amount", Problem::OutOfRange),
            (TransferForm { amount: "1.005".to_owned(), ..form() }, "amount", Problem::NotAnAmount),
            (TransferForm { paid_on: "2026-03-02".to_owned(), ..form() }, "paid_on", Problem::InTheFuture),
            (TransferForm { paid_on: "2024-03-02".to_owned(), ..form() }, "paid_on", Problem::OutOfRange),
            (TransferForm { bank: String::new(), ..form() }, "bank", Problem::Required),
            (TransferForm { reference: "000-0".to_owned(), ..form() }, "reference", Problem::OutOfRange),
        ];
        for (form, field, expected) in cases {
            assert_eq!(found(form), (field.to_owned(), expected));
        }
    }
}
