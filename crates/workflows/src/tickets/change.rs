//! What every change of a ticket has in common: it is told in the conversation, and the clock follows.

use domain::failure::Failure;
use domain::ids::{FileId, TicketId};
use domain::ticket::{TicketAction, TicketEvent, TicketState};
use store::tickets::{NewEntry, Ticket};

use super::calendar;
use crate::permit::Actor;
use crate::{Context, Result, files};

/// Somebody who changes a ticket, and on which side of the counter they stand.
pub(super) struct Changing<'a> {
    pub context: &'a Context,
    pub actor: &'a Actor,
    pub by_customer: bool,
}

impl Changing<'_> {
    /// Applies an action and tells it. Nothing happens, and nothing is told, where the state stays.
    pub async fn act(
        &self,
        transaction: &mut store::Transaction,
        ticket: &mut Ticket,
        action: TicketAction,
    ) -> Result<()> {
        let (from, to) = (ticket.state, ticket.state.after(action).map_err(Failure::from)?);
        ticket.state = to;
        if from == to {
            return Ok(());
        }
        self.keep_time(transaction, ticket, from, to).await?;
        self.tell(transaction, ticket.id, &TicketEvent::Moved { from, to }).await
    }

    /// The clock stands from now on, or goes on with what was left.
    async fn keep_time(
        &self,
        transaction: &mut store::Transaction,
        ticket: &Ticket,
        from: TicketState,
        to: TicketState,
    ) -> Result<()> {
        let now = self.context.clock.now();
        match (from.clock_runs(), to.clock_runs()) {
            (true, false) => store::tickets::pause(transaction, ticket.id, now).await?,
            (false, true) => {
                store::tickets::resume(transaction, ticket.id, now).await?;
                self.set_deadlines(transaction, ticket).await?;
            }
            _ => {}
        }
        Ok(())
    }

    pub async fn set_deadlines(&self, transaction: &mut store::Transaction, ticket: &Ticket) -> Result<()> {
        let sla = store::ticket_settings::sla(transaction, ticket.priority).await?;
        let pauses = store::tickets::pauses(transaction, ticket.id).await?;
        let calendar = calendar(self.context, transaction).await?;
        let deadlines = sla.deadlines(&calendar, ticket.opened_at, &pauses);
        Ok(store::tickets::save_deadlines(transaction, ticket.id, &deadlines).await?)
    }

    pub async fn tell(
        &self,
        transaction: &mut store::Transaction,
        ticket: TicketId,
        event: &TicketEvent,
    ) -> Result<()> {
        let entry = NewEntry { event: Some(event), internal: !event.is_for_customer(), ..self.entry("") };
        store::tickets::add_entry(transaction, ticket, &entry).await?;
        Ok(())
    }

    /// Writes words and hangs files at them.
    pub async fn say(
        &self,
        transaction: &mut store::Transaction,
        ticket: TicketId,
        body: &str,
        internal: bool,
        sent: &[FileId],
    ) -> Result<()> {
        files::claim(self.context, transaction, self.actor.user_id(), sent, "files").await?;
        let entry = NewEntry { internal, ..self.entry(body) };
        let entry = store::tickets::add_entry(transaction, ticket, &entry).await?;
        Ok(store::tickets::attach(transaction, entry, sent).await?)
    }

    fn entry<'a>(&'a self, body: &'a str) -> NewEntry<'a> {
        NewEntry {
            at: self.context.clock.now(),
            author: self.actor.user_id(),
            author_name: match self.actor {
                Actor::User { name, .. } => name,
                // By itself: the screen has the words.
                Actor::System { .. } => "",
            },
            from_customer: self.by_customer,
            internal: false,
            body,
            event: None,
        }
    }
}
