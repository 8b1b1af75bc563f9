//! Equipment that routers told of: whose it is, and what is to be done with what is nobody's.

mod assign;
mod draft;
mod ignore;
mod list;

pub use assign::assign;
pub use draft::draft;
pub(crate) use draft::note;
pub use ignore::{ignore, unignore};
pub use list::{list, show};

use crate::record::Subject;
use domain::ids::MacProfileId;

fn audited(id: MacProfileId) -> Subject {
    Subject { kind: "mac_profile", id: id.0 }
}
