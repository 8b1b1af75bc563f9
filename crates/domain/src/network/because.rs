//! How work outside the database ended, and why, in words that carry data: worded where they are shown.

use serde::{Deserialize, Serialize};

use super::menu::Menu;
use crate::ids::ServiceId;
use crate::onboarding::Step;
use crate::service::TechnicalState;

/// How one try of a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Later, by itself, until the attempts are used up.
    TryAgain {
        because: Because,
    },
    /// Trying again cannot help: a person sees it, mends the cause and repeats it.
    GiveUp {
        because: Because,
    },
}

/// Why something was not done. `words` are the device's own, kept as they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Because {
    /// No connection, or none in time.
    Unreachable {
        words: String,
    },
    LoginRefused {
        words: String,
    },
    /// Connected, but what answers does not speak the router's protocol.
    NotARouter {
        words: String,
    },
    /// The connection was lost on the way; what was done until then is read the next time.
    ConnectionLost {
        words: String,
    },
    /// A command was not answered in time.
    NoAnswer,
    /// The router refused a command; `for_good` when the same command will be refused again.
    Refused {
        command: String,
        words: String,
        for_good: bool,
    },
    /// The router does not let its user run a command: the user's group lacks one of these of the router's policies.
    NotPermitted {
        command: String,
        policies: Vec<String>,
    },
    /// A row of this name is there that is not ours.
    Foreign {
        menu: Menu,
        name: String,
    },
    /// A row of this name is there for another service of ours.
    HeldByService {
        menu: Menu,
        name: String,
        service: ServiceId,
    },
    /// Everything was accepted, and yet the router was read to hold something else.
    NotAsWanted {
        wanted: TechnicalState,
        read: TechnicalState,
    },
    /// The router has no hotspot server of this name.
    NoHotspotServer {
        server: String,
    },
    /// A row of a hotspot menu has a name that is needed, and is not ours.
    ForeignInHotspot {
        path: String,
        name: String,
    },
    /// Everything was accepted, and yet so many rows of the hotspot were read to be otherwise.
    HotspotNotAsWanted {
        rows: usize,
    },
    /// Everything was accepted, and yet what the router needs once was not read there.
    BaseNotAsWanted,
    /// The contract has no line with a speed, so that nobody knows what to give.
    NoSpeed,
    /// A stored secret cannot be opened with the present key.
    SecretUnreadable,
    /// The record that the job is about is gone.
    SubjectGone,
    /// The worker stopped on the way. Nothing is lost: the next one reads first.
    WorkerLost,
    /// Ours: it is in the log under this number. Nothing is lost: the next try reads first.
    Incident {
        number: String,
    },
    /// A newer job of the same subject does it.
    Superseded,
    /// A person took it off the queue.
    CancelledByPerson,
    /// The router's device mode forbids what is needed, and only somebody beside it can change that.
    DeviceMode {
        forbidden: Vec<String>,
    },
    /// Everything was accepted, and yet this step's settings were read to be otherwise.
    NotConfigured {
        step: Step,
    },
    /// These DHCP servers have a script that is somebody else's: it stays.
    ForeignScript {
        servers: Vec<String>,
    },
    /// The router has no DHCP server.
    NoDhcpServer,
    /// A router of the inventory has this name already.
    NameTaken {
        name: String,
    },
    /// Whoever delivers messages did not take one; `for_good` when they will not take it later either.
    #[serde(alias = "mail_refused")]
    MessageRefused {
        words: String,
        for_good: bool,
    },
    /// The card gateway did not do what it was asked; `for_good` when it will not do it later either.
    GatewayRefused {
        words: String,
        for_good: bool,
    },
    /// More of a card payment is denied or given back than is left of it.
    PaymentHasRefunds,
    /// Another worker talks to the router.
    RouterBusy,
}

impl Because {
    /// Whether waiting can help, or a person must mend something first.
    pub fn outcome(self) -> Outcome {
        let for_good = match &self {
            Self::Refused { for_good, .. }
            | Self::MessageRefused { for_good, .. }
            | Self::GatewayRefused { for_good, .. } => *for_good,
            Self::NotPermitted { .. }
            | Self::Foreign { .. }
            | Self::NoSpeed
            | Self::SecretUnreadable
            | Self::DeviceMode { .. }
            | Self::NameTaken { .. }
            | Self::ForeignScript { .. }
            | Self::NoDhcpServer
            | Self::SubjectGone
            | Self::PaymentHasRefunds
            | Self::NotARouter { .. } => true,
            Self::Unreachable { .. }
            | Self::LoginRefused { .. }
            | Self::ConnectionLost { .. }
            | Self::NoAnswer
            | Self::RouterBusy
            | Self::HeldByService { .. }
            | Self::NotAsWanted { .. }
            | Self::NoHotspotServer { .. }
            | Self::ForeignInHotspot { .. }
            | Self::HotspotNotAsWanted { .. }
            | Self::BaseNotAsWanted
            | Self::NotConfigured { .. }
            | Self::WorkerLost
            | Self::Incident { .. }
            | Self::Superseded
            | Self::CancelledByPerson => false,
        };
        if for_good { Outcome::GiveUp { because: self } } else { Outcome::TryAgain { because: self } }
    }
}
