//! Where services are installed. Addresses are not removed: contracts that are over still say where they were.

mod add;
mod edit;

pub use add::add;
pub use edit::edit;
pub(crate) use edit::set_sector;

use domain::ids::AddressId;

use crate::record::Subject;
use crate::refused::Fields;

const FIELDS: Fields = &[("addresses_sector_id_fkey", "sector")];

fn subject(id: AddressId) -> Subject {
    Subject { kind: "address", id: id.0 }
}
