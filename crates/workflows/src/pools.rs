//! Networks whose addresses are given to services. The database refuses what nobody can have.

mod edit;
mod list;
mod reserve;

pub use edit::{create, edit, remove};
pub use list::{choices, list, show};
pub use reserve::{release, reserve};

use domain::failure::{Failure, Problem};
use domain::ids::AddressPoolId;

use crate::Error;
use crate::record::Subject;

fn subject(id: AddressPoolId) -> Subject {
    Subject { kind: "address_pool", id: id.0 }
}

/// An address that no service can have, by what the database refused it for.
pub(crate) fn kept_back(constraint: &str) -> Option<Failure> {
    let problem = match constraint {
        "address_reserved" => Problem::Reserved,
        "address_dynamic" => Problem::HandedOut,
        "address_of_network" => Problem::OutsideNetwork,
        _ => return None,
    };
    Some(Failure::field("ip", problem))
}

/// What the database refused, at the field that it is about.
fn refused(error: store::Error, name: &str) -> Error {
    let (field, problem) = match &error {
        store::Error::Overlap { .. } => ("network", Problem::NetworkOverlaps),
        store::Error::Taken { constraint } => match constraint.as_str() {
            "address_pools_name_key" => ("name", Problem::Taken { by: name.to_owned() }),
            "address_pools_router_id_dynamic_name_key" => ("dynamic_name", Problem::Taken { by: name.to_owned() }),
            "address_given" => ("dynamic_from", Problem::AlreadyGiven),
            "address_reserved" => ("dynamic_from", Problem::Reserved),
            _ => return error.into(),
        },
        store::Error::Refused { constraint, .. } => match constraint.as_str() {
            "address_pools_router_id_fkey" => ("router", Problem::UnknownChoice),
            "address_pools_sector_id_fkey" => ("sector", Problem::UnknownChoice),
            _ => return error.into(),
        },
        _ => return error.into(),
    };
    Failure::field(field, problem).into()
}
