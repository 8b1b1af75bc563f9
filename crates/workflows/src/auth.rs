//! Signing in and out, and a person's own account.
//!
//! Who has a second factor is asked for a code after the password; until it is right, the session is [`Pending`] and opens
//! nothing. So is that of staff who should have one and have not.
//!
//! What is deliberately the same for everybody: an address that nobody has, a wrong password and a disabled user get
//! one answer after one amount of work, and a request for a reset link is answered alike whether or not there is
//! somebody to send it to.

mod change_language;
mod change_password;
mod come_in;
mod limit;
mod my_sessions;
mod own_password;
pub(crate) mod password;
mod request_reset;
mod reset_password;
mod second_factor;
mod session;
mod sign_in;
mod sign_out;
mod token;
mod totp;
mod visitor;

pub use change_language::change_language;
pub use change_password::change_password;
pub use come_in::come_in;
pub(crate) use limit::count_mail;
pub(crate) use my_sessions::{end, rows};
pub use my_sessions::{end_other_sessions, end_session, my_sessions};
pub use request_reset::request_reset;
pub(crate) use request_reset::{INVITATION_LIFE, new_link};
pub use reset_password::reset_password;
pub use second_factor::{
    confirm_second_factor, enter_code, propose_second_factor, second_factor, turn_off_second_factor,
};
pub(crate) use session::for_mail;
pub use session::{Pending, SignedIn, Who, who};
pub use sign_in::sign_in;
pub use sign_out::sign_out;
pub use token::Token;
pub use totp::Secret;
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
    /// It opens nothing before a code of the second factor.
    pub waits_for_code: bool,
}

/// What the audit calls a user.
pub(crate) fn subject(user: UserId) -> Subject {
    Subject { kind: "user", id: user.0 }
}
