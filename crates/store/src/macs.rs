//! Equipment that routers told of.

use chrono::{DateTime, Utc};
use domain::contact::Mac;
use domain::ids::{ContractId, CustomerId, MacProfileId, RouterId};
use domain::lease_report::LeaseReport;
use domain::views::list::Page;
use domain::views::macs::{MacFilter, MacRow, MacState};

use crate::{Connection, Result, search};

/// Notes where it was seen. The same report twice is the same as once. True when nobody had told of it before.
pub async fn note(
    connection: &mut Connection,
    router: RouterId,
    report: &LeaseReport,
    at: DateTime<Utc>,
) -> Result<(MacProfileId, bool)> {
    let row = sqlx::query!(
        r#"insert into mac_profiles (mac, router_id, address, dhcp_server, first_seen_at, last_seen_at)
           values ($1, $2, $3::text::inet, $4, $5, $5)
           on conflict (mac) do update
              set router_id = excluded.router_id, address = coalesce(excluded.address, mac_profiles.address),
                  dhcp_server = excluded.dhcp_server, last_seen_at = excluded.last_seen_at
           returning id, first_seen_at = last_seen_at as "is_new!""#,
        report.mac.as_str(),
        router.0,
        report.address.map(|address| address.to_string()),
        report.server,
        at,
    )
    .fetch_one(connection)
    .await?;
    Ok((MacProfileId(row.id), row.is_new))
}

/// The newest first.
pub async fn list(connection: &mut Connection, filter: &MacFilter) -> Result<Page<MacRow>> {
    let search = filter.search.as_deref().and_then(search::pattern);
    let rows = sqlx::query_as!(
        Row,
        r#"select p.id as "id!", p.mac as "mac!", p.router_id as "router_id!", r.name as router_name,
                  host(p.address) as address, p.dhcp_server as "dhcp_server!", p.first_seen_at as "first_seen_at!",
                  p.last_seen_at as "last_seen_at!", p.state as "state!", p.contract_id, p.contract_code, p.customer_id,
                  p.customer_name, count(*) over () as "total!"
           from mac_profiles_in_state p join routers r on r.id = p.router_id
           where ($1::text is null or p.mac ilike $1 or host(p.address) ilike $1 or r.name ilike $1
                                   or p.customer_name ilike $1 or p.contract_code ilike $1)
             and ($2::text is null or p.state = $2) and ($3::bigint is null or p.router_id = $3)
           order by p.last_seen_at desc, p.id desc limit $4 offset $5"#,
        search,
        filter.state.map(MacState::word),
        filter.router.map(|router| router.0),
        filter.page.rows(),
        filter.page.offset(),
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    Ok(Page { rows: rows.into_iter().map(Row::row).collect::<Result<_>>()?, total, number: filter.page.0 })
}

pub async fn get(connection: &mut Connection, id: MacProfileId) -> Result<MacRow> {
    let row = sqlx::query_as!(
        Row,
        r#"select p.id as "id!", p.mac as "mac!", p.router_id as "router_id!", r.name as router_name,
                  host(p.address) as address, p.dhcp_server as "dhcp_server!", p.first_seen_at as "first_seen_at!",
                  p.last_seen_at as "last_seen_at!", p.state as "state!", p.contract_id, p.contract_code, p.customer_id,
                  p.customer_name, 1::bigint as "total!"
           from mac_profiles_in_state p join routers r on r.id = p.router_id where p.id = $1"#,
        id.0,
    );
    row.fetch_one(connection).await?.row()
}

/// Takes it off the list of what is to be acted on, or puts it back.
pub async fn ignore(connection: &mut Connection, id: MacProfileId, since: Option<DateTime<Utc>>) -> Result<()> {
    sqlx::query!("update mac_profiles set ignored_at = $2 where id = $1", id.0, since).execute(connection).await?;
    Ok(())
}

struct Row {
    id: i64,
    mac: String,
    router_id: i64,
    router_name: String,
    address: Option<String>,
    dhcp_server: String,
    first_seen_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    state: String,
    contract_id: Option<i64>,
    contract_code: Option<String>,
    customer_id: Option<i64>,
    customer_name: Option<String>,
    total: i64,
}

impl Row {
    fn row(self) -> Result<MacRow> {
        let mac: Mac = self.mac.parse()?;
        Ok(MacRow {
            id: MacProfileId(self.id),
            mac: mac.to_string(),
            router: RouterId(self.router_id),
            router_name: self.router_name,
            address: self.address,
            dhcp_server: self.dhcp_server,
            first_seen_at: self.first_seen_at,
            last_seen_at: self.last_seen_at,
            state: self.state.parse()?,
            contract: self.contract_id.map(ContractId).zip(self.contract_code),
            customer: self.customer_id.map(CustomerId).zip(self.customer_name),
        })
    }
}
