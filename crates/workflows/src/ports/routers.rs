//! Routers that obey.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::hotspot::{HotspotWanted, Reading};
use domain::ids::ServiceId;
use domain::network::{
    Action, Addressing, BaseObservation, BaseWanted, Because, Menu, Observation, Observed, Outcome, RouterIdentity,
    RouterMode, ServiceWanted,
};
use secrecy::SecretString;

use super::Answer;

/// Brings routers to hold what is wanted, and reads what they hold.
pub trait Routers: Send + Sync {
    /// Reads the router, changes what differs, and reads again. The error is the router's as a whole: nothing was
    /// done for anybody, and the rest of its work would fare no better.
    fn reconcile<'a>(
        &'a self,
        router: &'a RouterAccess,
        subjects: &'a [Subject],
    ) -> Answer<'a, Result<Reconciled, Because>>;

    /// Reads the router's hotspot, changes what differs, and reads again. The error is the router's as a whole.
    fn look_at_hotspot<'a>(
        &'a self,
        router: &'a RouterAccess,
        wanted: &'a HotspotWanted,
    ) -> Answer<'a, Result<Looked, Because>>;

    /// The same for what the router needs once.
    fn configure<'a>(
        &'a self,
        router: &'a RouterAccess,
        wanted: &'a BaseWanted,
        said: &'a Transcript,
    ) -> Answer<'a, Result<Configured, Because>>;

    /// Reads all that Ramal looks at there, each menu once and whole, but for the address lists: those of services and of
    /// the base are read by themselves. Nothing is changed.
    fn read<'a>(&'a self, router: &'a RouterAccess) -> Answer<'a, Result<RouterReading, Because>>;

    /// Makes these changes: sequences side by side, each in order until something in it fails. On a dry run they are
    /// only written down.
    fn change<'a>(
        &'a self,
        router: &'a RouterAccess,
        changes: &'a [Vec<Action>],
    ) -> Answer<'a, Result<Vec<Changed>, Because>>;

    /// Logs in and asks who it is.
    fn probe<'a>(&'a self, router: &'a RouterAccess) -> Answer<'a, Result<RouterIdentity, Because>>;
}

/// What it takes to reach a router. Printing it does not show the password.
#[derive(Clone, Debug)]
pub struct RouterAccess {
    pub host: String,
    pub port: u16,
    /// SHA-256 of its certificate; `None`: without encryption.
    pub certificate: Option<[u8; 32]>,
    pub username: String,
    pub password: SecretString,
    pub mode: RouterMode,
    pub addressing: Addressing,
}

/// A service to bring to what is wanted.
#[derive(Clone, Debug)]
pub struct Subject {
    pub wanted: ServiceWanted,
    /// The only rows that the router can hold of it, when that is certain; `None`: look at all.
    pub seen: Option<Vec<(Menu, String)>>,
    pub said: Transcript,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Reconciled {
    pub identity: RouterIdentity,
    pub services: Vec<ServiceResult>,
}

#[derive(Clone, Debug)]
pub struct ServiceResult {
    pub service: ServiceId,
    pub outcome: Outcome,
    /// As it was read last; `None` when it was not read after acting, and on a dry run.
    pub observation: Option<Observation>,
}

/// What came of a look at a hotspot.
#[derive(Clone, Debug)]
pub struct Looked {
    pub identity: RouterIdentity,
    /// As it was read first, when nothing was changed yet: who is in, and what was used.
    pub before: Reading,
    /// As it was read last; `None` when it was not read after acting.
    pub after: Option<Reading>,
    /// What could not be done; the first that stood in the way.
    pub problem: Option<Because>,
    /// The files of the login page are there.
    pub page_installed: bool,
    pub exchanges: Vec<Exchange>,
}

/// What came of configuring a router.
#[derive(Clone, Debug)]
pub struct Configured {
    pub identity: RouterIdentity,
    pub outcome: Outcome,
    /// As it was read last; `None` when it was not read after acting, and on a dry run.
    pub observation: Option<BaseObservation>,
}

/// All that was read of a router.
#[derive(Debug)]
pub struct RouterReading {
    pub identity: RouterIdentity,
    /// Where the rows of services can be.
    pub observed: Observed,
    /// Where the rows are that the router needs once.
    pub base: Observed,
}

/// What came of a sequence of changes.
#[derive(Clone, Debug)]
pub struct Changed {
    pub exchanges: Vec<Exchange>,
    /// The error of the one that failed, after which nothing was sent.
    pub outcome: Result<(), Because>,
}

/// A command that changes a router, and its answer. Secrets are masked in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// False on a dry run.
    pub sent: bool,
    pub command: String,
    /// `None` when nobody waited for it any longer, and on a dry run.
    pub answer: Option<String>,
}

/// What is said to a router for one job, from when it is said. Its clones are one transcript: whoever keeps one has all
/// of it, also when the visit is cut short and answers nothing.
#[derive(Clone, Debug, Default)]
pub struct Transcript(Arc<Mutex<Vec<Exchange>>>);

impl Transcript {
    /// So far, in the order in which it was said.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Extend<Exchange> for Transcript {
    fn extend<E: IntoIterator<Item = Exchange>>(&mut self, exchanges: E) {
        self.lock().extend(exchanges);
    }
}
