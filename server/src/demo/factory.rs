//! Simulated routers that nobody has touched, for the screen of onboarding.

use std::net::{Ipv4Addr, SocketAddr};

use domain::views::routers::RouterRow;
use lab::routeros::{Options, Simulator};
use workflows::Context;
use workflows::onboarding;
use workflows::permit::{Actor, EditRouters, OnboardRouters};
use workflows::routers;

use super::network::{PASSWORD, USER, form};
use crate::failure::Failure;

const PORT: u16 = 8728;
/// The third part of the addresses: another demo on this machine may have the first ones.
const NETWORKS: std::ops::Range<u8> = 10..30;
/// One for each kind of trouble: none, a password on the sticker, and an old version.
const ROUTERS: [(&str, &str); 3] = [("7.20.8", ""), ("7.20.8", "7KXQ2M4P"), ("7.9", "")];

/// Starts them on free addresses of this machine and says where they are. One that was onboarded before comes back as
/// what it has become.
///
/// # Errors
/// When the inventory cannot be written.
pub async fn start(context: &Context, inventory: &[RouterRow]) -> Result<Vec<Simulator>, Failure> {
    let permit = Actor::System { name: "demo" }.permit::<OnboardRouters>()?;
    for network in NETWORKS {
        if let Some(simulators) = in_network(context, network, inventory).await? {
            let range = format!("127.0.{network}.0/28");
            onboarding::offer_range(context, &permit, Some(&range)).await?;
            return Ok(simulators);
        }
    }
    tracing::warn!("there are no free addresses for routers from the factory: the demo goes without them");
    onboarding::offer_range(context, &permit, None).await?;
    Ok(Vec::new())
}

/// `None` when somebody else listens there, or the machine has no such addresses.
async fn in_network(
    context: &Context,
    network: u8,
    inventory: &[RouterRow],
) -> Result<Option<Vec<Simulator>>, Failure> {
    let mut simulators = Vec::new();
    for (number, (version, sticker)) in (2..).zip(ROUTERS) {
        let address = Ipv4Addr::new(127, 0, network, number);
        let known = inventory.iter().find(|router| router.host == address.to_string());
        let listen = SocketAddr::from((address, PORT));
        let options = Options { listen, version: version.to_owned(), ..Options::default() };
        let options = match known {
            None => Options { factory: true, password: sticker.to_owned(), ..options },
            Some(_) => Options { tls: true, user: USER.to_owned(), password: PASSWORD.to_owned(), ..options },
        };
        let Ok(simulator) = Simulator::start(options).await else { return Ok(None) };
        if let Some(router) = known {
            let mut form = form(&router.name, &simulator);
            form.certificate = simulator
                .fingerprint()
                .map(|bytes| bytes.iter().map(|b| format!("{b:02x}")).collect())
                .unwrap_or_default();
            let permit = Actor::System { name: "demo" }.permit::<EditRouters>()?;
            routers::edit(context, &permit, router.id, &form).await?;
        }
        simulators.push(simulator);
    }
    Ok(Some(simulators))
}
