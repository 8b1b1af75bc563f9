//! A whole router beside what it should hold: what is missing, what differs, what nobody wants any more, and what
//! belongs to others.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::base::{BaseWanted, diff_base};
use super::diff::{Action, diff, remove_row};
use super::menu::{Dialect, Menu};
use super::observed::Observed;
use super::profiles::{self, diff_profiles};
use super::rows::{Attributes, Row, WantedRow};
use super::tag::Owner;
use super::wanted::{Addressing, ServiceWanted};
use super::{Because, CUT_PROFILE};
use crate::ids::ServiceId;
use crate::words::words;

words! {
    /// How a row is not as it should be.
    pub enum Verdict {
        /// A service's row that is not there.
        Missing = "missing",
        /// One of ours that holds something else than it should, or whose live session runs by an older state.
        Different = "different",
        /// One that carries our tag, and that nobody wants here any more.
        Orphaned = "orphaned",
        /// One that somebody else made; it is told and never touched.
        Foreign = "foreign",
        /// A service that cannot be brought to what it should be before a person mends something.
        Refused = "refused",
    }
}

words! {
    /// What a scan does about what it finds.
    #[derive(Default)]
    pub enum ScanEffect {
        /// Nothing.
        #[default]
        Look = "look",
        /// Mends what is ours, unless what nobody wants any more is suspiciously much.
        Mend = "mend",
        /// Mends all that is ours: somebody looked at it.
        MendAll = "mend_all",
    }
}

/// How the network is looked after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkSettings {
    /// From this hour of the day all routers are scanned; `None`: only by hand.
    pub scan_hour: Option<u32>,
    /// What a scan by the clock does.
    pub scan_effect: ScanEffect,
    /// How long finished jobs and scans are kept.
    pub keep_days: i32,
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    pub menu: Menu,
    /// What the row is known by.
    pub name: String,
    /// The router's `.id`; `None` for what is missing.
    pub row: Option<String>,
    /// Whose it should be, or what its tag says.
    pub service: Option<ServiceId>,
    pub differences: Vec<Difference>,
    /// As it was read, without secrets.
    pub attributes: BTreeMap<String, String>,
    pub because: Option<Because>,
}

impl Finding {
    /// Whether the row is one of those that the router needs once: in their menus, all others of ours are some service's.
    pub fn is_of_base(&self) -> bool {
        self.verdict != Verdict::Foreign && self.service.is_none() && Menu::OF_BASE.contains(&self.menu)
    }
}

/// An attribute that is not as it should be. Secrets are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub attribute: String,
    pub wanted: String,
    pub read: String,
}

/// What a router was found to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    pub findings: Vec<Finding>,
    /// Rows that were read.
    pub rows: usize,
    /// Those of services that carry our tag.
    pub tagged: usize,
    /// Services whose rows and sessions are all as they should be.
    pub agreeing: Vec<ServiceId>,
}

/// So few rows that nobody wants are removed without asking, however few there are in all.
const FEW_ORPHANS: usize = 10;
/// Past this part of all tagged rows, something else is wrong: another database, a restored backup.
const ORPHANS_PERCENT: usize = 10;

impl Comparison {
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }

    /// Whether so many of our rows are wanted by nobody that a person must look before they go. What the router needs once
    /// is the same for all routers, and tells nothing of that.
    pub fn has_suspiciously_many_orphans(&self) -> bool {
        let orphaned = |finding: &&Finding| finding.verdict == Verdict::Orphaned && !finding.is_of_base();
        let orphans = self.findings.iter().filter(orphaned).count();
        orphans > FEW_ORPHANS && orphans * 100 > self.tagged * ORPHANS_PERCENT
    }

    /// Compares what the router needs once, too. `observed`: what was read of that.
    #[must_use]
    pub fn with_base(mut self, wanted: &BaseWanted, observed: &Observed, dialect: Dialect) -> Self {
        self.rows += observed.len();
        self.findings.extend(of_base(wanted, observed, dialect));
        self
    }
}

/// Compares all that was read with all services of the router. `refused`: services for which nobody can say what they
/// should be; their rows are nobody's orphans.
pub fn compare(
    services: &[ServiceWanted],
    refused: &[(ServiceId, Because)],
    addressing: &Addressing,
    observed: &Observed,
    dialect: Dialect,
) -> Comparison {
    let mut comparison = Comparison { rows: observed.len(), tagged: observed.tagged(), ..Comparison::default() };
    let profiles = profiles::profiles(services, addressing);
    let of_profiles = of_profiles(&profiles, observed, dialect);
    let wrong: BTreeSet<&str> = of_profiles.iter().map(|finding| finding.name.as_str()).collect();
    for wanted in services {
        let findings = of_service(wanted, addressing, observed, dialect);
        if findings.is_empty() && !uses_any(wanted, &wrong) {
            comparison.agreeing.push(wanted.service);
        }
        comparison.findings.extend(findings);
    }
    comparison.findings.extend(refused.iter().map(|(service, because)| refusal(Some(*service), None, because)));
    comparison.findings.extend(of_profiles);
    let known: HashSet<ServiceId> =
        services.iter().map(|wanted| wanted.service).chain(refused.iter().map(|(service, _)| *service)).collect();
    for (row, owner) in observed.all() {
        comparison.findings.extend(nobodys(row, owner, &known, &profiles, observed));
    }
    comparison
}

