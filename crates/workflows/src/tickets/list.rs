//! Tickets to look at.

use domain::ids::TicketId;
use domain::views::list::Choice;
use domain::views::tickets::{TicketDesk, TicketDetail, TicketFilter, TicketList};
use store::tickets::Audience;

use crate::permit::{Permit, SeeTickets};
use crate::{Context, Result};

/// What is due first comes first; with the figures of all that is open.
pub async fn list(context: &Context, permit: &Permit<SeeTickets>, filter: &TicketFilter) -> Result<TicketList> {
    let (mut connection, now) = (context.connection().await?, context.clock.now());
    let page = store::tickets_list::list(&mut connection, filter, permit.actor().user_id(), now).await?;
    Ok(TicketList { page, counts: store::tickets_list::counts(&mut connection, now, None).await? })
}

/// One ticket, with what its forms choose from.
///
/// # Errors
/// `NotFound`.
pub async fn show(context: &Context, permit: &Permit<SeeTickets>, ticket: TicketId) -> Result<TicketDesk> {
    let mut connection = context.connection().await?;
    let detail = detail(context, &mut connection, ticket).await?;
    let mut outages: Vec<_> = detail.row.outage.clone().into_iter().collect();
    for place in store::outages::places_of(&mut connection, detail.row.customer.id, context.clock.today()).await? {
        let here = place.outage.map(|(id, outage)| Choice { id, name: outage.place });
        outages.extend(here.filter(|here| outages.iter().all(|known| known.id != here.id)));
    }
    Ok(TicketDesk {
        staff: store::users_list::staff(&mut connection).await?,
        categories: store::ticket_settings::categories(&mut connection).await?,
        outages,
        me: permit.actor().user_id(),
        ticket: detail,
    })
}

async fn detail(context: &Context, connection: &mut store::Connection, ticket: TicketId) -> Result<TicketDetail> {
    let row = store::tickets_list::row(connection, ticket, context.clock.now()).await?;
    let rest = store::tickets::rest(connection, ticket).await?;
    Ok(TicketDetail {
        row,
        category_id: rest.category,
        assignee_id: rest.assignee,
        router: rest.router,
        opened_by: rest.opened_by,
        by_customer: rest.by_customer,
        deadlines: rest.deadlines,
        responded_at: rest.responded_at,
        resolved_at: rest.resolved_at,
        closed_at: rest.closed_at,
        rating: store::tickets::rating(connection, ticket).await?,
        entries: store::tickets::entries(connection, ticket, Audience::Staff).await?,
    })
}
