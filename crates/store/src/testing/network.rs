//! Many subscribers of many routers at once, for benchmarks of the network.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{RouterId, ServiceId};

use crate::{Connection, Result};

/// Writes `count` active PPPoE subscribers at a router, named after it; all have one password.
pub async fn subscribers(
    connection: &mut Connection,
    router: RouterId,
    count: i32,
    sealed_password: &[u8],
    since: NaiveDate,
) -> Result<Vec<ServiceId>> {
    let ids = sqlx::query_scalar!(
        "with tax as (insert into taxes (name, rate_percent) values ('IVA' || $1::bigint, 16) returning id),
         policy as (
            insert into cutoff_policies (name, due_days, grace_days, minimum_debt) values ('P' || $1, 15, 5, 1) returning id),
         plan as (
            insert into plans (code, name, kind, down_kbps, up_kbps, price, currency, tax_id)
            select 'F' || $1, 'Fibra', 'internet', 51200, 10240, 30, 'USD', id from tax returning id),
         customer as (
            insert into customers (reference, kind, name, language, created_at)
            select 'R' || $1 || '-' || g, 'person', 'Customer ' || g, 'es', $4::date from generate_series(1, $2) g
            returning id),
         address as (
            insert into addresses (customer_id, street, city, country)
            select id, 'Main street', 'Town', 'MX' from customer returning id, customer_id),
         contract as (
            insert into contracts (code, customer_id, address_id, policy_id, currency, state, signed_on, activated_on,
                                   service_state, service_since, created_at)
            select 'C' || a.customer_id, a.customer_id, a.id, policy.id, 'USD', 'active', $4, $4, 'active', $4, $4::date
            from address a, policy returning id),
         line as (
            insert into contract_lines (contract_id, plan_id, description, quantity, unit_price, tax_id, every, anchor_day,
                                        mode, first_period, last_period, starts_on)
            select c.id, plan.id, 'Fibra', 1, 30, tax.id, '1m', 1, 'prepaid', 'prorate', 'prorate', $4
            from contract c, plan, tax)
         insert into services (contract_id, router_id, access, pppoe_user, pppoe_password_encrypted)
         select id, $1, 'pppoe', 'user' || id, $3 from contract returning id",
        router.0,
        count,
        sealed_password,
        since,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ServiceId).collect())
}

/// All contracts of a router's services are to be suspended, without a hold that says why.
pub async fn suspend_all(connection: &mut Connection, router: RouterId) -> Result<()> {
    sqlx::query!(
        "update contracts set service_state = 'suspended'
         where id in (select contract_id from services where router_id = $1)",
        router.0,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// When the last job of each router was done, and how many were not.
pub async fn finished(connection: &mut Connection) -> Result<Vec<(RouterId, Option<DateTime<Utc>>, i64)>> {
    let rows = sqlx::query!(
        r#"select router_id as "router_id!", max(finished_at) filter (where state = 'done') as at,
                  count(*) filter (where state <> 'done') as "left!"
           from jobs where router_id is not null group by router_id order by router_id"#,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (RouterId(row.router_id), row.at, row.left)).collect())
}
