//! The list of contracts. A page is found in two steps: which contracts (by their own columns and indexes as far as the
//! filter allows), then what their rows show.

mod events;

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::ids::{ContractId, CustomerId};
use domain::money::Money;
use domain::views::contracts::{ContractFilter, ContractIs, ContractRow};
use domain::views::list::{Choice, Direction, Page};

use crate::search::{Words, words};
use crate::{Connection, Result};

/// The filter as parameters.
struct Parameters {
    words: Words,
    state: Option<&'static str>,
    service: Option<&'static str>,
    sector: Option<i64>,
    plan: Option<i64>,
    policy: Option<i64>,
    router: Option<i64>,
    debt: Option<&'static str>,
    /// What the queries compare; what is a list of its own is in `among`.
    is: Option<&'static str>,
    among: Option<Vec<i64>>,
    /// Those that moved between two days: so many that the query finds them itself.
    moved: Option<[NaiveDate; 2]>,
    today: NaiveDate,
}

impl Parameters {
    /// Nothing but `among` and `moved` narrows the list.
    fn is_all_of_them(&self) -> bool {
        let Self { words, state, service, sector, plan, policy, router, debt, is, among: _, moved: _, today: _ } = self;
        let ids = [sector, plan, policy, router];
        words.longest.is_none()
            && *is != Some(ContractIs::Cut.word())
            && [state, service, debt].into_iter().all(Option::is_none)
            && ids.into_iter().all(Option::is_none)
    }
}

/// A query over the contracts that the filter leaves, `$narrowed` by its twelfth parameter. What it does not ask for of the
/// joined tables is not read. One or two letters would be in nearly every address and device, and have no index: they are
/// looked for in codes and customers.
macro_rules! narrowed {
    ($head:literal, $narrowed:literal, $tail:literal, $p:expr, $by:expr $(, $more:expr)*) => {
        sqlx::query!(
            $head
                + r#"
           from contracts c
           left join customers u on u.id = c.customer_id
           left join (select contract_id, min(due_on) as due_on from open_items group by contract_id) debt
                on debt.contract_id = c.id
           left join (select contract_id, min(next_invoice_on) as next_on from contract_lines group by contract_id) bill
                on bill.contract_id = c.id
           where ($1::text is null or c.id in (
                   select id from contracts
                   where code ilike $1 and ($2::text is null or code ilike all (string_to_array($2, ' ')))
                   union all
                   select s.id from customers k join contracts s on s.customer_id = k.id
                   where k.search like plain($1)
                     and ($2::text is null or k.search like all (string_to_array(plain($2), ' ')))
                   union all
                   select s.id from addresses a join contracts s on s.address_id = a.id
                   where length($1) > 4 and a.search like plain($1)
                     and ($2::text is null or a.search like all (string_to_array(plain($2), ' ')))
                   union all
                   select contract_id from services
                   where length($1) > 4 and search like plain($1)
                     and ($2::text is null or search like all (string_to_array(plain($2), ' ')))))
             and ($3::text is null or c.state = $3)
             and ($4::text is null or c.service_state = $4)
             and ($5::bigint is null or c.sector_id = $5)
             and ($6::bigint is null or c.id in (
                   select l.contract_id from contract_lines l join contracts o on o.id = l.contract_id
                   where l.plan_id = $6 and (l.ends_on is null or o.state = 'closed')))
             and ($7::bigint is null or c.policy_id = $7)
             and ($8::bigint is null or c.id in (select contract_id from services where router_id = $8))
             and ($9::text is null
                  or ($9 = 'owes' and debt.due_on is not null)
                  or ($9 = 'overdue' and debt.due_on < $10::date)
                  or ($9 = 'nothing' and debt.due_on is null))
             and ($11::text is null or $11 <> 'cut'
                  or c.service_state in ('throttled', 'suspended', 'disabled', 'removal_list')) "#
                + $narrowed
                + $tail,
            $p.words.longest,
            $p.words.all,
            $p.state,
            $p.service,
            $p.sector,
            $p.plan,
            $p.policy,
            $p.router,
            $p.debt,
            $p.today,
            $p.is,
            $by
            $(, $more)*
        )
    };
}

