//! The addresses of the lists behind the figures.

use domain::ids::SectorId;
use domain::views::contracts::ContractEvent;
use domain::views::dashboard::{Dashboard, Span};

use crate::surroundings::may;

/// What every list of one dashboard is narrowed to.
#[derive(Clone, Copy)]
pub(super) struct Links {
    sector: Option<SectorId>,
    span: Span,
}

impl Links {
    pub(super) const fn of(dashboard: &Dashboard) -> Self {
        Self { sector: dashboard.filter.sector, span: dashboard.span }
    }

    /// A list with its own filters, in the dashboard's sector.
    pub(super) fn list(self, address: &str) -> String {
        match self.sector {
            Some(sector) => format!("{address}&sector={sector}"),
            None => address.to_owned(),
        }
    }

    /// Contracts to which it happened within the dashboard's span.
    pub(super) fn event(self, event: ContractEvent) -> String {
        self.event_within(event, self.span)
    }

    pub(super) fn event_within(self, event: ContractEvent, Span { from, to }: Span) -> String {
        self.list(&format!("/office/contracts?event={event}&from={from}&to={to}"))
    }
}

/// The address for who may open it: without the permit, a figure is only told.
pub(super) fn if_may(permit: &str, address: String) -> String {
    if may(permit) { address } else { String::new() }
}
