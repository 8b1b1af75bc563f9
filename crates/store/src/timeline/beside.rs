//! What happened beside a contract: messages, outages and files, read from their own records. Staff's story only.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ContractId, FileId, MessageId, OutageId, TicketId};
use domain::timeline::Event;
use domain::views::timeline::{TimelineEntry, Topic};

use super::documents::Of;
use crate::{Connection, Result};

/// The newest of each, at most `limit`, of one topic or of all.
pub(super) async fn entries(
    connection: &mut Connection,
    of: Of,
    topic: Option<Topic>,
    limit: i64,
) -> Result<Vec<TimelineEntry>> {
    let (contract, customer) = match of {
        Of::Contract(contract) => (Some(contract.0), None),
        Of::Customer(customer) => (None, Some(customer.0)),
    };
    let wants = |one| topic.is_none_or(|topic| topic == one);
    let mut entries = Vec::new();
    if wants(Topic::People) {
        entries.extend(messages(connection, contract, customer, limit).await?);
    }
    if wants(Topic::Network) {
        entries.extend(outages(connection, contract, customer, limit).await?);
    }
    if wants(Topic::Tickets) {
        entries.extend(files(connection, contract, customer, limit).await?);
    }
    Ok(entries)
}

fn entry(at: DateTime<Utc>, on: NaiveDate, contract: Option<ContractId>, actor: String, event: Event) -> TimelineEntry {
    let by_system = actor.is_empty();
    TimelineEntry { at, on, contract, event, actor, by_system, for_customer: false }
}

async fn messages(
    connection: &mut Connection,
    contract: Option<i64>,
    customer: Option<i64>,
    limit: i64,
) -> Result<Vec<TimelineEntry>> {
    let rows = sqlx::query!(
        r#"select id, purpose, channel, to_address, sent_at as "sent_at!" from messages
           where state = 'sent' and sent_at is not null
             and customer_id = coalesce($2, (select customer_id from contracts where id = $1))
           order by id desc limit $3"#,
        contract,
        customer,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let event = Event::MessageSent {
            message: MessageId(row.id),
            purpose: row.purpose.parse()?,
            channel: row.channel.parse()?,
            to: row.to_address,
        };
        Ok(entry(row.sent_at, row.sent_at.date_naive(), contract.map(ContractId), String::new(), event))
    });
    rows.collect()
}

/// Those of the sector or the router while the contract had it.
async fn outages(
    connection: &mut Connection,
    contract: Option<i64>,
    customer: Option<i64>,
    limit: i64,
) -> Result<Vec<TimelineEntry>> {
    let rows = sqlx::query!(
        r#"select o.id, coalesce(s.name, r.name) as "place!", o.reason, o.starts_on, o.ends_on, o.reported_at, o.ended_at,
                  b.name as "reported_by?", e.name as "ended_by?"
           from outages o
           left join sectors s on s.id = o.sector_id
           left join routers r on r.id = o.router_id
           left join users b on b.id = o.reported_by
           left join users e on e.id = o.ended_by
           where not o.called_off and exists (
               select from contracts c
               join addresses a on a.id = c.address_id
               left join services v on v.contract_id = c.id
               where (c.id = $1 or c.customer_id = $2)
                 and (a.sector_id = o.sector_id or v.router_id = o.router_id)
                 and coalesce(o.ends_on, o.starts_on) >= c.activated_on
                 and (c.closed_on is null or o.starts_on <= c.closed_on))
           order by o.starts_on desc, o.id desc limit $3"#,
        contract,
        customer,
        limit
    );
    let contract = contract.map(ContractId);
    let mut entries = Vec::new();
    for row in rows.fetch_all(connection).await? {
        let outage = OutageId(row.id);
        if let Some((at, on)) = row.ended_at.zip(row.ends_on) {
            let event = Event::OutageOver { outage, place: row.place.clone() };
            entries.push(entry(at, on, contract, row.ended_by.unwrap_or_default(), event));
        }
        let event = Event::OutageBegan { outage, place: row.place, reason: row.reason };
        entries.push(entry(row.reported_at, row.starts_on, contract, row.reported_by.unwrap_or_default(), event));
    }
    Ok(entries)
}

async fn files(
    connection: &mut Connection,
    contract: Option<i64>,
    customer: Option<i64>,
    limit: i64,
) -> Result<Vec<TimelineEntry>> {
    let rows = sqlx::query!(
        "select f.id, f.name, t.id as ticket, t.contract_id, e.at, e.author_name
         from ticket_files x
         join files f on f.id = x.file_id
         join ticket_entries e on e.id = x.entry_id
         join tickets t on t.id = e.ticket_id
         where t.contract_id = $1 or t.customer_id = $2
         order by e.id desc, f.id desc limit $3",
        contract,
        customer,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let event = Event::FileAdded { file: FileId(row.id), name: row.name, ticket: TicketId(row.ticket) };
        entry(row.at, row.at.date_naive(), row.contract_id.map(ContractId), row.author_name, event)
    });
    Ok(rows.collect())
}
