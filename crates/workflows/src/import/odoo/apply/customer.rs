//! One customer, in one transaction.

use std::collections::BTreeMap;

use domain::contract::ContractState;
use domain::contract_line::{Alignment, LineFacts};
use domain::customer::{AddressFacts, CustomerFacts};
use domain::ids::{AddressId, ContractId, ContractLineId, CustomerId};
use domain::service::{HoldEffect, HoldEvidence, HoldReason};
use domain::service_settings::ServiceSettings;
use domain::settings::Company;
use domain::timeline::Event;
use secrecy::SecretString;
use serde::Serialize;
use store::contracts::NewContract;
use store::holds::NewHold;
use store::import::Origin;

use super::catalogue::Catalogue;
use super::{SOURCE, Stop, documents};
use crate::import::odoo::plan::{ContractPlan, CustomerPlan};
use crate::import::odoo::problems::ExternalId;
use crate::import::odoo::records::Service;
use crate::permit::{Import, Permit};
use crate::record::{self, Subject};
use crate::{Context, Result};

pub(super) struct Writer<'w, 'p> {
    pub(super) context: &'w Context,
    pub(super) permit: &'w Permit<Import>,
    pub(super) company: &'w Company,
    pub(super) catalogue: &'w mut Catalogue<'p>,
    pub(super) transaction: &'w mut store::Transaction,
}

/// The ids that a customer's records got.
#[derive(Default)]
pub(super) struct Written {
    pub(super) contracts: BTreeMap<ExternalId, ContractId>,
    pub(super) lines: BTreeMap<ExternalId, ContractLineId>,
    pub(super) origins: Vec<Origin>,
}

/// What the audit keeps of an import: where it came from and how much it was.
#[derive(Serialize)]
struct Audited<'c> {
    source: &'static str,
    external_id: &'c ExternalId,
    contracts: usize,
    documents: usize,
    payments: usize,
}

impl Writer<'_, '_> {
    pub(super) async fn write(mut self, plan: &CustomerPlan) -> Result<(), Stop> {
        let at = self.context.clock.now();
        let facts = CustomerFacts {
            kind: plan.kind,
            name: plan.name.clone(),
            tax_id: plan.tax_id.clone(),
            email: plan.email.clone(),
            phone: plan.phone.clone(),
            language: self.company.language,
        };
        let customer = store::customers::add(self.transaction, &plan.reference, &facts, at).await?;
        let mut written = Written::default();
        written.remember("customer", &plan.id, customer.0);
        let mut addresses: Vec<(AddressFacts, AddressId)> = Vec::new();
        for contract in &plan.contracts {
            let address = self.address(customer, plan, contract, &mut addresses).await?;
            self.contract(customer, plan, contract, address, &mut written).await?;
        }
        documents::write(self.transaction, customer, plan, at, &mut written).await?;
        store::import::remember(self.transaction, SOURCE, &written.origins).await?;
        let audited = Audited {
            source: SOURCE,
            external_id: &plan.id,
            contracts: plan.contracts.len(),
            documents: plan.documents.len(),
            payments: plan.payments.len(),
        };
        let subject = Subject { kind: "customer", id: customer.0 };
        record::audit(self.context, self.transaction, self.permit, subject, None::<&()>, Some(&audited)).await?;
        Ok(())
    }

    /// Contracts at the same place share its address.
    async fn address(
        &mut self,
        customer: CustomerId,
        plan: &CustomerPlan,
        contract: &ContractPlan,
        known: &mut Vec<(AddressFacts, AddressId)>,
    ) -> Result<AddressId, Stop> {
        let sector = match &contract.sector {
            Some(name) => Some(self.catalogue.sector(self.transaction, name).await?),
            None => None,
        };
        let facts = AddressFacts {
            sector,
            street: contract.street.clone(),
            city: plan.city.clone(),
            postal_code: plan.postal_code.clone(),
            country: plan.country.clone(),
            position: contract.position,
        };
        if let Some((_, id)) = known.iter().find(|(other, _)| *other == facts) {
            return Ok(*id);
        }
        let id = store::addresses::add(self.transaction, customer, &facts).await?;
        known.push((facts, id));
        Ok(id)
    }

