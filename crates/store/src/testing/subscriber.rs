//! An active subscriber in two statements, for stories that are not about how somebody becomes one.

use chrono::NaiveDate;
use domain::ids::{ContractId, RouterId, ServiceId};

use crate::{Connection, Result};

/// What differs between subscribers. Everything else is the same for all.
#[derive(Clone, Debug)]
pub struct Subscriber<'a> {
    pub code: &'a str,
    pub router: RouterId,
    pub down_kbps: i32,
    pub up_kbps: i32,
    pub since: NaiveDate,
    pub attachment: Attachment<'a>,
    pub ip: Option<&'a str>,
}

#[derive(Clone, Debug)]
pub enum Attachment<'a> {
    Pppoe { user: &'a str, sealed_password: &'a [u8] },
    Dhcp { mac: &'a str },
}

/// Writes a customer, an address, a policy, a plan, an active contract with its line, and a service that no device
/// has heard of yet.
pub async fn add(connection: &mut Connection, subscriber: &Subscriber<'_>) -> Result<(ContractId, ServiceId)> {
    let contract = contract(connection, subscriber).await?;
    let (user, password, mac) = match &subscriber.attachment {
        Attachment::Pppoe { user, sealed_password } => (Some(*user), Some(*sealed_password), None),
        Attachment::Dhcp { mac } => (None, None, Some(*mac)),
    };
    let service = sqlx::query_scalar!(
        "insert into services (contract_id, router_id, access, pppoe_user, pppoe_password_encrypted, mac, ip)
         values ($1, $2, case when $3::text is null then 'dhcp' else 'pppoe' end, $3, $4, $5, $6::text::inet)
         returning id",
        contract,
        subscriber.router.0,
        user,
        password,
        mac,
        subscriber.ip,
    )
    .fetch_one(connection)
    .await?;
    Ok((ContractId(contract), ServiceId(service)))
}

async fn contract(connection: &mut Connection, subscriber: &Subscriber<'_>) -> Result<i64> {
    let id = sqlx::query_scalar!(
        "with customer as (
            insert into customers (reference, kind, name, language, created_at)
            values ($1, 'person', 'Customer ' || $1, 'es', $4::date) returning id),
         address as (
            insert into addresses (customer_id, street, city, country)
            select id, 'Main street', 'Town', 'MX' from customer returning id),
         policy as (
            insert into cutoff_policies (name, due_days, grace_days, minimum_debt) values ($1, 15, 5, 1) returning id),
         tax as (insert into taxes (name, rate_percent) values ($1, 16) returning id),
         plan as (
            insert into plans (code, name, kind, down_kbps, up_kbps, price, currency, tax_id)
            select $1, $1, 'internet', $2, $3, 30, 'USD', id from tax returning id, tax_id),
         contract as (
            insert into contracts (code, customer_id, address_id, policy_id, currency, state, signed_on, activated_on,
                                   service_state, service_since, created_at)
            select $1, customer.id, address.id, policy.id, 'USD', 'active', $4, $4, 'active', $4, $4::date
            from customer, address, policy returning id),
         line as (
            insert into contract_lines (contract_id, plan_id, description, quantity, unit_price, tax_id, every,
                                        anchor_day, mode, first_period, last_period, starts_on)
            select contract.id, plan.id, $1, 1, 30, plan.tax_id, '1m', 1, 'prepaid', 'prorate', 'prorate', $4
            from contract, plan)
         select id from contract",
        subscriber.code,
        subscriber.down_kbps,
        subscriber.up_kbps,
        subscriber.since,
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}
