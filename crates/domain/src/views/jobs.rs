//! Work outside the database, as the office sees it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Direction, PageNumber};
use crate::ids::{
    AdoptionId, ContractId, CustomerId, HotspotId, JobId, MessageId, OnboardingId, RouterId, ScanId, ServiceId,
};
use crate::network::Because;
use crate::words::words;

words! {
    pub enum JobKind {
        Provision = "provision",
        Message = "message",
        /// A look at a hotspot.
        Hotspot = "hotspot",
        /// What a router needs once.
        Base = "base",
        Scan = "scan_network",
        Onboard = "onboard",
        LeaseScript = "lease_script",
        /// A router is read whole.
        Drift = "scan",
        /// Rows of another system at a router become ours.
        Adopt = "adopt",
        /// Something at the card gateway.
        Gateway = "gateway",
        /// What the next night will do is counted.
        Preview = "preview",
    }
}

words! {
    /// What is to be done at the card gateway.
    pub enum GatewayWork {
        /// Doing what an event tells.
        Event = "event",
        /// Asking how a payment stands, or charging a saved card.
        Payment = "payment",
        Refund = "refund",
    }
}

words! {
    pub enum JobState {
        Waiting = "waiting",
        Running = "running",
        Done = "done",
        /// Out of attempts, or beyond help by waiting: a person can repeat it.
        GivenUp = "given_up",
        Cancelled = "cancelled",
    }
}

words! {
    #[derive(Default)]
    pub enum JobSort {
        /// Newest first.
        #[default]
        Newest = "newest",
        /// By when it is due.
        Due = "due",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JobFilter {
    /// Part of a contract's code, a customer's name or a mail's address.
    pub search: Option<String>,
    pub state: Option<JobState>,
    /// Only those that were given up and that no newer one of the same subject took up: a person must look.
    pub unresolved: bool,
    pub kind: Option<JobKind>,
    pub router: Option<RouterId>,
    pub sort: JobSort,
    pub direction: Direction,
    pub page: PageNumber,
}

/// What a job is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobSubject {
    Service {
        service: ServiceId,
        contract: ContractId,
        contract_code: String,
        customer: CustomerId,
        customer_name: String,
        router: RouterId,
        router_name: String,
    },
    Router {
        router: RouterId,
        router_name: String,
    },
    Message {
        message: MessageId,
        to: String,
        /// Empty for what rings.
        subject: String,
    },
    Hotspot {
        hotspot: HotspotId,
        name: String,
        router: RouterId,
        router_name: String,
    },
    Scan {
        range: String,
    },
    Onboard {
        onboarding: OnboardingId,
        host: String,
    },
    /// A router is read whole.
    Drift {
        scan: ScanId,
        router: RouterId,
        router_name: String,
    },
    /// Rows of another system at a router become ours.
    Adopt {
        adoption: AdoptionId,
        router: RouterId,
        router_name: String,
    },
    LeaseScript {
        router: RouterId,
        router_name: String,
    },
    Gateway {
        customer: Option<Choice<CustomerId>>,
        work: GatewayWork,
    },
    /// What the next night will do is counted.
    Preview,
}

impl JobSubject {
    /// Whose job it is, or where it is done; empty where that says nothing.
    pub fn whose(&self) -> &str {
        match self {
            Self::Service { customer_name, .. } => customer_name,
            Self::Message { subject, to, .. } if subject.is_empty() => to,
            Self::Message { subject, .. } => subject,
            Self::Hotspot { name, .. } => name,
            Self::Router { router_name, .. }
            | Self::Drift { router_name, .. }
            | Self::Adopt { router_name, .. }
            | Self::LeaseScript { router_name, .. } => router_name,
            Self::Scan { range } => range,
            Self::Onboard { host, .. } => host,
            Self::Gateway { customer, .. } => customer.as_ref().map_or("", |one| one.name.as_str()),
            Self::Preview => "",
        }
    }

    /// Whether a person may take its waiting job off the queue: yes where its own page then says so, and where it can be
    /// asked for again.
    pub fn can_be_cancelled(&self) -> bool {
        match self {
            // A payment would wait for ever, and whoever keeps the network does not decide about money.
            Self::Gateway { .. } => false,
            // A watch goes on by itself: without it nobody whose time is over would be put out any more.
            Self::Hotspot { .. } => false,
            Self::Service { .. }
            | Self::Router { .. }
            | Self::Message { .. }
            | Self::Scan { .. }
            | Self::Onboard { .. }
            | Self::Drift { .. }
            | Self::Adopt { .. }
            | Self::LeaseScript { .. }
            | Self::Preview => true,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRow {
    pub id: JobId,
    pub subject: JobSubject,
    pub state: JobState,
    pub attempts: i32,
    pub max_attempts: i32,
    /// When it is due, or was.
    pub run_at: DateTime<Utc>,
    /// Why its last try did not do it.
    pub because: Option<Because>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobDetail {
    pub job: JobRow,
    /// In the order in which they were sent.
    pub exchanges: Vec<JobExchange>,
}

/// A command and its answer, secrets masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobExchange {
    pub at: DateTime<Utc>,
    /// False on a dry run: it would have been sent.
    pub sent: bool,
    pub command: String,
    pub answer: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_money_and_what_watches_by_itself_is_taken_off_the_queue_by_nobody() {
        let hotspot = JobSubject::Hotspot {
            hotspot: HotspotId(1),
            name: "Plaza".to_owned(),
            router: RouterId(1),
            router_name: "R1".to_owned(),
        };
        let message = JobSubject::Message { message: MessageId(1), to: "ana".to_owned(), subject: String::new() };
        for (subject, expected) in [
            (JobSubject::Gateway { customer: None, work: GatewayWork::Payment }, false),
            (JobSubject::Gateway { customer: None, work: GatewayWork::Event }, false),
            (hotspot, false),
            (message, true),
            (JobSubject::Router { router: RouterId(1), router_name: "R1".to_owned() }, true),
            (JobSubject::Preview, true),
        ] {
            assert_eq!(subject.can_be_cancelled(), expected, "{subject:?}");
        }
    }
}
