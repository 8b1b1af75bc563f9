//! A new customer.

use domain::failure::{Failure, Problem};
use domain::ids::CustomerId;
use domain::views::customers::CustomerForm;

use super::subject;
use crate::permit::{EditCustomers, Permit};
use crate::record::audit;
use crate::refused::taken;
use crate::{Context, Result, numbers};

/// Creates the customer, with the next free reference when none was typed.
///
/// # Errors
/// `Fields`, among them a reference that another customer has (`Taken` by that customer's name).
pub async fn create(context: &Context, permit: &Permit<EditCustomers>, form: &CustomerForm) -> Result<CustomerId> {
    let (wanted, facts) = form.check()?;
    let mut transaction = context.begin().await?;
    numbers::check_tax_id(&mut transaction, facts.tax_id.as_deref(), None).await?;
    let reference = match wanted {
        None => store::customers::next_reference(&mut transaction).await?,
        Some(wanted) => match store::customers::with_reference(&mut transaction, &wanted).await? {
            Some(by) => return Err(Failure::field("reference", Problem::Taken { by }).into()),
            None => wanted,
        },
    };
    let customer = store::customers::add(&mut transaction, &reference, &facts, context.clock.now())
        .await
        .map_err(|error| taken(error, &[("customers_reference_key", "reference")], &reference))?;
    audit(context, &mut transaction, permit, subject(customer), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(customer)
}
