//! Whom an address belongs to, for the page that those who are cut are sent to.

use std::net::IpAddr;

use chrono::NaiveDate;
use domain::ids::ContractId;
use domain::service::HoldReason;
use serde_json::json;

use crate::{Connection, Error, Result};

/// A contract that is cut, found by the address of its service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutContract {
    pub contract: ContractId,
    pub since: Option<NaiveDate>,
    pub reasons: Vec<HoldReason>,
}

/// The only contract that has this address now, when its customer is cut: it is the service's own, or the one that the
/// router was read to have leased when it held the cut. A lease follows its equipment; the address of a session may be
/// somebody else's a moment later, and is not believed. Routers may use the same addresses behind them: an address that two
/// contracts have tells nothing.
///
/// Only of those who are cut it is looked up what was read: they are few, and others are not sent to the page.
pub async fn cut_at(connection: &mut Connection, address: IpAddr) -> Result<Option<CutContract>> {
    let address = address.to_string();
    let lease = json!({ "rows": [{ "menu": "lease", "attributes": { "active-address": address } }] });
    let rows = sqlx::query!(
        r#"select c.id, c.service_since, c.service_state in ('suspended', 'disabled', 'removal_list') as "cut!",
                  coalesce((select array_agg(distinct h.reason) from holds h
                            where h.contract_id = c.id and h.lifted_on is null), '{}') as "reasons!"
           from contracts c
           where c.id in (
               select s.contract_id from services s where s.ip = $1::text::inet and s.released_at is null
               union
               select s.contract_id from contracts late join services s on s.contract_id = late.id
               where late.state = 'active' and late.service_state in ('suspended', 'disabled', 'removal_list')
                 and s.ip is null and s.released_at is null and s.technical_state in ('suspended', 'cut')
                 and s.technical_evidence @> $2)"#,
        address,
        lease
    )
    .fetch_all(connection)
    .await?;
    let [row] = rows.as_slice() else { return Ok(None) };
    if !row.cut {
        return Ok(None);
    }
    let reasons = row.reasons.iter().map(|reason| reason.parse()).collect::<std::result::Result<_, _>>();
    let reasons = reasons.map_err(|error: domain::words::UnknownWord| Error::Unknown(error.to_string()))?;
    Ok(Some(CutContract { contract: ContractId(row.id), since: row.service_since, reasons }))
}
