//! How a contract's service reaches the network, as somebody sets it. What a device holds is another matter.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::contact::Mac;
use crate::ids::RouterId;
use crate::ip::Ipv6Prefix;
use crate::service::Access;

/// The settings of a service without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceSettings {
    pub router: RouterId,
    #[serde(flatten)]
    pub login: Login,
    /// A fixed address; `None`: from the router's pool.
    pub ip: Option<IpAddr>,
    /// For PPPoE: a prefix of version 6 of its own.
    pub ipv6_prefix: Option<Ipv6Prefix>,
    pub onu_serial: Option<String>,
}

/// What the customer's equipment is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "access", rename_all = "snake_case")]
pub enum Login {
    /// The secret is stored encrypted and apart. With a MAC, only that equipment may use it.
    Pppoe {
        user: String,
        mac: Option<Mac>,
    },
    Dhcp {
        mac: Mac,
    },
}

impl Login {
    pub fn access(&self) -> Access {
        match self {
            Self::Pppoe { .. } => Access::Pppoe,
            Self::Dhcp { .. } => Access::Dhcp,
        }
    }

    pub fn user(&self) -> Option<&str> {
        match self {
            Self::Pppoe { user, .. } => Some(user),
            Self::Dhcp { .. } => None,
        }
    }

    pub fn mac(&self) -> Option<&Mac> {
        match self {
            Self::Pppoe { mac, .. } => mac.as_ref(),
            Self::Dhcp { mac } => Some(mac),
        }
    }
}
