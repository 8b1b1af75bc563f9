//! How a router tells, and since when.

use domain::ids::RouterId;
use domain::lease_report::script;
use domain::views::macs::{Reporting, ReportingSettings, ReportingToken};

use crate::permit::{Permit, SeeRouters};
use crate::{Context, Result};

pub async fn show(context: &Context, _: &Permit<SeeRouters>, router: RouterId) -> Result<Reporting> {
    let mut connection = context.connection().await?;
    let name = store::routers::detail(&mut connection, router).await?.row.name;
    let token = store::lease_reports::get(&mut connection, router).await?.map(|reporter| ReportingToken {
        made_at: reporter.made_at,
        reported_at: reporter.reported_at,
        read_at: reporter.read_at,
        installed_on: reporter.installed_on,
        script: script(&context.public_url, "***"),
    });
    let stored = store::lease_reports::settings(&mut connection).await?;
    let settings = ReportingSettings {
        draft_contracts: stored.draft_contracts,
        hotspot_profile: stored.hotspot_profile.map(|profile| profile.to_string()).unwrap_or_default(),
    };
    let profiles = store::hotspots::profile_choices(&mut connection).await?;
    Ok(Reporting { router, name, token, settings, profiles })
}
