//! The steps of a piece, in the transaction of whatever causes them: somebody at the stock, a work order that is finished,
//! a collection order that is closed, a lease that ends.

use domain::contract::ContractState;
use domain::failure::{Failure, Problem};
use domain::ids::{ContractId, CustomerId, EquipmentId, EquipmentModelId, ServiceId, StockPlaceId};
use domain::stock::{Custody, EquipmentKind, MoveKind, Serial, Step, StockError, Whereabouts};
use domain::timeline::Event;
use serde::Serialize;
use store::contracts::Contract;
use store::stock::{Item, NewMove};

use super::leases::is_leased;
use crate::permit::{Actor, MoveStock, Verb as _};
use crate::record::{Subject, audit_as, tell};
use crate::{Context, Error, Result};

/// Who moves equipment, and why; the reason may be blank where nothing is lost.
pub(crate) struct Moving<'a> {
    pub context: &'a Context,
    pub actor: &'a Actor,
    pub reason: &'a str,
}

/// As the audit shows it.
#[derive(Serialize)]
struct Audited<'a> {
    #[serde(flatten)]
    custody: Custody,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
}

impl Moving<'_> {
    /// It serves from now on. An ONU is written down at the service, so that the two say the same.
    ///
    /// # Errors
    /// `Stock`: it is not in stock, the service has an ONU, or its contract is closed; `Fields` at `serial`: another
    /// service was set up with it.
    pub(crate) async fn install(
        &self,
        transaction: &mut store::Transaction,
        item: EquipmentId,
        service: ServiceId,
    ) -> Result<()> {
        let contract = contract_of(transaction, service).await?;
        if matches!(contract.state, ContractState::Closed { .. }) {
            return Err(Failure::from(StockError::ContractClosed).into());
        }
        let item = store::stock::lock(transaction, item).await?;
        let leased = is_leased(self.context, transaction, contract.id, &item.serial).await?;
        let step = Step::Install { service, customer: contract.customer, leased };
        self.step(transaction, &item, step).await?;
        if item.kind == EquipmentKind::Onu {
            if let Some(by) = store::stock::serving_with(transaction, service, &item.serial).await? {
                return Err(Failure::field("serial", Problem::Taken { by }).into());
            }
            store::stock::set_onu(transaction, service, Some(&item.serial)).await?;
        }
        self.tell(transaction, &contract, &item, MoveKind::Installed).await
    }

    /// The customer's own, which the stock did not know.
    ///
    /// # Errors
    /// `Fields`: there is no such model.
    pub(crate) async fn bring(
        &self,
        transaction: &mut store::Transaction,
        model: EquipmentModelId,
        serial: &Serial,
        customer: CustomerId,
    ) -> Result<EquipmentId> {
        let custody = Custody::brought(customer);
        let new = NewMove { kind: MoveKind::Brought, ..self.received(custody) };
        let added = store::stock::add_own(transaction, model, serial, customer, &new).await;
        let item = added.map_err(|error| match error {
            store::Error::NotFound => Error::from(Failure::field("own_model", Problem::UnknownChoice)),
            store::Error::Taken { .. } => Error::from(Failure::ChangedMeanwhile),
            error => Error::from(error),
        })?;
        let (subject, after) = (Subject { kind: "equipment", id: item.0 }, Audited { custody, reason: self.reason });
        audit_as(self.context, transaction, self.actor, MoveStock::NAME, subject, None::<&()>, Some(&after)).await?;
        Ok(item)
    }

    /// From a customer back to a place.
    ///
    /// # Errors
    /// `Stock`: it is not installed, it is the customer's, or the place was given up.
    pub(crate) async fn take_back(
        &self,
        transaction: &mut store::Transaction,
        item: EquipmentId,
        to: StockPlaceId,
    ) -> Result<()> {
        must_be_open(transaction, to, "to").await?;
        self.with_contract(transaction, item, |_| Some(Step::TakeBack { to })).await
    }

    /// What is the customer's serves no longer, and stays with them.
    ///
    /// # Errors
    /// `Stock`: it is not installed, or it is ours.
    pub(crate) async fn leave(&self, transaction: &mut store::Transaction, item: EquipmentId) -> Result<()> {
        let step = |contract: Option<&Contract>| contract.map(|contract| Step::Leave { customer: contract.customer });
        self.with_contract(transaction, item, step).await
    }

    /// It is the customer's from now on, and serves on if it did. The customer is locked.
    ///
    /// # Errors
    /// `Stock`: it is the customer's already, was written off, or serves another customer since.
    pub(crate) async fn sell(
        &self,
        transaction: &mut store::Transaction,
        item: EquipmentId,
        customer: CustomerId,
    ) -> Result<()> {
        let step = |contract: Option<&Contract>| {
            contract.is_none_or(|contract| contract.customer == customer).then_some(Step::Sell { customer })
        };
        self.with_contract(transaction, item, step).await
    }

    /// What was sold is given back, and is ours again. The invoice stays as it is.
    ///
    /// # Errors
    /// `Stock`: it was not sold, or the place was given up.
    pub(crate) async fn give_back(
        &self,
        transaction: &mut store::Transaction,
        item: EquipmentId,
        to: StockPlaceId,
    ) -> Result<()> {
        must_be_open(transaction, to, "to").await?;
        self.with_contract(transaction, item, |_| Some(Step::Return { to })).await
    }

    /// Lost or broken, wherever it is.
    ///
    /// # Errors
    /// `Stock`: it is the customer's, or was written off before.
    pub(crate) async fn write_off(&self, transaction: &mut store::Transaction, item: EquipmentId) -> Result<()> {
        self.with_contract(transaction, item, |_| Some(Step::WriteOff)).await
    }

    /// A step of what may serve with a contract, whose history tells of it; a service that it ends knows the ONU no more.
    /// `step` is `None` where there must be a contract, or another one.
    async fn with_contract(
        &self,
        transaction: &mut store::Transaction,
        item: EquipmentId,
        step: impl FnOnce(Option<&Contract>) -> Option<Step>,
    ) -> Result<()> {
        let service = serves(&store::stock::get(transaction, item).await?);
        let contract = match service {
            Some(service) => Some(contract_of(transaction, service).await?),
            None => None,
        };
        let item = store::stock::lock(transaction, item).await?;
        if serves(&item) != service {
            return Err(Failure::ChangedMeanwhile.into());
        }
        let nowhere = StockError::Whereabouts { state: item.custody.whereabouts.state() };
        let step = step(contract.as_ref()).ok_or(Failure::from(nowhere))?;
        let custody = self.step(transaction, &item, step).await?;
        let serves_on = matches!(custody.whereabouts, Whereabouts::Installed { .. });
        if let (Some(service), EquipmentKind::Onu, false) = (service, item.kind, serves_on) {
            store::stock::set_onu(transaction, service, None).await?;
        }
        match contract {
            Some(contract) => self.tell(transaction, &contract, &item, step.kind()).await,
            None => Ok(()),
        }
    }

    /// One step of a locked piece: decided, written into its history, audited.
    pub(crate) async fn step(&self, transaction: &mut store::Transaction, item: &Item, step: Step) -> Result<Custody> {
        let custody = item.custody.apply(step).map_err(Failure::from)?;
        let new = NewMove { kind: step.kind(), custody, ..self.received(custody) };
        store::stock::add_move(transaction, item.id, &new).await.map_err(|error| match error {
            store::Error::Taken { constraint } if constraint == "equipment_onu_of_service" => {
                Error::from(Failure::from(StockError::HasOnu))
            }
            error => Error::from(error),
        })?;
        let subject = Subject { kind: "equipment", id: item.id.0 };
        let (before, after) = (Audited { custody: item.custody, reason: "" }, Audited { custody, reason: self.reason });
        let verb = MoveStock::NAME;
        audit_as(self.context, transaction, self.actor, verb, subject, Some(&before), Some(&after)).await?;
        Ok(custody)
    }

    /// The first line of a history.
    pub(crate) fn received(&self, custody: Custody) -> NewMove<'_> {
        NewMove {
            kind: MoveKind::Received,
            custody,
            reason: self.reason,
            at: self.context.clock.now(),
            by: self.actor.user_id(),
            by_name: self.actor.name(),
        }
    }

    async fn tell(
        &self,
        transaction: &mut store::Transaction,
        contract: &Contract,
        item: &Item,
        what: MoveKind,
    ) -> Result<()> {
        let event = Event::Equipment { item: item.id, name: item.name(), what };
        tell(self.context, transaction, self.actor, contract.customer, contract.id, &event).await
    }
}

fn serves(item: &Item) -> Option<ServiceId> {
    match item.custody.whereabouts {
        Whereabouts::Installed { service } => Some(service),
        _ => None,
    }
}

/// Locked before the piece: whoever changes the contract is waited for.
async fn contract_of(transaction: &mut store::Transaction, service: ServiceId) -> Result<Contract> {
    let contract: ContractId = store::stock::contract_of_service(transaction, service).await?;
    Ok(store::contracts::lock(transaction, contract).await?)
}

/// # Errors
/// `Fields` at `field`; `Stock`: the place was given up.
pub(crate) async fn must_be_open(transaction: &mut store::Transaction, place: StockPlaceId, field: &str) -> Result<()> {
    match store::stock::place_is_open(transaction, place).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::from(StockError::PlaceArchived).into()),
        Err(store::Error::NotFound) => Err(Failure::field(field, Problem::UnknownChoice).into()),
        Err(error) => Err(error.into()),
    }
}
