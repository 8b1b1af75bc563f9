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
use crate::permit::{AnswerTickets, Permit};
use crate::record::{audit, tell};
use crate::{Context, Result};

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

/// In the story of the connection.
pub(super) async fn tell_resolved(
    changing: &Changing<'_>,
    transaction: &mut store::Transaction,
    ticket: &Ticket,
) -> Result<()> {
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
