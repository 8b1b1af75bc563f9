//! A person's own account: who is signed in, and from where.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contact::Language;
use crate::password::Password;
use crate::role::Role;

/// Who looks at the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub language: Language,
    /// What the role may do, by the permits' names: for leaving out what would be refused. It guards nothing.
    pub may: Vec<String>,
}

impl Viewer {
    pub fn may(&self, verb: &str) -> bool {
        self.may.iter().any(|name| name == verb)
    }

    /// The page that this person starts from.
    pub fn home(&self) -> &'static str {
        home_of(self.role)
    }
}

/// The page that people of a role start from.
pub fn home_of(role: Role) -> &'static str {
    if role.is_staff() { "/office" } else { "/portal" }
}

/// The sign-in form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    pub email: String,
    pub password: Password,
}

/// The form behind a reset link. (What is called `...password` or `token` in a form is never sent back to it.) `token` came with the link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetPassword {
    pub token: String,
    pub password: Password,
    pub repeated_password: Password,
}

/// The form of somebody who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    pub current_password: Password,
    pub password: Password,
    pub repeated_password: Password,
}

/// One of a person's own sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Names the session and does not open it.
    pub key: String,
    pub began_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    /// The network address that it was begun from.
    pub address: String,
    /// What the browser says it is.
    pub user_agent: String,
    /// The one that asks.
    pub current: bool,
}
