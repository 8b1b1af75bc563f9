//! Signing in and out, and a person's own account.
//!
//! What is deliberately the same for everybody: an address that nobody has, a wrong password and a disabled user get
//! one answer after one amount of work, and a request for a reset link is answered alike whether or not there is
//! somebody to send it to.

mod change_language;
mod change_password;
mod limit;
mod my_sessions;
pub(crate) mod password;
mod request_reset;
mod reset_password;
mod session;
mod sign_in;
mod sign_out;
mod token;
mod visitor;

pub use change_language::change_language;
pub use change_password::change_password;
pub use my_sessions::{end_session, my_sessions};
pub use request_reset::request_reset;
pub(crate) use request_reset::{INVITATION_LIFE, new_link};
pub use reset_password::reset_password;
pub use session::{SignedIn, who};
pub use sign_in::sign_in;
pub use sign_out::sign_out;
pub use token::Token;
pub use visitor::Visitor;

use domain::contact::Language;
use domain::ids::UserId;
use domain::role::Role;

use crate::record::Subject;

/// A session that has just begun. The token goes into the person's cookie and nowhere else.
#[derive(Debug)]
pub struct NewSession {
    pub token: Token,
    pub role: Role,
    pub language: Language,
}

/// What the audit calls a user.
pub(crate) fn subject(user: UserId) -> Subject {
    Subject { kind: "user", id: user.0 }
}