    async fn contract(
        &mut self,
        customer: CustomerId,
        plan: &CustomerPlan,
        contract: &ContractPlan,
        address: AddressId,
        written: &mut Written,
    ) -> Result<(), Stop> {
        let (at, today) = (self.context.clock.now(), self.context.clock.today());
        let policy = self.catalogue.policy(self.transaction, plan.due_days).await?;
        let new = NewContract { code: &contract.code, customer, address, policy, currency: contract.currency, at };
        let id = store::contracts::add(self.transaction, &new).await?;
        written.remember("contract", &contract.id, id.0);
        written.contracts.insert(contract.id.clone(), id);
        self.lines(id, contract, written).await?;
        if let Some(service) = &contract.service {
            let released_at = matches!(contract.state, ContractState::Closed { .. }).then_some(at);
            self.service(id, service, released_at).await?;
        }
        self.tell(customer, id, &Event::ContractImported { source: SOURCE.to_owned() }).await?;
        if let Some(reason) = contract.hold {
            self.hold(customer, id, reason).await?;
        }
        store::contracts::save_state(self.transaction, id, &contract.state, today).await?;
        Ok(())
    }

    async fn lines(&mut self, id: ContractId, contract: &ContractPlan, written: &mut Written) -> Result<(), Stop> {
        for line in &contract.lines {
            let facts = LineFacts {
                plan: self.catalogue.plan(self.transaction, &line.product, contract.currency).await?,
                description: line.description.clone(),
                quantity: line.price.quantity,
                unit_price: line.price.unit_price,
                discount: line.price.discount.clone(),
                tax: self.catalogue.tax(self.transaction, &line.tax).await?,
                terms: Some(line.terms),
                alignment: Alignment::Chosen,
            };
            let line_id = store::contract_lines::add(self.transaction, id, &facts).await?;
            store::contract_lines::save_dates(self.transaction, line_id, &line.dates()).await?;
            written.remember("contract_line", &line.id, line_id.0);
            written.lines.insert(line.id.clone(), line_id);
        }
        Ok(())
    }

    /// No job is enqueued: routers go on as the old system left them until somebody decides otherwise.
    async fn service(
        &mut self,
        contract: ContractId,
        service: &Service,
        released_at: Option<chrono::DateTime<chrono::Utc>>,
    ) -> Result<(), Stop> {
        let vault = &self.context.vault;
        let router = self.catalogue.router(self.transaction, vault, &service.router).await?;
        let settings = ServiceSettings {
            router,
            login: service.login.clone(),
            ip: service.ip,
            ipv6_prefix: None,
            onu_serial: service.onu_serial.clone(),
        };
        let password =
            service.password.clone().map(|password| vault.seal(&SecretString::from(password))).transpose()?;
        store::import::add_service(self.transaction, contract, &settings, password.as_deref(), released_at).await?;
        Ok(())
    }

    async fn hold(&mut self, customer: CustomerId, contract: ContractId, reason: HoldReason) -> Result<(), Stop> {
        let evidence = HoldEvidence::Imported { source: SOURCE.to_owned() };
        let hold = NewHold {
            contract,
            reason,
            effect: HoldEffect::SoftCut,
            evidence: &evidence,
            on: self.context.clock.today(),
            at: self.context.clock.now(),
            by: self.permit.actor().user_id(),
        };
        store::holds::place(self.transaction, &hold).await?;
        self.tell(customer, contract, &Event::HoldPlaced { reason, effect: HoldEffect::SoftCut, evidence }).await
    }

    async fn tell(&mut self, customer: CustomerId, contract: ContractId, event: &Event) -> Result<(), Stop> {
        Ok(record::tell(self.context, self.transaction, self.permit.actor(), customer, contract, event).await?)
    }
}

impl Written {
    pub(super) fn remember(&mut self, kind: &'static str, external: &ExternalId, local_id: i64) {
        self.origins.push(Origin { kind, external_id: external.0.clone(), local_id });
    }
}
