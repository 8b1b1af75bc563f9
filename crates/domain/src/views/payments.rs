//! Payments: the list, one payment, and the counter's form.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Direction, Page, PageNumber};
use crate::exchange::{PaymentTax, Tender};
use crate::ids::{ContractId, CustomerId, InvoiceId, PaymentId, RefundId, SectorId};
use crate::invoice::PaymentMethod;
use crate::money::Money;
use crate::service::{ServiceState, TechnicalState};

/// What a list of payments is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentFilter {
    /// A receipt, a reference, or a customer's name or reference.
    pub search: Option<String>,
    pub method: Option<PaymentMethod>,
    pub customer: Option<CustomerId>,
    /// Of customers with a contract there.
    pub sector: Option<SectorId>,
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    pub sort: PaymentSort,
    pub direction: Direction,
    pub page: PageNumber,
}

/// The column that a list of payments is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentSort {
    /// The newest first is `Down`.
    #[default]
    Received,
    Amount,
    Customer,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentRow {
    pub id: PaymentId,
    pub receipt: String,
    pub customer: CustomerId,
    pub customer_name: String,
    pub received_on: NaiveDate,
    pub method: PaymentMethod,
    pub reference: String,
    pub amount: Money,
    /// What has not paid any invoice yet.
    pub unused: Money,
    /// When it bounced.
    pub reversed_on: Option<NaiveDate>,
}

/// A page of payments, and what all payments that the filter leaves come to, one amount per currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentList {
    pub page: Page<PaymentRow>,
    pub received: Vec<Money>,
}

/// One payment and what it paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentDetail {
    pub row: PaymentRow,
    /// The provider's name.
    pub issuer: String,
    /// The customer's.
    pub reference: String,
    pub tax_id: Option<String>,
    pub recorded_at: DateTime<Utc>,
    pub recorded_by: Option<String>,
    /// What it pays now, per invoice.
    pub allocations: Vec<PaidInvoice>,
    /// What was handed over, when it was another currency.
    pub tender: Option<Tender>,
    /// What was taken on top of it.
    pub tax: Option<PaymentTax>,
    pub refunds: Vec<Refund>,
    pub reversal: Option<Reversal>,
    /// Made for this showing of the page: a refund's form sent twice gives back once.
    pub idempotency_key: String,
    /// The active contracts that it paid invoices of, as they are now.
    pub services: Vec<PaidService>,
}

/// How the service of a contract stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidService {
    pub contract: Choice<ContractId>,
    /// What the customer may use.
    pub service: ServiceState,
    /// What a device was last read to hold; `None`: no service is set up.
    pub technical: Option<TechnicalState>,
}

/// That a payment paid some of an invoice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaidInvoice {
    pub invoice: InvoiceId,
    pub number: String,
    pub on: NaiveDate,
    pub amount: Money,
}

/// Money of a payment that was given back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refund {
    pub id: RefundId,
    pub on: NaiveDate,
    pub amount: Money,
    pub method: PaymentMethod,
    pub reference: String,
    pub reason: String,
    pub by: Option<String>,
}

/// That a payment bounced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reversal {
    pub on: NaiveDate,
    pub reason: String,
    /// What the bank charged the provider.
    pub fee: Option<Money>,
    pub by: Option<String>,
}

/// An invoice that a payment pays, or could pay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PayableInvoice {
    pub invoice: InvoiceId,
    pub number: String,
    pub due_on: NaiveDate,
    /// By this payment.
    pub paid: Money,
    pub open: Money,
}

/// What a payment may be allocated to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AllocationOffer {
    pub row: PaymentRow,
    pub payable: Vec<PayableInvoice>,
}

/// What a payment shall pay, as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllocationForm {
    pub lines: Vec<AllocationLine>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllocationLine {
    pub invoice: String,
    /// Blank: nothing.
    pub amount: String,
}

/// A refund as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefundForm {
    pub amount: String,
    pub method: String,
    pub reference: String,
    pub reason: String,
    pub idempotency_key: String,
}

/// A bounced payment as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReversalForm {
    pub on: String,
    pub reason: String,
    /// Blank: none.
    pub fee: String,
}

/// A payment at the counter, as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPayment {
    pub customer: String,
    pub amount: String,
    /// Blank: that of what is owed.
    pub currency: String,
    pub method: String,
    pub reference: String,
    /// The invoice that is paid first; blank: the oldest.
    pub invoice: String,
    pub received_on: String,
    /// Made when the form is shown: the same form sent twice is one payment.
    pub idempotency_key: String,
}

/// What the counter is told afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentTaken {
    pub payment: PaymentId,
    pub receipt: String,
}
