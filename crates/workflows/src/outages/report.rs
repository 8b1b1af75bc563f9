//! Saying that something is down.

use domain::ids::OutageId;
use domain::views::collections::OutageForm;

use super::subject;
use crate::permit::{EditOutages, Permit};
use crate::record::audit;
use crate::refused::{Fields, unknown_choice};
use crate::tickets::merge_open;
use crate::{Context, Result};

const FIELDS: Fields = &[("outages_sector_id_fkey", "place"), ("outages_router_id_fkey", "place")];

/// The open tickets from there become part of it.
///
/// # Errors
/// `Fields`.
pub async fn report(context: &Context, permit: &Permit<EditOutages>, form: &OutageForm) -> Result<OutageId> {
    let outage = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let id = store::outages::add(&mut transaction, &outage, context.clock.now(), permit.actor().user_id())
        .await
        .map_err(|error| unknown_choice(error, FIELDS))?;
    merge_open(context, &mut transaction, permit.actor(), id).await?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&outage)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}
