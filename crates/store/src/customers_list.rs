//! The list of customers.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::money::Money;
use domain::views::customers::{CustomerFilter, CustomerRow, Debt};
use domain::views::list::{Direction, Page};

use crate::search::{Words, words};
use crate::{Connection, Result};

/// The filter as parameters.
struct Parameters {
    words: Words,
    kind: Option<&'static str>,
    sector: Option<i64>,
    /// Those who owe something, or are overdue.
    among: Option<Vec<i64>>,
    owes_nothing: bool,
}

/// A query over the customers that the filter leaves.
macro_rules! of_matching {
    ($head:literal, $tail:literal, $p:expr $(, $more:expr)*) => {
        sqlx::query_scalar!(
            $head
                + r#"
           from customers k
           left join (select customer_id, min(due_on) as due_on from open_items group by customer_id) debt
                on debt.customer_id = k.id
           where ($1::text is null or k.search like plain($1))
             and ($2::text is null or k.search like all (string_to_array(plain($2), ' ')))
             and ($3::text is null or k.kind = $3)
             and ($4::bigint is null or k.id in (select customer_id from addresses where sector_id = $4))
             and ($5::bigint[] is null or k.id = any($5))
             and (not $6 or debt.due_on is null) "#
                + $tail,
            $p.words.longest,
            $p.words.all,
            $p.kind,
            $p.sector,
            $p.among.as_deref(),
            $p.owes_nothing
            $(, $more)*
        )
    };
}

/// A page of the customers that the filter leaves; what is overdue is so on `today`.
pub async fn list(connection: &mut Connection, filter: &CustomerFilter, today: NaiveDate) -> Result<Page<CustomerRow>> {
    let p = Parameters {
        words: words(filter.search.as_deref()),
        kind: filter.kind.map(|kind| kind.word()),
        sector: filter.sector.map(|id| id.0),
        among: debtors(connection, filter.debt, today).await?,
        owes_nothing: filter.debt == Some(Debt::Nothing),
    };
    let total = of_matching!(r#"select count(*) as "count!""#, "", p).fetch_one(&mut *connection).await?;
    // The order is folded to one column when the query is planned, so that an index can serve it.
    let ids = of_matching!(
        "select k.id",
        "order by
           case when not $8 then case $7 when 'name' then k.name when 'reference' then k.reference end end,
           case when $8 then case $7 when 'name' then k.name when 'reference' then k.reference end end desc,
           case when $7 = 'due_since' and not $8 then debt.due_on end,
           case when $7 = 'due_since' and $8 then debt.due_on end desc nulls last,
           case when $7 = 'created' and not $8 then k.created_at end,
           case when $7 = 'created' and $8 then k.created_at end desc,
           k.id limit $9 offset $10",
        p,
        filter.sort.word(),
        filter.direction == Direction::Down,
        filter.page.rows(),
        filter.page.offset()
    )
    .fetch_all(&mut *connection)
    .await?;
    Ok(Page { rows: rows(connection, &ids, today).await?, total, number: filter.page.0.max(1) })
}

/// They are few, and fetched by their ids; in one value, which is sent faster than rows. `None`: all customers.
async fn debtors(connection: &mut Connection, debt: Option<Debt>, today: NaiveDate) -> Result<Option<Vec<i64>>> {
    let before = match debt {
        None | Some(Debt::Nothing) => return Ok(None),
        Some(Debt::Owes) => None,
        Some(Debt::Overdue) => Some(today),
    };
    let ids = sqlx::query_scalar!(
        r#"select coalesce(array_agg(distinct customer_id), '{}') as "ids!" from open_items
           where $1::date is null or due_on < $1"#,
        before
    );
    Ok(Some(ids.fetch_one(connection).await?))
}

/// What a list shows of these customers, in this order.
async fn rows(connection: &mut Connection, ids: &[i64], today: NaiveDate) -> Result<Vec<CustomerRow>> {
    let mut balances = balances(connection, ids).await?;
    let rows = sqlx::query!(
        r#"select k.id, k.reference, k.name, k.kind, k.tax_id, k.email, k.phone, n.active as "active!", n.cut as "cut!",
                  (select min(due_on) from open_items o where o.customer_id = k.id and o.due_on < $2) as overdue_since
           from unnest($1::bigint[]) with ordinality as page (id, place)
           join customers k on k.id = page.id
           cross join lateral (
               select count(*) as active, count(*) filter (where service_state <> 'active') as cut
               from contracts c where c.customer_id = k.id and c.state = 'active') n
           order by page.place"#,
        ids,
        today
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let id = CustomerId(row.id);
            Ok(CustomerRow {
                id,
                reference: row.reference,
                name: row.name,
                kind: row.kind.parse()?,
                tax_id: row.tax_id,
                email: row.email,
                phone: row.phone,
                active_contracts: row.active,
                cut_contracts: row.cut,
                balance: balances.remove(&id).unwrap_or_default(),
                overdue_since: row.overdue_since,
            })
        })
        .collect()
}

/// Per customer and currency, what is owed less what is unused of payments and credit notes.
async fn balances(connection: &mut Connection, customers: &[i64]) -> Result<HashMap<CustomerId, Vec<Money>>> {
    let rows = sqlx::query!(
        r#"select customer_id as "customer_id!", currency as "currency!: String", sum(amount) as "amount!"
           from (select customer_id, currency, amount from open_items where customer_id = any($1)
                 union all
                 select customer_id, currency, -amount from open_credits where customer_id = any($1)) items
           group by customer_id, currency having sum(amount) <> 0 order by customer_id, currency"#,
        customers
    );
    let mut balances: HashMap<CustomerId, Vec<Money>> = HashMap::new();
    for row in rows.fetch_all(connection).await? {
        let amount = Money::new(row.amount, row.currency.parse()?);
        balances.entry(CustomerId(row.customer_id)).or_default().push(amount);
    }
    Ok(balances)
}

/// A customer's balance per currency; see [`CustomerRow::balance`].
pub async fn balance(connection: &mut Connection, customer: CustomerId) -> Result<Vec<Money>> {
    Ok(balances(connection, &[customer.0]).await?.remove(&customer).unwrap_or_default())
}

/// The due date of the oldest invoice that should have been paid by `today`.
pub async fn overdue_since(
    connection: &mut Connection,
    customer: CustomerId,
    today: NaiveDate,
) -> Result<Option<NaiveDate>> {
    let due = sqlx::query_scalar!(
        "select min(due_on) from open_items where customer_id = $1 and due_on < $2",
        customer.0,
        today
    );
    Ok(due.fetch_one(connection).await?)
}
