//! Customers and whom to call there.

mod contacts;
mod create;
mod edit;
mod list;
mod show;

pub use contacts::{add_contact, edit_contact, remove_contact};
pub use create::create;
pub use edit::edit;
pub use list::list;
pub use show::{show, tax_id_rule};

use domain::ids::CustomerId;

use crate::record::Subject;

pub(crate) fn subject(id: CustomerId) -> Subject {
    Subject { kind: "customer", id: id.0 }
}
