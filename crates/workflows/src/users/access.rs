//! How the office is entered.

use domain::views::users::AccessSettings;
use serde::Serialize;
use store::second_factors;

use crate::permit::{EditAccess, Permit, SeeUsers};
use crate::record::Subject;
use crate::{Context, Result, record};

pub async fn access(context: &Context, _: &Permit<SeeUsers>) -> Result<AccessSettings> {
    let mut connection = context.connection().await?;
    Ok(AccessSettings {
        second_factor_required: second_factors::is_required(&mut connection).await?,
        staff_without: second_factors::staff_without(&mut connection).await?,
    })
}

/// Whether all staff sign in with a code. Who has none is led to set it up at the next page that they open.
pub async fn require_second_factor(context: &Context, permit: &Permit<EditAccess>, required: bool) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = second_factors::lock_required(&mut transaction).await?;
    if before == required {
        return Ok(());
    }
    second_factors::set_required(&mut transaction, required).await?;
    let (before, after) = (Access { second_factor_required: before }, Access { second_factor_required: required });
    let company = Subject { kind: "company", id: 1 };
    record::audit(context, &mut transaction, permit, company, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[derive(Serialize)]
struct Access {
    second_factor_required: bool,
}
