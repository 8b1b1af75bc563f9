//! How many invoices and payments there are in all, and what was received: kept by triggers, since lists that nothing
//! narrows would count a million rows each time.

use domain::money::{Currency, Money};

use crate::{Connection, Result};

/// Documents of a kind and a currency, or of all.
pub(crate) async fn invoices(connection: &mut Connection, kind: Option<&str>, currency: Option<&str>) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select coalesce(sum(documents), 0)::bigint as "count!" from document_totals
           where kind <> 'payment' and ($1::text is null or kind = $1) and ($2::text is null or currency = $2)"#,
        kind,
        currency
    );
    Ok(count.fetch_one(connection).await?)
}

/// All payments, and what those come to in each currency that did not bounce.
pub(crate) async fn payments(connection: &mut Connection) -> Result<(i64, Vec<Money>)> {
    let rows = sqlx::query!(
        "select currency, documents, amount from document_totals where kind = 'payment' order by currency"
    );
    let rows = rows.fetch_all(connection).await?;
    let count: i64 = rows.iter().map(|row| row.documents).sum();
    let received = rows.into_iter().map(|row| Ok(Money::new(row.amount, row.currency.parse::<Currency>()?)));
    Ok((count, received.collect::<Result<_>>()?))
}
