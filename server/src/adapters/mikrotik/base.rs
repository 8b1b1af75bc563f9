//! What a router needs once: read, compared, written and read again, as for a customer.

use domain::network::{
    Action, BaseObservation, BaseWanted, Because, Dialect, Menu, Observed, Outcome, RouterMode, diff_base,
};
use routeros::Client;
use workflows::ports::{Configured, RouterAccess, Transcript};

use super::act::{self, End};
use super::connections::Connections;
use super::read::{self, Scope};
use super::{MikroTik, answers, identity};

/// As often as for customers.
const ROUNDS: usize = 3;

pub async fn configure(
    adapter: &MikroTik,
    router: &RouterAccess,
    wanted: &BaseWanted,
    said: &Transcript,
) -> Result<Configured, Because> {
    let client = adapter.connect(router).await?;
    let identity = identity(&client).await?;
    let dialect = Dialect::of(&identity.version);
    let said = said.clone();
    let mut visit = Visit { adapter, router, wanted, client, dialect, may_reconnect: true, said, read: None };
    let outcome = visit.run().await?;
    visit.client.close();
    let observation = visit.read.filter(|_| router.mode == RouterMode::Live);
    Ok(Configured { identity, outcome, observation })
}

struct Visit<'a> {
    adapter: &'a MikroTik,
    router: &'a RouterAccess,
    wanted: &'a BaseWanted,
    client: Client,
    dialect: Dialect,
    may_reconnect: bool,
    said: Transcript,
    /// As it was read last; none once something was changed after it.
    read: Option<BaseObservation>,
}

impl Visit<'_> {
    /// The error is the router's as a whole: nothing was read or done.
    async fn run(&mut self) -> Result<Outcome, Because> {
        let mut observed = self.read().await?;
        for _ in 0..ROUNDS {
            self.read = Some(self.wanted.observe(&observed, self.dialect));
            let actions = match diff_base(self.wanted, &observed, self.dialect) {
                Ok(actions) if actions.is_empty() => return Ok(Outcome::Done),
                Ok(actions) => actions,
                Err(because) => return Ok(because.outcome()),
            };
            match self.change(&actions).await {
                End::Done if self.router.mode == RouterMode::DryRun => return Ok(Outcome::Done),
                End::Done | End::LookAgain(_) => {}
                End::Refused(because) => return Ok(because.outcome()),
            }
            match self.read().await {
                Ok(read) => observed = read,
                // What was done is unknown: whoever comes next reads first.
                Err(because) => return Ok(because.outcome()),
            }
        }
        let read = self.wanted.observe(&observed, self.dialect);
        let as_wanted = read.as_wanted;
        self.read = Some(read);
        Ok(if as_wanted { Outcome::Done } else { Because::BaseNotAsWanted.outcome() })
    }

    async fn change(&mut self, actions: &[Action]) -> End {
        self.read = None;
        match self.router.mode {
            RouterMode::DryRun => {
                // Nobody's connections end with it.
                act::rehearse(&self.client, actions, &Connections::new(), &mut self.said).await
            }
            RouterMode::Live => act::send(&self.client, actions, &mut self.said).await,
        }
    }

    async fn read(&mut self) -> Result<Observed, Because> {
        loop {
            let read = read::read(&self.client, self.dialect, &Menu::OF_BASE, &Scope::Base).await;
            let (command, error) = match read {
                Ok(observed) => return Ok(observed),
                Err(failed) => failed,
            };
            if !self.may_reconnect || !answers::must_look_again(&error) {
                return Err(answers::because(Some(&command), &error));
            }
            self.may_reconnect = false;
            self.client = self.adapter.connect(self.router).await?;
        }
    }
}
