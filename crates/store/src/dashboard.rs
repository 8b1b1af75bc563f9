//! The figures of the office's first screen, each counted over the rows that its list shows.

use chrono::NaiveDate;
use domain::money::{Currency, Money};
use domain::views::dashboard::Recurring;

use crate::{Connection, Result};

/// Contracts by what the dashboard tells of them.
#[derive(Clone, Copy, Debug)]
pub struct ContractCounts {
    pub active: i64,
    pub suspended: i64,
    pub to_install: i64,
}

pub async fn contracts(connection: &mut Connection) -> Result<ContractCounts> {
    let counts = sqlx::query_as!(
        ContractCounts,
        r#"select count(*) filter (where service_state = 'active') as "active!",
                  count(*) filter (where service_state in ('throttled', 'suspended', 'disabled', 'removal_list')) as "suspended!",
                  count(*) filter (where state = 'open') as "to_install!"
           from contracts where state in ('open', 'active')"#
    );
    Ok(counts.fetch_one(connection).await?)
}

/// What the recurring lines of active contracts come to in a month, before tax: with the discounts of `today`, and
/// apart from it what is given away as a courtesy.
pub async fn recurring(connection: &mut Connection, currency: Currency, today: NaiveDate) -> Result<Recurring> {
    let row = sqlx::query!(
        r#"with lines as (
               select l.contract_id, l.unit_price * l.quantity as price, l.discount_value,
                      case when l.discount_until is null or l.discount_until > $2 then l.discount_kind end as kind,
                      case right(l.every, 1) when 'd' then 365.0 / 12 when 'w' then 365.0 / 84 when 'm' then 1 else 1.0 / 12 end
                          / left(l.every, -1)::int
                          * case when t.basis = 'included' then 100 / (100 + tax_rate(t.id, $2)) else 1 end as monthly
               from contract_lines l join contracts c on c.id = l.contract_id join taxes t on t.id = l.tax_id
               where c.state = 'active' and c.currency = $1 and l.every is not null and l.next_invoice_on is not null)
           select coalesce(sum(monthly * case kind when 'courtesy' then 0
                                                   when 'percent' then price * (100 - discount_value) / 100
                                                   when 'amount' then greatest(price - discount_value, 0)
                                                   else price end), 0) as "revenue!",
                  coalesce(sum(monthly * price) filter (where kind = 'courtesy'), 0) as "courtesy!",
                  count(distinct contract_id) filter (where kind = 'courtesy') as "courtesies!"
           from lines"#,
        currency.to_string(),
        today
    );
    let row = row.fetch_one(connection).await?;
    Ok(Recurring {
        revenue: Money::new(row.revenue, currency),
        courtesy: Money::new(row.courtesy, currency),
        courtesies: row.courtesies,
    })
}

/// Jobs that wait for a person, and services that do not hold what is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Trouble {
    pub jobs_given_up: i64,
    pub out_of_step: i64,
    pub parked: i64,
}

pub async fn trouble(connection: &mut Connection) -> Result<Trouble> {
    let trouble = sqlx::query_as!(
        Trouble,
        r#"select (select count(*) from jobs_unresolved) as "jobs_given_up!",
                  (select count(*) from services_out_of_step) as "out_of_step!",
                  (select count(distinct contract_id) from parked where resolved_at is null) as "parked!""#
    );
    Ok(trouble.fetch_one(connection).await?)
}
