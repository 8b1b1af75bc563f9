//! Changing a policy.

use domain::ids::PolicyId;
use domain::views::policies::PolicyForm;

use super::{refused, subject};
use crate::permit::{EditPolicies, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// # Errors
/// As [`super::create`].
pub async fn edit(context: &Context, permit: &Permit<EditPolicies>, id: PolicyId, form: &PolicyForm) -> Result<()> {
    let policy = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let before = store::policies::get(&mut transaction, id).await?.policy;
    store::policies::edit(&mut transaction, id, &policy).await.map_err(|error| refused(error, &policy.name))?;
    audit(context, &mut transaction, permit, subject(id), Some(&before), Some(&policy)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
