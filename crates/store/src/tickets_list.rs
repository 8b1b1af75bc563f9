//! Lists of tickets, and the figures that open them.

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, CustomerId, OutageId, SectorId, TicketId, UserId};
use domain::ticket::{Deadline, Standing};
use domain::views::list::{Choice, Page, PageNumber};
use domain::views::tickets::{MyTicketRow, Name, TicketCounts, TicketFilter, TicketGroup, TicketRow};

use crate::search::pattern;
use crate::{Connection, Result};

struct Row {
    id: i64,
    customer_id: i64,
    customer: String,
    contract_id: Option<i64>,
    contract: Option<String>,
    sector: Option<String>,
    name_es: String,
    name_en: String,
    subject: String,
    priority: String,
    state: String,
    assignee: Option<String>,
    opened_at: DateTime<Utc>,
    due_at: Option<DateTime<Utc>>,
    soon_at: Option<DateTime<Utc>>,
    outage_id: Option<i64>,
    place: Option<String>,
}

/// A list's address as the queries compare it.
struct Asked {
    search: Option<String>,
    number: Option<i64>,
    group: Option<&'static str>,
    me: Option<i64>,
    state: Option<&'static str>,
    priority: Option<&'static str>,
    standing: Option<&'static str>,
    now: DateTime<Utc>,
    sector: Option<i64>,
    customer: Option<i64>,
    contract: Option<i64>,
    outage: Option<i64>,
}

impl Asked {
    fn of(filter: &TicketFilter, me: Option<UserId>, now: DateTime<Utc>) -> Self {
        let typed = filter.search.as_deref().map(str::trim).unwrap_or_default();
        Self {
            search: pattern(typed),
            number: typed.trim_start_matches(['R', 'r', '-']).parse::<i64>().ok(),
            group: filter.group.map(TicketGroup::word),
            me: me.map(|id| id.0),
            state: filter.state.map(|word| word.word()),
            priority: filter.priority.map(|word| word.word()),
            standing: filter.standing.map(Standing::word),
            now,
            sector: filter.sector.map(|id| id.0),
            customer: filter.customer.map(|id| id.0),
            contract: filter.contract.map(|id| id.0),
            outage: filter.outage.map(|id| id.0),
        }
    }
}

/// A page of tickets: what is due first comes first, and after those whose clock stands, the newest first.
pub async fn list(
    connection: &mut Connection,
    filter: &TicketFilter,
    me: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<Page<TicketRow>> {
    let asked = Asked::of(filter, me, now);
    let rows = sqlx::query_as!(
        Row,
        r#"select t.id, t.customer_id, k.name as customer, t.contract_id, c.code as "contract?", s.name as "sector?",
                  g.name_es, g.name_en, t.subject, t.priority, t.state, u.name as "assignee?", t.opened_at, t.due_at,
                  t.soon_at, t.outage_id, coalesce(os.name, r.name) as place
           from tickets t
           join customers k on k.id = t.customer_id
           join ticket_categories g on g.id = t.category_id
           left join contracts c on c.id = t.contract_id
           left join addresses a on a.id = c.address_id
           left join sectors s on s.id = a.sector_id
           left join users u on u.id = t.assignee_id
           left join outages o on o.id = t.outage_id
           left join sectors os on os.id = o.sector_id
           left join routers r on r.id = o.router_id
           where ($1::text is null or k.search like plain($1) or plain(t.subject) like plain($1) or t.id = $2)
             and ($3::text is null or (t.state in ('new', 'in_progress', 'waiting')
                  and ($3 = 'open' or ($3 = 'mine' and t.assignee_id = $4) or ($3 = 'unassigned' and t.assignee_id is null))))
             and ($5::text is null or t.state = $5)
             and ($6::text is null or t.priority = $6)
             and ($7::text is null or (t.due_at is not null and $7 = case when t.due_at <= $8 then 'breached'
                                                                          when t.soon_at <= $8 then 'soon' else 'on_time' end))
             and ($9::bigint is null or a.sector_id = $9)
             and ($10::bigint is null or t.customer_id = $10)
             and ($11::bigint is null or t.contract_id = $11)
             and ($12::bigint is null or t.outage_id = $12)
           order by t.due_at nulls last, t.opened_at desc, t.id desc limit $13 offset $14"#,
        asked.search,
        asked.number,
        asked.group,
        asked.me,
        asked.state,
        asked.priority,
        asked.standing,
        asked.now,
        asked.sector,
        asked.customer,
        asked.contract,
        asked.outage,
        filter.page.rows(),
        filter.page.offset()
    );
    let rows = rows.fetch_all(&mut *connection).await?;
    let rows = rows.into_iter().map(|row| row.view(now)).collect::<Result<_>>()?;
    Ok(Page { rows, total: count(connection, &asked).await?, number: filter.page.0.max(1) })
}

async fn count(connection: &mut Connection, asked: &Asked) -> Result<i64> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from tickets t
           join customers k on k.id = t.customer_id
           left join contracts c on c.id = t.contract_id
           left join addresses a on a.id = c.address_id
           where ($1::text is null or k.search like plain($1) or plain(t.subject) like plain($1) or t.id = $2)
             and ($3::text is null or (t.state in ('new', 'in_progress', 'waiting')
                  and ($3 = 'open' or ($3 = 'mine' and t.assignee_id = $4) or ($3 = 'unassigned' and t.assignee_id is null))))
             and ($5::text is null or t.state = $5)
             and ($6::text is null or t.priority = $6)
             and ($7::text is null or (t.due_at is not null and $7 = case when t.due_at <= $8 then 'breached'
                                                                          when t.soon_at <= $8 then 'soon' else 'on_time' end))
             and ($9::bigint is null or a.sector_id = $9)
             and ($10::bigint is null or t.customer_id = $10)
             and ($11::bigint is null or t.contract_id = $11)
             and ($12::bigint is null or t.outage_id = $12)"#,
        asked.search,
        asked.number,
        asked.group,
        asked.me,
        asked.state,
        asked.priority,
        asked.standing,
        asked.now,
        asked.sector,
        asked.customer,
        asked.contract,
        asked.outage
    );
    Ok(total.fetch_one(connection).await?)
}

