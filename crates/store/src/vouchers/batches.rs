//! Batches, and how they stand.

use chrono::{DateTime, Utc};
use domain::hotspot::{Code, Limits};
use domain::ids::{HotspotId, InvoiceId, TaxId, UserId, VoucherBatchId, VoucherSaleId};
use domain::money::Money;
use domain::views::list::Choice;
use domain::views::vouchers::{BatchCounts, BatchDetail, BatchRow, BatchTerms, NewBatch, SaleRow};
use rust_decimal::Decimal;

use crate::{Connection, Error, Result};

struct Row {
    id: i64,
    series: String,
    profile: String,
    price: Decimal,
    currency: String,
    created_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    made: i64,
    sold: i64,
    for_sale: i64,
    used: i64,
    ended: i64,
    used_unsold: i64,
}

impl Row {
    fn view(self) -> Result<BatchRow> {
        let counts = BatchCounts {
            made: self.made,
            sold: self.sold,
            for_sale: self.for_sale,
            used: self.used,
            ended: self.ended,
            used_unsold: self.used_unsold,
        };
        Ok(BatchRow {
            id: VoucherBatchId(self.id),
            series: self.series,
            profile: self.profile,
            price: Money::new(self.price, self.currency.parse()?),
            created_at: self.created_at,
            withdrawn_at: self.withdrawn_at,
            counts,
        })
    }
}

/// The newest first; all of them: each is some hundred vouchers.
pub async fn batches(connection: &mut Connection, now: DateTime<Utc>) -> Result<Vec<BatchRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select b.id, b.series, p.name as profile, b.price, b.currency, b.created_at, b.withdrawn_at,
                  count(v.id) as "made!", count(v.sale_id) as "sold!",
                  count(v.id) filter (where for_sale(v, $1)) as "for_sale!",
                  count(*) filter (where v.first_used_at is not null and v.ended_at is null) as "used!",
                  count(v.ended_at) as "ended!",
                  count(*) filter (where v.first_used_at is not null and v.sale_id is null) as "used_unsold!"
           from voucher_batches b
           join hotspot_profiles p on p.id = b.profile_id
           left join vouchers v on v.batch_id = b.id
           group by b.id, p.name order by b.id desc"#,
        now
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::view).collect()
}

/// # Errors
/// `NotFound`.
pub async fn batch(connection: &mut Connection, id: VoucherBatchId, now: DateTime<Utc>) -> Result<BatchDetail> {
    let row = batches(connection, now).await?.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)?;
    let facts = sqlx::query!(
        "select b.valid_minutes, b.valid_until, b.limit_minutes, b.limit_megabytes, t.name as tax
         from voucher_batches b join taxes t on t.id = b.tax_id where b.id = $1",
        id.0
    );
    let facts = facts.fetch_one(&mut *connection).await?;
    let limits = Limits { minutes: whole(facts.limit_minutes)?, megabytes: whole(facts.limit_megabytes)? };
    let last = sqlx::query_scalar!(
        "select k.reference from voucher_sales s join invoices i on i.id = s.invoice_id
         join customers k on k.id = i.customer_id order by s.id desc limit 1"
    );
    Ok(BatchDetail {
        row,
        terms: BatchTerms { valid_minutes: whole(facts.valid_minutes)?, valid_until: facts.valid_until, limits },
        tax: facts.tax,
        hotspots: hotspots(connection, id).await?,
        sales: sales(connection, id).await?,
        last_customer: last.fetch_optional(connection).await?,
        idempotency_key: String::new(),
    })
}

fn whole(number: Option<i32>) -> Result<Option<u32>> {
    number.map(u32::try_from).transpose().map_err(|error| Error::Unknown(error.to_string()))
}

async fn hotspots(connection: &mut Connection, id: VoucherBatchId) -> Result<Vec<Choice<HotspotId>>> {
    let rows = sqlx::query!(
        "select h.id, h.name from voucher_batch_hotspots b join hotspots h on h.id = b.hotspot_id
         where b.batch_id = $1 order by h.name",
        id.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: HotspotId(row.id), name: row.name }).collect())
}

async fn sales(connection: &mut Connection, id: VoucherBatchId) -> Result<Vec<SaleRow>> {
    let rows = sqlx::query!(
        r#"select s.id, s.quantity, s.sold_at, k.name as customer, i.id as invoice, i.number as "number!", i.total,
                  i.currency
           from voucher_sales s join invoices i on i.id = s.invoice_id join customers k on k.id = i.customer_id
           where s.batch_id = $1 order by s.id desc"#,
        id.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(SaleRow {
            id: VoucherSaleId(row.id),
            quantity: row.quantity,
            sold_at: row.sold_at,
            customer: row.customer,
            invoice: InvoiceId(row.invoice),
            invoice_number: row.number,
            total: Money::new(row.total, row.currency.parse()?),
        })
    });
    rows.collect()
}

