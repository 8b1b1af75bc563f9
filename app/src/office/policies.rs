//! Cut-off policies: how long a debt may stand before each step.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod fields;
mod list;
mod new;

pub use detail::PolicyPage;
pub use list::PoliciesPage;
pub use new::NewPolicyPage;
