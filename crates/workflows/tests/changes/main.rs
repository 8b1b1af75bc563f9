//! Stories of contracts that change in mid-life: nobody's day is billed twice or not at all.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod closing;
mod credits;
mod leases;
mod moves;
mod pauses;
mod plans;
#[path = "../contracts/provider.rs"]
#[allow(dead_code, reason = "shared with the stories of contracts")]
mod provider;
mod random;

use domain::ids::{ContractId, InvoiceId};
use domain::invoice::DocumentKind;
use domain::role::Role;
use domain::views::credits::CreditForm;
use domain::views::invoices::{InvoiceDetail, InvoiceFilter};
use domain::views::payments::NewPayment;
use domain::views::users::NewUser;
use provider::{Provider, text};
use workflows::permit::{Actor, CreditInvoices, EditUsers, RecordPayments, RunBusinessDay, SeeInvoices};
use workflows::{invoices, payments, runs};

impl Provider {
    /// It becomes `day`, and the nights up to it are made up.
    pub async fn nights_up_to(&self, day: &str) {
        self.it_is(day);
        runs::catch_up(self, &self.may::<RunBusinessDay>()).await.unwrap();
    }

    /// The documents of one kind of a contract, oldest first.
    pub async fn documents(&self, contract: ContractId, kind: DocumentKind) -> Vec<InvoiceDetail> {
        let filter = InvoiceFilter { contract: Some(contract), kind: Some(kind), ..InvoiceFilter::default() };
        let rows = invoices::list(self, &self.may::<SeeInvoices>(), &filter).await.unwrap().page.rows;
        let mut documents = Vec::new();
        for row in rows {
            documents.push(self.document(row.id).await);
        }
        documents
    }

    pub async fn document(&self, id: InvoiceId) -> InvoiceDetail {
        invoices::show(self, &self.may::<SeeInvoices>(), id).await.unwrap()
    }

    pub async fn first_invoice(&self, contract: ContractId) -> InvoiceDetail {
        self.documents(contract, DocumentKind::Invoice).await.remove(0)
    }

    /// Cash at the counter.
    pub async fn pay(&self, contract: ContractId, amount: &str) {
        self.pay_with(contract, amount, "once").await;
    }

    /// The same key pays once.
    pub async fn pay_with(&self, contract: ContractId, amount: &str, key: &str) {
        let form = NewPayment {
            customer: self.show(contract).await.customer.id.to_string(),
            amount: text(amount),
            method: text("cash"),
            idempotency_key: text(key),
            ..NewPayment::default()
        };
        payments::record(self, &self.may::<RecordPayments>(), form).await.unwrap();
    }

    pub async fn credit(&self, invoice: InvoiceId, form: &CreditForm) -> workflows::Result<InvoiceDetail> {
        let note = invoices::credit(self, &self.may::<CreditInvoices>(), invoice, form).await?;
        Ok(self.document(note).await)
    }
}

/// Somebody of the staff.
pub async fn staff(provider: &Provider, role: Role) -> Actor {
    let form = NewUser {
        name: text("Rosa"),
        email: format!("{role}@ramal.test"),
        role: role.to_string(),
        language: text("es"),
        customer: String::new(),
    };
    let id = workflows::users::create(provider, &provider.may::<EditUsers>(), &form).await.unwrap();
    Actor::User { id, name: text("Rosa"), role, customer: None }
}

pub fn everything() -> CreditForm {
    CreditForm { how: text("everything"), why: text("it was a mistake"), ..CreditForm::default() }
}
