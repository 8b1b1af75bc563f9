//! Tickets, to take away.

use domain::views::tickets::{TicketList, TicketRow};

use super::api::list_tickets;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::ticket::{name, priority_word, standing_word, state_word};

pub(in crate::office) fn tickets(t: Words) -> Listing {
    Columns::<TicketRow>::begin()
        .text(t.money.number(), |row| row.id.code())
        .text(t.tickets.what(), |row| row.subject.clone())
        .text(t.tickets.customer(), |row| row.customer.name.clone())
        .text(t.money.contract(), |row| row.contract.as_ref().map(|contract| contract.name.clone()))
        .text(t.tickets.sector(), |row| row.sector.clone())
        .text(t.tickets.category(), move |row| name(&row.category, t))
        .text(t.tickets.priority(), move |row| priority_word(row.priority, t))
        .text(t.tickets.state(), move |row| state_word(row.state, t))
        .text(t.tickets.deadline(), move |row| row.standing.map(|standing| standing_word(standing, t)))
        .moment(t.tickets.due(), |row| row.due_at)
        .text(t.tickets.assignee(), |row| row.assignee.clone())
        .moment(t.exports.created(), |row| row.opened_at)
        .text(t.tickets.outage(), |row| row.outage.as_ref().map(|outage| outage.name.clone()))
        .of(list_tickets, |list: TicketList| list.page)
}
