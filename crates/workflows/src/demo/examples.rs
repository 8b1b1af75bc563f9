//! What no export tells: a change that waits for a decision, and equipment that is being paid off.

use chrono::Days;
use domain::contract::ContractStateName;
use domain::failure::Failure;
use domain::ids::ContractId;
use domain::plan_change::Timing;
use domain::role::Role;
use domain::service::ServiceState;
use domain::views::changes::{PlanChangeForm, PlanOptions};
use domain::views::contracts::ContractFilter;
use domain::views::leases::LeaseForm;

use super::people::users;
use crate::permit::{Actor, EditUsers, Permit, RequestChanges};
use crate::{Context, Result, changes, leases};

/// For customers other than the one with this reference, whom somebody plays.
///
/// # Errors
/// `NotFound` without the people of the demo, or without contracts.
pub async fn add_examples(context: &Context, permit: &Permit<EditUsers>, played: &str) -> Result<()> {
    let offers = offers(context, played).await?;
    let [first, second, ..] = offers.as_slice() else { return Err(Failure::NotFound.into()) };
    ask_for_another_plan(context, &somebody(context, Role::Support).await?, first).await?;
    lease(context, permit.actor(), second).await
}

/// What two contracts may be changed to.
async fn offers(context: &Context, played: &str) -> Result<Vec<PlanOptions>> {
    let mut offers = Vec::new();
    for contract in served(context, played).await? {
        // One without a connection that goes on has nothing to change.
        if let Ok(options) = changes::plan_options(context, contract).await {
            offers.push(options);
        }
        if offers.len() == 2 {
            break;
        }
    }
    Ok(offers)
}

/// The contracts in use of all customers but one.
pub(super) async fn served(context: &Context, played: &str) -> Result<Vec<ContractId>> {
    let mut connection = context.connection().await?;
    let played = store::customers::by_reference(&mut connection, played).await?;
    let (state, service) = (Some(ContractStateName::Active), Some(ServiceState::Active));
    let filter = ContractFilter { state, service, ..ContractFilter::default() };
    let rows = store::contracts_list::list(&mut connection, &filter, context.clock.today()).await?.rows;
    Ok(rows.into_iter().filter(|row| Some(row.customer.id) != played).map(|row| row.id).collect())
}

/// The demo's person of that role.
pub(super) async fn somebody(context: &Context, role: Role) -> Result<Actor> {
    let somebody = users().into_iter().find(|user| user.role == role).ok_or(Failure::NotFound)?;
    let mut connection = context.connection().await?;
    let account = store::users::by_email(&mut connection, &somebody.email).await?.ok_or(Failure::NotFound)?;
    Ok(Actor::User { id: account.id, name: account.name, role: account.role, customer: None })
}

async fn ask_for_another_plan(context: &Context, support: &Actor, options: &PlanOptions) -> Result<()> {
    let faster = options.plans.last().ok_or(Failure::NotFound)?;
    let form = PlanChangeForm {
        line: options.line.to_string(),
        plan: faster.plan.id.to_string(),
        timing: Timing::NextPeriod.to_string(),
    };
    changes::request_plan(context, &support.permit::<RequestChanges>()?, options.contract.id, &form).await.map(drop)
}

/// An ONU, half of it paid.
async fn lease(context: &Context, actor: &Actor, options: &PlanOptions) -> Result<()> {
    let form = LeaseForm {
        line: options.line.to_string(),
        equipment: "ONU HG8145V5".to_owned(),
        serial: "4857544312AB34CD".to_owned(),
        value: "36.50".to_owned(),
        commitment_end: (context.clock.today() + Days::new(182)).to_string(),
        plan_after: options.present.id.to_string(),
        price_after: String::new(),
    };
    leases::add(context, &actor.permit::<RequestChanges>()?, options.contract.id, &form).await.map(drop)
}