fn of_service(wanted: &ServiceWanted, addressing: &Addressing, observed: &Observed, dialect: Dialect) -> Vec<Finding> {
    let actions = match diff(wanted, addressing, observed, dialect) {
        Ok(actions) => actions,
        Err(because) => return vec![refusal(Some(wanted.service), Some(wanted), &because)],
    };
    // As nearly all do.
    if actions.is_empty() {
        return Vec::new();
    }
    let removed: BTreeSet<(Menu, &str)> = actions
        .iter()
        .filter_map(|action| match action {
            Action::Remove { menu, id } => Some((*menu, id.as_str())),
            _ => None,
        })
        .collect();
    let mut findings: Vec<Finding> = Vec::new();
    for action in &actions {
        let of_action = match action {
            Action::Add { menu, attributes, .. } => Some(missing(*menu, attributes)),
            Action::Set { menu, id, .. } if removed.contains(&(*menu, id.as_str())) => None,
            Action::Set { menu, id, attributes, unset } => {
                observed.row(*menu, id).and_then(|row| different(row, attributes, unset))
            }
            // What a router made by itself makes way, and is nothing to tell.
            Action::Remove { menu, id } => {
                let row = observed.row(*menu, id).filter(|row| !row.is_dynamic());
                row.map(|row| of_row(Verdict::Orphaned, row))
            }
            Action::Move { .. } | Action::DropSessions { .. } | Action::DropConnections { .. } => None,
        };
        findings.extend(of_action.map(|finding| Finding { service: Some(wanted.service), ..finding }));
    }
    let drops = actions.iter().any(|action| matches!(action, Action::DropSessions { .. }));
    if findings.is_empty() && drops {
        findings.extend(stale_sessions(wanted, observed));
    }
    findings
}

fn missing(menu: Menu, attributes: &Attributes) -> Finding {
    let wanted = attributes.iter().filter(|(name, _)| *name != "comment");
    let differences = wanted.map(|(name, value)| difference(name, value, "")).collect();
    Finding {
        verdict: Verdict::Missing,
        menu,
        name: attributes.get(menu.key()).to_owned(),
        row: None,
        service: None,
        differences,
        attributes: BTreeMap::new(),
        because: None,
    }
}

/// A tag alone is no difference for anybody but us: it is written with the next change.
fn different(row: &Row, attributes: &Attributes, unset: &[String]) -> Option<Finding> {
    let set = attributes.iter().filter(|(name, _)| *name != "comment");
    let set = set.map(|(name, value)| difference(name, value, row.attributes.get(name)));
    let unset = unset.iter().map(|name| difference(name, "", row.attributes.get(name)));
    let differences: Vec<Difference> = set.chain(unset).collect();
    (!differences.is_empty()).then(|| Finding { differences, ..of_row(Verdict::Different, row) })
}

fn stale_sessions(wanted: &ServiceWanted, observed: &Observed) -> Vec<Finding> {
    let sessions = observed.sessions(wanted);
    sessions
        .into_iter()
        .map(|row| Finding { service: Some(wanted.service), ..of_row(Verdict::Different, row) })
        .collect()
}

fn of_row(verdict: Verdict, row: &Row) -> Finding {
    Finding {
        verdict,
        menu: row.menu,
        name: row.key().to_owned(),
        row: Some(row.id.clone()),
        service: None,
        differences: Vec::new(),
        attributes: shown(row),
        because: None,
    }
}

fn refusal(service: Option<ServiceId>, wanted: Option<&ServiceWanted>, because: &Because) -> Finding {
    let (menu, name) = match (because, wanted) {
        (Because::Foreign { menu, name } | Because::HeldByService { menu, name, .. }, _) => (*menu, name.clone()),
        (_, Some(wanted)) => (wanted.attachment.menu(), wanted.attachment.name().to_owned()),
        (_, None) => (Menu::Secret, String::new()),
    };
    Finding {
        verdict: Verdict::Refused,
        menu,
        name,
        row: None,
        service,
        differences: Vec::new(),
        attributes: BTreeMap::new(),
        because: Some(because.clone()),
    }
}

