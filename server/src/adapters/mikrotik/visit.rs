//! One visit to a router: rounds of reading and changing until what is read is what is wanted.

use std::collections::{BTreeMap, BTreeSet};

use domain::network::{
    Action, Because, Dialect, Menu, Observation, Observed, Outcome, RouterIdentity, RouterMode, diff, diff_profiles,
    profiles,
};
use domain::service::TechnicalState;
use futures::StreamExt;
use routeros::Client;
use workflows::ports::{Exchange, Reconciled, RouterAccess, ServiceResult, Subject, Transcript};

use super::act::{self, End};
use super::read::{self, Scope};
use super::{MikroTik, answers, connections, identity};

/// Changes are made at most so often before it is said that the router does not do as it is told.
const ROUNDS: usize = 3;

pub struct Visit<'a> {
    adapter: &'a MikroTik,
    router: &'a RouterAccess,
    client: Client,
    identity: RouterIdentity,
    dialect: Dialect,
    scope: Scope,
    may_reconnect: bool,
    services: Vec<Progress<'a>>,
}

/// How far one service is.
struct Progress<'a> {
    subject: &'a Subject,
    /// From the newest reading; none once something was changed after it.
    observation: Option<Observation>,
    stage: Stage,
}

enum Stage {
    /// To be compared with what is read next; why the last change did not get through, if one did not.
    Open(Option<Because>),
    /// Ended, but for being read once more.
    Over(Outcome),
}

/// Customers' changes, and the profiles that must be there before.
#[derive(Default)]
struct Plan {
    profiles: BTreeMap<String, Action>,
    /// By position among the services.
    services: Vec<(usize, Vec<Action>)>,
}

/// Notes for each of several services what is said for all of them.
struct ForAll(Vec<Transcript>);

impl Extend<Exchange> for ForAll {
    fn extend<E: IntoIterator<Item = Exchange>>(&mut self, exchanges: E) {
        for exchange in exchanges {
            self.0.iter_mut().for_each(|said| said.extend([exchange.clone()]));
        }
    }
}

impl<'a> Visit<'a> {
    pub async fn begin(
        adapter: &'a MikroTik,
        router: &'a RouterAccess,
        subjects: &'a [Subject],
    ) -> Result<Self, Because> {
        let client = adapter.connect(router).await?;
        let identity = identity(&client).await?;
        let services = subjects.iter().map(Progress::new).collect();
        let dialect = Dialect::of(&identity.version);
        let scope = Scope::of(subjects);
        Ok(Self { adapter, router, client, identity, dialect, scope, may_reconnect: true, services })
    }

    pub async fn run(mut self) -> Result<Reconciled, Because> {
        let mut observed = self.read().await?;
        for _ in 0..ROUNDS {
            let plan = self.compare(&observed);
            if plan.services.is_empty() {
                return Ok(self.finish());
            }
            if self.router.mode == RouterMode::DryRun {
                self.rehearse(&plan).await;
                return Ok(self.finish());
            }
            self.change(plan).await;
            match self.read().await {
                Ok(read) => observed = read,
                // What was done is unknown: whoever comes next reads first.
                Err(because) => {
                    self.leave_open(&because);
                    return Ok(self.finish());
                }
            }
        }
        let left = self.compare(&observed);
        self.say_not_as_wanted(&left);
        Ok(self.finish())
    }

    /// Reads; after a lost connection, once more over a new one, and then everything.
    async fn read(&mut self) -> Result<Observed, Because> {
        loop {
            let read = read::read(&self.client, self.dialect, &Menu::OF_SERVICES, &self.scope).await;
            let (command, error) = match read {
                Ok(observed) => return Ok(observed),
                Err(failed) => failed,
            };
            if !self.may_reconnect || !answers::must_look_again(&error) {
                return Err(answers::because(Some(&command), &error));
            }
            self.may_reconnect = false;
            self.scope = Scope::All;
            self.client = self.adapter.connect(self.router).await?;
        }
    }

