//! Stories of cards: what is set out to be paid, what a gateway tells, and what must never happen twice.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod automatic;
mod crashes;
mod fake;
mod given_back;
mod keys;
mod money;
mod nobody;
#[path = "../contracts/provider.rs"]
#[allow(dead_code, reason = "shared with the stories of contracts")]
mod provider;
mod queue;

use std::sync::Arc;

use domain::contact::Language;
use domain::gateway::{GatewayMode, IntentState};
use domain::ids::{ContractId, CustomerId, PaymentIntentId};
use domain::message::Purpose;
use domain::money::{Currency, Money};
use domain::portal::PortalAccess;
use domain::role::Role;
use domain::views::customers::CustomerForm;
use domain::views::gateway::{CheckoutView, KeysForm, PayForm};
use domain::views::messages::MessageFilter;
use domain::views::payments::{PaymentFilter, PaymentRow};
use fake::Fake;
use nobody::{Mailbox, NoRouters};
use provider::{Provider, person, provider, text};
use store::users::NewAccount;
use workflows::gateway;
use workflows::jobs::Worker;
use workflows::permit::{Actor, EditCustomers, EditGateway, OwnerScope, RunBusinessDay, SeeMessages, SeePayments};
use workflows::testing::date;
use workflows::{customers, messages, payments, runs};

pub fn usd(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::USD)
}

/// A provider that takes cards, with a customer of its own.
pub struct Shop {
    pub provider: Provider,
    pub port: Arc<Fake>,
    pub contract: ContractId,
    pub customer: CustomerId,
    pub scope: OwnerScope,
}

impl std::ops::Deref for Shop {
    type Target = Provider;
    fn deref(&self) -> &Provider {
        &self.provider
    }
}

/// Ana's first invoice, of 34.80, is issued on the first of April and due on the sixteenth.
pub async fn shop() -> Shop {
    let provider = provider("2026-04-01").await;
    let port = Arc::new(Fake::default());
    let keys = KeysForm {
        mode: text("live"),
        secret_key: text("sk_live_story"),
        webhook_secret: text("whsec_story"),
        api_url: String::new(),
    };
    let permit = provider.may::<EditGateway>();
    let id = gateway::save_keys(&provider, &permit, &keys).await.unwrap();
    gateway::switch_on(&provider, &*port, &permit, id).await.unwrap();
    let contract = provider.active("ana.lopez").await;
    let customer = provider.show(contract).await.customer.id;
    let scope = signed_in(&provider, customer).await;
    Shop { provider, port, contract, customer, scope }
}

/// What the customer's own pages work through.
pub async fn signed_in(provider: &Provider, customer: CustomerId) -> OwnerScope {
    let (name, role) = (text("Ana"), Role::Customer);
    let email = format!("customer{customer}@example.com").parse().unwrap();
    let account = NewAccount {
        email: &email,
        name: &name,
        role,
        customer: Some(PortalAccess::owner(customer)),
        language: Language::Spanish,
        created_at: provider.clock.now(),
    };
    let id = store::users::add(&mut provider.connection().await.unwrap(), account).await.unwrap();
    Actor::User { id, name, role, customer: Some(PortalAccess::owner(customer)) }.owner_scope().unwrap()
}

impl Shop {
    pub async fn nights_up_to(&self, day: &str) {
        self.it_is(day);
        runs::catch_up(&self.story, &self.may::<RunBusinessDay>()).await.unwrap();
    }

    pub async fn night(&self, day: &str) {
        self.it_is(day);
        runs::run_day(&self.story, &self.may::<RunBusinessDay>(), date(day)).await.unwrap();
    }

    pub fn worker(&self) -> Worker {
        Worker::new(self.context.clone(), Arc::new(NoRouters), Arc::new(Mailbox)).with_gateway(self.port.clone())
    }

    /// Everything that is due at the gateway.
    pub async fn work(&self) {
        let worker = self.worker();
        while worker.work_gateway().await.unwrap() {}
    }

    /// All that is owed.
    pub async fn form(&self, key: &str, automatic: bool) -> PayForm {
        let offer = gateway::offer(&self.story, &self.scope).await.unwrap();
        let invoices = offer.owed.iter().map(|row| row.invoice.to_string()).collect();
        PayForm { invoices, automatic, idempotency_key: text(key) }
    }

    pub async fn begin(&self, key: &str) -> PaymentIntentId {
        let form = self.form(key, false).await;
        self.pay(&form).await.unwrap()
    }

    pub async fn pay(&self, form: &PayForm) -> workflows::Result<PaymentIntentId> {
        gateway::pay(&self.story, &*self.port, &self.scope, form, "I agree").await
    }

    pub async fn checkout(&self, id: PaymentIntentId) -> CheckoutView {
        gateway::checkout(&self.story, &self.scope, id).await.unwrap()
    }

    pub async fn state(&self, id: PaymentIntentId) -> IntentState {
        self.checkout(id).await.state
    }

    /// The gateway tells something about an object, and it is worked on.
    pub async fn told(&self, event: &str, about: &str) {
        self.hear(event, about, "genuine").await.unwrap().unwrap();
        self.work().await;
    }

    pub async fn hear(
        &self,
        event: &str,
        about: &str,
        signature: &str,
    ) -> workflows::Result<Result<(), workflows::ports::gateway::Forged>> {
        let body = format!("{event} {about} live");
        gateway::receive(&self.story, &*self.port, GatewayMode::Live, signature, body.as_bytes()).await
    }

    /// A card is saved and consented to.
    pub async fn save_card(&self) {
        gateway::save_card(&self.story, &*self.port, &self.scope, "save", "I agree").await.unwrap();
        let session = self.port.newest_session();
        self.port.save_card(&session);
        self.told("evt_saved", &session).await;
    }

    /// Oldest first.
    pub async fn payments(&self) -> Vec<PaymentRow> {
        let filter = PaymentFilter { customer: Some(self.customer), ..PaymentFilter::default() };
        let mut rows = payments::list(&self.story, &self.may::<SeePayments>(), &filter).await.unwrap().page.rows;
        rows.sort_by_key(|row| row.id);
        rows
    }

    pub async fn amounts(&self) -> Vec<Money> {
        self.payments().await.iter().map(|row| row.amount).collect()
    }

    /// The customer reads Spanish, and mail.
    pub async fn can_be_written_to(&self) {
        let form = CustomerForm { email: text("ana@example.com"), language: text("es"), ..person("Ana") };
        customers::edit(&self.story, &self.may::<EditCustomers>(), self.customer, &form).await.unwrap();
    }

    /// What the customer was told of this, oldest first.
    pub async fn letters(&self, purpose: Purpose) -> Vec<String> {
        let filter = MessageFilter { purpose: Some(purpose), ..MessageFilter::default() };
        let permit = self.may::<SeeMessages>();
        let mut rows = messages::list(&self.story, &permit, &filter).await.unwrap().page.rows;
        rows.sort_by_key(|row| row.id);
        let mut letters = Vec::new();
        for row in rows {
            letters.push(messages::show(&self.story, &permit, row.id).await.unwrap().text.unwrap());
        }
        letters
    }

    pub async fn owed(&self) -> Money {
        self.show(self.contract).await.money.owed
    }
}
