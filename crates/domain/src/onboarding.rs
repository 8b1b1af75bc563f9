//! Making a router that comes from the factory one of ours: which addresses are looked at, and step by step what a
//! router must hold and what is sent until it does. No IO.
//!
//! Every step first reads, and then sends what is missing: doing it again sends nothing. So a crash or a lost reply is
//! made up by doing the step once more, and a step is done when nothing is left to send.
//!
//! Deliberately absent: taking anything back. A backup and an export are made before the first change.

mod call;
mod certificate;
mod device_mode;
mod firewall;
mod plan;
mod range;
mod services;
mod step;
mod users;

#[cfg(test)]
mod tests;

pub use call::Call;
pub use certificate::fingerprint;
pub use device_mode::{device_mode_of, forbidden};
pub use plan::{Held, Plan};
pub use range::{MOST_ADDRESSES, Range, RangeProblem};
pub use step::{PlannedStep, Step};
pub use users::{ADMIN, RESCUE, USER, set_password};
