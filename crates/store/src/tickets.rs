//! Tickets: written, and looked at one by one. Lists are in `tickets_list`.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ContractId, CustomerId, FileId, OutageId, RouterId, TicketCategoryId, TicketId, UserId};
use domain::ticket::{Deadline, Deadlines, Pause, Priority, TicketEvent, TicketState};
use domain::views::list::Choice;
use domain::views::tickets::{FileLink, Rating, TicketEntry};

use crate::{Connection, Result};

/// A ticket to open.
#[derive(Clone, Debug)]
pub struct NewTicket<'a> {
    pub customer: CustomerId,
    pub contract: Option<ContractId>,
    pub router: Option<RouterId>,
    pub outage: Option<OutageId>,
    pub category: TicketCategoryId,
    pub priority: Priority,
    pub subject: &'a str,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
    pub by_customer: bool,
    pub deadlines: Deadlines,
    pub idempotency_key: &'a str,
}

/// What decides about a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: TicketId,
    pub customer: CustomerId,
    pub contract: Option<ContractId>,
    pub outage: Option<OutageId>,
    pub category: TicketCategoryId,
    pub priority: Priority,
    pub state: TicketState,
    pub subject: String,
    pub opened_at: DateTime<Utc>,
    pub assignee: Option<UserId>,
    pub responded_at: Option<DateTime<Utc>>,
    pub rating: Option<Rating>,
}

/// Something that was written, or that happened.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    pub at: DateTime<Utc>,
    pub author: Option<UserId>,
    pub author_name: &'a str,
    pub from_customer: bool,
    pub internal: bool,
    pub body: &'a str,
    pub event: Option<&'a TicketEvent>,
}

/// # Errors
/// `Refused` with `tickets_category_id_fkey`; `Taken` with `tickets_idempotency_key_key`.
pub async fn add(connection: &mut Connection, ticket: &NewTicket<'_>) -> Result<TicketId> {
    let Deadlines { response, resolution } = ticket.deadlines;
    let id = sqlx::query_scalar!(
        "insert into tickets (customer_id, contract_id, router_id, outage_id, category_id, priority, state, subject,
                              opened_at, opened_by, by_customer, response_due, response_soon, resolution_due,
                              resolution_soon, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, 'new', $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id",
        ticket.customer.0,
        ticket.contract.map(|id| id.0),
        ticket.router.map(|id| id.0),
        ticket.outage.map(|id| id.0),
        ticket.category.0,
        ticket.priority.word(),
        ticket.subject,
        ticket.at,
        ticket.by.map(|id| id.0),
        ticket.by_customer,
        response.due_at,
        response.soon_at,
        resolution.due_at,
        resolution.soon_at,
        ticket.idempotency_key
    );
    Ok(TicketId(id.fetch_one(connection).await?))
}

/// The ticket that this customer's form made before, if it did.
pub async fn by_idempotency_key(
    connection: &mut Connection,
    customer: CustomerId,
    key: &str,
) -> Result<Option<TicketId>> {
    let id =
        sqlx::query_scalar!("select id from tickets where customer_id = $1 and idempotency_key = $2", customer.0, key);
    Ok(id.fetch_optional(connection).await?.map(TicketId))
}

/// How many a customer reported since a moment.
pub async fn reported_since(connection: &mut Connection, customer: CustomerId, since: DateTime<Utc>) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from tickets where customer_id = $1 and by_customer and opened_at > $2"#,
        customer.0,
        since
    );
    Ok(count.fetch_one(connection).await?)
}

/// A ticket that nobody else changes until the transaction ends.
///
/// # Errors
/// `NotFound`.
pub async fn lock(connection: &mut Connection, ticket: TicketId) -> Result<Ticket> {
    let row = sqlx::query!(
        "select id, customer_id, contract_id, outage_id, category_id, priority, state, subject, opened_at, assignee_id,
                responded_at, rating, rating_comment
         from tickets where id = $1 for update",
        ticket.0
    )
    .fetch_one(connection)
    .await?;
    Ok(Ticket {
        id: TicketId(row.id),
        customer: CustomerId(row.customer_id),
        contract: row.contract_id.map(ContractId),
        outage: row.outage_id.map(OutageId),
        category: TicketCategoryId(row.category_id),
        priority: row.priority.parse()?,
        state: row.state.parse()?,
        subject: row.subject,
        opened_at: row.opened_at,
        assignee: row.assignee_id.map(UserId),
        responded_at: row.responded_at,
        rating: row.rating.map(|stars| Rating { stars, comment: row.rating_comment }),
    })
}

