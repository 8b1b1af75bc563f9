//! What would be sent: read from the router and written down, and nothing is changed on it.

use std::time::Duration;

use domain::failure::{Blocker, Failure, Problem};
use domain::ids::OnboardingId;
use domain::network::Because;
use domain::onboarding::{Call, PlannedStep, Step, forbidden};
use domain::views::onboarding::{OnboardingForm, OnboardingState};
use serde::Serialize;
use store::onboardings::Onboarding;

use super::form::Wish;
use super::step::{self, identity_of};
use super::{audited, form, run};
use crate::permit::{OnboardRouters, Permit};
use crate::ports::Consoles;
use crate::{Context, Result, record};

/// Somebody waits in front of a screen.
const PATIENCE: Duration = Duration::from_secs(20);

/// Saves what is wanted of a router, and looks what would be sent; what came of it is on its page.
pub async fn look(
    context: &Context,
    consoles: &dyn Consoles,
    permit: &Permit<OnboardRouters>,
    id: OnboardingId,
    typed: &OnboardingForm,
) -> Result<()> {
    prepare(context, permit, id, typed).await?;
    plan(context, consoles, permit, id).await.map(|_written_down| ())
}

/// Saves what is wanted of a router. What was looked at before does not count any more.
///
/// # Errors
/// `Fields`: among them a name that another router has. `Blocked` while it is being worked on.
pub async fn prepare(
    context: &Context,
    permit: &Permit<OnboardRouters>,
    id: OnboardingId,
    typed: &OnboardingForm,
) -> Result<()> {
    let wish = form::wish(typed)?;
    let sealed = wish.password.as_ref().map(|password| context.vault.seal(password)).transpose()?;
    let mut transaction = context.begin().await?;
    let router = store::onboardings::access(&mut transaction, id).await?;
    must_be_free(&mut transaction, id).await?;
    if store::routers::choices(&mut transaction).await?.iter().any(|other| other.name == wish.name) {
        return Err(Failure::field("name", Problem::Taken { by: wish.name }).into());
    }
    let step = Some(again_from(&router, &wish)?);
    store::onboardings::prepare(&mut transaction, id, &wish.name, &wish.server, sealed.as_deref()).await?;
    store::onboardings::save_step(&mut transaction, id, step, None).await?;
    let before = Audited { name: &router.name, server: &router.server, password_changed: false };
    let after = Audited { name: &wish.name, server: &wish.server, password_changed: sealed.is_some() };
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Steps that were done for another name are done again. Who may manage it was written by the factory's user, who is gone
/// after that: then it stays.
fn again_from(router: &Onboarding, wish: &Wish) -> Result<Step> {
    let mut step = router.step.ok_or(Failure::NotFound)?;
    if wish.name != router.name {
        step = step.min(Step::Identity);
    }
    if wish.server != router.server {
        if !step.as_admin() {
            return Err(Failure::field("server", Problem::Fixed).into());
        }
        step = step.min(Step::Users);
    }
    Ok(step)
}

#[derive(Serialize)]
struct Audited<'a> {
    name: &'a str,
    server: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    password_changed: bool,
}

/// Neither changed nor looked at by two.
pub(super) async fn must_be_free(transaction: &mut store::Transaction, id: OnboardingId) -> Result<()> {
    let state = store::onboardings::detail(transaction, id).await?.row.state;
    match state {
        OnboardingState::Working => Err(Failure::Blocked { what: Blocker::JobRunning }.into()),
        OnboardingState::Registered => Err(Failure::Blocked { what: Blocker::InUse }.into()),
        _ => Ok(()),
    }
}

/// Reads the router and writes down what every step that is left would send; the inner result is the router's.
pub async fn plan(
    context: &Context,
    consoles: &dyn Consoles,
    _: &Permit<OnboardRouters>,
    id: OnboardingId,
) -> Result<std::result::Result<(), Because>> {
    let mut transaction = context.begin().await?;
    must_be_free(&mut transaction, id).await?;
    let router = store::onboardings::access(&mut transaction, id).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    let planned = match tokio::time::timeout(PATIENCE, read(context, consoles, &router)).await {
        Ok(planned) => planned,
        Err(_) => Err(Because::NoAnswer),
    };
    let (identity, steps) = match planned {
        Ok(planned) => planned,
        Err(because) => {
            store::onboardings::not_planned(&mut *context.connection().await?, id, &because).await?;
            return Ok(Err(because));
        }
    };
    let mut connection = context.connection().await?;
    store::onboardings::opened(&mut connection, id, &identity).await?;
    store::onboardings::save_plan(&mut connection, id, &steps, context.clock.now()).await?;
    Ok(Ok(()))
}

type Planned = (domain::network::RouterIdentity, Vec<PlannedStep>);

async fn read(
    context: &Context,
    consoles: &dyn Consoles,
    router: &Onboarding,
) -> std::result::Result<Planned, Because> {
    let next = router.step.ok_or(Because::SubjectGone)?;
    let plan = run::plan_of(&context.vault, router)?;
    let console = run::connect(context, consoles, router, next).await?;
    let known = step::read(console.as_ref(), Step::Read).await?;
    let identity = identity_of(&known);
    let forbidden = forbidden(&known);
    if !forbidden.is_empty() {
        return Err(Because::DeviceMode { forbidden });
    }
    let mut steps = Vec::new();
    let left: Vec<Step> = Step::ALL.iter().copied().filter(|step| *step >= next).collect();
    for step in left {
        let held = step::read(console.as_ref(), step).await?;
        let calls = step.calls(&plan, &held);
        let calls = if step.wants_safe_mode() { step::in_safe_mode(calls, &identity.version) } else { calls };
        let commands: Vec<String> = calls.iter().map(|call: &Call| consoles.shown(call)).collect();
        steps.push(PlannedStep { step, commands });
    }
    Ok((identity, steps))
}
