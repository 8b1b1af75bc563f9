//! Users: who can sign in, and as what.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Direction, PageNumber};
use crate::contact::Language;
use crate::ids::{CustomerId, UserId};
use crate::role::Role;
use crate::words::words;

words! {
    /// Whether a user can sign in.
    pub enum UserState {
        /// Has not chosen a password yet.
        Invited = "invited",
        Active = "active",
        Disabled = "disabled",
    }
}

words! {
    #[derive(Default)]
    pub enum UserSort {
        #[default]
        Name = "name",
        Email = "email",
        Role = "role",
        Created = "created",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserFilter {
    /// Part of a name or an address.
    pub search: Option<String>,
    pub role: Option<Role>,
    pub state: Option<UserState>,
    pub sort: UserSort,
    pub direction: Direction,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub state: UserState,
    pub created_at: DateTime<Utc>,
    /// When a session of theirs last asked for something; unknown once its session is gone.
    pub seen_at: Option<DateTime<Utc>>,
    /// Whether they sign in with a code beside the password.
    pub second_factor: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDetail {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub state: UserState,
    pub language: Language,
    /// Whose portal it is; only users of the role `customer` have one.
    pub customer: Option<UserCustomer>,
    pub created_at: DateTime<Utc>,
    pub disabled_at: Option<DateTime<Utc>>,
    pub open_sessions: i64,
    pub second_factor: bool,
}

/// How the office is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessSettings {
    /// Staff sign in with a code beside the password.
    pub second_factor_required: bool,
    /// How many of them could not yet.
    pub staff_without: i64,
}

/// A line of the table of who may do what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermitRow {
    /// The permit's name, such as `edit_users`.
    pub verb: String,
    pub roles: Vec<Role>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserCustomer {
    pub id: CustomerId,
    pub reference: String,
    pub name: String,
}

/// The form for a new user, as typed. `customer` is a customer's reference, for the role `customer` only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewUser {
    pub name: String,
    pub email: String,
    pub role: String,
    pub language: String,
    pub customer: String,
}
