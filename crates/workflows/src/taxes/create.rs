//! A new tax.

use domain::ids::TaxId;
use domain::tax::{TaxRate, TaxRates};
use domain::views::taxes::TaxForm;
use serde::Serialize;

use super::subject;
use crate::permit::{EditBilling, Permit};
use crate::record::audit;
use crate::refused::taken;
use crate::{Context, Result};

/// As the audit shows it.
#[derive(Serialize)]
struct Created<'a> {
    name: &'a str,
    #[serde(flatten)]
    rates: TaxRates,
}

/// # Errors
/// `Fields`, among them a name that another tax has.
pub async fn create(context: &Context, permit: &Permit<EditBilling>, form: &TaxForm) -> Result<TaxId> {
    let (name, basis, percent) = form.check()?;
    let mut transaction = context.begin().await?;
    let id = store::taxes::add(&mut transaction, &name, basis, percent)
        .await
        .map_err(|error| taken(error, &[("taxes_name_key", "name")], &name))?;
    let created = Created { name: &name, rates: TaxRates::always(TaxRate { percent, basis }) };
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&created)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}
