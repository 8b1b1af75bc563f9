//! Users: who can sign in, and as what.

mod change_role;
mod create;
mod detail;
mod disable;
mod invite;
mod last_administrator;
mod list;

pub use change_role::change_role;
pub use create::create;
pub use detail::detail;
pub use disable::{disable, enable};
pub use invite::invite;
pub use list::list;
