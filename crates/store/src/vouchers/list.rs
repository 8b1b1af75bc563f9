//! Vouchers, looked for by code or number.

use chrono::{DateTime, Utc};
use domain::hotspot::VoucherState;
use domain::ids::{VoucherBatchId, VoucherId};
use domain::views::list::Page;
use domain::views::vouchers::{VoucherFilter, VoucherRow};

use crate::search::pattern;
use crate::{Connection, Error, Result};

struct Row {
    id: i64,
    batch_id: i64,
    series: String,
    number: i32,
    code: String,
    sold: bool,
    end_reason: Option<String>,
    first_used_at: Option<DateTime<Utc>>,
    hotspot: Option<String>,
    mac: Option<String>,
    expires_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    seconds: i64,
    bytes: i64,
}

/// A page, the newest batch first and its vouchers by number.
pub async fn list(connection: &mut Connection, filter: &VoucherFilter) -> Result<Page<VoucherRow>> {
    let typed = filter.search.as_deref().unwrap_or_default().to_uppercase();
    let code = pattern(&typed.replace([' ', '-', '\u{a0}'], ""));
    let (series, number) = numbered(&typed);
    let state = filter.state.map(VoucherState::word);
    let batch = filter.batch.map(|id| id.0);
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from vouchers v join voucher_batches b on b.id = v.batch_id
           where ($1::text is null or v.code like $1 or (b.series = $2 and v.number = $3))
             and ($4::bigint is null or v.batch_id = $4)
             and ($5::text is null or $5 = case when v.ended_at is not null then 'ended'
                                                when v.first_used_at is not null then 'used' else 'fresh' end)"#,
        code,
        series,
        number,
        batch,
        state
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select v.id, v.batch_id, b.series, v.number, v.code, v.sale_id is not null as "sold!", v.end_reason,
                  v.first_used_at, h.name as "hotspot?", v.mac, v.expires_at, v.ended_at,
                  v.seconds_before + v.seconds_read as "seconds!", v.bytes_before + v.bytes_read as "bytes!"
           from vouchers v join voucher_batches b on b.id = v.batch_id left join hotspots h on h.id = v.hotspot_id
           where ($1::text is null or v.code like $1 or (b.series = $2 and v.number = $3))
             and ($4::bigint is null or v.batch_id = $4)
             and ($5::text is null or $5 = case when v.ended_at is not null then 'ended'
                                                when v.first_used_at is not null then 'used' else 'fresh' end)
           order by v.batch_id desc, v.number limit $6 offset $7"#,
        code,
        series,
        number,
        batch,
        state,
        filter.page.rows(),
        filter.page.offset()
    )
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(Row::view).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}

/// `WIFI-0042`
fn numbered(typed: &str) -> (Option<String>, Option<i32>) {
    let parts = typed.trim().rsplit_once('-').map(|(series, number)| (series.trim(), number.trim().parse()));
    match parts {
        Some((series, Ok(number))) => (Some(series.to_owned()), Some(number)),
        _ => (None, None),
    }
}

impl Row {
    fn view(self) -> Result<VoucherRow> {
        let state = match (self.first_used_at, self.ended_at) {
            (_, Some(_)) => VoucherState::Ended,
            (Some(_), None) => VoucherState::Used,
            (None, None) => VoucherState::Fresh,
        };
        Ok(VoucherRow {
            id: VoucherId(self.id),
            batch: VoucherBatchId(self.batch_id),
            series: self.series,
            number: self.number,
            code: self.code.parse().map_err(|_| Error::Unknown(format!("code of voucher {}", self.id)))?,
            sold: self.sold,
            state,
            end_reason: self.end_reason.map(|word| word.parse()).transpose()?,
            first_used_at: self.first_used_at,
            hotspot: self.hotspot,
            mac: self.mac,
            expires_at: self.expires_at,
            ended_at: self.ended_at,
            seconds: self.seconds,
            bytes: self.bytes,
        })
    }
}
