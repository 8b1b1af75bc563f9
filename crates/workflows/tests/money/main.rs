//! Stories of money: billing, payments, collections, and the nights that do them.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod bank;
mod billing;
mod bulk;
mod collections;
mod counter;
mod currencies;
mod depot;
mod field_notes;
mod figures;
mod history;
mod interlock;
mod journal;
mod late_fees;
mod messages;
mod nights;
mod payments;
mod portal;
mod promises;
#[path = "../contracts/provider.rs"]
#[allow(dead_code, reason = "shared with the stories of contracts")]
mod provider;
mod reminders;
mod settled;
mod stock;
mod stock_at_once;
mod transfers;
mod vouchers;

use domain::ids::{ContractId, CustomerId, InvoiceId};
use domain::views::invoices::{InvoiceDetail, InvoiceFilter, InvoiceRow};
use domain::views::payments::{NewPayment, PaymentTaken};
use provider::{Provider, text};
use workflows::permit::{RecordPayments, RunBusinessDay, SeeInvoices};
use workflows::runs::DayReport;
use workflows::testing::date;
use workflows::{invoices, payments as paying, runs};

impl Provider {
    /// It becomes `day`, and its night is run.
    pub async fn night(&self, day: &str) -> DayReport {
        self.it_is(day);
        runs::run_day(self, &self.may::<RunBusinessDay>(), date(day)).await.unwrap()
    }

    /// It becomes `day`, and the nights up to it are made up.
    pub async fn nights_up_to(&self, day: &str) -> Vec<DayReport> {
        self.it_is(day);
        runs::catch_up(self, &self.may::<RunBusinessDay>()).await.unwrap()
    }

    /// The documents of a contract, oldest first.
    pub async fn invoices(&self, contract: ContractId) -> Vec<InvoiceRow> {
        let filter = InvoiceFilter { contract: Some(contract), ..InvoiceFilter::default() };
        invoices::list(self, &self.may::<SeeInvoices>(), &filter).await.unwrap().page.rows
    }

    pub async fn invoice(&self, invoice: InvoiceId) -> InvoiceDetail {
        invoices::show(self, &self.may::<SeeInvoices>(), invoice).await.unwrap()
    }

    pub async fn customer_of(&self, contract: ContractId) -> CustomerId {
        self.show(contract).await.customer.id
    }

    /// Cash at the counter.
    pub async fn pay(&self, contract: ContractId, amount: &str, key: &str) -> PaymentTaken {
        let form = NewPayment {
            customer: self.customer_of(contract).await.to_string(),
            amount: text(amount),
            method: text("cash"),
            idempotency_key: text(key),
            ..NewPayment::default()
        };
        self.record(form).await.unwrap()
    }

    pub async fn record(&self, form: NewPayment) -> workflows::Result<PaymentTaken> {
        paying::record(self, &self.may::<RecordPayments>(), form).await
    }
}

/// What was issued, due and billed: number, date, total.
pub fn summary(invoices: &[InvoiceRow]) -> Vec<(String, String, String)> {
    let shown = |row: &InvoiceRow| {
        let issued = row.issued_on.map(|date| date.to_string()).unwrap_or_default();
        (row.number.clone().unwrap_or_default(), issued, row.total.to_string())
    };
    invoices.iter().map(shown).collect()
}
