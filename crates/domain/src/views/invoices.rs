//! Invoices: the list, and one document with what its sums are made of.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::list::{Direction, Page, PageNumber};
use super::payments::Refund;
use crate::calendar::DateRange;
use crate::collections::LateFeeEvidence;
use crate::credit::CreditBecause;
use crate::discount::Reduction;
use crate::ids::{ContractId, CustomerId, InvoiceId, PaymentId, SectorId};
use crate::invoice::{DocumentKind, InvoiceState};
use crate::money::{Currency, Money};
use crate::tax::TaxRate;
use crate::words::words;

/// What a list of invoices is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvoiceFilter {
    /// A number, or a customer's name or reference.
    pub search: Option<String>,
    pub standing: Option<Standing>,
    pub kind: Option<DocumentKind>,
    pub customer: Option<CustomerId>,
    pub contract: Option<ContractId>,
    /// Of contracts there.
    pub sector: Option<SectorId>,
    pub currency: Option<Currency>,
    /// Something is owed on it, for so long.
    pub age: Option<DebtAge>,
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    pub sort: InvoiceSort,
    pub direction: Direction,
    pub page: PageNumber,
}

/// The column that a list of invoices is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceSort {
    /// The newest first is `Down`.
    #[default]
    Issued,
    Due,
    Total,
    Customer,
}

words! {
    /// How an invoice stands, as people ask for it. It follows from state, allocations and dates, and is not stored.
    pub enum Standing {
        Draft = "draft",
        Paid = "paid",
        /// Something is owed, and not yet late.
        Open = "open",
        /// Something is owed past its due date.
        Overdue = "overdue",
        Void = "void",
    }
}

words! {
    /// How late a debt is.
    pub enum DebtAge {
        Current = "current",
        To30 = "to_30",
        To60 = "to_60",
        To90 = "to_90",
        Older = "older",
    }
}

impl DebtAge {
    /// Days past the due date, from the first to the last.
    pub fn days_late(self) -> (i32, i32) {
        match self {
            Self::Current => (i32::MIN, 0),
            Self::To30 => (1, 30),
            Self::To60 => (31, 60),
            Self::To90 => (61, 90),
            Self::Older => (91, i32::MAX),
        }
    }

    pub fn of(days_late: i32) -> Self {
        let within = |age: &&Self| age.days_late().0 <= days_late && days_late <= age.days_late().1;
        Self::ALL.iter().find(within).copied().unwrap_or(Self::Older)
    }
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvoiceRow {
    pub id: InvoiceId,
    pub kind: DocumentKind,
    /// Drafts have none.
    pub number: Option<String>,
    pub customer: CustomerId,
    pub customer_name: String,
    pub contract: Option<ContractId>,
    pub contract_code: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub total: Money,
    /// What is still owed (of a credit note: still unused).
    pub open: Money,
    pub standing: Standing,
}

/// A page of invoices, and what is still owed on all that the filter leaves, one amount per currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvoiceList {
    pub page: Page<InvoiceRow>,
    pub owed: Vec<Money>,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvoiceDetail {
    pub row: InvoiceRow,
    /// The business date on which it stands as the row says.
    pub today: NaiveDate,
    /// The provider's name.
    pub issuer: String,
    pub billed_to: BilledTo,
    pub state: InvoiceState,
    pub untaxed: Money,
    pub tax: Money,
    pub corrects: Option<(InvoiceId, String)>,
    pub void_reason: Option<String>,
    /// Why a credit note was written; imported ones do not say.
    pub because: Option<CreditBecause>,
    /// The credit notes that correct it: their numbers, and what they took back.
    pub credited_by: Vec<(InvoiceId, String, Money)>,
    /// Why it was charged, when it is a late fee.
    pub late_fee: Option<LateFeeEvidence>,
    /// The late fee that its own lateness cost, with that one's number.
    pub fee_charged: Option<(InvoiceId, String)>,
    /// What of a credit note was given back in money.
    pub refunds: Vec<Refund>,
    /// The form that gives it back sends this once.
    pub refund_key: String,
    pub lines: Vec<InvoiceLine>,
    pub paid_by: Vec<PaidBy>,
}

/// Whom a document is made out to, beside the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledTo {
    pub reference: String,
    pub tax_id: Option<String>,
    /// Where the contract is installed: street, and city.
    pub address: Option<(String, String)>,
}

/// A charged line with everything that its sum was made of:
/// `(unit price x quantity - discount) x days / of` is `untaxed`, or `total` where the tax is included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvoiceLine {
    pub description: String,
    /// The period, the days charged, and the days of the whole period.
    pub time: Option<(DateRange, i32, i32)>,
    pub quantity: rust_decimal::Decimal,
    pub unit_price: rust_decimal::Decimal,
    pub discount: Reduction,
    /// Empty when there is no discount, or nobody knows.
    pub discount_reason: String,
    pub tax_rate: TaxRate,
    pub untaxed: Money,
    pub tax: Money,
    pub total: Money,
}

/// What paid an invoice: a payment, or a credit note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaidBy {
    pub source: PaidWith,
    /// The receipt or the credit note's number.
    pub number: String,
    pub on: NaiveDate,
    pub amount: Money,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidWith {
    Payment(PaymentId),
    CreditNote(InvoiceId),
}

impl Standing {
    /// How a document stands on `today`.
    pub fn of(state: InvoiceState, due_on: Option<NaiveDate>, open: Money, today: NaiveDate) -> Self {
        match state {
            InvoiceState::Draft => Self::Draft,
            InvoiceState::Void => Self::Void,
            InvoiceState::Issued if !open.is_positive() => Self::Paid,
            InvoiceState::Issued if due_on.is_some_and(|due| due < today) => Self::Overdue,
            InvoiceState::Issued => Self::Open,
        }
    }
}