/// Writes down what may change of a ticket: its state, with the dates that go with it, and its triage.
pub async fn save(connection: &mut Connection, ticket: &Ticket, at: DateTime<Utc>) -> Result<()> {
    let rating = ticket.rating.as_ref();
    sqlx::query!(
        "update tickets set state = $2, priority = $3, category_id = $4, assignee_id = $5, outage_id = $6,
                responded_at = $7, rating = $8, rating_comment = $9,
                rated_at = case when $8::int is not null then coalesce(rated_at, $10) end,
                resolved_at = case when $2 in ('resolved', 'closed') then coalesce(resolved_at, $10) end,
                closed_at = case when $2 = 'closed' then coalesce(closed_at, $10) end
         where id = $1",
        ticket.id.0,
        ticket.state.word(),
        ticket.priority.word(),
        ticket.category.0,
        ticket.assignee.map(|id| id.0),
        ticket.outage.map(|id| id.0),
        ticket.responded_at,
        rating.map(|rating| rating.stars),
        rating.map(|rating| rating.comment.as_str()).unwrap_or_default(),
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn save_deadlines(connection: &mut Connection, ticket: TicketId, deadlines: &Deadlines) -> Result<()> {
    sqlx::query!(
        "update tickets set response_due = $2, response_soon = $3, resolution_due = $4, resolution_soon = $5
         where id = $1",
        ticket.0,
        deadlines.response.due_at,
        deadlines.response.soon_at,
        deadlines.resolution.due_at,
        deadlines.resolution.soon_at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// In order.
pub async fn pauses(connection: &mut Connection, ticket: TicketId) -> Result<Vec<Pause>> {
    let pauses = sqlx::query_as!(
        Pause,
        "select began_at, ended_at from ticket_pauses where ticket_id = $1 order by began_at, ended_at",
        ticket.0
    );
    Ok(pauses.fetch_all(connection).await?)
}

/// From now on the clock stands.
pub async fn pause(connection: &mut Connection, ticket: TicketId, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("insert into ticket_pauses (ticket_id, began_at) values ($1, $2)", ticket.0, at)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn resume(connection: &mut Connection, ticket: TicketId, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update ticket_pauses set ended_at = $2 where ticket_id = $1 and ended_at is null", ticket.0, at)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn add_entry(connection: &mut Connection, ticket: TicketId, entry: &NewEntry<'_>) -> Result<i64> {
    let event = entry.event.map(serde_json::to_value).transpose()?;
    let id = sqlx::query_scalar!(
        "insert into ticket_entries (ticket_id, at, author_id, author_name, from_customer, internal, body, event)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        ticket.0,
        entry.at,
        entry.author.map(|id| id.0),
        entry.author_name,
        entry.from_customer,
        entry.internal,
        entry.body,
        event
    );
    Ok(id.fetch_one(connection).await?)
}

/// Hangs files at an entry.
pub async fn attach(connection: &mut Connection, entry: i64, files: &[FileId]) -> Result<()> {
    let ids: Vec<i64> = files.iter().map(|id| id.0).collect();
    sqlx::query!("insert into ticket_files (entry_id, file_id) select $1, unnest($2::bigint[])", entry, &ids)
        .execute(connection)
        .await?;
    Ok(())
}

/// Who reads a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Staff,
    /// No internal note leaves the database for them, nor its files, nor the name of who wrote.
    Customer,
}

/// The conversation, oldest first.
pub async fn entries(connection: &mut Connection, ticket: TicketId, audience: Audience) -> Result<Vec<TicketEntry>> {
    let own = audience == Audience::Customer;
    let rows = sqlx::query!(
        "select id, at, author_name, from_customer, internal, body, event from ticket_entries
         where ticket_id = $1 and not (internal and $2) order by id",
        ticket.0,
        own
    );
    let rows = rows.fetch_all(&mut *connection).await?;
    let mut entries = Vec::new();
    for row in rows {
        let event: Option<TicketEvent> = row.event.map(serde_json::from_value).transpose()?;
        if own && event.as_ref().is_some_and(|event| !event.is_for_customer()) {
            continue;
        }
        let author = if own && !row.from_customer { String::new() } else { row.author_name };
        entries.push(TicketEntry {
            at: row.at,
            author,
            from_customer: row.from_customer,
            internal: row.internal,
            body: row.body,
            event,
            files: files_of(connection, row.id).await?,
        });
    }
    Ok(entries)
}

async fn files_of(connection: &mut Connection, entry: i64) -> Result<Vec<FileLink>> {
    let rows = sqlx::query!(
        "select f.id, f.name, f.kind from ticket_files t join files f on f.id = t.file_id
         where t.entry_id = $1 order by f.id",
        entry
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| Ok(FileLink { id: FileId(row.id), name: row.name, kind: row.kind.parse()? })).collect()
}

/// What only a detail shows.
#[derive(Clone, Debug)]
pub struct Rest {
    pub category: TicketCategoryId,
    pub assignee: Option<UserId>,
    pub responded_at: Option<DateTime<Utc>>,
    pub router: Option<Choice<RouterId>>,
    pub opened_by: Option<String>,
    pub by_customer: bool,
    pub deadlines: Deadlines,
    pub resolved_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// # Errors
/// `NotFound`.
pub async fn rest(connection: &mut Connection, ticket: TicketId) -> Result<Rest> {
    let row = sqlx::query!(
        r#"select r.id as "router_id?", r.name as "router?", u.name as "opened_by?", t.by_customer, t.response_due,
                  t.response_soon, t.resolution_due, t.resolution_soon, t.resolved_at, t.closed_at, t.category_id,
                  t.assignee_id, t.responded_at
           from tickets t left join routers r on r.id = t.router_id left join users u on u.id = t.opened_by
           where t.id = $1"#,
        ticket.0
    );
    let row = row.fetch_one(connection).await?;
    Ok(Rest {
        category: TicketCategoryId(row.category_id),
        assignee: row.assignee_id.map(UserId),
        responded_at: row.responded_at,
        router: row.router_id.zip(row.router).map(|(id, name)| Choice { id: RouterId(id), name }),
        opened_by: row.opened_by,
        by_customer: row.by_customer,
        deadlines: Deadlines {
            response: Deadline { soon_at: row.response_soon, due_at: row.response_due },
            resolution: Deadline { soon_at: row.resolution_soon, due_at: row.resolution_due },
        },
        resolved_at: row.resolved_at,
        closed_at: row.closed_at,
    })
}

pub async fn rating(connection: &mut Connection, ticket: TicketId) -> Result<Option<Rating>> {
    let row = sqlx::query!("select rating, rating_comment from tickets where id = $1", ticket.0);
    let row = row.fetch_one(connection).await?;
    Ok(row.rating.map(|stars| Rating { stars, comment: row.rating_comment }))
}

/// The router that a contract's service is at.
pub async fn router_of(connection: &mut Connection, contract: ContractId) -> Result<Option<RouterId>> {
    let id = sqlx::query_scalar!(
        "select router_id from services where contract_id = $1 and released_at is null",
        contract.0
    );
    Ok(id.fetch_optional(connection).await?.map(RouterId))
}

/// Resolved tickets that nobody complained about since before a moment, in order; at most `limit`.
pub async fn to_close(connection: &mut Connection, before: DateTime<Utc>, limit: i64) -> Result<Vec<TicketId>> {
    let ids = sqlx::query_scalar!(
        "select id from tickets where state = 'resolved' and resolved_at <= $1 order by resolved_at, id limit $2",
        before,
        limit
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(TicketId).collect())
}

pub async fn count_to_close(connection: &mut Connection, before: DateTime<Utc>) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from tickets where state = 'resolved' and resolved_at <= $1"#,
        before
    );
    Ok(count.fetch_one(connection).await?)
}

/// The tickets that are merged into an outage and not over, in order.
pub async fn open_in_outage(connection: &mut Connection, outage: OutageId) -> Result<Vec<TicketId>> {
    let ids = sqlx::query_scalar!(
        "select id from tickets where outage_id = $1 and state in ('new', 'in_progress', 'waiting') order by id",
        outage.0
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(TicketId).collect())
}

/// The open tickets that an outage takes into it once it has begun: faults of contracts in its place that are merged into
/// none yet.
pub async fn to_merge(connection: &mut Connection, outage: OutageId, today: NaiveDate) -> Result<Vec<TicketId>> {
    let ids = sqlx::query_scalar!(
        "select t.id from tickets t
         join ticket_categories k on k.id = t.category_id and k.goes_with_outages
         join contracts c on c.id = t.contract_id
         join addresses a on a.id = c.address_id
         left join services v on v.contract_id = c.id and v.released_at is null
         join outages o on o.id = $1 and o.starts_on <= $2
              and (o.sector_id = a.sector_id or o.router_id = v.router_id)
         where t.state in ('new', 'in_progress', 'waiting') and t.outage_id is null order by t.id",
        outage.0,
        today
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(TicketId).collect())
}