/// A profile that is missing is added with the first service that needs it; one that differs is told, and one that became
/// somebody else's. Any service that uses it brings it back.
fn of_profiles(profiles: &[(WantedRow, ServiceId)], observed: &Observed, dialect: Dialect) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (profile, user) in profiles {
        let found = match diff_profiles(profile, observed, dialect) {
            Ok(Some(Action::Set { menu, id, attributes, unset })) => {
                observed.row(menu, &id).and_then(|row| different(row, &attributes, &unset))
            }
            Ok(_) => None,
            Err(because) => Some(refusal(None, None, &because)),
        };
        findings.extend(found.map(|finding| Finding { service: Some(*user), ..finding }));
    }
    findings
}

/// A customer is as fast as the profile says, whatever the own row is. Nearly always all profiles are right.
fn uses_any(wanted: &ServiceWanted, wrong: &BTreeSet<&str>) -> bool {
    !wrong.is_empty() && wanted.profile().is_some_and(|profile| wrong.contains(profile.as_str()))
}

/// A row that no service of this router accounts for.
fn nobodys(
    row: &Row,
    owner: Option<&Owner>,
    known: &HashSet<ServiceId>,
    profiles: &[(WantedRow, ServiceId)],
    observed: &Observed,
) -> Option<Finding> {
    match owner {
        Some(Owner::Service(service)) if known.contains(service) => None,
        Some(Owner::Service(service)) => Some(Finding { service: Some(*service), ..of_row(Verdict::Orphaned, row) }),
        Some(Owner::Speed(_)) => {
            let used = profiles.iter().any(|(profile, _)| profile.key() == row.key())
                || row.key() == CUT_PROFILE
                || observed.uses_profile(row.key());
            (!used).then(|| of_row(Verdict::Orphaned, row))
        }
        // Compared in their order, by themselves: see `of_base`.
        Some(Owner::Base(_)) => None,
        None if row.menu.is_adoptable() && !row.is_dynamic() => Some(of_row(Verdict::Foreign, row)),
        None => None,
    }
}

/// Without it nobody is cut, whatever their own rows say.
fn of_base(wanted: &BaseWanted, observed: &Observed, dialect: Dialect) -> Vec<Finding> {
    let actions = match diff_base(wanted, observed, dialect) {
        Ok(actions) => actions,
        Err(because) => return vec![refusal(None, None, &because)],
    };
    let found = actions.iter().filter_map(|action| match action {
        Action::Add { menu, attributes, .. } => Some(missing(*menu, attributes)),
        Action::Set { menu, id, attributes, unset } => different(observed.row(*menu, id)?, attributes, unset),
        Action::Move { menu, id, before } => Some(misplaced(observed.row(*menu, id)?, before.as_deref())),
        Action::Remove { menu, id } => Some(of_row(Verdict::Orphaned, observed.row(*menu, id)?)),
        Action::DropSessions { .. } | Action::DropConnections { .. } => None,
    });
    found.collect()
}

/// In a firewall the first rule that matches decides: at another place it says something else.
fn misplaced(row: &Row, before: Option<&str>) -> Finding {
    let differences = vec![difference("place-before", before.unwrap_or_default(), "")];
    Finding { differences, ..of_row(Verdict::Different, row) }
}

/// What takes a row away that carries our tag and belongs to no service that the database knows.
pub fn removal_of(row: &Row) -> Vec<Action> {
    if row.tag().is_some() { remove_row(row) } else { Vec::new() }
}

/// What the next job changes in a row that becomes ours as it is. Its password is another matter: it is taken over.
pub fn changes_of(wanted: &ServiceWanted, addressing: &Addressing, row: &Row, dialect: Dialect) -> Vec<Difference> {
    let wanted = match row.menu {
        Menu::Queue => wanted.queue(addressing),
        _ => wanted.row(addressing),
    };
    let Some(wanted) = wanted else { return Vec::new() };
    let differing = wanted.differing(row, dialect);
    let differing = differing.iter().filter(|(name, _)| *name != "password");
    differing.map(|(name, value)| difference(name, value, row.attributes.get(name))).collect()
}

fn difference(name: &str, wanted: &str, read: &str) -> Difference {
    let masked = |value: &str| if name == "password" && !value.is_empty() { "***" } else { value }.to_owned();
    Difference { attribute: name.to_owned(), wanted: masked(wanted), read: masked(read) }
}

/// A row without its secrets and its `.id`.
pub fn shown(row: &Row) -> BTreeMap<String, String> {
    let shown = row.attributes.iter().filter(|(name, _)| !matches!(*name, "password" | ".id"));
    shown.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
