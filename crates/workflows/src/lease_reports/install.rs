//! Bringing the script to a router's DHCP servers, and reading back which of them hold it.

use std::time::Duration;

use domain::failure::{Blocker, Failure};
use domain::ids::RouterId;
use domain::lease_report::{is_ours, same};
use domain::network::{Attributes, Because, Outcome, RouterMode};
use domain::onboarding::Call;
use domain::views::jobs::JobKind;
use secrecy::ExposeSecret;
use store::jobs::{ClaimedJob, Lease};

use super::audited;
use super::token::script_of;
use crate::jobs::{enqueue_onboarding, keep_exchanges};
use crate::permit::{EditRouters, Permit};
use crate::ports::{Console, Consoles, Door, Exchange};
use crate::{Context, Result, record, routers};

const PATIENCE: Duration = Duration::from_secs(10);
const MENU: &str = "/ip/dhcp-server";

/// The router's servers are to hold the script with its present token.
///
/// # Errors
/// `Blocked` when there is no token yet.
pub async fn install(context: &Context, permit: &Permit<EditRouters>, router: RouterId) -> Result<()> {
    let mut transaction = context.begin().await?;
    if store::lease_reports::get(&mut transaction, router).await?.is_none() {
        return Err(Failure::Blocked { what: Blocker::NoToken }.into());
    }
    enqueue_onboarding(context, &mut transaction, JobKind::LeaseScript, router.0).await?;
    let after = serde_json::json!({ "lease_script": "to be installed" });
    record::audit(context, &mut transaction, permit, audited(router), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Does the job. Nobody else talks to the router meanwhile: `None` when somebody does, and it is for later.
pub(crate) async fn bring(
    context: &Context,
    consoles: &dyn Consoles,
    job: &ClaimedJob<i64>,
    lease: Lease<'_>,
) -> Result<Option<Outcome>> {
    let router = RouterId(job.subject);
    let mut connection = context.connection().await?;
    if !store::routers::lease_one(&mut connection, router, lease).await? {
        return Ok(None);
    }
    drop(connection);
    let mut exchanges = Vec::new();
    let brought = visit(context, consoles, router, &mut exchanges).await;
    store::routers::unlease(&mut *context.connection().await?, router, lease.worker).await?;
    keep_exchanges(context, job.id, &exchanges).await?;
    Ok(Some(match brought? {
        Ok(()) => Outcome::Done,
        Err(because) => because.outcome(),
    }))
}

async fn visit(
    context: &Context,
    consoles: &dyn Consoles,
    router: RouterId,
    exchanges: &mut Vec<Exchange>,
) -> Result<std::result::Result<(), Because>> {
    let mut connection = context.connection().await?;
    let stored = store::routers::access(&mut connection, router).await?;
    let Some(script) = script_of(context, &mut connection, router).await? else {
        return Ok(Err(Because::SubjectGone));
    };
    drop(connection);
    let talk = async {
        let access = routers::open(&context.vault, &stored)?;
        let door = Door {
            host: access.host,
            port: access.port,
            certificate: access.certificate,
            username: access.username,
            password: access.password,
            patience: PATIENCE,
        };
        let console = consoles.open(&door).await?;
        let servers = read(console.as_ref()).await?;
        let script = script.expose_secret();
        for server in &servers {
            let held = server.get("lease-script");
            if same(held, script) || !(held.trim().is_empty() || is_ours(held)) {
                continue;
            }
            let set = Call::set(MENU, server).with("lease-script", script);
            if access.mode == RouterMode::DryRun {
                exchanges.push(Exchange { sent: false, command: consoles.shown(&set), answer: None });
            } else {
                let (exchange, answer) = console.run(&set).await;
                exchanges.push(exchange);
                answer?;
            }
        }
        Ok::<_, Because>((read(console.as_ref()).await?, access.mode))
    };
    let (servers, mode) = match talk.await {
        Ok(read) => read,
        Err(because) => return Ok(Err(because)),
    };
    let script = script.expose_secret();
    let names = |holds: &dyn Fn(&str) -> bool| -> Vec<String> {
        let chosen = servers.iter().filter(|server| holds(server.get("lease-script")));
        chosen.map(|server| server.get("name").to_owned()).collect()
    };
    let installed = names(&|held| same(held, script));
    let now = context.clock.now();
    store::lease_reports::save_read(&mut *context.connection().await?, router, &installed, now).await?;
    let foreign = names(&|held| !held.trim().is_empty() && !is_ours(held));
    Ok(match () {
        () if servers.is_empty() => Err(Because::NoDhcpServer),
        () if !foreign.is_empty() => Err(Because::ForeignScript { servers: foreign }),
        () if mode == RouterMode::Live && installed.len() < servers.len() => Err(Because::NoAnswer),
        () => Ok(()),
    })
}

/// Those that somebody made; the router's own come and go.
async fn read(console: &dyn Console) -> std::result::Result<Vec<Attributes>, Because> {
    let (_, rows) = console.run(&Call::print(MENU, ".id,name,lease-script,dynamic")).await;
    Ok(rows?.into_iter().filter(|server| !server.flag("dynamic")).collect())
}
