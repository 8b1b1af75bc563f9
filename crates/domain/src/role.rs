//! Who somebody is to the provider. What a role may do stands in one table: `workflows::permit`.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// The role of a user.
    pub enum Role {
        Admin = "admin",
        Noc = "noc",
        Billing = "billing",
        Support = "support",
        Technician = "technician",
        Customer = "customer",
    }
}

impl Role {
    /// Staff work in the office; customers in the portal.
    pub fn is_staff(self) -> bool {
        self != Self::Customer
    }
}
