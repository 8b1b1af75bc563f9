//! Stories of documents: what their PDFs say, and the templates that they are made with.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod acceptances;
mod changes;
mod papers;
#[path = "../contracts/provider.rs"]
#[allow(dead_code, reason = "shared with the stories of contracts")]
mod provider;
mod templates;

use domain::ids::{ContractId, CustomerId};
use domain::views::invoices::{InvoiceFilter, InvoiceRow};
use domain::views::payments::{NewPayment, PaymentTaken};
use provider::{Provider, text};
use workflows::documents::{Pdf, Reader};
use workflows::permit::{RecordPayments, SeeInvoices, Verb};
use workflows::{invoices, payments};

impl Provider {
    /// Staff who may see all.
    pub fn staff<V: Verb>(&self) -> Reader<V> {
        Reader::Staff(self.may())
    }

    /// Somebody's own pages.
    pub fn own<V: Verb>(&self, customer: CustomerId) -> Reader<V> {
        let actor = workflows::permit::Actor::User {
            id: 1.into(),
            name: text("Ana"),
            role: domain::role::Role::Customer,
            customer: Some(domain::portal::PortalAccess::owner(customer)),
        };
        Reader::of(&actor).unwrap()
    }

    pub async fn invoices(&self, contract: ContractId) -> Vec<InvoiceRow> {
        let filter = InvoiceFilter { contract: Some(contract), ..InvoiceFilter::default() };
        invoices::list(self, &self.may::<SeeInvoices>(), &filter).await.unwrap().page.rows
    }

    /// Cash at the counter.
    pub async fn pay(&self, customer: CustomerId, amount: &str) -> PaymentTaken {
        let form = NewPayment {
            customer: customer.to_string(),
            amount: text(amount),
            method: text("cash"),
            idempotency_key: text(amount),
            ..NewPayment::default()
        };
        payments::record(self, &self.may::<RecordPayments>(), form).await.unwrap()
    }
}

/// What a PDF says, in one line.
pub fn said(pdf: &Pdf) -> String {
    let text = pdf_extract::extract_text_from_mem(&pdf.bytes).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each part is in what a PDF says.
pub fn says(pdf: &Pdf, parts: &[&str]) {
    let said = said(pdf);
    for part in parts {
        assert!(said.contains(part), "lacks {part}: {said}");
    }
}
