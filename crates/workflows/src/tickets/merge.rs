//! Tickets of an outage: gathered when it is noted, answered as one, and over with it.

use domain::contact::Language;
use domain::failure::{Failure, required};
use domain::ids::{CustomerId, OutageId, TicketId};
use domain::message::Purpose;
use domain::ticket::{TicketAction, TicketEvent};
use serde::Serialize;

use super::answer::tell_resolved;
use super::change::Changing;
use crate::messages::{self, Notice};
use crate::permit::{Actor, AnswerTickets, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// Takes the open faults of an outage's place into it, once it has begun.
pub(crate) async fn merge_open(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    outage: OutageId,
) -> Result<()> {
    let tickets = store::tickets::to_merge(transaction, outage, context.clock.today()).await?;
    let place = store::outages::place(transaction, outage).await?;
    let changing = Changing { context, actor, by_customer: false };
    put_all(&changing, transaction, tickets, Some((outage, place))).await
}

/// Lets the open tickets of an outage go that never began: they are about something else.
pub(crate) async fn release_open(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    outage: OutageId,
) -> Result<()> {
    let tickets = store::tickets::open_in_outage(transaction, outage).await?;
    let changing = Changing { context, actor, by_customer: false };
    put_all(&changing, transaction, tickets, None).await
}

async fn put_all(
    changing: &Changing<'_>,
    transaction: &mut store::Transaction,
    tickets: Vec<TicketId>,
    into: Option<(OutageId, String)>,
) -> Result<()> {
    let (outage, place) = into.unzip();
    let event = TicketEvent::Merged { place };
    for id in tickets {
        let mut ticket = store::tickets::lock(transaction, id).await?;
        ticket.outage = outage;
        store::tickets::save(transaction, &ticket, changing.context.clock.now()).await?;
        changing.tell(transaction, id, &event).await?;
    }
    Ok(())
}

/// What was told to everybody, as the audit shows it.
#[derive(Serialize)]
struct Told<'a> {
    message: &'a str,
    tickets: usize,
}

/// One message in each ticket of an outage that is not over.
///
/// # Errors
/// `Fields`; `NotFound`.
pub async fn tell_all(
    context: &Context,
    permit: &Permit<AnswerTickets>,
    outage: OutageId,
    message: &str,
) -> Result<()> {
    let message = required(message, 2000).map_err(|problem| Failure::field("message", problem))?;
    let mut transaction = context.begin().await?;
    store::outages::place(&mut transaction, outage).await?;
    let changing = Changing { context, actor: permit.actor(), by_customer: false };
    let tickets = store::tickets::open_in_outage(&mut transaction, outage).await?;
    for id in &tickets {
        let mut ticket = store::tickets::lock(&mut transaction, *id).await?;
        changing.say(&mut transaction, *id, &message, false, &[]).await?;
        ticket.responded_at = ticket.responded_at.or(Some(context.clock.now()));
        if ticket.state.clock_runs() {
            changing.act(&mut transaction, &mut ticket, TicketAction::Take).await?;
        }
        store::tickets::save(&mut transaction, &ticket, context.clock.now()).await?;
    }
    let told = Told { message: &message, tickets: tickets.len() };
    let subject = Subject { kind: "outage", id: outage.0 };
    audit(context, &mut transaction, permit, subject, None::<&()>, Some(&told)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// An outage that is over.
pub(crate) struct OutageOver<'a> {
    pub outage: OutageId,
    pub place: &'a str,
}

/// Resolves what is left of an outage's tickets, and writes to each of their customers once.
pub(crate) async fn resolve_all(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    over: &OutageOver<'_>,
) -> Result<()> {
    let changing = Changing { context, actor, by_customer: false };
    for id in store::tickets::open_in_outage(transaction, over.outage).await? {
        let mut ticket = store::tickets::lock(transaction, id).await?;
        let language = store::customers::get(transaction, ticket.customer).await?.facts.language;
        let words = over_in_ticket(language, over.place);
        changing.say(transaction, id, &words, false, &[]).await?;
        changing.act(transaction, &mut ticket, TicketAction::Resolve).await?;
        ticket.responded_at = ticket.responded_at.or(Some(context.clock.now()));
        store::tickets::save(transaction, &ticket, context.clock.now()).await?;
        tell_resolved(&changing, transaction, &ticket).await?;
        write_once(context, transaction, over, ticket.customer).await?;
    }
    Ok(())
}

async fn write_once(
    context: &Context,
    transaction: &mut store::Transaction,
    over: &OutageOver<'_>,
    customer: CustomerId,
) -> Result<()> {
    if !store::outages::note_told(transaction, over.outage, customer, context.clock.now()).await? {
        return Ok(());
    }
    let notice =
        Notice { purpose: Purpose::OutageOver, path: "/portal/faults", values: vec![("place", over.place.to_owned())] };
    match messages::tell_customer(context, transaction, customer, &notice).await? {
        Some(message) => Ok(store::outages::note_message(transaction, over.outage, customer, message).await?),
        None => Ok(()),
    }
}

/// In the conversation of each fault.
fn over_in_ticket(language: Language, place: &str) -> String {
    match language {
        Language::Spanish => {
            format!("La falla en {place} terminó: su servicio debe funcionar. Si no es así, díganoslo aquí.")
        }
        Language::English => {
            format!("The outage in {place} is over: your service should work. If it does not, tell us here.")
        }
    }
}
