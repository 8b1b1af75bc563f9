//! Plans, taxes, sectors, routers and policies: used when they are there, made when a customer needs them.

use std::collections::{BTreeMap, BTreeSet};

use domain::collections::CutoffPolicy;
use domain::ids::{PlanId, PolicyId, RouterId, SectorId, TaxId};
use domain::money::Currency;
use domain::network::{Addressing, RouterMode};
use domain::plan::{PlanFacts, PlanKind};
use domain::tax::{TaxRate, TaxRates};
use secrecy::SecretString;
use store::Connection;
use store::import::Origin;
use store::routers::RouterRecord;

use super::{SOURCE, Stop};
use crate::Result;
use crate::import::odoo::problems::ExternalId;
use crate::import::odoo::records::{Product, Tax};
use crate::vault::Vault;

#[derive(Clone)]
pub(super) struct Catalogue<'p> {
    products: BTreeMap<&'p ExternalId, &'p Product>,
    found: store::import::Catalogue,
    new_routers: BTreeSet<String>,
}

impl<'p> Catalogue<'p> {
    pub(super) async fn read(connection: &mut Connection, products: &'p [Product]) -> Result<Self> {
        Ok(Self {
            products: products.iter().map(|product| (&product.id, product)).collect(),
            found: store::import::catalogue(connection).await?,
            new_routers: BTreeSet::new(),
        })
    }

    pub(super) fn note_new_routers(&mut self, tried: &Self) {
        self.new_routers.extend(tried.new_routers.iter().cloned());
    }

    pub(super) fn into_new_routers(self) -> Vec<String> {
        self.new_routers.into_iter().collect()
    }

    /// The plan of a product: the one with its code, whatever it costs now, since lines have prices of their own.
    pub(super) async fn plan(
        &mut self,
        connection: &mut Connection,
        product: &ExternalId,
        currency: Currency,
    ) -> Result<PlanId, Stop> {
        // Plans were made only for products that are there.
        let product = self.products.get(product).copied().ok_or(store::Error::NotFound)?;
        if let Some(id) = self.found.plans.get(&product.code) {
            return Ok(*id);
        }
        let facts = PlanFacts {
            code: product.code.clone(),
            name: product.name.clone(),
            kind: if product.speed.is_some() { PlanKind::Internet } else { PlanKind::Addon },
            speed: product.speed,
            burst: None,
            price: product.price,
            currency,
            tax: self.tax(connection, &product.tax).await?,
        };
        let id = store::plans::add(connection, &facts).await?;
        let origin = Origin { kind: "plan", external_id: product.id.0.clone(), local_id: id.0 };
        store::import::remember(connection, SOURCE, &[origin]).await?;
        self.found.plans.insert(product.code.clone(), id);
        Ok(id)
    }

    pub(super) async fn tax(&mut self, connection: &mut Connection, tax: &Tax) -> Result<TaxId, Stop> {
        let name = if tax.name.is_empty() { "0 %" } else { &tax.name };
        let rates = TaxRates::always(TaxRate::added(tax.rate));
        let same = self.found.taxes.iter().find(|known| known.name == name && known.rates == rates);
        if let Some(known) = same {
            return Ok(known.id);
        }
        let id = store::taxes::add(connection, name, rates.basis, rates.first).await?;
        self.found.taxes.push(domain::tax::Tax { id, name: name.to_owned(), rates });
        Ok(id)
    }

    pub(super) async fn sector(&mut self, connection: &mut Connection, name: &str) -> Result<SectorId, Stop> {
        if let Some(id) = self.found.sectors.get(name) {
            return Ok(*id);
        }
        let id = store::sectors::add(connection, name).await?;
        self.found.sectors.insert(name.to_owned(), id);
        Ok(id)
    }

    /// Odoo knows a router's name and no more. A new one is in dry run, under an address that cannot exist.
    pub(super) async fn router(
        &mut self,
        connection: &mut Connection,
        vault: &Vault,
        name: &str,
    ) -> Result<RouterId, Stop> {
        if let Some(id) = self.found.routers.get(name) {
            return Ok(*id);
        }
        let record = RouterRecord {
            name: name.to_owned(),
            host: "unknown.invalid".to_owned(),
            port: 8729,
            certificate_sha256: None,
            username: "ramal".to_owned(),
            mode: RouterMode::DryRun,
            addressing: Addressing::default(),
        };
        let sealed = vault.seal(&SecretString::default())?;
        let id = store::routers::add(connection, &record, &sealed).await?;
        self.found.routers.insert(name.to_owned(), id);
        self.new_routers.insert(name.to_owned());
        Ok(id)
    }

    /// The policy with these due days; without a number of days, the standard one.
    pub(super) async fn policy(
        &mut self,
        connection: &mut Connection,
        due_days: Option<u16>,
    ) -> Result<PolicyId, Stop> {
        let standard = CutoffPolicy::standard();
        let due_days = due_days.unwrap_or(standard.due_days);
        if let Some(id) = self.found.policies.get(&due_days) {
            return Ok(*id);
        }
        let name = if due_days == standard.due_days { standard.name } else { format!("{} {due_days}", standard.name) };
        let id = store::policies::add(connection, &CutoffPolicy { name, due_days, ..CutoffPolicy::standard() }).await?;
        self.found.policies.insert(due_days, id);
        Ok(id)
    }
}