    /// Notes what was read of each service, and what is still to be changed.
    fn compare(&mut self, observed: &Observed) -> Plan {
        let addressing = &self.router.addressing;
        let (profile_actions, profile_refusals) = self.compare_profiles(observed);
        let mut plan = Plan::default();
        for (position, progress) in self.services.iter_mut().enumerate() {
            let wanted = &progress.subject.wanted;
            progress.observation = Some(observed.observe(wanted));
            if !matches!(progress.stage, Stage::Open(_)) {
                continue;
            }
            let profile = wanted.profile().unwrap_or_default();
            let actions = match profile_refusals.get(&profile) {
                Some(because) => Err(because.clone()),
                None => diff(wanted, addressing, observed, self.dialect),
            };
            let profile_action = profile_actions.get(&profile);
            match actions {
                Err(because) => progress.stage = Stage::Over(because.outcome()),
                Ok(actions) if actions.is_empty() && profile_action.is_none() => progress.conclude(),
                Ok(actions) => {
                    plan.profiles.extend(profile_action.map(|action| (profile, action.clone())));
                    plan.services.push((position, actions));
                }
            }
        }
        plan
    }

    fn compare_profiles(&self, observed: &Observed) -> (BTreeMap<String, Action>, BTreeMap<String, Because>) {
        let wanted: Vec<_> = self.services.iter().map(|progress| progress.subject.wanted.clone()).collect();
        let (mut actions, mut refusals) = (BTreeMap::new(), BTreeMap::new());
        for (profile, _) in profiles(&wanted, &self.router.addressing) {
            let name = profile.key().to_owned();
            match diff_profiles(&profile, observed, self.dialect) {
                Ok(action) => actions.extend(action.map(|action| (name, action))),
                Err(because) => _ = refusals.insert(name, because),
            }
        }
        (actions, refusals)
    }

    /// Profiles first. Then customers side by side, as many as the connection carries; each one's changes in order.
    async fn change(&mut self, plan: Plan) {
        let mut profiles = BTreeMap::new();
        for (name, action) in &plan.profiles {
            let mut said = ForAll(self.transcripts_of_profile(&plan, name));
            let end = act::send(&self.client, std::slice::from_ref(action), &mut said).await;
            profiles.insert(name.clone(), end);
        }
        let mut ready = Vec::new();
        for (position, actions) in plan.services {
            let Some(progress) = self.services.get_mut(position) else { continue };
            progress.observation = None;
            let profile = profiles.get(&progress.subject.wanted.profile().unwrap_or_default());
            if profile.is_none_or(|end| progress.note(end)) {
                ready.push((position, actions));
            }
        }
        let (first, last): (Vec<_>, Vec<_>) = ready.iter().map(|(position, actions)| split(*position, actions)).unzip();
        let mut well = self.send(first).await;
        self.end_connections(&ready, &mut well).await;
        self.send(last.into_iter().filter(|(position, _)| well.contains(position)).collect()).await;
    }

    /// Of those whose changes wait for the profile.
    fn transcripts_of_profile(&self, plan: &Plan, profile: &str) -> Vec<Transcript> {
        let waiting = plan.services.iter().filter_map(|(position, _)| self.services.get(*position));
        let of_profile = waiting.filter(|progress| progress.subject.wanted.profile().as_deref() == Some(profile));
        of_profile.map(|progress| progress.subject.said.clone()).collect()
    }

    /// Customers side by side, as many as the connection carries; each one's changes in order. Answers whose went well.
    async fn send(&mut self, changes: Vec<(usize, &[Action])>) -> BTreeSet<usize> {
        let client = &self.client;
        let changes = changes.into_iter().map(|(position, actions)| (position, self.transcript(position), actions));
        let sending = changes.map(|(position, mut said, actions)| async move {
            let end = act::send(client, actions, &mut said).await;
            (position, end)
        });
        // Made before they are waited for: then the whole can go from thread to thread.
        let sending: Vec<_> = sending.collect();
        let sent: Vec<(usize, End)> =
            futures::stream::iter(sending).buffer_unordered(self.adapter.in_flight).collect().await;
        sent.into_iter().filter_map(|(position, end)| self.note(position, &end)).collect()
    }

    fn transcript(&self, position: usize) -> Transcript {
        self.services.get(position).map(|progress| progress.subject.said.clone()).unwrap_or_default()
    }

    /// The position, when the way is free for what comes next.
    fn note(&mut self, position: usize, end: &End) -> Option<usize> {
        self.services.get_mut(position)?.note(end).then_some(position)
    }

