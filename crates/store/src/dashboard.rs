//! The figures of the office's first screen, each counted over the rows that its list shows.

use domain::money::{Currency, Money};

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
                  count(*) filter (where service_state in ('suspended', 'disabled', 'removal_list')) as "suspended!",
                  count(*) filter (where state = 'open') as "to_install!"
           from contracts where state in ('open', 'active')"#
    );
    Ok(counts.fetch_one(connection).await?)
}

/// Monthly recurring revenue before tax: what the recurring lines of active contracts come to in a month.
pub async fn recurring(connection: &mut Connection, currency: Currency) -> Result<Money> {
    let sum = sqlx::query_scalar!(
        r#"select coalesce(sum(l.unit_price * l.quantity * (100 - l.discount_percent) / 100
                   * case right(l.every, 1) when 'd' then 365.0 / 12 when 'w' then 365.0 / 84 when 'm' then 1 else 1.0 / 12 end
                   / left(l.every, -1)::int), 0) as "sum!"
           from contract_lines l join contracts c on c.id = l.contract_id
           where c.state = 'active' and c.currency = $1 and l.every is not null and l.next_invoice_on is not null"#,
        currency.to_string()
    );
    Ok(Money::new(sum.fetch_one(connection).await?, currency))
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
