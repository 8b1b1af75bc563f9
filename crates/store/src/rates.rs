//! What currencies are worth in each other, day by day, and how payments in them are taken.

use chrono::{DateTime, NaiveDate, Utc};
use domain::exchange::{Igtf, PaymentSettings, Rate};
use domain::ids::UserId;
use domain::invoice::PaymentMethod;
use domain::money::Currency;
use domain::price::Percent;
use domain::views::list::{Page, PageNumber};
use rust_decimal::Decimal;

use crate::{Connection, Result};

struct Row {
    base: String,
    quote: String,
    on_date: NaiveDate,
    rate: Decimal,
}

impl Row {
    fn view(self) -> Result<Rate> {
        let (base, quote) = (self.base.parse()?, self.quote.parse()?);
        Ok(Rate { base, quote, on: self.on_date, rate: self.rate.normalize() })
    }
}

/// Writes a rate down; one of the same day is replaced. Payments keep the rate that they were taken at.
pub async fn put(connection: &mut Connection, rate: &Rate, at: DateTime<Utc>, by: Option<UserId>) -> Result<()> {
    sqlx::query!(
        "insert into exchange_rates (base, quote, on_date, rate, recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (base, quote, on_date) do update
             set rate = excluded.rate, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by",
        rate.base.to_string(),
        rate.quote.to_string(),
        rate.on,
        rate.rate,
        at,
        by.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The newest rate of the two currencies that was known on a day, whichever way it is written.
pub async fn newest(
    connection: &mut Connection,
    one: Currency,
    other: Currency,
    on: NaiveDate,
) -> Result<Option<Rate>> {
    let row = sqlx::query_as!(
        Row,
        "select base, quote, on_date, rate from exchange_rates
         where ((base = $1 and quote = $2) or (base = $2 and quote = $1)) and on_date <= $3
         order by on_date desc, base limit 1",
        one.to_string(),
        other.to_string(),
        on
    );
    row.fetch_optional(connection).await?.map(Row::view).transpose()
}

/// The newest rate of each currency with this one that was known on a day.
pub async fn newest_of(connection: &mut Connection, currency: Currency, on: NaiveDate) -> Result<Vec<Rate>> {
    let rows = sqlx::query_as!(
        Row,
        "select distinct on (case when base = $1 then quote else base end) base, quote, on_date, rate
         from exchange_rates where $1 in (base, quote) and on_date <= $2
         order by case when base = $1 then quote else base end, on_date desc, base",
        currency.to_string(),
        on
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::view).collect()
}

/// The newest first.
pub async fn list(connection: &mut Connection, page: PageNumber) -> Result<Page<Rate>> {
    let rows = sqlx::query_as!(
        Row,
        "select base, quote, on_date, rate from exchange_rates
         order by on_date desc, base, quote limit $1 offset $2",
        page.rows(),
        page.offset()
    );
    let rows = rows.fetch_all(&mut *connection).await?.into_iter().map(Row::view).collect::<Result<_>>()?;
    let total = sqlx::query_scalar!(r#"select count(*) as "count!" from exchange_rates"#).fetch_one(connection).await?;
    Ok(Page { rows, total, number: page.0.max(1) })
}

pub async fn settings(connection: &mut Connection) -> Result<PaymentSettings> {
    let row = sqlx::query!("select rate_days, igtf_percent, igtf_currencies, igtf_methods from payment_settings");
    let row = row.fetch_one(connection).await?;
    let currencies: Vec<Currency> =
        row.igtf_currencies.iter().map(|code| code.parse()).collect::<std::result::Result<_, _>>()?;
    let methods: Vec<PaymentMethod> =
        row.igtf_methods.iter().map(|word| word.parse()).collect::<std::result::Result<_, _>>()?;
    let percent = row.igtf_percent.map(Percent::new).transpose()?;
    Ok(PaymentSettings {
        rate_days: u16::try_from(row.rate_days)?,
        igtf: percent.map(|percent| Igtf { percent, currencies, methods }),
    })
}

pub async fn save_settings(connection: &mut Connection, settings: &PaymentSettings) -> Result<()> {
    let igtf = settings.igtf.as_ref();
    let currencies: Vec<String> =
        igtf.map(|igtf| igtf.currencies.iter().map(ToString::to_string).collect()).unwrap_or_default();
    let methods: Vec<String> =
        igtf.map(|igtf| igtf.methods.iter().map(ToString::to_string).collect()).unwrap_or_default();
    sqlx::query!(
        "update payment_settings set rate_days = $1, igtf_percent = $2, igtf_currencies = $3, igtf_methods = $4",
        i32::from(settings.rate_days),
        igtf.map(|igtf| igtf.percent.get()),
        &currencies,
        &methods
    )
    .execute(connection)
    .await?;
    Ok(())
}
