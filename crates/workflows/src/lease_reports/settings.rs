//! What is done by itself when unknown equipment is seen.

use domain::failure::{Failure, Problem};
use domain::form;
use domain::ids::HotspotProfileId;
use domain::views::macs::ReportingSettings;
use store::lease_reports::Settings;

use crate::permit::{EditRouters, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// # Errors
/// `Fields`: a profile that does not exist.
pub async fn save(context: &Context, permit: &Permit<EditRouters>, typed: &ReportingSettings) -> Result<()> {
    let field = |problem| Failure::field("hotspot_profile", problem);
    let profile: Option<HotspotProfileId> = form::optional_choice(&typed.hotspot_profile).map_err(field)?;
    let mut transaction = context.begin().await?;
    let profiles = store::hotspots::profile_choices(&mut transaction).await?;
    if profile.is_some_and(|profile| profiles.iter().all(|known| known.id != profile)) {
        return Err(field(Problem::UnknownChoice).into());
    }
    let before = store::lease_reports::settings(&mut transaction).await?;
    let after = Settings { draft_contracts: typed.draft_contracts, hotspot_profile: profile };
    store::lease_reports::save_settings(&mut transaction, after).await?;
    let audited = Subject { kind: "lease_report_settings", id: 1 };
    audit(context, &mut transaction, permit, audited, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
