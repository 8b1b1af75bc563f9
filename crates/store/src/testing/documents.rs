//! Documents out of nothing, for stories that are not about how they come to be.

use domain::ids::{ContractId, CustomerId, InvoiceId, UserId};

use crate::{Connection, Result};

/// An issued invoice over 10.00 USD for the customer with this reference.
pub async fn issue(connection: &mut Connection, number: &str, customer: &str) -> Result<InvoiceId> {
    let id = sqlx::query_scalar!(
        "insert into invoices (kind, state, number, customer_id, currency, issued_on, due_on, untaxed, tax, total,
                               created_at)
         select 'invoice', 'issued', $1, id, 'USD', '2026-01-01', '2026-01-16', 10, 0, 10, created_at
         from customers where reference = $2 returning id",
        number,
        customer
    );
    Ok(InvoiceId(id.fetch_one(connection).await?))
}

/// The user of a customer in the portal.
pub async fn portal_user(connection: &mut Connection, customer: CustomerId) -> Result<UserId> {
    let id = sqlx::query_scalar!(
        "insert into users (email, name, role, customer_id, portal_right, language, created_at)
         select lower(reference) || '@example.com', name, 'customer', id, 'owner', language, created_at
         from customers where id = $1 returning id",
        customer.0
    );
    Ok(UserId(id.fetch_one(connection).await?))
}

/// An active contract of the customer with this reference, whose one invoice is weeks late.
pub async fn late_contract(connection: &mut Connection, number: &str, customer: &str) -> Result<ContractId> {
    let id = sqlx::query_scalar!(
        "with address as (
            insert into addresses (customer_id, street, city, country)
            select id, 'Main street', 'Town', 'MX' from customers where reference = $2 returning id, customer_id),
         policy as (
            insert into cutoff_policies (name, due_days, grace_days, minimum_debt) values ($1, 15, 5, 1) returning id),
         contract as (
            insert into contracts (code, customer_id, address_id, policy_id, currency, state, signed_on, activated_on,
                                   service_state, service_since, created_at)
            select $1, address.customer_id, address.id, policy.id, 'USD', 'active', '2026-01-01', '2026-01-01', 'active',
                   '2026-01-01', '2026-01-01'
            from address, policy returning id, customer_id),
         invoice as (
            insert into invoices (kind, state, number, customer_id, contract_id, currency, issued_on, due_on, untaxed,
                                  tax, total, created_at)
            select 'invoice', 'issued', $1, customer_id, id, 'USD', '2026-01-01', '2026-01-16', 10, 0, 10, '2026-01-01'
            from contract)
         select id from contract",
        number,
        customer
    );
    Ok(ContractId(id.fetch_one(connection).await?))
}

/// A pattern of a number series as no screen lets it be.
pub async fn set_pattern(connection: &mut Connection, kind: &str, pattern: &str) -> Result<()> {
    sqlx::query!("update number_patterns set pattern = $2 where kind = $1", kind, pattern).execute(connection).await?;
    Ok(())
}

/// A sent quote over 10.00 USD for the customer with this reference.
pub async fn quote(connection: &mut Connection, number: &str, customer: &str) -> Result<i64> {
    let id = sqlx::query_scalar!(
        "insert into quotes (purpose, state, number, customer_id, currency, valid_until, created_at, sent_on)
         select 'sale', 'sent', $1, id, 'USD', '2099-12-31', created_at, '2026-01-01' from customers where reference = $2
         returning id",
        number,
        customer
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into quote_lines (quote_id, position, description, quantity, unit_price, discount_percent, discount_amount,
                                  courtesy, discount_reason, tax_percent, tax_included, untaxed, tax, total)
         values ($1, 1, 'Antenna', 1, 10, 0, 0, false, '', 0, false, 10, 0, 10)",
        id
    )
    .execute(connection)
    .await?;
    Ok(id)
}
