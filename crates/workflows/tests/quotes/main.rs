//! Stories of quotes, of reconnections, and of the numbers that documents get.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod life;
mod numbers;
#[path = "../contracts/provider.rs"]
#[allow(dead_code, reason = "shared with the stories of contracts")]
mod provider;
mod reconnection;
mod statement;

use domain::contact::Language;
use domain::ids::{ContractId, CustomerId, QuoteId};
use domain::portal::PortalAccess;
use domain::role::Role;
use domain::views::invoices::{InvoiceFilter, InvoiceRow};
use domain::views::payments::{NewPayment, PaymentTaken};
use domain::views::quotes::{QuoteDetail, QuoteForm, QuoteLineForm};
use provider::{Provider, text};
use store::users::NewAccount;
use workflows::permit::{
    Actor, ConfirmQuotes, EditQuotes, OwnerScope, RecordPayments, RunBusinessDay, SeeInvoices, SeeQuotes,
};
use workflows::testing::date;
use workflows::{invoices, payments, quotes, runs};

impl Provider {
    pub async fn nights_up_to(&self, day: &str) {
        self.it_is(day);
        runs::catch_up(self, &self.may::<RunBusinessDay>()).await.unwrap();
    }

    pub async fn night(&self, day: &str) {
        self.it_is(day);
        runs::run_day(self, &self.may::<RunBusinessDay>(), date(day)).await.unwrap();
    }

    /// A sent quote for an antenna of 100.00 with tax of 16 %.
    pub async fn quote(&self, customer: CustomerId, valid_until: &str) -> QuoteId {
        let permit = self.may::<EditQuotes>();
        let form = QuoteForm { customer: customer.to_string(), valid_until: text(valid_until), ..QuoteForm::default() };
        let quote = quotes::draft(self, &permit, &form).await.unwrap();
        let tax = quotes::choices(self, &permit, customer).await.unwrap().taxes[0].id;
        let line = QuoteLineForm {
            description: text("Antena"),
            unit_price: text("100"),
            tax: tax.to_string(),
            ..QuoteLineForm::default()
        };
        quotes::add_line(self, &permit, quote, &line).await.unwrap();
        quotes::send(self, &permit, quote).await.unwrap();
        quote
    }

    pub async fn show_quote(&self, quote: QuoteId) -> QuoteDetail {
        quotes::show(self, &self.may::<SeeQuotes>(), quote).await.unwrap()
    }

    pub async fn confirm(&self, quote: QuoteId) -> workflows::Result<()> {
        quotes::accept(self, &self.may::<ConfirmQuotes>(), quote).await
    }

    pub async fn pay_quote(&self, quote: QuoteId, amount: &str) -> workflows::Result<PaymentTaken> {
        let form = NewPayment {
            amount: text(amount),
            method: text("cash"),
            idempotency_key: format!("quote-{quote}"),
            ..NewPayment::default()
        };
        quotes::pay(self, &self.may::<RecordPayments>(), quote, form).await
    }

    pub async fn reconnect(&self, contract: ContractId) -> workflows::Result<QuoteId> {
        quotes::reconnect(self, &self.may::<EditQuotes>(), contract).await
    }

    /// What the customer's own pages work through.
    pub async fn signed_in(&self, customer: CustomerId) -> OwnerScope {
        let (name, role) = (text("Ana"), Role::Customer);
        let email = format!("customer{customer}@example.com").parse().unwrap();
        let account = NewAccount {
            email: &email,
            name: &name,
            role,
            customer: Some(PortalAccess::owner(customer)),
            language: Language::Spanish,
            created_at: self.clock.now(),
        };
        let id = store::users::add(&mut self.connection().await.unwrap(), account).await.unwrap();
        Actor::User { id, name, role, customer: Some(PortalAccess::owner(customer)) }.owner_scope().unwrap()
    }

    /// Oldest first.
    pub async fn invoices(&self, customer: CustomerId) -> Vec<InvoiceRow> {
        let filter = InvoiceFilter { customer: Some(customer), ..InvoiceFilter::default() };
        let mut rows = invoices::list(self, &self.may::<SeeInvoices>(), &filter).await.unwrap().page.rows;
        rows.sort_by_key(|row| row.id);
        rows
    }

    /// Cash at the counter, for whatever is owed.
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

/// Totals and what is still owed of each.
pub fn owed(rows: &[InvoiceRow]) -> Vec<(String, String)> {
    rows.iter().map(|row| (row.total.to_string(), row.open.to_string())).collect()
}
