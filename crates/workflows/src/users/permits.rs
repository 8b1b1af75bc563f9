//! The table of who may do what, for those who give out roles.

use domain::views::users::PermitRow;

use crate::permit::{Permit, SeeUsers, TABLE};

/// Every permit with the roles that have it, in the table's order.
#[must_use]
pub fn permits(_: &Permit<SeeUsers>) -> Vec<PermitRow> {
    TABLE.iter().map(|(verb, roles)| PermitRow { verb: (*verb).to_owned(), roles: roles.to_vec() }).collect()
}