macro_rules! of_matching {
    ($head:literal, $tail:literal, $p:expr $(, $more:expr)*) => {
        narrowed!(
            $head,
            "and ($12::bigint[] is null or c.id = any($12)) ",
            $tail,
            $p,
            $p.among.as_deref() as Option<&[i64]>
            $(, $more)*
        )
    };
}

/// The same among those that moved between two days.
macro_rules! of_moved {
    ($head:literal, $tail:literal, $p:expr $(, $more:expr)*) => {
        narrowed!(
            $head,
            "and c.id in (select contract_id from recurring
                          where kind is not null and from_on >= ($12::date[])[1] and from_on <= ($12::date[])[2]) ",
            $tail,
            $p,
            $p.moved.as_ref().map(<[NaiveDate; 2]>::as_slice) as Option<&[NaiveDate]>
            $(, $more)*
        )
    };
}

/// A page of matching contracts in the filter's order, which is folded to one column when the query is planned, so that an
/// index can serve it.
macro_rules! page_of {
    ($which:ident, $head:literal, $p:expr, $filter:expr) => {
        $which!(
            $head,
            "order by
               case when not $14 then case $13 when 'service_since' then c.service_since when 'due_since' then debt.due_on
                                               when 'next_invoice' then bill.next_on end end,
               case when $14 then case $13 when 'service_since' then c.service_since when 'due_since' then debt.due_on
                                           when 'next_invoice' then bill.next_on end end desc nulls last,
               case when not $14 then case $13 when 'code' then c.code when 'customer' then u.name end end,
               case when $14 then case $13 when 'code' then c.code when 'customer' then u.name end end desc,
               c.id limit $15 offset $16",
            $p,
            $filter.sort.word(),
            $filter.direction == Direction::Down,
            $filter.page.rows(),
            $filter.page.offset()
        )
    };
}

/// A page of the contracts that the filter leaves; what is overdue is so on `today`.
pub async fn list(connection: &mut Connection, filter: &ContractFilter, today: NaiveDate) -> Result<Page<ContractRow>> {
    let words = words(filter.search.as_deref());
    let moved = if words.longest.is_none() { events::moved_between(filter) } else { None };
    let p = Parameters {
        words,
        state: filter.state.map(|state| state.word()),
        service: filter.service.map(|state| state.word()),
        sector: filter.sector.map(|id| id.0),
        plan: filter.plan.map(|id| id.0),
        policy: filter.policy.map(|id| id.0),
        router: filter.router.map(|id| id.0),
        debt: filter.debt.map(|debt| debt.word()),
        is: filter.is.map(|is| is.word()),
        among: if moved.is_some() { None } else { among(connection, filter).await? },
        moved,
        today,
    };
    let (ids, total) = if p.words.longest.is_some() {
        search(connection, &p, filter).await?
    } else {
        (page(connection, &p, filter).await?, total(connection, &p).await?)
    };
    Ok(Page { rows: rows(connection, &ids, today).await?, total, number: filter.page.0.max(1) })
}

async fn page(connection: &mut Connection, p: &Parameters, filter: &ContractFilter) -> Result<Vec<i64>> {
    if p.moved.is_some() {
        let page = page_of!(of_moved, "select c.id", p, filter).fetch_all(connection).await?;
        return Ok(page.into_iter().map(|row| row.id).collect());
    }
    let page = page_of!(of_matching, "select c.id", p, filter).fetch_all(connection).await?;
    Ok(page.into_iter().map(|row| row.id).collect())
}

/// What is true of few contracts, or happened to few, is found on its own: the contracts are then fetched by their ids,
/// and not looked through. `None`: among all of them.
async fn among(connection: &mut Connection, filter: &ContractFilter) -> Result<Option<Vec<i64>>> {
    let such = match filter.is {
        None | Some(ContractIs::Cut) => None,
        Some(ContractIs::OutOfStep) => Some(out_of_step(connection).await?),
        Some(ContractIs::Parked) => Some(parked(connection).await?),
    };
    let Some(event) = filter.event else { return Ok(such) };
    let mut happened = events::contracts(connection, event, (filter.from, filter.to)).await?;
    if let Some(such) = such {
        let such = HashSet::<i64>::from_iter(such);
        happened.retain(|id| such.contains(id));
    }
    Ok(Some(happened))
}

