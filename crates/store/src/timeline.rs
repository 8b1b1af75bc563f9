//! Reading the story of contracts: events, which are written through `history`, and the documents beside them.

mod beside;
mod documents;
mod settled;

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ContractId, CustomerId};
use domain::views::timeline::{TimelineEntry, Topic};
use serde_json::Value;

use self::documents::Of;
use crate::{Connection, Result};

/// The newest entries of a contract, of one topic or of all, at most `limit`.
pub async fn of_contract(
    connection: &mut Connection,
    contract: ContractId,
    topic: Option<Topic>,
    limit: i64,
) -> Result<Vec<TimelineEntry>> {
    let kinds: Option<Vec<String>> = topic.map(|topic| topic.kinds().iter().map(|kind| (*kind).to_owned()).collect());
    let rows = sqlx::query_as!(
        Row,
        "select at, on_date, contract_id, event, for_customer, actor_id, actor_name
         from timeline
         where contract_id = $1 and ($3::text[] is null or event ->> 'kind' = any($3)) order by id desc limit $2",
        contract.0,
        limit,
        kinds.as_deref()
    );
    let of = Of::Contract(contract);
    let events = rows.fetch_all(&mut *connection).await?.into_iter().map(Row::entry).collect::<Result<Vec<_>>>()?;
    let mut entries = match topic {
        None | Some(Topic::Money) => with_documents(connection, events, of, limit).await?,
        Some(_) => events,
    };
    entries.extend(beside::entries(connection, of, topic, limit).await?);
    Ok(newest(entries, limit))
}

/// The newest entries of all of a customer's contracts, at most `limit`.
pub async fn of_customer(connection: &mut Connection, customer: CustomerId, limit: i64) -> Result<Vec<TimelineEntry>> {
    let rows = sqlx::query_as!(
        Row,
        "select at, on_date, contract_id, event, for_customer, actor_id, actor_name
         from timeline where customer_id = $1 order by id desc limit $2",
        customer.0,
        limit
    );
    let events = rows.fetch_all(&mut *connection).await?.into_iter().map(Row::entry).collect::<Result<Vec<_>>>()?;
    let of = Of::Customer(customer);
    let mut entries = with_documents(connection, events, of, limit).await?;
    entries.extend(beside::entries(connection, of, None, limit).await?);
    Ok(newest(entries, limit))
}

/// The same, but only what customers read.
pub async fn for_customer(connection: &mut Connection, customer: CustomerId, limit: i64) -> Result<Vec<TimelineEntry>> {
    let rows = sqlx::query_as!(
        Row,
        "select at, on_date, contract_id, event, for_customer, actor_id, actor_name
         from timeline where customer_id = $1 and for_customer order by id desc limit $2",
        customer.0,
        limit
    );
    let events = rows.fetch_all(&mut *connection).await?.into_iter().map(Row::entry).collect::<Result<Vec<_>>>()?;
    with_documents(connection, events, Of::Customer(customer), limit).await
}

/// With invoices, payments and what became of them.
async fn with_documents(
    connection: &mut Connection,
    mut entries: Vec<TimelineEntry>,
    of: Of,
    limit: i64,
) -> Result<Vec<TimelineEntry>> {
    entries.extend(documents::entries(connection, of, limit).await?);
    entries.extend(settled::entries(connection, of, limit).await?);
    Ok(newest(entries, limit))
}

/// Newest first, by business date: what was imported happened when its documents say.
fn newest(mut entries: Vec<TimelineEntry>, limit: i64) -> Vec<TimelineEntry> {
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.on, entry.at)));
    entries.truncate(usize::try_from(limit).unwrap_or_default());
    entries
}

struct Row {
    at: DateTime<Utc>,
    on_date: NaiveDate,
    contract_id: Option<i64>,
    event: Value,
    for_customer: bool,
    actor_id: Option<i64>,
    actor_name: String,
}

impl Row {
    fn entry(self) -> Result<TimelineEntry> {
        Ok(TimelineEntry {
            at: self.at,
            on: self.on_date,
            contract: self.contract_id.map(ContractId),
            event: serde_json::from_value(self.event)?,
            actor: self.actor_name,
            by_system: self.actor_id.is_none(),
            for_customer: self.for_customer,
        })
    }
}
