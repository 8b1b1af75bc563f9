//! Whose the rows of others are, as the router's newest scan read them.

use std::collections::{BTreeSet, HashMap};

use domain::ids::{RouterId, ScanId, ServiceId};
use domain::network::{
    Certainty, Dialect, Difference, ForeignRow, Match, Row, Subscriber, attributes, changes_of, match_rows,
};
use domain::views::adoptions::{Adoptable, AdoptableFilter, AdoptableRow};
use domain::views::list::{Choice, Page};
use domain::views::scans::RowOwner;
use store::scans::KeptRow;

use crate::permit::{AdoptRows, Permit};
use crate::{Context, Result, jobs};

/// A row, and whose it is by what it says.
pub(super) struct Matched {
    pub row: KeptRow,
    pub found: Match,
    /// The subscriber that was found.
    pub subscriber: Option<(Subscriber, RowOwner)>,
}

impl Matched {
    /// The fixed address that the service takes over.
    pub fn takes_address(&self) -> Option<std::net::IpAddr> {
        let (subscriber, _) = self.subscriber.as_ref()?;
        foreign(&self.row).address().filter(|_| subscriber.address.is_none() && self.found.usable)
    }
}

/// What can be adopted at a router: the certain ones first.
pub async fn adoptable(
    context: &Context,
    _: &Permit<AdoptRows>,
    router: RouterId,
    filter: &AdoptableFilter,
) -> Result<Adoptable> {
    let mut connection = context.connection().await?;
    let detail = store::routers::detail(&mut connection, router).await?;
    let scan = store::scans::newest_read(&mut connection, router).await?;
    let matched = match scan {
        Some((scan, _)) => matches(&mut connection, router, scan).await?,
        None => Vec::new(),
    };
    drop(connection);
    let count = |certainty| {
        i64::try_from(matched.iter().filter(|one| one.found.certainty == certainty).count()).unwrap_or(i64::MAX)
    };
    let (certain, probable) = (count(Certainty::Certain), count(Certainty::Probable));
    let unmatched = count(Certainty::Unmatched);
    let mut wanted: Vec<&Matched> = matched.iter().filter(|one| is_asked_for(one, filter)).collect();
    wanted.sort_by_key(|one| (one.found.certainty, !one.found.usable, one.row.id));
    let offset = usize::try_from(filter.page.offset()).unwrap_or_default();
    let on_page: Vec<&Matched> =
        wanted.iter().copied().skip(offset).take(usize::try_from(filter.page.rows()).unwrap_or_default()).collect();
    let dialect = detail.row.identity.as_ref().map_or(Dialect::NEWEST, |identity| Dialect::of(&identity.version));
    let changes = changes(context, router, &on_page, dialect).await?;
    let rows = on_page.into_iter().zip(changes).map(|(one, changes)| shown(one, changes)).collect();
    let total = i64::try_from(wanted.len()).unwrap_or(i64::MAX);
    Ok(Adoptable {
        router: Choice { id: router, name: detail.row.name },
        scan,
        certain,
        probable,
        unmatched,
        rows: Page { rows, total, number: filter.page.0 },
    })
}

/// All rows of others that the scan read, with whose they are.
pub(super) async fn matches(
    connection: &mut store::Connection,
    router: RouterId,
    scan: ScanId,
) -> Result<Vec<Matched>> {
    let rows = store::scans::foreign_rows(connection, scan).await?;
    let subscribers = store::adoptions::subscribers(connection, router).await?;
    let ours: BTreeSet<_> = store::adoptions::with_rows(connection, router).await?.into_iter().collect();
    let foreign: Vec<ForeignRow> = rows.iter().map(foreign).collect();
    let candidates: Vec<Subscriber> = subscribers.iter().map(|(subscriber, _)| subscriber.clone()).collect();
    let found = match_rows(&foreign, &candidates, &ours);
    let by_service: HashMap<ServiceId, (Subscriber, RowOwner)> =
        subscribers.into_iter().map(|(subscriber, owner)| (subscriber.service, (subscriber, owner))).collect();
    let matched = rows.into_iter().zip(found).map(|(row, found)| {
        let subscriber = found.service.and_then(|service| by_service.get(&service).cloned());
        Matched { row, found, subscriber }
    });
    Ok(matched.collect())
}

pub(super) fn foreign(row: &KeptRow) -> ForeignRow {
    ForeignRow { menu: row.menu, name: row.name.clone(), attributes: row.attributes.clone() }
}

fn is_asked_for(matched: &Matched, filter: &AdoptableFilter) -> bool {
    let search = filter.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let comment = matched.row.attributes.get("comment").map_or("", String::as_str);
    let owner = matched.subscriber.as_ref().map(|(_, owner)| owner);
    let texts = [
        Some(matched.row.name.as_str()),
        Some(comment),
        owner.map(|owner| owner.customer_name.as_str()),
        owner.map(|owner| owner.contract_code.as_str()),
    ];
    let found = search.is_empty() || texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&search));
    found && filter.certainty.is_none_or(|certainty| certainty == matched.found.certainty)
}

/// For each of these rows, what the next job changes once it is ours.
async fn changes(
    context: &Context,
    router: RouterId,
    matched: &[&Matched],
    dialect: Dialect,
) -> Result<Vec<Vec<Difference>>> {
    let usable = matched.iter().filter(|one| one.found.usable);
    let services: Vec<ServiceId> = usable.filter_map(|one| one.found.service).collect();
    let mut connection = context.connection().await?;
    let facts = store::technical::facts(&mut connection, &services, context.clock.today()).await?;
    let addressing = store::routers::access(&mut connection, router).await?.record.addressing;
    drop(connection);
    let wanted = facts.iter().filter_map(|facts| {
        let subject = jobs::subject(&context.vault, facts, router, false).ok()?;
        Some((facts.service, subject.wanted))
    });
    let wanted: HashMap<ServiceId, _> = wanted.collect();
    let changes = matched.iter().map(|one| {
        let wanted = one.found.service.filter(|_| one.found.usable).and_then(|service| wanted.get(&service))?;
        let mut wanted = wanted.clone();
        if let Some(address) = one.takes_address() {
            wanted.attachment = wanted.attachment.at(address);
        }
        let row = Row { menu: one.row.menu, id: one.row.row.clone(), attributes: attributes(&one.row.attributes) };
        Some(changes_of(&wanted, &addressing, &row, dialect))
    });
    Ok(changes.map(Option::unwrap_or_default).collect())
}

fn shown(matched: &Matched, changes: Vec<Difference>) -> AdoptableRow {
    AdoptableRow {
        id: matched.row.id,
        menu: matched.row.menu,
        name: matched.row.name.clone(),
        attributes: matched.row.attributes.clone(),
        certainty: matched.found.certainty,
        owner: matched.subscriber.as_ref().map(|(_, owner)| owner.clone()),
        clues: matched.found.clues.clone(),
        usable: matched.found.usable,
        left_by: matched.found.left_by.map(str::to_owned),
        changes,
        takes_address: matched.takes_address().map(|address| address.to_string()),
    }
}
