//! Records of one customer, to be asked for by another.

use domain::failure::Failure;
use domain::ids::TicketId;
use domain::role::Role;
use domain::views::ticket_forms::{FaultForm, MessageForm};
use workflows::permit::{AnswerTickets, OpenTickets};
use workflows::{auth, demo, tickets};

use crate::provider::{Provider, email_of};

/// What somebody has: the values of the placeholders in `anothers`.
pub struct Records {
    session: String,
    invoice: String,
    quote: String,
    contract: String,
    changeable: store::testing::changes::Changeable,
    ticket: String,
    resolved: String,
    checkout: String,
    card: String,
}

impl Records {
    /// A session of the role's user, and an invoice of the customer with this reference.
    pub async fn of(provider: &Provider, role: Role, customer: &str) -> Self {
        let mut connection = provider.story.connection().await.unwrap();
        let number = format!("F-{}", rand::random::<u64>());
        let invoice = store::testing::documents::issue(&mut connection, &number, customer).await.unwrap().to_string();
        let quote = store::testing::documents::quote(&mut connection, &format!("P-{number}"), customer).await.unwrap();
        let contract = store::testing::documents::late_contract(&mut connection, &format!("L{number}"), customer).await;
        let code = format!("X{number}");
        let changeable = store::testing::changes::changeable(&mut connection, customer, &code).await.unwrap();
        let (checkout, card) =
            store::testing::gateway::checkout_and_card(&mut connection, &number, customer).await.unwrap();
        Self {
            session: key_of_a_session(provider, role).await,
            invoice,
            quote: quote.to_string(),
            contract: contract.unwrap().to_string(),
            changeable,
            ticket: ticket(provider, customer).await.to_string(),
            resolved: resolved(provider, customer).await.to_string(),
            checkout: checkout.to_string(),
            card: card.to_string(),
        }
    }

    pub fn put_into(&self, arguments: &str) -> String {
        arguments
            .replace("{session}", &self.session)
            .replace("{invoice}", &self.invoice)
            .replace("{quote}", &self.quote)
            .replace("{contract}", &self.contract)
            .replace("{changeable}", &self.changeable.contract.to_string())
            .replace("{line}", &self.changeable.line.to_string())
            .replace("{plan}", &self.changeable.other_plan.to_string())
            .replace("{change}", &self.changeable.change.to_string())
            .replace("{ticket}", &self.ticket)
            .replace("{resolved}", &self.resolved)
            .replace("{checkout}", &self.checkout)
            .replace("{card}", &self.card)
    }
}

/// A fault of the customer with this reference.
pub async fn ticket(provider: &Provider, customer: &str) -> TicketId {
    let mut connection = provider.story.connection().await.unwrap();
    let customer = store::users::customer_by_reference(&mut connection, customer).await.unwrap().unwrap();
    let form = FaultForm {
        category: "1".to_owned(),
        body: "no light".to_owned(),
        idempotency_key: rand::random::<u64>().to_string(),
        ..FaultForm::default()
    };
    let permit = provider.story.may::<OpenTickets>();
    tickets::open(&provider.story, &permit, customer, &form).await.unwrap()
}

async fn resolved(provider: &Provider, customer: &str) -> TicketId {
    let ticket = ticket(provider, customer).await;
    let form = MessageForm { body: "done".to_owned(), action: "resolve".to_owned(), ..MessageForm::default() };
    tickets::answer(&provider.story, &provider.story.may::<AnswerTickets>(), ticket, &form).await.unwrap();
    ticket
}

/// The key of a new session, as its owner sees it.
async fn key_of_a_session(provider: &Provider, role: Role) -> String {
    let credentials = domain::views::account::Credentials {
        email: email_of(role),
        password: domain::password::Password::new(demo::PASSWORD),
    };
    let visitor = auth::Visitor { address: "192.0.2.1".parse().unwrap(), user_agent: String::new() };
    let session = auth::sign_in(&provider.story, &visitor, &credentials).await.unwrap();
    let who = auth::who(&provider.story, &session.token.text()).await.unwrap().and_then(auth::Who::signed_in);
    let who = who.ok_or(Failure::NotSignedIn).unwrap();
    auth::my_sessions(&provider.story, &who).await.unwrap().remove(0).key
}