/// A voucher that is being made. `ends_at`: its batch's end, when that is known.
pub struct NewVoucher {
    pub number: i32,
    pub code: Code,
    pub ends_at: Option<DateTime<Utc>>,
}

/// # Errors
/// `Taken` with `voucher_batches_series_key` or `vouchers_code_key`; `Refused` with a foreign key.
pub async fn add_batch(
    connection: &mut Connection,
    batch: &NewBatch,
    hotspots: &[HotspotId],
    vouchers: &[NewVoucher],
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<VoucherBatchId> {
    let number = |whole: Option<u32>| whole.map(|whole| i32::try_from(whole).unwrap_or(i32::MAX));
    let id = sqlx::query_scalar!(
        "insert into voucher_batches (series, profile_id, price, currency, tax_id, valid_minutes, valid_until,
                                      limit_minutes, limit_megabytes, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id",
        batch.series,
        batch.profile.0,
        batch.price.amount(),
        batch.price.currency().to_string(),
        batch.tax.0,
        number(batch.terms.valid_minutes),
        batch.terms.valid_until,
        number(batch.terms.limits.minutes),
        number(batch.terms.limits.megabytes),
        at,
        by.map(|id| id.0)
    )
    .fetch_one(&mut *connection)
    .await?;
    let places: Vec<i64> = hotspots.iter().map(|id| id.0).collect();
    sqlx::query!(
        "insert into voucher_batch_hotspots (batch_id, hotspot_id) select $1, unnest($2::bigint[])",
        id,
        &places
    )
    .execute(&mut *connection)
    .await?;
    let numbers: Vec<i32> = vouchers.iter().map(|voucher| voucher.number).collect();
    let codes: Vec<String> = vouchers.iter().map(|voucher| voucher.code.to_string()).collect();
    let ends: Vec<Option<DateTime<Utc>>> = vouchers.iter().map(|voucher| voucher.ends_at).collect();
    sqlx::query!(
        "insert into vouchers (batch_id, number, code, expires_at)
         select $1, * from unnest($2::integer[], $3::text[], $4::timestamptz[])",
        id,
        &numbers,
        &codes,
        &ends as &[Option<DateTime<Utc>>]
    )
    .execute(connection)
    .await?;
    Ok(VoucherBatchId(id))
}

/// What one voucher of a batch costs, with the tax that is in it or comes on top.
///
/// # Errors
/// `NotFound`.
pub async fn batch_price(connection: &mut Connection, id: VoucherBatchId) -> Result<(Money, TaxId)> {
    let row = sqlx::query!("select price, currency, tax_id from voucher_batches where id = $1", id.0);
    let row = row.fetch_one(connection).await?;
    Ok((Money::new(row.price, row.currency.parse()?), TaxId(row.tax_id)))
}

/// What is needed to sell of a batch or to withdraw it, locked.
pub struct LockedBatch {
    pub series: String,
    pub price: Money,
    pub tax: TaxId,
    pub withdrawn: bool,
}

/// # Errors
/// `NotFound`.
pub async fn lock_batch(connection: &mut Connection, id: VoucherBatchId) -> Result<LockedBatch> {
    let row = sqlx::query!(
        "select series, price, currency, tax_id, withdrawn_at from voucher_batches where id = $1 for update",
        id.0
    );
    let row = row.fetch_one(connection).await?;
    Ok(LockedBatch {
        series: row.series,
        price: Money::new(row.price, row.currency.parse()?),
        tax: TaxId(row.tax_id),
        withdrawn: row.withdrawn_at.is_some(),
    })
}

/// Ends whatever of the batch is not over. Answers how many that were.
pub async fn withdraw(connection: &mut Connection, id: VoucherBatchId, at: DateTime<Utc>) -> Result<u64> {
    sqlx::query!("update voucher_batches set withdrawn_at = $2 where id = $1", id.0, at)
        .execute(&mut *connection)
        .await?;
    let ended = sqlx::query!(
        "update vouchers set ended_at = $2, end_reason = 'withdrawn' where batch_id = $1 and ended_at is null",
        id.0,
        at
    );
    Ok(ended.execute(connection).await?.rows_affected())
}

/// What goes on paper: those that nobody used yet.
pub async fn printed(connection: &mut Connection, id: VoucherBatchId) -> Result<Vec<(i32, Code)>> {
    let rows = sqlx::query!(
        "select number, code from vouchers where batch_id = $1 and first_used_at is null and ended_at is null
         order by number",
        id.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| {
        let code = row.code.parse().map_err(|_| Error::Unknown(format!("code of {}", row.number)))?;
        Ok((row.number, code))
    })
    .collect()
}
