//! Work orders: written one by one, listed, their visits, and the checklists.

mod checklists;
mod list;
mod records;
mod visits;

pub use checklists::{items, replace_items};
pub use list::{count_of_day, detail, list, of_day, row, technicians};
pub use records::{
    NewOrder, Order, Placed, about, add, contracts_of, last_place, lock, open_of_contract, open_of_ticket, route, save,
    set_place,
};
pub use visits::{NewVisit, add_visit, was_reported};
