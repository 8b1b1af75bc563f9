//! Correcting a customer's facts. The reference stays: it is printed on documents.

use domain::ids::CustomerId;
use domain::views::customers::CustomerForm;

use super::subject;
use crate::permit::{EditCustomers, Permit};
use crate::record::audit;
use crate::{Context, Result, numbers};

pub async fn edit(
    context: &Context,
    permit: &Permit<EditCustomers>,
    customer: CustomerId,
    form: &CustomerForm,
) -> Result<()> {
    let (_, facts) = form.check()?;
    let mut transaction = context.begin().await?;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let before = store::customers::get(&mut transaction, customer).await?.facts;
    if before == facts {
        return Ok(());
    }
    numbers::check_tax_id(&mut transaction, facts.tax_id.as_deref(), before.tax_id.as_deref()).await?;
    store::customers::edit(&mut transaction, customer, &facts).await?;
    audit(context, &mut transaction, permit, subject(customer), Some(&before), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
