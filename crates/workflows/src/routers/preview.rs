//! What would be sent to a router now, computed by reading it. Nothing is changed, and nothing is written down.

use std::collections::HashMap;
use std::time::Duration;

use domain::failure::Failure;
use domain::ids::{ContractId, RouterId, ServiceId};
use domain::network::{Because, Outcome, RouterMode};
use domain::views::list::Choice;
use domain::views::preview::{CommandsPreview, ServiceCommands};

use crate::permit::{Permit, PreviewCommands};
use crate::ports::{Reconciled, RouterAccess, Routers, ServiceResult, Transcript};
use crate::{Context, Result, jobs};

/// Somebody waits in front of a screen.
const PATIENCE: Duration = Duration::from_secs(30);
/// So many services are shown with their commands; the others are counted.
const SHOWN: usize = 100;

/// The inner error is the router's.
type Previewed = std::result::Result<CommandsPreview, Because>;

/// For one contract's service.
pub async fn preview_service(
    context: &Context,
    port: &dyn Routers,
    _: &Permit<PreviewCommands>,
    contract: ContractId,
) -> Result<Previewed> {
    let service = store::service_settings::of_contract(&mut *context.connection().await?, contract).await?;
    let service = service.ok_or(Failure::NotFound)?;
    preview(context, port, service.settings.router, &[service.id]).await
}

/// For everything that the router should hold, and what is to leave it.
pub async fn preview_router(
    context: &Context,
    port: &dyn Routers,
    _: &Permit<PreviewCommands>,
    router: RouterId,
) -> Result<Previewed> {
    let mut connection = context.connection().await?;
    let mut services = store::technical::services_at(&mut connection, router).await?;
    services.extend(store::technical::leaving(&mut connection, router).await?);
    drop(connection);
    preview(context, port, router, &services).await
}

async fn preview(context: &Context, port: &dyn Routers, router: RouterId, services: &[ServiceId]) -> Result<Previewed> {
    let mut connection = context.connection().await?;
    let stored = store::routers::access(&mut connection, router).await?;
    let facts = store::technical::facts(&mut connection, services, context.clock.today()).await?;
    let owners = store::technical::owners(&mut connection, services).await?;
    drop(connection);
    let (mut subjects, mut results) = (Vec::new(), Vec::new());
    for facts in &facts {
        match jobs::subject(&context.vault, facts, router, false) {
            Ok(subject) => subjects.push(subject),
            Err(because) => results.push(refused(facts.service, because)),
        }
    }
    let access = match super::open(&context.vault, &stored) {
        // On a dry run nothing is sent that changes anything, whatever the router's own mode is.
        Ok(access) => RouterAccess { mode: RouterMode::DryRun, ..access },
        Err(because) => return Ok(Err(because)),
    };
    let answer = tokio::time::timeout(PATIENCE, port.reconcile(&access, &subjects)).await;
    let reconciled: Reconciled = match answer.unwrap_or(Err(Because::NoAnswer)) {
        Ok(reconciled) => reconciled,
        Err(because) => return Ok(Err(because)),
    };
    results.extend(reconciled.services);
    let said: HashMap<ServiceId, Transcript> =
        subjects.into_iter().map(|subject| (subject.wanted.service, subject.said)).collect();
    let owners: HashMap<ServiceId, _> = owners.into_iter().map(|owner| (owner.service, owner)).collect();
    let changed: Vec<ServiceCommands> = results
        .into_iter()
        .filter_map(|result| {
            let owner = owners.get(&result.service)?.clone();
            let because = because(&result.outcome);
            let exchanges = said.get(&result.service).map(Transcript::exchanges).unwrap_or_default().into_iter();
            let commands: Vec<String> =
                exchanges.filter(|exchange| !exchange.sent).map(|exchange| exchange.command).collect();
            (because.is_some() || !commands.is_empty()).then_some(ServiceCommands { owner, commands, because })
        })
        .collect();
    Ok(Ok(CommandsPreview {
        router: Choice { id: router, name: stored.record.name },
        mode: stored.record.mode,
        read_at: context.clock.now(),
        services: facts.len(),
        changing: changed.len(),
        commands: changed.iter().map(|one| one.commands.len()).sum(),
        shown: changed.into_iter().take(SHOWN).collect(),
    }))
}

fn refused(service: ServiceId, because: Because) -> ServiceResult {
    ServiceResult { service, outcome: because.outcome(), observation: None }
}

fn because(outcome: &Outcome) -> Option<Because> {
    match outcome {
        Outcome::Done => None,
        Outcome::TryAgain { because } | Outcome::GiveUp { because } => Some(because.clone()),
    }
}
