//! Captive portals as records, their login pages, and the first use of vouchers. What routers hold is the jobs' business.

mod edit;
mod list;
mod page;
mod parts;
mod portal;
mod profiles;
mod redeem;
mod users;
mod watch;

pub use edit::{choices, create, edit, form};
pub use list::{list, show};
pub use page::{File, PAGE_FILES, archive, file, install, previewed};
pub use parts::{add_binding, add_garden, end_session, remove_binding, remove_garden};
pub(crate) use portal::portal_host;
pub use profiles::{create_profile, edit_profile, profile_form, profiles};
pub use redeem::redeem;
pub(crate) use redeem::redeem_seen;
pub use users::{begin_user, create_user, edit_user};
pub use watch::keep_watching;

use domain::ids::HotspotId;

use crate::record::Subject;

fn audited(id: HotspotId) -> Subject {
    Subject { kind: "hotspot", id: id.0 }
}
