//! Simulated routers for the demo, and the customers' equipment at their other end.

use std::collections::HashSet;
use std::time::Duration;

use domain::ids::RouterId;
use domain::network::RouterMode;
use domain::views::list::Page;
use domain::views::routers::{RouterFilter, RouterForm, RouterRow};
use lab::routeros::{Options, Simulator};
use tokio_util::sync::CancellationToken;
use workflows::Context;
use workflows::permit::{Actor, EditRouters, SeeRouters};
use workflows::routers;

use super::factory;
use super::hotspot;
use crate::failure::Failure;

/// The routers that the customers of the demo are connected to.
const ROUTERS: [&str; 6] = ["MK-CENTRO", "MK-EL-MIRADOR", "MK-LA-LOMA", "MK-LAS-PALMAS", "MK-RÍO-VERDE", "MK-SAN-JOSÉ"];
pub(super) const USER: &str = "ramal";
pub(super) const PASSWORD: &str = "demo-router";
/// How often equipment that is not connected dials.
const REDIAL: Duration = Duration::from_secs(3);

/// The demo's routers; they are gone when this is dropped.
pub struct Network {
    simulators: Vec<Simulator>,
    /// The first of them, which has a hotspot.
    square: Option<RouterId>,
}

impl Network {
    /// Starts a router for each of the demo's, on a free port, and enters where it is.
    pub async fn start(context: &Context) -> Result<Self, Failure> {
        let actor = Actor::System { name: "demo" };
        let known: Page<RouterRow> =
            routers::list(context, &actor.permit::<SeeRouters>()?, &RouterFilter::default()).await?;
        let (mut simulators, mut square) = (Vec::new(), None);
        for name in ROUTERS {
            let simulator = Simulator::start(Options {
                user: USER.to_owned(),
                password: PASSWORD.to_owned(),
                ..Options::default()
            })
            .await?;
            let form = form(name, &simulator);
            let permit = actor.permit::<EditRouters>()?;
            let id = match known.rows.iter().find(|router| router.name == name) {
                Some(router) => {
                    routers::edit(context, &permit, router.id, &form).await?;
                    router.id
                }
                None => routers::create(context, &permit, &form).await?,
            };
            if simulators.is_empty() {
                hotspot::furnish(&simulator);
                square = Some(id);
            }
            simulators.push(simulator);
        }
        simulators.extend(factory::start(context, &known.rows).await?);
        Ok(Self { simulators, square })
    }

    /// Opens the demo's hotspot, unless there is one.
    pub async fn open_hotspot(&self, context: &Context) -> Result<(), Failure> {
        match self.square {
            Some(router) => hotspot::open(context, router).await,
            None => Ok(()),
        }
    }

    /// Plays the customers' equipment until it is asked to stop: whoever has a secret that is not disabled dials in.
    pub async fn play(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            self.simulators.iter().for_each(redial);
            if let Some(router) = self.simulators.first() {
                hotspot::play(router, REDIAL.as_secs());
            }
            tokio::select! {
                () = tokio::time::sleep(REDIAL) => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

pub(super) fn form(name: &str, simulator: &Simulator) -> RouterForm {
    RouterForm {
        name: name.to_owned(),
        host: simulator.addr.ip().to_string(),
        port: simulator.addr.port().to_string(),
        username: USER.to_owned(),
        password: PASSWORD.to_owned(),
        mode: RouterMode::Live.to_string(),
        ..RouterForm::default()
    }
}

fn redial(router: &Simulator) {
    let up: HashSet<String> =
        router.rows("/ppp/active").iter().filter_map(|session| Some(session.text("name")?.into_owned())).collect();
    for secret in router.rows("/ppp/secret") {
        let value = |name: &str| secret.text(name).unwrap_or_default();
        let user = value("name");
        // A secret that is disabled refuses the call; the equipment tries again.
        if !up.contains(user.as_ref()) {
            router.dial(&user, &value("password")).ok();
        }
    }
}