async fn out_of_step(connection: &mut Connection) -> Result<Vec<i64>> {
    let ids = sqlx::query_scalar!(r#"select contract_id as "id!" from services_out_of_step"#);
    Ok(ids.fetch_all(connection).await?)
}

async fn parked(connection: &mut Connection) -> Result<Vec<i64>> {
    let ids = sqlx::query_scalar!("select distinct contract_id from parked where resolved_at is null");
    Ok(ids.fetch_all(connection).await?)
}

/// To look through four tables once is quicker than to find the page by an index and then look again to count.
async fn search(connection: &mut Connection, p: &Parameters, filter: &ContractFilter) -> Result<(Vec<i64>, i64)> {
    let page = page_of!(of_matching, r#"select c.id, count(*) over () as "total!""#, p, filter)
        .fetch_all(&mut *connection)
        .await?;
    let total = match page.first() {
        Some(row) => row.total,
        None => count(connection, p).await?,
    };
    Ok((page.into_iter().map(|row| row.id).collect(), total))
}

/// Contracts that were found by what happened to them need not be looked for again.
async fn total(connection: &mut Connection, p: &Parameters) -> Result<i64> {
    match (&p.among, p.moved) {
        (Some(ids), _) if p.is_all_of_them() => Ok(i64::try_from(ids.len()).unwrap_or(i64::MAX)),
        (_, Some(days)) if p.is_all_of_them() => events::count_moved(connection, days).await,
        (_, Some(_)) => Ok(of_moved!(r#"select count(*) as "count!""#, "", p).fetch_one(connection).await?.count),
        (_, None) => count(connection, p).await,
    }
}

async fn count(connection: &mut Connection, p: &Parameters) -> Result<i64> {
    Ok(of_matching!(r#"select count(*) as "count!""#, "", p).fetch_one(connection).await?.count)
}

/// All contracts of a customer, oldest first.
pub async fn of_customer(
    connection: &mut Connection,
    customer: CustomerId,
    today: NaiveDate,
) -> Result<Vec<ContractRow>> {
    let ids = sqlx::query_scalar!("select id from contracts where customer_id = $1 order by id", customer.0)
        .fetch_all(&mut *connection)
        .await?;
    rows(connection, &ids, today).await
}

/// What a list shows of these contracts, in this order.
async fn rows(connection: &mut Connection, ids: &[i64], today: NaiveDate) -> Result<Vec<ContractRow>> {
    let rows = sqlx::query!(
        r#"select c.id, c.code, c.customer_id, u.name as customer, a.street, a.city, s.name as "sector?",
                  (select p.name from contract_lines l join plans p on p.id = l.plan_id
                   where l.contract_id = c.id order by p.kind <> 'internet', coalesce(l.ends_on <= $2, false), l.id limit 1) as plan,
                  c.state, c.service_state, c.service_since, v.technical_state as "technical_state?",
                  (select min(next_invoice_on) from contract_lines l where l.contract_id = c.id) as next_invoice_on,
                  c.currency as "currency: String",
                  (select coalesce(sum(amount), 0) from open_items o where o.contract_id = c.id) as "owed!",
                  (select min(due_on) from open_items o where o.contract_id = c.id and o.due_on < $2) as overdue_since
           from unnest($1::bigint[]) with ordinality as page (id, place)
           join contracts c on c.id = page.id
           join customers u on u.id = c.customer_id
           join addresses a on a.id = c.address_id
           left join sectors s on s.id = a.sector_id
           left join services v on v.contract_id = c.id
           order by page.place"#,
        ids,
        today
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(ContractRow {
                id: ContractId(row.id),
                code: row.code,
                customer: Choice { id: CustomerId(row.customer_id), name: row.customer },
                street: row.street,
                city: row.city,
                sector: row.sector,
                plan: row.plan,
                state: row.state.parse()?,
                service: row.service_state.parse()?,
                service_since: row.service_since,
                technical: row.technical_state.map(|state| state.parse()).transpose()?,
                next_invoice_on: row.next_invoice_on,
                owed: Money::new(row.owed, row.currency.parse()?),
                overdue_since: row.overdue_since,
            })
        })
        .collect()
}
