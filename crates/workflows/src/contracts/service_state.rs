//! What the customer may use now follows from the contract and its open holds, here and nowhere else.

use domain::contract::ContractState;
use domain::ids::ContractId;
use domain::service::ServiceState;
use domain::timeline::{Event, LiftReason};
use store::contracts::Contract;
use store::holds::{Lift, OpenHold};

use crate::permit::Actor;
use crate::{Context, Result, collection_orders, jobs, record};

/// After holds were placed or lifted: derives the service state, saves it, and, when it is another one than before,
/// tells it and has the network follow. The caller has locked the customer.
pub(crate) async fn rederive(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: ContractId,
) -> Result<ServiceState> {
    let contract = store::contracts::lock(transaction, contract).await?;
    let state = contract.state.clone();
    move_to(context, transaction, actor, &contract, &state).await
}

/// The same for a contract that is locked and comes into `state`.
pub(crate) async fn move_to(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    state: &ContractState,
) -> Result<ServiceState> {
    let change = store::contracts::save_state(transaction, contract.id, state, context.clock.today()).await?;
    if change.from != change.to {
        let event = Event::ServiceStateChanged { from: change.from, to: change.to };
        record::tell(context, transaction, actor, contract.customer, contract.id, &event).await?;
        collection_orders::follow(context, transaction, actor, contract, change.from, change.to).await?;
        if let Some(service) = change.service {
            jobs::enqueue_provision(context, transaction, service).await?;
        }
    }
    Ok(change.to)
}

/// Lifting holds of a contract by hand: who, and why.
pub(crate) struct Lifting<'a> {
    pub context: &'a Context,
    pub actor: &'a Actor,
    pub contract: &'a Contract,
    pub because: LiftReason,
}

impl Lifting<'_> {
    pub(crate) async fn lift(&self, transaction: &mut store::Transaction, hold: &OpenHold) -> Result<()> {
        let clock = &self.context.clock;
        let lift = Lift { on: clock.today(), at: clock.now(), by: self.actor.user_id(), because: &self.because };
        store::holds::lift(transaction, hold.id, &lift).await?;
        let event = Event::HoldLifted { reason: hold.reason, effect: hold.effect, because: self.because.clone() };
        record::tell(self.context, transaction, self.actor, self.contract.customer, self.contract.id, &event).await
    }
}
