//! Somebody says that something does not work.

use chrono::Duration;
use domain::failure::{Failure, Problem};
use domain::ids::{ContractId, CustomerId, OutageId, TicketId};
use domain::timeline::Event;
use domain::views::list::Choice;
use domain::views::ticket_forms::{Fault, FaultForm};
use domain::views::tickets::{Category, FaultOffer, FaultyContract, KnownOutage};
use store::tickets::NewTicket;

use super::change::Changing;
use super::{calendar, subject};
use crate::permit::{Actor, CustomerScope, OpenTickets, Permit, Verb};
use crate::record::{audit_as, fresh_key, tell};
use crate::{Context, Result};

/// Faults that a customer may report within an hour.
const MOST_AN_HOUR: i64 = 10;

/// What the form for a customer's fault starts with: what is down already is said before anything is asked.
///
/// # Errors
/// `NotFound`.
pub async fn offer(context: &Context, _: &Permit<OpenTickets>, customer: CustomerId) -> Result<FaultOffer> {
    offer_for(context, customer, false).await
}

/// The same in the portal.
pub async fn offer_mine(context: &Context, scope: &CustomerScope) -> Result<FaultOffer> {
    offer_for(context, scope.customer(), true).await
}

async fn offer_for(context: &Context, customer: CustomerId, own: bool) -> Result<FaultOffer> {
    let mut connection = context.connection().await?;
    let name = store::customers::get(&mut connection, customer).await?.facts.name;
    let today = context.clock.today();
    let contracts = store::outages::places_of(&mut connection, customer, today).await?.into_iter().map(|place| {
        let outage = place.outage.map(|(_, outage)| KnownOutage {
            place: outage.place,
            since: outage.since,
            until: place.until,
        });
        FaultyContract { id: place.contract, code: place.code, street: place.street, outage }
    });
    let contracts = contracts.collect();
    let categories = store::ticket_settings::categories(&mut connection).await?;
    Ok(FaultOffer {
        customer: Choice { id: customer, name },
        contracts,
        categories: categories.into_iter().filter(|category| is_offered(category, own)).collect(),
        idempotency_key: fresh_key(),
    })
}

fn is_offered(category: &Category, own: bool) -> bool {
    !category.archived && (category.for_customers || !own)
}

/// Staff write down what a customer told them.
///
/// # Errors
/// `Fields`; `NotFound`.
pub async fn open(
    context: &Context,
    permit: &Permit<OpenTickets>,
    customer: CustomerId,
    form: &FaultForm,
) -> Result<TicketId> {
    open_for(context, permit.actor(), customer, form, false).await
}

/// Customers report their own. How urgent it is follows from what it is about.
///
/// # Errors
/// `Fields`.
pub async fn open_mine(context: &Context, scope: &CustomerScope, form: &FaultForm) -> Result<TicketId> {
    let form = FaultForm { priority: String::new(), ..form.clone() };
    open_for(context, scope.actor(), scope.customer(), &form, true).await
}

async fn open_for(
    context: &Context,
    actor: &Actor,
    customer: CustomerId,
    form: &FaultForm,
    by_customer: bool,
) -> Result<TicketId> {
    let fault = form.check()?;
    let mut transaction = context.begin().await?;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    store::customers::get(&mut transaction, customer).await?;
    let key = &fault.idempotency_key;
    if let Some(before) = store::tickets::by_idempotency_key(&mut transaction, customer, key).await? {
        return Ok(before);
    }
    if by_customer {
        not_too_many(context, &mut transaction, customer).await?;
    }
    let opening = Opening { context, actor, customer, fault: &fault, by_customer };
    let ticket = opening.write(&mut transaction).await?;
    let changing = Changing { context, actor, by_customer };
    changing.say(&mut transaction, ticket, &fault.body, false, &fault.files).await?;
    let verb = OpenTickets::NAME;
    audit_as(context, &mut transaction, actor, verb, subject(ticket), None::<&()>, Some(&fault)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(ticket)
}

/// Somebody who holds the button down keeps nobody else waiting.
async fn not_too_many(context: &Context, transaction: &mut store::Transaction, customer: CustomerId) -> Result<()> {
    let since = context.clock.now() - Duration::hours(1);
    let reported = store::tickets::reported_since(transaction, customer, since).await?;
    if reported < MOST_AN_HOUR { Ok(()) } else { Err(Failure::TooManyAttempts { minutes: 60 }.into()) }
}

struct Opening<'a> {
    context: &'a Context,
    actor: &'a Actor,
    customer: CustomerId,
    fault: &'a Fault,
    by_customer: bool,
}

impl Opening<'_> {
    async fn write(&self, transaction: &mut store::Transaction) -> Result<TicketId> {
        let fault = self.fault;
        let down = self.outage(transaction).await?;
        let category = self.category(transaction).await?;
        let priority = fault.priority.unwrap_or(category.priority);
        let now = self.context.clock.now();
        let sla = store::ticket_settings::sla(transaction, priority).await?;
        let deadlines = sla.deadlines(&calendar(self.context, transaction).await?, now, &[]);
        let language = store::customers::get(transaction, self.customer).await?.facts.language;
        let router = match fault.contract {
            Some(contract) => store::tickets::router_of(transaction, contract).await?,
            None => None,
        };
        let new = NewTicket {
            customer: self.customer,
            contract: fault.contract,
            router,
            outage: down.filter(|_| category.goes_with_outages),
            category: category.id,
            priority,
            subject: fault.subject.as_deref().unwrap_or(category.name.of(language)),
            at: now,
            by: self.actor.user_id(),
            by_customer: self.by_customer,
            deadlines,
            idempotency_key: &fault.idempotency_key,
        };
        let ticket = store::tickets::add(transaction, &new).await?;
        if let Some(contract) = fault.contract {
            let event = Event::TicketOpened { ticket, subject: new.subject.to_owned() };
            tell(self.context, transaction, self.actor, self.customer, contract, &event).await?;
        }
        Ok(ticket)
    }

    /// The connection that it is about must be the customer's; this is the outage when that is down as a whole.
    async fn outage(&self, transaction: &mut store::Transaction) -> Result<Option<OutageId>> {
        let Some(contract): Option<ContractId> = self.fault.contract else { return Ok(None) };
        let today = self.context.clock.today();
        let places = store::outages::places_of(transaction, self.customer, today).await?;
        let place = places.into_iter().find(|place| place.contract == contract);
        let place = place.ok_or_else(|| Failure::field("contract", Problem::UnknownChoice))?;
        Ok(place.outage.map(|(outage, _)| outage))
    }

    async fn category(&self, transaction: &mut store::Transaction) -> Result<Category> {
        let categories = store::ticket_settings::categories(transaction).await?;
        let mut offered = categories.into_iter().filter(|category| is_offered(category, self.by_customer));
        let chosen = offered.find(|category| category.id == self.fault.category);
        Ok(chosen.ok_or_else(|| Failure::field("category", Problem::UnknownChoice))?)
    }
}