    /// What is under way is looked up once for all whose connections must end, after all of them are cut: what was begun
    /// while one was cut and the next was not is found too.
    async fn end_connections(&mut self, changes: &[(usize, Vec<Action>)], well: &mut BTreeSet<usize>) {
        let due: Vec<(usize, BTreeSet<String>)> = changes
            .iter()
            .filter(|(position, _)| well.contains(position))
            .map(|(position, actions)| (*position, connections::addresses(actions)))
            .filter(|(_, addresses)| !addresses.is_empty())
            .collect();
        if due.is_empty() {
            return;
        }
        let all = due.iter().flat_map(|(_, addresses)| addresses.iter().cloned()).collect();
        let found = connections::of(&self.client, &all).await;
        for (position, addresses) in due {
            let mut said = self.transcript(position);
            let end = match &found {
                Ok(found) => {
                    let ids: Vec<String> =
                        addresses.iter().filter_map(|address| found.get(address)).flatten().cloned().collect();
                    let ended = connections::end(&self.client, &ids, &mut said).await;
                    ended.map_or_else(|(command, error)| act::ended(&command, &error), |()| End::Done)
                }
                Err((command, error)) => act::ended(command, error),
            };
            if self.note(position, &end).is_none() {
                well.remove(&position);
            }
        }
    }

    /// A dry run: what would be sent is written down, and nothing is said of the service's state.
    async fn rehearse(&mut self, plan: &Plan) {
        let ended = connections::addresses(plan.services.iter().flat_map(|(_, actions)| actions));
        let found = connections::of(&self.client, &ended).await;
        for (position, actions) in &plan.services {
            let Some(progress) = self.services.get_mut(*position) else { continue };
            let profile = plan.profiles.get(&progress.subject.wanted.profile().unwrap_or_default());
            let all: Vec<Action> = profile.into_iter().chain(actions).cloned().collect();
            let end = match &found {
                Ok(found) => act::rehearse(&self.client, &all, found, &mut progress.subject.said.clone()).await,
                Err((command, error)) => act::ended(command, error),
            };
            if progress.note(&end) {
                progress.stage = Stage::Over(Outcome::Done);
            }
        }
    }

    fn leave_open(&mut self, because: &Because) {
        for progress in &mut self.services {
            if progress.observation.is_none() && matches!(progress.stage, Stage::Open(None)) {
                progress.stage = Stage::Open(Some(because.clone()));
            }
        }
    }

    fn say_not_as_wanted(&mut self, left: &Plan) {
        for (position, _) in &left.services {
            let Some(progress) = self.services.get_mut(*position) else { continue };
            let because = progress.not_as_wanted();
            progress.stage = Stage::Over(because.outcome());
        }
    }

    fn finish(self) -> Reconciled {
        let dry_run = self.router.mode == RouterMode::DryRun;
        self.client.close();
        let services = self.services.into_iter().map(|progress| progress.finish(dry_run)).collect();
        Reconciled { identity: self.identity, services }
    }
}

/// A service by its position, and some of its changes.
type Part<'a> = (usize, &'a [Action]);

/// Up to the last that ends connections, and what comes after: that they have ended.
fn split(position: usize, actions: &[Action]) -> (Part<'_>, Part<'_>) {
    let last = actions.iter().rposition(|action| matches!(action, Action::DropConnections { .. }));
    let (first, rest) = actions.split_at(last.map_or(actions.len(), |last| last + 1));
    ((position, first), (position, rest))
}

impl<'a> Progress<'a> {
    fn new(subject: &'a Subject) -> Self {
        Self { subject, observation: None, stage: Stage::Open(None) }
    }

    /// True when the way is free for what comes next.
    fn note(&mut self, end: &End) -> bool {
        match end {
            End::Done => self.stage = Stage::Open(None),
            End::LookAgain(because) => self.stage = Stage::Open(Some(because.clone())),
            End::Refused(because) => self.stage = Stage::Over(because.clone().outcome()),
        }
        matches!(end, End::Done)
    }

    /// Nothing is left to change: is it also so?
    fn conclude(&mut self) {
        let as_wanted = self.read_state() == Some(self.subject.wanted.provision.state());
        self.stage = Stage::Over(if as_wanted { Outcome::Done } else { self.not_as_wanted().outcome() });
    }

    fn not_as_wanted(&self) -> Because {
        let wanted = self.subject.wanted.provision.state();
        Because::NotAsWanted { wanted, read: self.read_state().unwrap_or(TechnicalState::Unprovisioned) }
    }

    fn read_state(&self) -> Option<TechnicalState> {
        self.observation.as_ref().map(|observation| observation.state)
    }

    fn finish(self, dry_run: bool) -> ServiceResult {
        let outcome = match self.stage {
            Stage::Over(outcome) => outcome,
            Stage::Open(Some(because)) => because.outcome(),
            Stage::Open(None) => Because::NoAnswer.outcome(),
        };
        ServiceResult {
            service: self.subject.wanted.service,
            outcome,
            observation: self.observation.filter(|_| !dry_run),
        }
    }
}
