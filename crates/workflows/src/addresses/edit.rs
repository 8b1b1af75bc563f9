//! Correcting an address, and giving it its position.

use domain::customer::AddressFacts;
use domain::ids::{AddressId, SectorId};
use domain::views::customers::AddressForm;

use super::{FIELDS, subject};
use crate::permit::{EditCustomers, Permit};
use crate::record::audit;
use crate::refused::unknown_choice;
use crate::{Context, Result};

pub async fn edit(
    context: &Context,
    permit: &Permit<EditCustomers>,
    address: AddressId,
    form: &AddressForm,
) -> Result<()> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    store::addresses::lock_with_contracts(&mut transaction, &[address]).await?;
    let (_, before) = store::addresses::get(&mut transaction, address).await?;
    store::addresses::edit(&mut transaction, address, &facts).await.map_err(|error| unknown_choice(error, FIELDS))?;
    audit(context, &mut transaction, permit, subject(address), Some(&before.facts), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Puts an address in another sector, as one of many that are locked.
pub(crate) async fn set_sector(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<EditCustomers>,
    address: AddressId,
    sector: SectorId,
) -> Result<()> {
    let (_, before) = store::addresses::get(transaction, address).await?;
    let after = AddressFacts { sector: Some(sector), ..before.facts.clone() };
    store::addresses::edit(transaction, address, &after).await.map_err(|error| unknown_choice(error, FIELDS))?;
    audit(context, transaction, permit, subject(address), Some(&before.facts), Some(&after)).await
}
