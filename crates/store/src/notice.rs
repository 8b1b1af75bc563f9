//! Whom an address belongs to, for the page that those who are cut are sent to.

use std::net::IpAddr;

use chrono::NaiveDate;
use domain::ids::ContractId;
use domain::service::HoldReason;

use crate::{Connection, Error, Result};

/// A contract that is cut, found by the fixed address of its service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutContract {
    pub contract: ContractId,
    pub since: Option<NaiveDate>,
    pub reasons: Vec<HoldReason>,
}

/// The only contract that has this address now, when its customer is cut. Routers may use the same addresses behind
/// them: an address that two contracts have tells nothing.
pub async fn cut_at(connection: &mut Connection, address: IpAddr) -> Result<Option<CutContract>> {
    let rows = sqlx::query!(
        r#"select c.id, c.service_since, c.service_state in ('suspended', 'disabled', 'removal_list') as "cut!",
                  coalesce((select array_agg(distinct h.reason) from holds h
                            where h.contract_id = c.id and h.lifted_on is null), '{}') as "reasons!"
           from services s join contracts c on c.id = s.contract_id
           where s.ip = $1::text::inet and s.released_at is null"#,
        address.to_string()
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
