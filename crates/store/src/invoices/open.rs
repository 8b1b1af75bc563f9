//! Invoices of which something is owed: few of all there are, so that their list begins with what is open and not with
//! what was issued.

use domain::money::{Currency, Money};
use domain::views::invoices::{InvoiceFilter, InvoiceSort, Standing};
use domain::views::list::Direction;

use super::Parameters;
use crate::{Connection, Result};

/// Whether a filter leaves nothing else.
pub(super) fn are_asked_for(filter: &InvoiceFilter) -> bool {
    filter.age.is_some() || matches!(filter.standing, Some(Standing::Open | Standing::Overdue))
}

/// A query over what is open, as far as the filter leaves it.
macro_rules! of_open {
    ($head:literal, $tail:literal, $p:expr $(, $more:expr)*) => {
        sqlx::query!(
            $head
                + r#"
           where ($1::text is null or o.invoice_id in (
                     select id from invoices where reverse(number) like $2
                     union all
                     select f.id from invoices f join customers k on k.id = f.customer_id
                     where k.search like plain($1)))
             and ($3::text is null or $3 = 'invoice')
             and ($4::bigint is null or o.customer_id = $4)
             and ($5::bigint is null or o.contract_id = $5)
             and (($6::date is null and $7::date is null) or o.invoice_id in (
                     select id from invoices
                     where ($6::date is null or issued_on >= $6) and ($7::date is null or issued_on <= $7)))
             and ($8::text is null or ($8 in ('open', 'overdue') and ($8 = 'overdue') = (o.due_on < $9::date)))
             and ($10::bigint is null or o.contract_id in (
                     select id from contracts where sector_id = $10))
             and ($11::text is null or o.currency = $11)
             and ($12::int is null or $9::date - o.due_on between $12 and $13) "#
                + $tail,
            $p.search,
            $p.ending,
            $p.kind,
            $p.customer,
            $p.contract,
            $p.from,
            $p.to,
            $p.standing,
            $p.today,
            $p.sector,
            $p.currency,
            $p.late.0,
            $p.late.1
            $(, $more)*
        )
    };
}

pub(super) async fn count(connection: &mut Connection, p: &Parameters) -> Result<i64> {
    let row = of_open!(r#"select count(*) as "count!" from open_items o"#, "", p).fetch_one(connection).await?;
    Ok(row.count)
}

/// What is owed on them, one amount per currency.
pub(super) async fn sums(connection: &mut Connection, p: &Parameters) -> Result<Vec<Money>> {
    let sums = of_open!(
        r#"select o.currency, sum(o.amount) as "sum!" from open_items o"#,
        "group by o.currency order by 1",
        p
    );
    let sums = sums.fetch_all(connection).await?.into_iter();
    sums.map(|row| Ok(Money::new(row.sum, row.currency.parse::<Currency>()?))).collect()
}

/// The ids of a page of them. Each is looked up by its id (`offset 0` says so), whatever it would cost to read all.
pub(super) async fn page(connection: &mut Connection, p: &Parameters, filter: &InvoiceFilter) -> Result<Vec<i64>> {
    let sort = match filter.sort {
        InvoiceSort::Issued => "issued",
        InvoiceSort::Due => "due",
        InvoiceSort::Total => "total",
        InvoiceSort::Customer => "customer",
    };
    let ids = of_open!(
        r#"select o.invoice_id as "id!"
           from open_items o
           cross join lateral (select issued_on, total from invoices where id = o.invoice_id offset 0) i
           left join customers u on u.id = o.customer_id and $14::text = 'customer'"#,
        "order by
           case when not $15 then case $14 when 'issued' then i.issued_on when 'due' then o.due_on end end,
           case when $15 then case $14 when 'issued' then i.issued_on when 'due' then o.due_on end end desc,
           case when not $15 and $14 = 'total' then i.total end,
           case when $15 and $14 = 'total' then i.total end desc,
           case when not $15 then u.name end,
           case when $15 then u.name end desc,
           case when $15 then -o.invoice_id else o.invoice_id end
         limit $16 offset $17",
        p,
        sort,
        filter.direction == Direction::Down,
        filter.page.rows(),
        filter.page.offset()
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(|row| row.id).collect())
}
