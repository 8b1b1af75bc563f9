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
    match role {
        Role::Customer => "/portal",
        Role::Technician => "/field",
        Role::Admin | Role::Noc | Role::Billing | Role::Support => "/office",
    }
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

/// What a session that is not open yet waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wants {
    /// A code of the second factor: the password was right.
    Code,
    /// A second factor, which the provider wants of all staff.
    SecondFactor,
}

/// Where somebody is with their second factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum SecondFactor {
    /// Only with a code does the session open.
    CodeWanted,
    /// `required` by the provider.
    Off {
        required: bool,
    },
    /// A secret was proposed and waits for its first code.
    Proposed {
        proposal: Proposal,
    },
    On {
        recovery_codes_left: i64,
    },
}

/// What somebody puts into their phone, and what they keep in case they lose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// In base32, for typing.
    pub secret: String,
    /// The same with names, as the QR code has it: `otpauth://...`.
    pub uri: String,
    /// Squares along a side of the QR code, and its dark ones as an SVG path.
    pub qr_size: i32,
    pub qr_path: String,
    pub recovery_codes: Vec<String>,
}

/// The form that turns the second factor off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnOff {
    pub current_password: Password,
    pub code: String,
}

/// A person's session.
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