/// One of them.
///
/// # Errors
/// `NotFound`.
pub async fn row(connection: &mut Connection, ticket: TicketId, now: DateTime<Utc>) -> Result<TicketRow> {
    let row = sqlx::query_as!(
        Row,
        r#"select t.id, t.customer_id, k.name as customer, t.contract_id, c.code as "contract?", s.name as "sector?",
                  g.name_es, g.name_en, t.subject, t.priority, t.state, u.name as "assignee?", t.opened_at, t.due_at,
                  t.soon_at, t.outage_id, coalesce(os.name, r.name) as place
           from tickets t
           join customers k on k.id = t.customer_id
           join ticket_categories g on g.id = t.category_id
           left join contracts c on c.id = t.contract_id
           left join addresses a on a.id = c.address_id
           left join sectors s on s.id = a.sector_id
           left join users u on u.id = t.assignee_id
           left join outages o on o.id = t.outage_id
           left join sectors os on os.id = o.sector_id
           left join routers r on r.id = o.router_id
           where t.id = $1"#,
        ticket.0
    );
    row.fetch_one(connection).await?.view(now)
}

/// A customer's own: those that are not over first, then the newest.
pub async fn of_customer(
    connection: &mut Connection,
    customer: CustomerId,
    page: PageNumber,
) -> Result<Page<MyTicketRow>> {
    let rows = sqlx::query!(
        "select t.id, t.subject, t.state, t.opened_at, g.name_es, g.name_en
         from tickets t join ticket_categories g on g.id = t.category_id where t.customer_id = $1
         order by t.state in ('resolved', 'closed'), t.opened_at desc, t.id desc limit $2 offset $3",
        customer.0,
        page.rows(),
        page.offset()
    );
    let rows = rows.fetch_all(&mut *connection).await?.into_iter().map(|row| {
        Ok(MyTicketRow {
            id: TicketId(row.id),
            subject: row.subject,
            category: Name { es: row.name_es, en: row.name_en },
            state: row.state.parse()?,
            opened_at: row.opened_at,
        })
    });
    let rows = rows.collect::<Result<_>>()?;
    let total = sqlx::query_scalar!(r#"select count(*) as "count!" from tickets where customer_id = $1"#, customer.0);
    Ok(Page { rows, total: total.fetch_one(connection).await?, number: page.0.max(1) })
}

/// Of those that are not over, whoever they are about; in one sector, or in all.
pub async fn counts(connection: &mut Connection, now: DateTime<Utc>, sector: Option<SectorId>) -> Result<TicketCounts> {
    let counts = sqlx::query_as!(
        TicketCounts,
        r#"select count(*) as "open!", count(*) filter (where soon_at > $1 and due_at > $1) as "on_time!",
                  count(*) filter (where soon_at <= $1 and due_at > $1) as "soon!",
                  count(*) filter (where due_at <= $1) as "breached!",
                  count(*) filter (where state = 'waiting') as "waiting!"
           from tickets
           where state in ('new', 'in_progress', 'waiting') and ($2::bigint is null or contract_id in (
               select id from contracts where sector_id = $2))"#,
        now,
        sector.map(|id| id.0)
    );
    Ok(counts.fetch_one(connection).await?)
}

impl Row {
    fn view(self, now: DateTime<Utc>) -> Result<TicketRow> {
        let deadline = self.soon_at.zip(self.due_at).map(|(soon_at, due_at)| Deadline { soon_at, due_at });
        Ok(TicketRow {
            id: TicketId(self.id),
            customer: Choice { id: CustomerId(self.customer_id), name: self.customer },
            contract: self.contract_id.zip(self.contract).map(|(id, name)| Choice { id: ContractId(id), name }),
            sector: self.sector,
            category: Name { es: self.name_es, en: self.name_en },
            subject: self.subject,
            priority: self.priority.parse()?,
            state: self.state.parse()?,
            assignee: self.assignee,
            opened_at: self.opened_at,
            due_at: self.due_at,
            standing: deadline.map(|deadline| deadline.standing(now)),
            outage: self.outage_id.zip(self.place).map(|(id, name)| Choice { id: OutageId(id), name }),
        })
    }
}
