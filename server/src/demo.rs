//! The demo provider: what Odoo knew of 300 customers, six simulated routers, three more that come from the factory, and
//! customers' equipment that dials in.
//!
//! The routers live in this process and forget everything when it ends, as a router does that lost its configuration:
//! at every start the network is brought to hold again what it should.

mod cards;
mod factory;
mod hotspot;
mod load;
mod network;

pub use load::print_logins;

use domain::message::Channel;
use lab::messages::Receiver;
use std::net::SocketAddr;

use lab::stripe::StripeLab;
use tokio_util::sync::CancellationToken;
use workflows::Context;
use workflows::demo::provision_everything;
use workflows::permit::{Actor, ManageJobs};

use crate::failure::Failure;
use crate::settings::{Settings, Webhook};
use network::Network;

/// Somebody who takes what would ring, so that it can be read: messages go there.
pub async fn messages(settings: &mut Settings) -> Result<Receiver, Failure> {
    let secret = hex::encode(rand::random::<[u8; 16]>());
    let receiver = Receiver::start(&secret).await?;
    let channels = vec![Channel::Whatsapp, Channel::Sms];
    settings.webhook = Some(Webhook { url: receiver.url(), secret: secret.into(), channels });
    Ok(receiver)
}

/// A demo provider that is there.
pub struct Demo {
    network: Network,
    /// Gone when this is dropped, like the routers.
    _cards: StripeLab,
}

impl Demo {
    /// Makes the demo, or takes it up again.
    ///
    /// # Errors
    /// A database with customers of its own is left alone.
    pub async fn open(context: &Context, listen: SocketAddr) -> Result<Self, Failure> {
        let is_new = load::begin(context).await?;
        let network = Network::start(context).await?;
        if is_new {
            load::fill(context).await?;
        }
        network.open_hotspot(context).await?;
        provision_everything(context, &Actor::System { name: "demo" }.permit::<ManageJobs>()?).await?;
        let cards = cards::start(context, listen).await?;
        Ok(Self { network, _cards: cards })
    }

    /// Plays the customers' equipment until it is asked to stop.
    pub async fn play(self, stop: CancellationToken) {
        self.network.play(stop).await;
    }
}
