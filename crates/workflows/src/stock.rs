//! Equipment with a serial: received, put somewhere, installed at a customer's, taken back, written off. What a piece may
//! do is `domain::stock`; [`place`] takes its steps, in whichever transaction causes them.

mod install;
mod leases;
mod list;
mod models;
mod moves;
pub(crate) mod place;
mod places;
mod receive;
mod sell;
mod service;

pub use install::{install, install_at, install_here};
pub(crate) use leases::{follow_lease, lease_begins};
pub use list::{list, of_contract, show};
pub use models::{add_model, archive_model, edit_model, models};
pub use moves::{find, give_back, leave, take_back, transfer, transfer_many, write_off};
pub use places::{add_place, archive_place, edit_place, place_choices, places};
pub use receive::{begin_receipt, draft, edit_receipt, receive, show_receipt};
pub use sell::sell;
pub(crate) use service::{install_typed, keep_onu};
