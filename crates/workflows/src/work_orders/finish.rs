//! What follows from a visit, by the kind of work, in the transaction that writes the visit down.

use domain::contract::ContractState;
use domain::customer::AddressFacts;
use domain::failure::{Failure, Problem};
use domain::ids::{ServiceId, StockPlaceId};
use domain::service_settings::ServiceSettings;
use domain::views::work_forms::Report;
use domain::work_order::WorkKind;
use store::contracts::Contract;
use store::work_orders::Order;

use crate::permit::{Actor, DoWork, Verb};
use crate::record::{Subject, audit_as};
use crate::stock::{self, place::Moving};
use crate::{Context, Result, collection_orders, contracts, tickets};

/// A visit that was just reported.
pub(super) struct Finishing<'a> {
    pub context: &'a Context,
    pub actor: &'a Actor,
    pub order: &'a Order,
    pub report: &'a Report,
}

impl Finishing<'_> {
    pub async fn done(&self, transaction: &mut store::Transaction) -> Result<()> {
        let contract = contracts::lock(transaction, self.order.contract).await?;
        match self.order.kind {
            WorkKind::Install => {
                self.locate(transaction, &contract).await?;
                self.equip(transaction, &contract).await?;
                self.activate(transaction, &contract).await
            }
            WorkKind::Move => {
                self.locate(transaction, &contract).await?;
                self.equip(transaction, &contract).await
            }
            WorkKind::Repair => {
                self.equip(transaction, &contract).await?;
                self.resolve(transaction).await
            }
            WorkKind::Removal => {
                let (place, note) = (self.place(transaction).await?, &self.report.note);
                collection_orders::collected(self.context, transaction, self.actor, contract.id, place, note).await
            }
        }
    }

    /// The office reads in the ticket what came of it.
    pub async fn failed(&self, transaction: &mut store::Transaction) -> Result<()> {
        match self.order.ticket {
            Some(ticket) if !self.report.note.is_empty() => {
                tickets::note(self.context, transaction, self.actor, ticket, &self.report.note).await
            }
            _ => Ok(()),
        }
    }

    /// The position that was taken on the spot is the address'.
    async fn locate(&self, transaction: &mut store::Transaction, contract: &Contract) -> Result<()> {
        let Some(position) = self.report.position else { return Ok(()) };
        store::addresses::lock(transaction, &[contract.address]).await?;
        let (_, address) = store::addresses::get(transaction, contract.address).await?;
        if address.facts.position == Some(position) {
            return Ok(());
        }
        let facts = AddressFacts { position: Some(position), ..address.facts.clone() };
        store::addresses::edit(transaction, address.id, &facts).await?;
        let subject = Subject { kind: "address", id: address.id.0 };
        let before = Some(&address.facts);
        audit_as(self.context, transaction, self.actor, DoWork::NAME, subject, before, Some(&facts)).await
    }

    /// The equipment that hangs there is the service's, and what hung there before goes along.
    async fn equip(&self, transaction: &mut store::Transaction, contract: &Contract) -> Result<()> {
        let Some(serial) = &self.report.serial else { return Ok(()) };
        let Some(service) = store::service_settings::of_contract(transaction, contract.id).await? else {
            return Ok(());
        };
        self.exchange(transaction, service.id, serial).await?;
        if service.settings.onu_serial.as_ref() != Some(serial) {
            let settings = ServiceSettings { onu_serial: Some(serial.clone()), ..service.settings.clone() };
            let clashes = store::service_settings::clashes(transaction, contract.id, &settings).await?;
            if let Some(clash) = clashes.into_iter().find(|clash| clash.field == "onu_serial") {
                return Err(Failure::field("serial", Problem::Taken { by: clash.by }).into());
            }
            store::service_settings::save(transaction, contract.id, &settings, None).await?;
            let (subject, before) = (Subject { kind: "service", id: service.id.0 }, Some(&service.settings));
            audit_as(self.context, transaction, self.actor, DoWork::NAME, subject, before, Some(&settings)).await?;
        }
        stock::install_typed(self.context, transaction, self.actor, service.id, Some(serial)).await
    }

    /// The ONU of the stock that served until now is taken away, when another one hangs there.
    async fn exchange(&self, transaction: &mut store::Transaction, service: ServiceId, serial: &str) -> Result<()> {
        let Some(serving) = store::stock::serves(transaction, service).await? else { return Ok(()) };
        if serving.serial == serial {
            return Ok(());
        }
        let place = self.place(transaction).await?.ok_or_else(|| Failure::field("place", Problem::Required))?;
        let moving = Moving { context: self.context, actor: self.actor, reason: &self.report.note };
        moving.take_back(transaction, serving.item, place).await
    }

    /// Where what is taken away goes.
    async fn place(&self, transaction: &mut store::Transaction) -> Result<Option<StockPlaceId>> {
        match (self.report.place, self.actor.user_id()) {
            (Some(place), _) => Ok(Some(place)),
            (None, Some(me)) => Ok(store::stock::van_of(transaction, me).await?.map(|van| van.id)),
            (None, None) => Ok(None),
        }
    }

    /// Unless somebody activated it by hand meanwhile.
    async fn activate(&self, transaction: &mut store::Transaction, contract: &Contract) -> Result<()> {
        if matches!(contract.state, ContractState::Active { .. }) {
            return Ok(());
        }
        let today = self.context.clock.today();
        contracts::install(self.context, transaction, self.actor, contract, today).await
    }

    async fn resolve(&self, transaction: &mut store::Transaction) -> Result<()> {
        match self.order.ticket {
            Some(ticket) => {
                let done = &self.report.note;
                tickets::resolve_on_the_spot(self.context, transaction, self.actor, ticket, done).await
            }
            None => Ok(()),
        }
    }
}
