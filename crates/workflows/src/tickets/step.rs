//! The night's step of tickets: what was resolved and nobody complained about closes, and files that no record claimed go.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::ids::{ContractId, TicketId};
use domain::ticket::TicketAction;

use super::change::Changing;
use crate::permit::Actor;
use crate::{Context, Result};

const CHUNK: i64 = 200;
/// The step's name in the ledger.
pub(crate) const STEP: &str = "tickets";

pub(crate) async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    let mut connection = context.connection().await?;
    let before = resolved_before(context, &mut connection, date).await?;
    Ok(store::tickets::count_to_close(&mut connection, before).await?)
}

pub(crate) async fn run_step(context: &Context, actor: &Actor, date: NaiveDate) -> Result<()> {
    let mut connection = context.connection().await?;
    store::files::forget_unclaimed(&mut connection, context.clock.now() - Duration::days(1)).await?;
    let before = resolved_before(context, &mut connection, date).await?;
    loop {
        let chunk = store::tickets::to_close(&mut connection, before, CHUNK).await?;
        if chunk.is_empty() {
            return Ok(());
        }
        for ticket in chunk {
            close(context, actor, ticket, date).await?;
        }
    }
}

/// Tickets park no contract: there is nothing to try again.
pub(crate) async fn retry(_: &Context, _: &Actor, _: ContractId, _: NaiveDate) -> Result<()> {
    Ok(())
}

async fn resolved_before(
    context: &Context,
    connection: &mut store::Connection,
    date: NaiveDate,
) -> Result<DateTime<Utc>> {
    let days = store::ticket_settings::limits(connection).await?.close_after_days;
    Ok(context.clock.start_of(date) - Duration::days(days.into()))
}

async fn close(context: &Context, actor: &Actor, ticket: TicketId, date: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let mut ticket = store::tickets::lock(&mut transaction, ticket).await?;
    // The customer may have complained since the list was read.
    if ticket.state.after(TicketAction::Close).is_ok() {
        let changing = Changing { context, actor, by_customer: false };
        changing.act(&mut transaction, &mut ticket, TicketAction::Close).await?;
        store::tickets::save(&mut transaction, &ticket, context.clock.now()).await?;
    }
    store::runs::count(&mut transaction, date, STEP, 1, 0).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
