//! A new place at a customer's.

use domain::ids::{AddressId, CustomerId};
use domain::views::customers::AddressForm;

use super::{FIELDS, subject};
use crate::permit::{EditCustomers, Permit};
use crate::record::audit;
use crate::refused::unknown_choice;
use crate::{Context, Result};

pub async fn add(
    context: &Context,
    permit: &Permit<EditCustomers>,
    customer: CustomerId,
    form: &AddressForm,
) -> Result<AddressId> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    store::customers::get(&mut transaction, customer).await?;
    let address = store::addresses::add(&mut transaction, customer, &facts)
        .await
        .map_err(|error| unknown_choice(error, FIELDS))?;
    audit(context, &mut transaction, permit, subject(address), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(address)
}
