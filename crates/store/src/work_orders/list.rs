//! Lists of orders, and one of them.

use chrono::NaiveDate;
use domain::ids::{ContractId, CustomerId, TicketId, UserId, WorkOrderId};
use domain::position::Position;
use domain::views::list::{Choice, Page};
use domain::views::work::{WorkDetail, WorkFilter, WorkGroup, WorkRow};
use domain::work_order::{WorkKind, WorkState};
use rust_decimal::Decimal;

use super::visits::visits;
use crate::search::pattern;
use crate::{Connection, Error, Result};

struct Row {
    id: i64,
    kind: String,
    state: String,
    version: i32,
    contract_id: i64,
    contract: String,
    customer_id: i64,
    customer: String,
    phone: Option<String>,
    street: String,
    city: String,
    sector: Option<String>,
    latitude: Option<Decimal>,
    longitude: Option<Decimal>,
    technician_id: Option<i64>,
    technician: Option<String>,
    on_date: Option<NaiveDate>,
    part: String,
    note: String,
    reason: String,
    ticket_id: Option<i64>,
}

/// A list's address as the queries compare it.
struct Asked {
    search: Option<String>,
    number: Option<i64>,
    group: Option<&'static str>,
    kind: Option<&'static str>,
    state: Option<&'static str>,
    technician: Option<i64>,
    on: Option<NaiveDate>,
    sector: Option<i64>,
    contract: Option<i64>,
    ticket: Option<i64>,
    today: Option<NaiveDate>,
}

impl Asked {
    fn of(filter: &WorkFilter, today: Option<NaiveDate>) -> Self {
        let typed = filter.search.as_deref().map(str::trim).unwrap_or_default();
        Self {
            search: pattern(typed),
            number: typed.trim_start_matches(['O', 'T', 'o', 't', '-']).parse().ok(),
            group: filter.group.map(WorkGroup::word),
            kind: filter.kind.map(WorkKind::word),
            state: filter.state.map(WorkState::word),
            technician: filter.technician.map(|id| id.0),
            on: filter.on,
            sector: filter.sector.map(|id| id.0),
            contract: filter.contract.map(|id| id.0),
            ticket: filter.ticket.map(|id| id.0),
            today,
        }
    }
}

/// A page of orders: what has no day first, then the newest days, each in the order of its routes.
pub async fn list(connection: &mut Connection, filter: &WorkFilter, today: NaiveDate) -> Result<Page<WorkRow>> {
    let asked = Asked::of(filter, Some(today));
    let rows = rows(connection, None, &asked, filter.page.rows(), filter.page.offset()).await?;
    Ok(Page { rows, total: count(connection, &asked).await?, number: filter.page.0.max(1) })
}

/// All of a day that were not cancelled, by technician and in the order of their routes.
pub async fn of_day(connection: &mut Connection, filter: &WorkFilter, today: NaiveDate) -> Result<Vec<WorkRow>> {
    // More than a provider's technicians do in a day.
    let rows = rows(connection, None, &Asked::of(filter, Some(today)), 2000, 0).await?;
    Ok(rows.into_iter().filter(|row| row.state != WorkState::Cancelled).collect())
}

/// # Errors
/// `NotFound`.
pub async fn row(connection: &mut Connection, order: WorkOrderId) -> Result<WorkRow> {
    let rows = rows(connection, Some(order), &Asked::of(&WorkFilter::default(), None), 1, 0).await?;
    rows.into_iter().next().ok_or(Error::NotFound)
}

async fn rows(
    connection: &mut Connection,
    order: Option<WorkOrderId>,
    asked: &Asked,
    limit: i64,
    offset: i64,
) -> Result<Vec<WorkRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select o.id, o.kind, o.state, o.version, o.contract_id, c.code as contract, c.customer_id, n.name as customer,
                  n.phone, a.street, a.city, s.name as "sector?", a.latitude, a.longitude, o.technician_id,
                  u.name as "technician?", o.on_date, o.part, o.note, o.reason, o.ticket_id
           from work_orders o
           join contracts c on c.id = o.contract_id
           join customers n on n.id = c.customer_id
           join addresses a on a.id = c.address_id
           left join sectors s on s.id = a.sector_id
           left join users u on u.id = o.technician_id
           where ($1::bigint is null or o.id = $1)
             and ($2::text is null or n.search like plain($2) or c.code ilike $2 or o.id = $3)
             and ($4::text is null or ($4 = 'open' and o.state in ('planned', 'assigned', 'under_way', 'failed'))
                  or ($4 = 'to_schedule' and o.state in ('planned', 'failed'))
                  or ($4 in ('to_schedule', 'late') and o.state in ('assigned', 'under_way') and o.on_date < $14::date))
             and ($5::text is null or o.kind = $5)
             and ($6::text is null or o.state = $6)
             and ($7::bigint is null or o.technician_id = $7)
             and ($8::date is null or o.on_date = $8)
             and ($9::bigint is null or a.sector_id = $9)
             and ($10::bigint is null or o.contract_id = $10)
             and ($11::bigint is null or o.ticket_id = $11)
           order by o.on_date desc, o.technician_id, o.place, o.id limit $12 offset $13"#,
        order.map(|id| id.0),
        asked.search,
        asked.number,
        asked.group,
        asked.kind,
        asked.state,
        asked.technician,
        asked.on,
        asked.sector,
        asked.contract,
        asked.ticket,
        limit,
        offset,
        asked.today
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::view).collect()
}

