//! Staff write to the customer, or to each other, and say what becomes of the ticket.

use domain::failure::{Failure, Problem};
use domain::ids::TicketId;
use domain::message::Purpose;
use domain::ticket::{TicketAction, TicketState};
use domain::timeline::Event;
use domain::views::ticket_forms::MessageForm;
use store::tickets::Ticket;

use super::change::Changing;
use super::subject;
use crate::messages::{self, Notice};
use crate::permit::{Actor, AnswerTickets, Permit};
use crate::record::{audit, tell};
use crate::{Context, Result, work_orders};

/// What staff may do with a message; the other actions are the customer's or the night's.
const THEIRS: &[TicketAction] = &[TicketAction::Take, TicketAction::Ask, TicketAction::Resolve, TicketAction::Reopen];

/// A public message is the first response that was promised; somebody who answers takes the ticket when nobody has it.
///
/// # Errors
/// `Fields`; `Ticket` for what its state does not allow; `NotFound`.
pub async fn answer(
    context: &Context,
    permit: &Permit<AnswerTickets>,
    ticket: TicketId,
    form: &MessageForm,
) -> Result<()> {
    let message = form.check()?;
    if message.action.is_some_and(|action| !THEIRS.contains(&action)) {
        return Err(Failure::field("action", Problem::UnknownChoice).into());
    }
    let mut transaction = context.begin().await?;
    let mut ticket = store::tickets::lock(&mut transaction, ticket).await?;
    let changing = Changing { context, actor: permit.actor(), by_customer: false };
    changing.say(&mut transaction, ticket.id, &message.body, message.internal, &message.files).await?;
    let now = context.clock.now();
    if !message.internal {
        ticket.responded_at = ticket.responded_at.or(Some(now));
        ticket.assignee = ticket.assignee.or(permit.actor().user_id());
    }
    let first = !message.internal && ticket.state == TicketState::New;
    if let Some(action) = message.action.or(first.then_some(TicketAction::Take)) {
        changing.act(&mut transaction, &mut ticket, action).await?;
    }
    store::tickets::save(&mut transaction, &ticket, now).await?;
    if message.action == Some(TicketAction::Resolve) {
        tell_resolved(&changing, &mut transaction, &ticket).await?;
    }
    if !message.internal {
        write_to_customer(context, &mut transaction, &ticket).await?;
    }
    audit(context, &mut transaction, permit, subject(ticket.id), None::<&()>, Some(&message)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Somebody mended it at the customer's: what was done is the answer. One that was resolved meanwhile gets a note.
pub(crate) async fn resolve_on_the_spot(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    ticket: TicketId,
    done: &str,
) -> Result<()> {
    let mut ticket = store::tickets::lock(transaction, ticket).await?;
    let changing = Changing { context, actor, by_customer: false };
    let open = ticket.state.is_open();
    changing.say(transaction, ticket.id, done, !open, &[]).await?;
    if !open {
        return Ok(());
    }
    let now = context.clock.now();
    ticket.responded_at = ticket.responded_at.or(Some(now));
    ticket.assignee = ticket.assignee.or(actor.user_id());
    changing.act(transaction, &mut ticket, TicketAction::Resolve).await?;
    store::tickets::save(transaction, &ticket, now).await?;
    tell_resolved(&changing, transaction, &ticket).await?;
    write_to_customer(context, transaction, &ticket).await
}

/// What came of a visit that mended nothing, for the staff.
pub(crate) async fn note(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    ticket: TicketId,
    words: &str,
) -> Result<()> {
    Changing { context, actor, by_customer: false }.say(transaction, ticket, words, true, &[]).await
}

/// In the story of the connection; whoever was to go there need not.
pub(super) async fn tell_resolved(
    changing: &Changing<'_>,
    transaction: &mut store::Transaction,
    ticket: &Ticket,
) -> Result<()> {
    work_orders::ticket_resolved(changing.context, transaction, ticket.id).await?;
    let Some(contract) = ticket.contract else { return Ok(()) };
    let event = Event::TicketResolved { ticket: ticket.id, subject: ticket.subject.clone() };
    tell(changing.context, transaction, changing.actor, ticket.customer, contract, &event).await
}

/// That there is something to read; what it says is read after signing in.
async fn write_to_customer(context: &Context, transaction: &mut store::Transaction, ticket: &Ticket) -> Result<()> {
    let notice = Notice {
        purpose: Purpose::TicketAnswered,
        path: &format!("/portal/faults/{}", ticket.id),
        values: vec![("subject", ticket.subject.clone())],
    };
    messages::tell_customer(context, transaction, ticket.customer, &notice).await?;
    Ok(())
}
