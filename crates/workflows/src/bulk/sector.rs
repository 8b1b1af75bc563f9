//! Contracts are put in another sector: their addresses are.

use std::collections::BTreeSet;

use domain::ids::{AddressId, BulkRunId, SectorId};
use domain::views::bulk::{BulkAction, BulkSectorForm, SkipReason, Target};
use store::bulk::BulkContract;

use super::{Begun, Decided, begin_once, finish, outcome};
use crate::permit::{EditCustomers, Permit};
use crate::{Context, Result, addresses};

/// What keeps each address from being put in a sector. An address that several have changes once.
pub(super) fn decide(contracts: Vec<BulkContract>, sector: SectorId) -> Vec<Decided<AddressId>> {
    let mut seen = BTreeSet::new();
    let decided = contracts.into_iter().map(|contract| {
        let skip = match (contract.sector == Some(sector), seen.insert(contract.address)) {
            (true, _) => Some(SkipReason::InSector),
            (false, true) => None,
            (false, false) => Some(SkipReason::SameAddress),
        };
        let name = format!("{} · {}", contract.code, contract.street);
        Decided { target: Target { id: contract.id, name, also: contract.others }, record: contract.address, skip }
    });
    decided.collect()
}

/// What lines were agreed at stays as it was agreed; the sector's prices are for what is sold from now on.
///
/// # Errors
/// `Fields`; `NotFound` for what is no sector.
pub async fn change_sector(
    context: &Context,
    permit: &Permit<EditCustomers>,
    form: &BulkSectorForm,
) -> Result<BulkRunId> {
    let (once, sector) = form.check()?;
    let mut transaction = context.begin().await?;
    let name = store::sectors::get(&mut transaction, sector).await?.name;
    let begun =
        begin_once(context, &mut transaction, permit.actor(), (BulkAction::Sector, name.as_str()), &once).await?;
    let run = match begun {
        Begun::First(run) => run,
        Begun::Before(run) => return Ok(run),
    };
    let contracts = store::bulk::contracts(&mut transaction, &once.rows).await?;
    let places: Vec<AddressId> = contracts.iter().map(|contract| contract.address).collect();
    store::addresses::lock_with_contracts(&mut transaction, &places).await?;
    let mut results = Vec::new();
    for Decided { target, record, skip } in decide(contracts, sector) {
        if skip.is_none() {
            addresses::set_sector(context, &mut transaction, permit, record, sector).await?;
        }
        results.push(outcome(target, skip));
    }
    finish(transaction, run, &results).await
}