async fn count(connection: &mut Connection, asked: &Asked) -> Result<i64> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from work_orders o
           join contracts c on c.id = o.contract_id
           join customers n on n.id = c.customer_id
           join addresses a on a.id = c.address_id
           where ($1::text is null or n.search like plain($1) or c.code ilike $1 or o.id = $2)
             and ($3::text is null or ($3 = 'open' and o.state in ('planned', 'assigned', 'under_way', 'failed'))
                  or ($3 = 'to_schedule' and o.state in ('planned', 'failed'))
                  or ($3 in ('to_schedule', 'late') and o.state in ('assigned', 'under_way') and o.on_date < $11::date))
             and ($4::text is null or o.kind = $4)
             and ($5::text is null or o.state = $5)
             and ($6::bigint is null or o.technician_id = $6)
             and ($7::date is null or o.on_date = $7)
             and ($8::bigint is null or a.sector_id = $8)
             and ($9::bigint is null or o.contract_id = $9)
             and ($10::bigint is null or o.ticket_id = $10)"#,
        asked.search,
        asked.number,
        asked.group,
        asked.kind,
        asked.state,
        asked.technician,
        asked.on,
        asked.sector,
        asked.contract,
        asked.ticket,
        asked.today
    );
    Ok(total.fetch_one(connection).await?)
}

impl Row {
    fn view(self) -> Result<WorkRow> {
        Ok(WorkRow {
            id: WorkOrderId(self.id),
            kind: self.kind.parse()?,
            state: self.state.parse()?,
            version: self.version,
            contract: Choice { id: ContractId(self.contract_id), name: self.contract },
            customer: Choice { id: CustomerId(self.customer_id), name: self.customer },
            phone: self.phone,
            street: self.street,
            city: self.city,
            sector: self.sector,
            position: self.latitude.zip(self.longitude).map(Position::try_from).transpose()?,
            technician: self.technician_id.zip(self.technician).map(|(id, name)| Choice { id: UserId(id), name }),
            on: self.on_date,
            part: self.part.parse()?,
            note: self.note,
            reason: self.reason,
            ticket: self.ticket_id.map(TicketId),
        })
    }
}

/// One order with its visits.
///
/// # Errors
/// `NotFound`.
pub async fn detail(connection: &mut Connection, order: WorkOrderId) -> Result<WorkDetail> {
    let row = row(connection, order).await?;
    let rest = sqlx::query!(
        r#"select o.created_at, o.changed_at, o.started_at, o.ended_at, b.name as "created_by?", h.name as "changed_by?",
                  (select string_agg(p.name, ', ' order by l.id) from contract_lines l join plans p on p.id = l.plan_id
                   where l.contract_id = o.contract_id) as plan
           from work_orders o
           left join users b on b.id = o.created_by
           left join users h on h.id = o.changed_by
           where o.id = $1"#,
        order.0
    );
    let rest = rest.fetch_one(&mut *connection).await?;
    Ok(WorkDetail {
        row,
        plan: rest.plan,
        created_at: rest.created_at,
        created_by: rest.created_by,
        changed_at: rest.changed_at,
        changed_by: rest.changed_by,
        started_at: rest.started_at,
        ended_at: rest.ended_at,
        visits: visits(connection, order).await?,
    })
}

/// How many orders a technician has on a day that are not over.
pub async fn count_of_day(connection: &mut Connection, technician: UserId, on: NaiveDate) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from work_orders
           where technician_id = $1 and on_date = $2 and state in ('assigned', 'under_way')"#,
        technician.0,
        on
    );
    Ok(count.fetch_one(connection).await?)
}

/// Who can be sent: technicians, and others of the staff who may go too.
pub async fn technicians(connection: &mut Connection, roles: &[domain::role::Role]) -> Result<Vec<Choice<UserId>>> {
    let roles: Vec<String> = roles.iter().map(|role| role.word().to_owned()).collect();
    let rows = sqlx::query!(
        "select id, name from users where role = any($1) and disabled_at is null
         order by role <> 'technician', name, id",
        &roles
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: UserId(row.id), name: row.name }).collect())
}
