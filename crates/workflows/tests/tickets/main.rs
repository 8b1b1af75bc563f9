//! Stories of faults: the clock of what was promised, what customers see, and outages.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod life;
mod outages;
#[path = "../contracts/provider.rs"]
#[allow(dead_code, reason = "shared with the stories of contracts")]
mod provider;
mod transfers;

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, CustomerId, TicketId};
use domain::portal::PortalAccess;
use domain::role::Role;
use domain::ticket::TicketState;
use domain::views::ticket_forms::{FaultForm, MessageForm};
use domain::views::tickets::{MyTicket, TicketDetail, TicketFilter, TicketList};
use provider::{Provider, text};
use workflows::permit::{Actor, AnswerTickets, OpenTickets, OwnerScope, RunBusinessDay, SeeTickets};
use workflows::testing::date;
use workflows::{runs, tickets};

/// "I have no internet", of high priority: answered within 4 hours, solved within 24.
const NO_INTERNET: &str = "1";
/// "A question about my invoice", of low priority.
const ABOUT_AN_INVOICE: &str = "6";

/// It is `moment`, such as `2026-04-01T15:00:00Z`.
fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

fn says(body: &str, action: &str) -> MessageForm {
    MessageForm { body: text(body), action: text(action), ..MessageForm::default() }
}

impl Provider {
    fn now_is(&self, moment: &str) {
        self.context.clock.set(at(moment));
    }

    async fn customer_of(&self, contract: ContractId) -> CustomerId {
        self.show(contract).await.customer.id
    }

    async fn scope(&self, contract: ContractId) -> OwnerScope {
        let customer = self.customer_of(contract).await;
        let mut connection = self.connection().await.unwrap();
        let reference = store::customers::get(&mut connection, customer).await.unwrap().reference;
        let email = format!("{}@example.com", reference.to_lowercase()).parse().unwrap();
        let id = match store::users::by_email(&mut connection, &email).await.unwrap() {
            Some(account) => account.id,
            None => store::testing::documents::portal_user(&mut connection, customer).await.unwrap(),
        };
        let actor =
            Actor::User { id, name: text("Ana"), role: Role::Customer, customer: Some(PortalAccess::owner(customer)) };
        actor.owner_scope().unwrap()
    }

    /// The customer of a contract reports a fault of it.
    async fn fault(&self, scope: &OwnerScope, contract: ContractId, key: &str) -> TicketId {
        self.report(scope, contract, NO_INTERNET, key).await
    }

    async fn report(&self, scope: &OwnerScope, contract: ContractId, category: &str, key: &str) -> TicketId {
        let form = FaultForm {
            contract: contract.to_string(),
            category: text(category),
            body: text("the light is red"),
            idempotency_key: text(key),
            ..FaultForm::default()
        };
        tickets::open_mine(self, scope, &form).await.unwrap()
    }

    /// The same on the phone.
    async fn call(&self, contract: ContractId, key: &str) -> TicketId {
        let form = FaultForm {
            contract: contract.to_string(),
            category: text(NO_INTERNET),
            body: text("called"),
            idempotency_key: text(key),
            ..FaultForm::default()
        };
        let customer = self.customer_of(contract).await;
        tickets::open(self, &self.may::<OpenTickets>(), customer, &form).await.unwrap()
    }

    async fn answer(&self, ticket: TicketId, message: &MessageForm) -> workflows::Result<()> {
        tickets::answer(self, &self.may::<AnswerTickets>(), ticket, message).await
    }

    async fn ticket(&self, ticket: TicketId) -> TicketDetail {
        tickets::show(self, &self.may::<SeeTickets>(), ticket).await.unwrap().ticket
    }

    async fn state(&self, ticket: TicketId) -> TicketState {
        self.ticket(ticket).await.row.state
    }

    async fn mine(&self, scope: &OwnerScope, ticket: TicketId) -> MyTicket {
        tickets::show_mine(self, scope, ticket).await.unwrap()
    }

    async fn list(&self, filter: &TicketFilter) -> TicketList {
        tickets::list(self, &self.may::<SeeTickets>(), filter).await.unwrap()
    }

    /// It becomes `day`, and the nights up to it are made up.
    async fn nights_up_to(&self, day: &str) {
        self.it_is(day);
        runs::catch_up(self, &self.may::<RunBusinessDay>()).await.unwrap();
    }

    async fn night(&self, day: &str) -> runs::DayReport {
        self.it_is(day);
        runs::run_day(self, &self.may::<RunBusinessDay>(), date(day)).await.unwrap()
    }
}
