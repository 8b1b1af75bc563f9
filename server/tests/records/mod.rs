//! Records of one customer, to be asked for by another.

use domain::failure::Failure;
use domain::ids::{ContactId, ContractId, CustomerId, MessageId, TicketId, UserId};
use domain::message::{Channel, Purpose};
use domain::portal::PortalRight;
use domain::role::Role;
use domain::views::customers::ContactForm;
use domain::views::portal_people::PersonForm;
use domain::views::ticket_forms::{FaultForm, MessageForm};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use store::messages::NewMessage;
use workflows::documents::{self, Reader};
use workflows::permit::{AnswerTickets, EditCustomers, EditPortalAccess, OpenTickets, SeeContracts};
use workflows::{auth, customers, demo, portal_people, tickets};

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
    /// Somebody who was invited to the customer's portal.
    person: String,
    contact: String,
    notice: String,
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
            person: person(provider, customer, PortalRight::Viewer).await.to_string(),
            contact: contact(provider, customer).await.to_string(),
            notice: notice(provider, customer).await.to_string(),
        }
    }

    pub async fn put_into(&self, provider: &Provider, arguments: &str) -> String {
        let sha256 = match arguments.contains("{sha256}") {
            true => digest_of_paper(provider, self.changeable.contract).await,
            false => String::new(),
        };
        arguments
            .replace("{sha256}", &sha256)
            .replace("{person}", &self.person)
            .replace("{contact}", &self.contact)
            .replace("{notice}", &self.notice)
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

async fn id_of(provider: &Provider, customer: &str) -> CustomerId {
    let mut connection = provider.story.connection().await.unwrap();
    store::customers::by_reference(&mut connection, customer).await.unwrap().unwrap()
}

/// Somebody who may come into the portal of the customer with this reference, without a password yet.
pub async fn person(provider: &Provider, customer: &str, right: PortalRight) -> UserId {
    let customer = id_of(provider, customer).await;
    let form = PersonForm {
        name: "Beto Ruiz".to_owned(),
        email: format!("{right}-{}@example.com", rand::random::<u64>()),
        right: right.to_string(),
    };
    let permit = provider.story.may::<EditPortalAccess>();
    portal_people::invite(&provider.story, &permit, customer, &form).await.unwrap()
}

async fn contact(provider: &Provider, customer: &str) -> ContactId {
    let customer = id_of(provider, customer).await;
    let form = ContactForm { name: "Beto Ruiz".to_owned(), ..ContactForm::default() };
    customers::add_contact(&provider.story, &provider.story.may::<EditCustomers>(), customer, &form).await.unwrap()
}

/// A message that was sent.
async fn notice(provider: &Provider, customer: &str) -> MessageId {
    let customer = id_of(provider, customer).await;
    let story = &provider.story;
    let (now, key) = (story.clock.now(), rand::random::<u64>().to_string());
    let new = NewMessage {
        customer: Some(customer),
        channel: Channel::Mail,
        purpose: Purpose::ReminderSoon,
        to: "ana@example.com",
        subject: "F-1",
        sealed_body: &story.vault.seal(&SecretString::from("due".to_owned())).unwrap(),
        not_before: None,
        at: now,
        idempotency_key: &key,
    };
    let mut connection = story.connection().await.unwrap();
    let message = store::messages::add(&mut connection, &new).await.unwrap();
    store::messages::mark_sent(&mut connection, message, now, "").await.unwrap();
    message
}

/// Of the contract's PDF as it is now, in hexadecimal.
async fn digest_of_paper(provider: &Provider, contract: ContractId) -> String {
    let reader = Reader::Staff(provider.story.may::<SeeContracts>());
    let pdf = documents::contract(&provider.story, &reader, contract).await.unwrap();
    hex::encode(Sha256::digest(&pdf.bytes))
}

/// A fault of the customer with this reference.
pub async fn ticket(provider: &Provider, customer: &str) -> TicketId {
    let mut connection = provider.story.connection().await.unwrap();
    let customer = store::customers::by_reference(&mut connection, customer).await.unwrap().unwrap();
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
