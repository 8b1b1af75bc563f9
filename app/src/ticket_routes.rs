//! The part of the table of routes that has faults and outages.

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::{
    NewOutage, NewTicket, NewTicketCategory, Outage, Outages, Ticket, TicketCategory, TicketSettings, Tickets,
};

/// Faults and outages.
#[component(transparent)]
pub(crate) fn TicketRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/outages") view=Outages::route()/>
        <Route path=path!("/outages/new") view=NewOutage::route()/>
        <Route path=path!("/outages/:id") view=Outage::route()/>
        <Route path=path!("/tickets") view=Tickets::route()/>
        <Route path=path!("/tickets/new") view=NewTicket::route()/>
        <Route path=path!("/tickets/settings") view=TicketSettings::route()/>
        <Route path=path!("/tickets/categories/new") view=NewTicketCategory::route()/>
        <Route path=path!("/tickets/categories/:id") view=TicketCategory::route()/>
        <Route path=path!("/tickets/:id") view=Ticket::route()/>
    }
    .into_inner()
    .into_any_nested_route()
}
