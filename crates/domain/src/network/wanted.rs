//! What a service should be on its router, as the contract, the plan and the equipment say.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::rows::{Attributes, WantedRow};
use super::tag::Owner;
use super::{CUT_LIST, CUT_PROFILE, CUT_RATE, menu::Menu, profiles};
use crate::contact::Mac;
use crate::ids::ServiceId;
use crate::ip::Ipv6Prefix;
use crate::plan::{Burst, Speed};
use crate::service::TechnicalState;
use crate::words::words;

/// A lease's way to say: from the server's pool.
pub(super) const NO_ADDRESS: &str = "0.0.0.0";

/// One service, recomputed from the database whenever a job runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceWanted {
    pub service: ServiceId,
    pub attachment: Attachment,
    pub provision: Provision,
}

/// How the customer is attached to the router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attachment {
    Pppoe {
        user: String,
        password: Password,
        /// With a MAC, only that equipment may use the credentials.
        caller: Option<Mac>,
        address: Option<IpAddr>,
        /// Of its own; without one it gets what the router's profile gives.
        prefix: Option<Ipv6Prefix>,
    },
    Dhcp {
        mac: Mac,
        address: Option<IpAddr>,
    },
}

/// What the customer is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provision {
    /// Nothing of it may be left on the router.
    Absent,
    Active(Rate),
    /// Soft cut: the notice page and payment.
    Suspended,
    /// Hard cut: no connection.
    Cut,
}

/// How fast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    pub sold: Speed,
    pub burst: Option<Burst>,
}

impl From<Speed> for Rate {
    fn from(sold: Speed) -> Self {
        Self { sold, burst: None }
    }
}

words! {
    /// What holds a customer with a lease of a fixed address to the speed that was sold.
    #[derive(Default)]
    pub enum LimitBy {
        /// The lease itself: the router makes a queue of it while it is bound.
        #[default]
        Lease = "lease",
        /// A simple queue of its own, which is there whether or not the equipment asks for a lease.
        Queue = "queue",
    }
}

/// A secret in the clear, which printing masks, and what stands for it in a tag.
#[derive(Clone, PartialEq, Eq)]
pub struct Password {
    pub plain: String,
    /// Changes whenever the stored password is written; tells nothing of it.
    pub version: String,
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

/// How a router hands out addresses; what is `None` is left to its own configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addressing {
    pub pppoe_local_address: Option<IpAddr>,
    pub pppoe_pool: Option<String>,
    /// Where PPPoE customers get a prefix of version 6 to use behind their own router.
    pub ipv6_pool: Option<String>,
    pub dhcp_server: Option<String>,
    pub limit_by: LimitBy,
}

impl Provision {
    /// The state that the router is to be read to hold.
    pub fn state(self) -> TechnicalState {
        match self {
            Self::Absent => TechnicalState::Unprovisioned,
            Self::Active(_) => TechnicalState::Active,
            Self::Suspended => TechnicalState::Suspended,
            Self::Cut => TechnicalState::Cut,
        }
    }

    pub(super) fn is_cut(self) -> bool {
        matches!(self, Self::Suspended | Self::Cut)
    }
}

impl Attachment {
    /// The menu that the customer's own row is in.
    pub fn menu(&self) -> Menu {
        match self {
            Self::Pppoe { .. } => Menu::Secret,
            Self::Dhcp { .. } => Menu::Lease,
        }
    }

    /// What that row is known by.
    pub fn name(&self) -> &str {
        match self {
            Self::Pppoe { user, .. } => user,
            Self::Dhcp { mac, .. } => mac.as_str(),
        }
    }

    /// The same with a fixed address.
    #[must_use]
    pub fn at(self, fixed: IpAddr) -> Self {
        match self {
            Self::Pppoe { user, password, caller, prefix, .. } => {
                Self::Pppoe { user, password, caller, address: Some(fixed), prefix }
            }
            Self::Dhcp { mac, .. } => Self::Dhcp { mac, address: Some(fixed) },
        }
    }

    pub fn address(&self) -> Option<IpAddr> {
        match self {
            Self::Pppoe { address, .. } | Self::Dhcp { address, .. } => *address,
        }
    }
}

impl ServiceWanted {
    /// The profile that the service needs to be there first.
    pub fn profile(&self) -> Option<String> {
        match (&self.attachment, self.provision) {
            (Attachment::Dhcp { .. }, _) | (_, Provision::Absent) => None,
            (_, Provision::Active(rate)) => Some(profiles::profile_name(rate)),
            (_, Provision::Suspended | Provision::Cut) => Some(CUT_PROFILE.to_owned()),
        }
    }

    /// The names by which the service's own rows are found.
    pub fn names(&self) -> Vec<(Menu, String)> {
        let own = (self.attachment.menu(), self.attachment.name().to_owned());
        match self.attachment {
            Attachment::Pppoe { .. } => vec![own],
            Attachment::Dhcp { .. } => vec![own, (Menu::Queue, self.queue_name())],
        }
    }

