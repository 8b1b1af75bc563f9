//! Users: who can sign in, and as what.

mod access;
mod change_role;
mod create;
mod detail;
mod disable;
mod invite;
mod last_administrator;
mod list;
mod permits;
mod second_factor;
mod sessions;

pub use access::{access, require_second_factor};
pub use change_role::change_role;
pub use create::create;
pub use detail::detail;
pub(crate) use disable::keep_out;
pub use disable::{disable, enable};
pub use invite::invite;
pub(crate) use invite::send_invitation;
pub use list::list;
pub use permits::permits;
pub use second_factor::reset_second_factor;
pub use sessions::{end_session, end_sessions, sessions};
