//! Routers as records. What they hold is the jobs' business.

mod base;
mod breaker;
mod create;
mod edit;
mod form;
mod list;
mod preview;
mod probe;

pub use base::{apply_base, follow_settings};
pub use breaker::close_breaker;
pub use create::create;
pub use edit::{edit, form};
pub use list::{choices, list, show};
pub use preview::{preview_router, preview_service};
pub use probe::probe;

use domain::ids::RouterId;
use domain::network::Because;

use crate::ports::RouterAccess;
use crate::record::Subject;
use crate::vault::Vault;

/// What it takes to log in, with the password opened.
pub(crate) fn open(vault: &Vault, stored: &store::routers::RouterAccess) -> Result<RouterAccess, Because> {
    let password = vault.open(&stored.sealed_password).map_err(|_| Because::SecretUnreadable)?;
    let record = stored.record.clone();
    Ok(RouterAccess {
        host: record.host,
        port: record.port,
        certificate: record.certificate_sha256,
        username: record.username,
        password,
        mode: record.mode,
        addressing: record.addressing,
    })
}

fn audited(id: RouterId) -> Subject {
    Subject { kind: "router", id: id.0 }
}
