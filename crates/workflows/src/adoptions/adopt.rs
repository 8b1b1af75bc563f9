//! Somebody chose rows to make ours.

use std::collections::{BTreeMap, BTreeSet};

use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{AdoptionId, RouterId, ScanRowId, ServiceId};
use domain::network::{Menu, RouterMode};
use domain::views::adoptions::AdoptionDetail;
use domain::views::jobs::JobKind;
use serde::Serialize;
use store::adoptions::ChosenRow;
use store::jobs::NewRouterWork;

use super::matches::{Matched, matches};
use crate::permit::{AdoptRows, Permit, SeeRouters};
use crate::record::Subject;
use crate::{Context, Result, jobs, record};

/// After restoring and suspending, before drift.
const PRIORITY: i16 = 40;

/// Makes the chosen rows ours, soon: their services' own, as they were shown. What they use already, their password and
/// their fixed address, is taken over, so that their customers notice nothing.
///
/// # Errors
/// Nothing was chosen, or nothing of it can be used any more; `Blocked(RouterDryRun)`.
pub async fn adopt(
    context: &Context,
    permit: &Permit<AdoptRows>,
    router: RouterId,
    chosen: &[ScanRowId],
) -> Result<AdoptionId> {
    let mut transaction = context.begin().await?;
    let mode = store::routers::access(&mut transaction, router).await?.record.mode;
    if mode == RouterMode::DryRun {
        return Err(Failure::Blocked { what: Blocker::RouterDryRun }.into());
    }
    let scan = store::scans::newest_read(&mut transaction, router).await?;
    let (scan, _) = scan.ok_or_else(|| Failure::field("rows", Problem::Required))?;
    let chosen: BTreeSet<ScanRowId> = chosen.iter().copied().collect();
    let matched = matches(&mut transaction, router, scan).await?;
    let mut taken: BTreeSet<(Menu, ServiceId)> = BTreeSet::new();
    let rows = matched.iter().filter(|one| one.found.usable && chosen.contains(&one.row.id));
    let rows: Vec<ChosenRow> =
        rows.filter_map(chosen_row).filter(|row| taken.insert((row.menu, row.service))).collect();
    if rows.is_empty() {
        return Err(Failure::field("rows", Problem::Required).into());
    }
    let now = context.clock.now();
    let id = store::adoptions::add(&mut transaction, router, scan, permit.actor().user_id(), now, &rows).await?;
    let audited: Vec<Audited<'_>> = rows.iter().map(Audited::of).collect();
    let subject = Subject { kind: "adoption", id: id.0 };
    record::audit(context, &mut transaction, permit, subject, None::<&()>, Some(&audited)).await?;
    let work = NewRouterWork { kind: JobKind::Adopt, subject: id.0, router, priority: PRIORITY };
    jobs::enqueue_at_router(context, &mut transaction, work).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

pub async fn show(context: &Context, _: &Permit<SeeRouters>, id: AdoptionId) -> Result<AdoptionDetail> {
    Ok(store::adoptions::detail(&mut *context.connection().await?, id).await?)
}

fn chosen_row(matched: &Matched) -> Option<ChosenRow> {
    Some(ChosenRow {
        id: 0,
        menu: matched.row.menu,
        row: matched.row.row.clone(),
        name: matched.row.name.clone(),
        service: matched.found.service?,
        attributes: matched.row.attributes.clone(),
        takes_password: matched.row.menu == Menu::Secret,
        takes_address: matched.takes_address().is_some(),
    })
}

/// A row as it was chosen: its comment too, which the tag takes the place of.
#[derive(Serialize)]
struct Audited<'a> {
    menu: Menu,
    name: &'a str,
    service: ServiceId,
    before: &'a BTreeMap<String, String>,
}

impl<'a> Audited<'a> {
    fn of(row: &'a ChosenRow) -> Self {
        Self { menu: row.menu, name: &row.name, service: row.service, before: &row.attributes }
    }
}
