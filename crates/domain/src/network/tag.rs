//! The comment by which a row is known to be ours: `ramal:<kind>:<id>:<hash>`, and nothing personal in it.

use std::fmt;

use super::menu::Menu;
use crate::ids::ServiceId;

/// The kind of rows that belong to the router itself, in whatever menu.
const BASE: &str = "base";

/// Whom a row is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    Service(ServiceId),
    /// A profile is shared by all services of one speed; this is its name without the prefix.
    Speed(String),
    /// What a router needs once, whoever its customers are; by its name in `network::base`.
    Base(String),
}

/// A tag as it stands in a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub menu: Menu,
    pub owner: Owner,
    /// Of the wanted attributes: tells a change of what a router does not show, such as a password.
    pub hash: String,
    /// `:drop` at its end: the row was changed, and the session that runs by its old content is still to be dropped.
    /// It is written with the change, so that whoever comes after a crash knows.
    pub drop_session: bool,
}

impl Tag {
    /// The tag in a comment, if it is one of ours in this menu.
    pub fn parse(menu: Menu, comment: &str) -> Option<Self> {
        let mut parts = comment.strip_prefix("ramal:")?.split(':');
        let (kind, id, hash) = (parts.next()?, parts.next()?, parts.next()?);
        let drop_session = match (parts.next(), parts.next()) {
            (None, _) => false,
            (Some("drop"), None) => true,
            _ => return None,
        };
        let owner = match menu {
            _ if kind == BASE => Owner::Base(id.to_owned()),
            _ if kind != menu.tag_kind() => return None,
            Menu::Profile => Owner::Speed(id.to_owned()),
            _ => Owner::Service(id.parse().ok()?),
        };
        Some(Self { menu, owner, hash: hash.to_owned(), drop_session })
    }

    /// The same row while its session is still to be dropped.
    pub fn dropping(&self) -> Self {
        Self { drop_session: true, ..self.clone() }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.menu.tag_kind();
        match &self.owner {
            Owner::Service(service) => write!(formatter, "ramal:{kind}:{service}:{}", self.hash)?,
            Owner::Speed(speed) => write!(formatter, "ramal:{kind}:{speed}:{}", self.hash)?,
            Owner::Base(name) => write!(formatter, "ramal:{BASE}:{name}:{}", self.hash)?,
        }
        formatter.write_str(if self.drop_session { ":drop" } else { "" })
    }
}
