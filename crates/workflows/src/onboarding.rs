//! Routers from the factory become ours: a range that somebody typed is looked at, what would be sent is shown, and then
//! each router is taken through its steps by a job that can be interrupted anywhere.
//!
//! The passwords that are made for a router are stored sealed before the router hears of them, so that whatever happens
//! there is a way in.

mod demo;
mod forget;
mod form;
mod list;
mod plan;
mod register;
mod reveal;
mod run;
mod scan;
mod start;
mod step;
mod work;

pub use demo::offer_range;
pub use forget::forget;
pub use list::{begin, list, show};
pub use plan::{look, plan, prepare};
pub use reveal::reveal;
pub use scan::begin_scan;
pub use start::start;
pub use work::Preloader;

use domain::ids::OnboardingId;
use domain::network::Because;
use store::onboardings::Onboarding;

use crate::record::Subject;
use crate::vault::Vault;

fn audited(id: OnboardingId) -> Subject {
    Subject { kind: "onboarding", id: id.0 }
}

/// The factory's password: the sticker's, or none.
fn admin_password(vault: &Vault, router: &Onboarding) -> Result<secrecy::SecretString, Because> {
    match &router.sealed_admin_password {
        Some(sealed) => vault.open(sealed).map_err(|_| Because::SecretUnreadable),
        None => Ok(secrecy::SecretString::default()),
    }
}
