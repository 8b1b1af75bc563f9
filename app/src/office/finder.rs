//! Finding records and commands from anywhere in the office: what the box in the frame offers, and the page that it leads to.

pub mod api;
mod commands;
mod offer;
mod page;

pub use offer::suggest;
pub use page::SearchPage;

use domain::views::finder::{Hit, Kind, Target};

use crate::{i18n::Words, ui::icon::Icon};

fn kind_name(kind: Kind, t: Words) -> &'static str {
    match kind {
        Kind::Customer => t.office.customers(),
        Kind::Contract => t.office.contracts(),
        Kind::Invoice => t.office.invoices(),
        Kind::Address => t.finder.addresses(),
        Kind::Device => t.finder.devices(),
        Kind::Equipment => t.finder.equipment(),
        Kind::Router => t.office.routers(),
        Kind::Plant => t.plant.title(),
        Kind::Ticket => t.tickets.title(),
        Kind::Work => t.work.title(),
    }
}

const fn icon(kind: Kind) -> Icon {
    match kind {
        Kind::Customer => Icon::Customers,
        Kind::Contract => Icon::Contract,
        Kind::Invoice => Icon::Invoice,
        Kind::Address | Kind::Work => Icon::Sector,
        Kind::Plant => Icon::Signal,
        Kind::Device => Icon::Device,
        Kind::Equipment => Icon::Device,
        Kind::Router => Icon::Router,
        Kind::Ticket => Icon::Phone,
    }
}

/// The list that has all hits of a kind.
const fn list(kind: Kind) -> &'static str {
    match kind {
        Kind::Customer => "/office/customers",
        // A contract is also found by its street and by what is connected.
        Kind::Contract | Kind::Address | Kind::Device => "/office/contracts",
        Kind::Invoice => "/office/invoices",
        Kind::Equipment => "/office/stock",
        Kind::Router => "/office/routers",
        Kind::Plant => "/office/plant/naps",
        Kind::Ticket => "/office/tickets",
        Kind::Work => "/office/work/list",
    }
}

fn href(hit: &Hit) -> String {
    match hit.to {
        Target::Customer(id) => format!("/office/customers/{id}"),
        Target::Contract(id) => format!("/office/contracts/{id}"),
        Target::Invoice(id) => format!("/office/invoices/{id}"),
        Target::Equipment(id) => format!("/office/stock/{id}"),
        Target::Router(id) => format!("/office/routers/{id}"),
        Target::Olt(id) => format!("/office/plant/olts/{id}"),
        Target::Nap(id) => format!("/office/plant/naps/{id}"),
        Target::Work(id) => format!("/office/work/{id}"),
        Target::Ticket(id) => format!("/office/tickets/{id}"),
    }
}
