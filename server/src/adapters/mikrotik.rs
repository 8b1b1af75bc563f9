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
use domain::network::{BaseWanted, Because, RouterIdentity};
use routeros::{Client, Command, Options, Tls};
use workflows::ports::{Answer, Configured, Looked, Reconciled, RouterAccess, Routers, Subject};

use visit::Visit;

/// How to treat routers.
#[derive(Clone, Debug)]
pub struct MikroTik {
    /// For the connection, and once more for the login.
    pub connect_timeout: Duration,
    pub command_timeout: Duration,
    /// Commands in flight on one router; past some hundred in all, routers slow down steeply.
    pub in_flight: usize,
}

impl Default for MikroTik {
    fn default() -> Self {
        Self { connect_timeout: Duration::from_secs(10), command_timeout: Duration::from_secs(60), in_flight: 8 }
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
    ) -> Answer<'a, Result<Configured, Because>> {
        Box::pin(base::configure(self, router, wanted))
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
            ..Options::plain(&router.host, &router.username, router.password.clone())
        };
        Client::connect(&options).await.map_err(|error| answers::because(None, &error))
    }
}

/// What the router says of itself.
async fn identity(client: &Client) -> Result<RouterIdentity, Because> {
    let command = Command::new("/system/resource/print").proplist(&["board-name", "version"]);
    let reply = client.run(command.clone()).await.map_err(|error| answers::because(Some(&command), &error))?;
    let text = |name: &str| reply.rows.first().and_then(|row| row.text(name)).map(String::from).unwrap_or_default();
    Ok(RouterIdentity { board: text("board-name"), version: text("version") })
}
