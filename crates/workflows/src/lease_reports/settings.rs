//! What is done by itself when unknown equipment is seen.

use domain::views::macs::ReportingSettings;

use crate::permit::{EditRouters, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

pub async fn save(context: &Context, permit: &Permit<EditRouters>, settings: ReportingSettings) -> Result<()> {
    let mut transaction = context.begin().await?;
    let draft_contracts = store::lease_reports::drafts_contracts(&mut transaction).await?;
    let before = ReportingSettings { draft_contracts };
    store::lease_reports::save_settings(&mut transaction, settings.draft_contracts).await?;
    let audited = Subject { kind: "lease_report_settings", id: 1 };
    audit(context, &mut transaction, permit, audited, Some(&before), Some(&settings)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
