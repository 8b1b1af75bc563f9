//! Hotspots as the office sees them.

use chrono::{DateTime, Utc};
use domain::hotspot;
use domain::ids::{HotspotId, HotspotUserId, RouterId, VoucherId};
use domain::network::Because;
use domain::views::hotspots::{HotspotDetail, HotspotRow, LoginPage, SessionRow};
use domain::views::list::Choice;
use serde_json::Value;

use super::{of_binding, of_garden, of_user, record};
use crate::{Connection, Error, Result};

struct Row {
    id: i64,
    name: String,
    router_id: i64,
    router_name: String,
    mode: String,
    enabled: bool,
    look_seconds: i32,
    looked_at: Option<DateTime<Utc>>,
    problem: Option<Value>,
    sessions: i64,
    vouchers: i64,
}

/// All of them by name: each is a router.
pub async fn list(connection: &mut Connection, now: DateTime<Utc>) -> Result<Vec<HotspotRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select h.id, h.name, h.router_id, r.name as router_name, r.mode, h.enabled, h.look_seconds,
                  h.looked_at,
                  case when r.failures > 0 then r.failure else h.problem end as problem,
                  (select count(*) from hotspot_sessions s where s.hotspot_id = h.id) as "sessions!",
                  (select count(*) from voucher_batch_hotspots b join vouchers v on v.batch_id = b.batch_id
                   where b.hotspot_id = h.id and v.ended_at is null
                     and (v.hotspot_id is null or v.hotspot_id = h.id)) as "vouchers!"
           from hotspots h join routers r on r.id = h.router_id order by h.name"#
    );
    rows.fetch_all(connection).await?.into_iter().map(|row| row.view(now)).collect()
}

impl Row {
    fn view(self, now: DateTime<Utc>) -> Result<HotspotRow> {
        let look_seconds = u32::try_from(self.look_seconds).map_err(|error| Error::Unknown(error.to_string()))?;
        let problem: Option<Because> =
            self.problem.map(serde_json::from_value).transpose().map_err(|error| Error::Unknown(error.to_string()))?;
        Ok(HotspotRow {
            id: HotspotId(self.id),
            name: self.name,
            router: Choice { id: RouterId(self.router_id), name: self.router_name },
            mode: self.mode.parse()?,
            enabled: self.enabled,
            looked_at: self.looked_at,
            is_late: hotspot::is_late(self.looked_at, look_seconds, now),
            problem,
            sessions: self.sessions,
            vouchers: self.vouchers,
        })
    }
}

pub async fn choices(connection: &mut Connection) -> Result<Vec<Choice<HotspotId>>> {
    let rows = sqlx::query!("select id, name from hotspots where enabled order by name").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| Choice { id: HotspotId(row.id), name: row.name }).collect())
}

/// The version of the page that would be fetched now is not the store's to know.
///
/// # Errors
/// `NotFound`.
pub async fn detail(connection: &mut Connection, id: HotspotId, now: DateTime<Utc>) -> Result<HotspotDetail> {
    let row = list(connection, now).await?.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)?;
    let stored = record(connection, id).await?;
    let html_directory = sqlx::query_scalar!("select html_directory from hotspots where id = $1", id.0);
    let page = LoginPage {
        is_on_its_way: stored.page_wanted.is_some() && stored.page_installed.is_none(),
        installed: stored.page_installed,
        current: String::new(),
        html_directory: html_directory.fetch_one(&mut *connection).await?,
    };
    Ok(HotspotDetail {
        row,
        facts: stored.facts,
        page,
        sessions: sessions(connection, id).await?,
        garden: of_garden(connection, id).await?,
        bindings: of_binding(connection, id).await?,
        users: of_user(connection, id).await?,
    })
}

/// The live ones as they were read last, the longest first.
pub async fn sessions(connection: &mut Connection, id: HotspotId) -> Result<Vec<SessionRow>> {
    let rows = sqlx::query!(
        r#"select s.router_row, s.user_name, s.mac, s.address, s.voucher_id, s.user_id, s.seconds, s.bytes_down,
                  s.bytes_up, s.read_at, s.end_wanted, v.expires_at as "expires_at?"
           from hotspot_sessions s left join vouchers v on v.id = s.voucher_id
           where s.hotspot_id = $1 order by s.seconds desc, s.router_row"#,
        id.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| SessionRow {
        router_row: row.router_row,
        user: row.user_name,
        voucher: row.voucher_id.map(VoucherId),
        account: row.user_id.map(HotspotUserId),
        mac: row.mac,
        address: row.address,
        seconds: row.seconds,
        bytes_down: row.bytes_down,
        bytes_up: row.bytes_up,
        read_at: row.read_at,
        expires_at: row.expires_at,
        end_wanted: row.end_wanted,
    });
    Ok(rows.collect())
}
