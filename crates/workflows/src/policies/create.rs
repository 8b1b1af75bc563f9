//! A new policy.

use domain::ids::PolicyId;
use domain::views::policies::PolicyForm;

use super::{refused, subject};
use crate::permit::{EditPolicies, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// # Errors
/// `Fields`, among them steps out of order and a name that another policy has.
pub async fn create(context: &Context, permit: &Permit<EditPolicies>, form: &PolicyForm) -> Result<PolicyId> {
    let policy = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let id = store::policies::add(&mut transaction, &policy).await.map_err(|error| refused(error, &policy.name))?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&policy)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}
