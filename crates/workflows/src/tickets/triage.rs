//! Who works on a ticket, how urgent it is, what it is about, and which outage it is part of.

use domain::failure::{Failure, Problem};
use domain::ids::TicketId;
use domain::ticket::TicketEvent;
use domain::views::ticket_forms::{Triage, TriageForm};
use store::tickets::Ticket;

use super::change::Changing;
use super::subject;
use crate::permit::{AnswerTickets, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// Each change is told by itself. Another priority has other deadlines, counted from when the ticket was opened.
///
/// # Errors
/// `Fields`; `NotFound`.
pub async fn triage(
    context: &Context,
    permit: &Permit<AnswerTickets>,
    ticket: TicketId,
    form: &TriageForm,
) -> Result<()> {
    let wanted = form.check()?;
    let mut transaction = context.begin().await?;
    let mut ticket = store::tickets::lock(&mut transaction, ticket).await?;
    let before = as_is(&ticket);
    let changing = Changing { context, actor: permit.actor(), by_customer: false };
    for event in events(&mut transaction, &ticket, &wanted).await? {
        changing.tell(&mut transaction, ticket.id, &event).await?;
    }
    (ticket.assignee, ticket.priority) = (wanted.assignee, wanted.priority);
    (ticket.category, ticket.outage) = (wanted.category, wanted.outage);
    store::tickets::save(&mut transaction, &ticket, context.clock.now()).await?;
    if before.priority != wanted.priority {
        changing.set_deadlines(&mut transaction, &ticket).await?;
    }
    audit(context, &mut transaction, permit, subject(ticket.id), Some(&before), Some(&wanted)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn as_is(ticket: &Ticket) -> Triage {
    let Ticket { assignee, priority, category, outage, .. } = *ticket;
    Triage { assignee, priority, category, outage }
}

/// What changes, in words; a choice that does not exist is refused at its field.
async fn events(transaction: &mut store::Transaction, ticket: &Ticket, wanted: &Triage) -> Result<Vec<TicketEvent>> {
    let unknown = |field: &str| Failure::field(field, Problem::UnknownChoice);
    let mut events = Vec::new();
    if wanted.assignee != ticket.assignee {
        let to = match wanted.assignee {
            Some(id) => {
                let staff = store::users_list::staff(transaction).await?;
                let found = staff.into_iter().find(|user| user.id == id);
                Some(found.ok_or_else(|| unknown("assignee"))?.name)
            }
            None => None,
        };
        events.push(TicketEvent::Assigned { to });
    }
    if wanted.priority != ticket.priority {
        events.push(TicketEvent::Prioritised { from: ticket.priority, to: wanted.priority });
    }
    if wanted.category != ticket.category {
        let categories = store::ticket_settings::categories(transaction).await?;
        let found = categories.into_iter().find(|category| category.id == wanted.category);
        let name = found.ok_or_else(|| unknown("category"))?.name;
        events.push(TicketEvent::Categorised { to: (name.es, name.en) });
    }
    if wanted.outage != ticket.outage {
        let place = match wanted.outage {
            Some(id) => Some(store::outages::place(transaction, id).await.map_err(|_| unknown("outage"))?),
            None => None,
        };
        events.push(TicketEvent::Merged { place });
    }
    Ok(events)
}
