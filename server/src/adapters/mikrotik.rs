//! MikroTik routers, over the RouterOS API.
//!
//! Read, compare, change, read again, until there is nothing left to change: a lost reply is answered by reading, and
//! never by sending the same again. One connection per visit; customers side by side, each customer's changes in order.

mod act;
mod answers;
mod base;
mod commands;
mod connections;
mod console;
mod hotspot;
mod read;
mod visit;

use std::time::Duration;

use domain::hotspot::HotspotWanted;
use domain::network::{Action, BaseWanted, Because, Dialect, Menu, RouterIdentity, RouterMode};
use futures::StreamExt;
use routeros::{Client, Command, Options, Tls};
use workflows::ports::{
    Answer, Changed, Configured, Exchange, Looked, Reconciled, RouterAccess, RouterReading, Routers, Subject,
    Transcript,
};

use act::End;
use connections::Connections;
use read::Scope;
use visit::Visit;

/// How to treat routers.
#[derive(Clone, Debug)]
pub struct MikroTik {
    /// For the connection, and once more for the login.
    pub connect_timeout: Duration,
    pub command_timeout: Duration,
    /// Commands in flight on one router; past some hundred in all, routers slow down steeply.
    pub in_flight: usize,
    /// Commands sent in a second, over the whole router, since there is one connection to it; `None`: as many as it takes.
    pub per_second: Option<u32>,
}

impl Default for MikroTik {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            command_timeout: Duration::from_secs(60),
            in_flight: 8,
            per_second: Some(500),
        }
    }
}

impl Routers for MikroTik {
    fn reconcile<'a>(
        &'a self,
        router: &'a RouterAccess,
        subjects: &'a [Subject],
    ) -> Answer<'a, Result<Reconciled, Because>> {
        Box::pin(async move { Visit::begin(self, router, subjects).await?.run().await })
    }

    fn look_at_hotspot<'a>(
        &'a self,
        router: &'a RouterAccess,
        wanted: &'a HotspotWanted,
    ) -> Answer<'a, Result<Looked, Because>> {
        Box::pin(hotspot::look(self, router, wanted))
    }

    fn configure<'a>(
        &'a self,
        router: &'a RouterAccess,
        wanted: &'a BaseWanted,
        said: &'a Transcript,
    ) -> Answer<'a, Result<Configured, Because>> {
        Box::pin(base::configure(self, router, wanted, said))
    }

    fn read<'a>(&'a self, router: &'a RouterAccess) -> Answer<'a, Result<RouterReading, Because>> {
        Box::pin(async move {
            let client = self.connect(router).await?;
            let identity = identity(&client).await?;
            let dialect = Dialect::of(&identity.version);
            let read = futures::future::try_join(
                read::read(&client, dialect, &Menu::OF_SERVICES, &Scope::All),
                read::read(&client, dialect, &Menu::OF_BASE, &Scope::Base),
            )
            .await;
            let (observed, base) = read.map_err(|(command, error)| answers::because(Some(&command), &error))?;
            client.close();
            Ok(RouterReading { identity, observed, base })
        })
    }

    fn change<'a>(
        &'a self,
        router: &'a RouterAccess,
        changes: &'a [Vec<Action>],
    ) -> Answer<'a, Result<Vec<Changed>, Because>> {
        Box::pin(async move {
            let client = self.connect(router).await?;
            let changed = futures::stream::iter(changes.to_vec())
                .map(|actions| change(client.clone(), router.mode, actions))
                .buffered(self.in_flight)
                .collect()
                .await;
            client.close();
            Ok(changed)
        })
    }

    fn probe<'a>(&'a self, router: &'a RouterAccess) -> Answer<'a, Result<RouterIdentity, Because>> {
        Box::pin(async move { identity(&self.connect(router).await?).await })
    }
}

impl MikroTik {
    async fn connect(&self, router: &RouterAccess) -> Result<Client, Because> {
        let tls = router.certificate.map_or(Tls::Off, Tls::Pinned);
        let options = Options {
            port: router.port,
            tls,
            connect_timeout: self.connect_timeout,
            command_timeout: self.command_timeout,
            in_flight: self.in_flight,
            per_second: self.per_second,
            ..Options::plain(&router.host, &router.username, router.password.clone())
        };
        Client::connect(&options).await.map_err(|error| answers::because(None, &error))
    }
}

async fn change(client: Client, mode: RouterMode, actions: Vec<Action>) -> Changed {
    let mut exchanges: Vec<Exchange> = Vec::new();
    let end = match mode {
        RouterMode::Live => act::send(&client, &actions, &mut exchanges).await,
        // Connections end when services are reconciled, and not here.
        RouterMode::DryRun => act::rehearse(&client, &actions, &Connections::new(), &mut exchanges).await,
    };
    let outcome = match end {
        End::Done => Ok(()),
        End::LookAgain(because) | End::Refused(because) => Err(because),
    };
    Changed { exchanges, outcome }
}

/// What the router says of itself.
async fn identity(client: &Client) -> Result<RouterIdentity, Because> {
    let command = Command::new("/system/resource/print").proplist(&["board-name", "version"]);
    let reply = client.run(command.clone()).await.map_err(|error| answers::because(Some(&command), &error))?;
    let text = |name: &str| reply.rows.first().and_then(|row| row.text(name)).map(String::from).unwrap_or_default();
    Ok(RouterIdentity { board: text("board-name"), version: text("version") })
}
