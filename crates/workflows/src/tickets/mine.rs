//! A customer's own faults: the conversation, saying that it does not work after all, and the rating.

use domain::failure::Failure;
use domain::ids::TicketId;
use domain::ticket::{TicketAction, TicketError, TicketEvent, TicketState};
use domain::views::list::{Page, PageNumber};
use domain::views::ticket_forms::{MessageForm, RatingForm};
use domain::views::tickets::{MyTicket, MyTicketRow};
use store::tickets::{Audience, Ticket};

use super::change::Changing;
use super::subject;
use crate::permit::CustomerScope;
use crate::record::audit_as;
use crate::{Context, Result};

/// Those that are not over come first.
pub async fn mine(context: &Context, scope: &CustomerScope, page: PageNumber) -> Result<Page<MyTicketRow>> {
    let mut connection = context.connection().await?;
    Ok(store::tickets_list::of_customer(&mut connection, scope.customer(), page).await?)
}

/// # Errors
/// `NotFound` for what is another's.
pub async fn show_mine(context: &Context, scope: &CustomerScope, ticket: TicketId) -> Result<MyTicket> {
    let mut connection = context.connection().await?;
    let row = store::tickets_list::row(&mut connection, ticket, context.clock.now()).await?;
    if row.customer.id != scope.customer() {
        return Err(Failure::NotFound.into());
    }
    Ok(MyTicket {
        id: ticket,
        subject: row.subject,
        category: row.category,
        state: row.state,
        opened_at: row.opened_at,
        outage: row.outage.map(|outage| outage.name),
        rating: store::tickets::rating(&mut connection, ticket).await?,
        entries: store::tickets::entries(&mut connection, ticket, Audience::Customer).await?,
    })
}

/// # Errors
/// `Fields`; `Ticket` once it is resolved; `NotFound` for what is another's.
pub async fn answer_mine(context: &Context, scope: &CustomerScope, ticket: TicketId, form: &MessageForm) -> Result<()> {
    write(context, scope, ticket, form, TicketAction::Answer).await
}

/// It does not work after all.
///
/// # Errors
/// `Fields`; `Ticket` unless it is resolved; `NotFound` for what is another's.
pub async fn complain(context: &Context, scope: &CustomerScope, ticket: TicketId, form: &MessageForm) -> Result<()> {
    write(context, scope, ticket, form, TicketAction::Complain).await
}

async fn write(
    context: &Context,
    scope: &CustomerScope,
    ticket: TicketId,
    form: &MessageForm,
    action: TicketAction,
) -> Result<()> {
    let message = form.check()?;
    let mut transaction = context.begin().await?;
    let mut ticket = lock_own(&mut transaction, scope, ticket).await?;
    let changing = Changing { context, actor: scope.actor(), by_customer: true };
    changing.act(&mut transaction, &mut ticket, action).await?;
    changing.say(&mut transaction, ticket.id, &message.body, false, &message.files).await?;
    store::tickets::save(&mut transaction, &ticket, context.clock.now()).await?;
    let (actor, of) = (scope.actor(), subject(ticket.id));
    audit_as(context, &mut transaction, actor, "answer_tickets", of, None::<&()>, Some(&message.body)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Once, when it is resolved.
///
/// # Errors
/// `Fields`; `Ticket` when it is not resolved or was rated before; `NotFound` for what is another's.
pub async fn rate(context: &Context, scope: &CustomerScope, ticket: TicketId, form: &RatingForm) -> Result<()> {
    let rating = form.check()?;
    let mut transaction = context.begin().await?;
    let mut ticket = lock_own(&mut transaction, scope, ticket).await?;
    let over = matches!(ticket.state, TicketState::Resolved | TicketState::Closed);
    if !over || ticket.rating.is_some() {
        return Err(Failure::from(TicketError::NotToBeRated).into());
    }
    let changing = Changing { context, actor: scope.actor(), by_customer: true };
    changing.tell(&mut transaction, ticket.id, &TicketEvent::Rated { stars: rating.stars }).await?;
    ticket.rating = Some(rating.clone());
    store::tickets::save(&mut transaction, &ticket, context.clock.now()).await?;
    let (actor, of) = (scope.actor(), subject(ticket.id));
    audit_as(context, &mut transaction, actor, "rate_tickets", of, None::<&()>, Some(&rating)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn lock_own(transaction: &mut store::Transaction, scope: &CustomerScope, ticket: TicketId) -> Result<Ticket> {
    let ticket = store::tickets::lock(transaction, ticket).await?;
    if ticket.customer == scope.customer() { Ok(ticket) } else { Err(Failure::NotFound.into()) }
}
