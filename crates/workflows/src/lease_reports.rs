//! Routers tell which equipment got an address. Each has a token of its own.

mod install;
mod receive;
mod settings;
mod show;
mod token;

pub(crate) use install::bring;
pub use install::install;
pub use receive::{Received, receive};
pub use settings::save as save_settings;
pub use show::show;
pub use token::{renew, reveal_script};

use crate::record::Subject;
use domain::ids::RouterId;

fn audited(router: RouterId) -> Subject {
    Subject { kind: "router", id: router.0 }
}