    fn queue_name(&self) -> String {
        format!("ramal-{}", self.service)
    }

    /// The customer's own row, unless nothing is to be left.
    pub fn row(&self, addressing: &Addressing) -> Option<WantedRow> {
        let menu = self.attachment.menu();
        let (attributes, secret_version) = match &self.attachment {
            Attachment::Pppoe { user, password, caller, address, prefix } => {
                let prefix = prefix.filter(|_| !self.provision.is_cut());
                let secret = Attributes::from_iter([
                    ("name", user.clone()),
                    ("password", password.plain.clone()),
                    ("service", "pppoe".to_owned()),
                    ("profile", self.profile()?),
                    ("caller-id", caller.as_ref().map(ToString::to_string).unwrap_or_default()),
                    ("remote-address", address.map(|address| address.to_string()).unwrap_or_default()),
                    ("remote-ipv6-prefix", prefix.map(|prefix| prefix.to_string()).unwrap_or_default()),
                    ("disabled", yes_or_no(self.provision == Provision::Cut)),
                ]);
                (secret, Some(password.version.clone()))
            }
            Attachment::Dhcp { mac, address } => (self.lease(mac, *address, addressing)?, None),
        };
        Some(WantedRow { menu, owner: Owner::Service(self.service), attributes, secret_version })
    }

    /// The limit stays in the row through every cut: a lease without it would be faster, not slower. Only where a queue
    /// limits the address, the lease does not: two limits would make two queues of one customer.
    fn lease(&self, mac: &Mac, address: Option<IpAddr>, addressing: &Addressing) -> Option<Attributes> {
        let rate = match self.provision {
            Provision::Absent => return None,
            _ if self.queued_address(addressing).is_some() => String::new(),
            Provision::Active(rate) => profiles::rate_limit(rate),
            Provision::Suspended | Provision::Cut => CUT_RATE.to_owned(),
        };
        let address = address.map_or_else(|| NO_ADDRESS.to_owned(), |address| address.to_string());
        let list = if self.provision.is_cut() { CUT_LIST } else { "" };
        let mut lease = Attributes::from_iter([
            ("mac-address", mac.to_string()),
            ("address", address),
            ("rate-limit", rate),
            ("address-lists", list.to_owned()),
            ("block-access", yes_or_no(self.provision == Provision::Cut)),
            ("disabled", yes_or_no(false)),
        ]);
        if let Some(server) = &addressing.dhcp_server {
            lease.set("server", server);
        }
        Some(lease)
    }

    /// The address that a queue limits, on routers that are set so.
    fn queued_address(&self, addressing: &Addressing) -> Option<IpAddr> {
        match self.attachment {
            Attachment::Dhcp { address, .. } => address.filter(|_| addressing.limit_by == LimitBy::Queue),
            Attachment::Pppoe { .. } => None,
        }
    }

    /// The queue of a fixed address. It is never disabled to cut: that would take the limit away.
    pub fn queue(&self, addressing: &Addressing) -> Option<WantedRow> {
        let address = self.queued_address(addressing)?;
        let (rate, burst) = match self.provision {
            Provision::Absent => return None,
            Provision::Active(rate) => (profiles::upload_first(rate.sold), rate.burst),
            Provision::Suspended | Provision::Cut => (CUT_RATE.to_owned(), None),
        };
        let both = |speed: Option<Speed>| speed.map_or_else(|| "0/0".to_owned(), profiles::upload_first);
        let seconds = burst.map_or(0, |burst| burst.seconds);
        let attributes = Attributes::from_iter([
            ("name", self.queue_name()),
            ("target", format!("{address}/32")),
            ("max-limit", rate),
            ("burst-limit", both(burst.map(|burst| burst.limit))),
            ("burst-threshold", both(burst.map(|burst| burst.threshold))),
            ("burst-time", format!("{seconds}s/{seconds}s")),
            ("disabled", yes_or_no(false)),
        ]);
        let owner = Owner::Service(self.service);
        Some(WantedRow { menu: Menu::Queue, owner, attributes, secret_version: None })
    }

    /// The entry that cuts a fixed address off whatever its session or lease says.
    pub fn cut_entry(&self) -> Option<WantedRow> {
        let address = self.attachment.address().filter(|_| self.provision.is_cut())?;
        let attributes = Attributes::from_iter([
            ("list", CUT_LIST.to_owned()),
            ("address", address.to_string()),
            ("disabled", yes_or_no(false)),
        ]);
        let owner = Owner::Service(self.service);
        Some(WantedRow { menu: Menu::AddressList, owner, attributes, secret_version: None })
    }
}

pub(super) fn yes_or_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}
