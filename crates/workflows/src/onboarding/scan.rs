//! Looking at a range of addresses for routers from the factory.

use std::net::Ipv4Addr;
use std::time::Duration;

use domain::ids::NetworkScanId;
use domain::network::{Because, Outcome, RouterIdentity};
use domain::onboarding::{ADMIN, Call, Range};
use domain::views::jobs::JobKind;
use domain::views::onboarding::ScanForm;
use futures::StreamExt;
use secrecy::SecretString;
use serde::Serialize;
use store::network_scans::ScanRecord;
use store::onboardings::Found;

use super::form;
use crate::permit::{OnboardRouters, Permit};
use crate::ports::{Console, Consoles, Door};
use crate::record::{Subject, audit};
use crate::{Context, Result, demo, jobs};

/// Addresses that are asked at a time.
const AT_ONCE: usize = 32;
/// Who does not answer by then, is not there.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes down what is to be looked at. The worker looks.
///
/// # Errors
/// `Fields`: a range that is too large, or is not private; in a demo, one that is not of this machine.
pub async fn begin_scan(context: &Context, permit: &Permit<OnboardRouters>, typed: &ScanForm) -> Result<NetworkScanId> {
    let only_loopback = demo::is_demo(context).await?;
    let scan = form::scan(typed, only_loopback)?;
    let record = ScanRecord { range: scan.range.to_string(), port: scan.port };
    let addresses = i32::try_from(scan.range.hosts().count()).map_err(crate::Error::internal)?;
    let mut transaction = context.begin().await?;
    let id = store::network_scans::add(&mut transaction, &record, addresses, context.clock.now()).await?;
    let audited = Subject { kind: "network_scan", id: id.0 };
    let after = Audited { range: &record.range, port: record.port };
    audit(context, &mut transaction, permit, audited, None::<&()>, Some(&after)).await?;
    jobs::enqueue_onboarding(context, &mut transaction, JobKind::Scan, id.0).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

#[derive(Serialize)]
struct Audited<'a> {
    range: &'a str,
    port: u16,
}

/// What answered at an address.
enum Answered {
    Nobody,
    /// The factory's user is let in without a password.
    Open {
        identity: RouterIdentity,
    },
    /// It speaks a router's protocol and wants a password.
    Locked,
}

/// Looks. Every address is tried once, with the factory's user and no password; what is in the inventory, and what is on
/// its way already, is not tried at all.
pub(super) async fn scan(context: &Context, consoles: &dyn Consoles, id: NetworkScanId) -> Result<Outcome> {
    let record = store::network_scans::get(&mut *context.connection().await?, id).await?;
    let range: Range = match record.range.parse() {
        Ok(range) => range,
        Err(_) => return Ok(Because::SubjectGone.outcome()),
    };
    let looks = futures::stream::iter(range.hosts()).map(|host| async move {
        let answered = look(context, consoles, host, record.port).await;
        (host, answered)
    });
    let mut looks = std::pin::pin!(looks.buffer_unordered(AT_ONCE));
    let (mut asked, mut found) = (0, 0);
    while let Some((host, answered)) = looks.next().await {
        asked += 1;
        if note(context, consoles, id, host, record.port, answered?).await? {
            found += 1;
        }
        let mut connection = context.connection().await?;
        store::network_scans::progress(&mut connection, id, asked, found, None).await?;
    }
    let finished = Some(context.clock.now());
    store::network_scans::progress(&mut *context.connection().await?, id, asked, found, finished).await?;
    Ok(Outcome::Done)
}

async fn look(context: &Context, consoles: &dyn Consoles, host: Ipv4Addr, port: u16) -> Result<Answered> {
    let host = host.to_string();
    if store::onboardings::is_in_inventory(&mut *context.connection().await?, &host).await? {
        return Ok(Answered::Nobody);
    }
    let door = Door {
        host,
        port,
        certificate: None,
        username: ADMIN.to_owned(),
        password: SecretString::default(),
        patience: PATIENCE,
    };
    Ok(match consoles.open(&door).await {
        Ok(console) => match identity(console.as_ref()).await {
            Some(identity) => Answered::Open { identity },
            None => Answered::Nobody,
        },
        Err(Because::LoginRefused { .. }) => Answered::Locked,
        Err(_) => Answered::Nobody,
    })
}

async fn identity(console: &dyn Console) -> Option<RouterIdentity> {
    let read = Call::print("/system/resource", "version,board-name");
    let (_, rows) = tokio::time::timeout(PATIENCE, console.run(&read)).await.ok()?;
    let row = rows.ok()?.into_iter().next()?;
    Some(RouterIdentity { board: row.get("board-name").to_owned(), version: row.get("version").to_owned() })
}

/// Writes down what was found; true when it was something.
async fn note(
    context: &Context,
    consoles: &dyn Consoles,
    scan: NetworkScanId,
    host: Ipv4Addr,
    port: u16,
    answered: Answered,
) -> Result<bool> {
    let identity = match answered {
        Answered::Nobody => return Ok(false),
        Answered::Open { identity } => Some(identity),
        Answered::Locked => None,
    };
    let host = host.to_string();
    let server = consoles.own_address(&host, port).await.map(|address| address.to_string()).unwrap_or_default();
    let name = format!("R-{}", host.replace('.', "-"));
    let at = context.clock.now();
    let found = Found { scan, host: &host, port, identity: identity.as_ref(), name: &name, server: &server, at };
    store::onboardings::add(&mut *context.connection().await?, &found).await?;
    Ok(true)
}
