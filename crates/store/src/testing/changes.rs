//! Contracts out of nothing that may be changed, for stories that are not about how they come to be.

use domain::ids::{ChangeId, ContractId, ContractLineId, PlanId};

use crate::{Connection, Result};

/// A contract with another plan to change to, and a change of yet another contract that waits for a decision.
#[derive(Clone, Copy, Debug)]
pub struct Changeable {
    pub contract: ContractId,
    pub line: ContractLineId,
    pub other_plan: PlanId,
    pub change: ChangeId,
}

/// For the customer with this reference; `code` is nobody's yet.
pub async fn changeable(connection: &mut Connection, customer: &str, code: &str) -> Result<Changeable> {
    let (contract, line, other_plan) = contract(connection, customer, code).await?;
    let (other, _, _) = self::contract(connection, customer, &format!("{code}-B")).await?;
    let change = sqlx::query_scalar!(
        r#"insert into contract_changes (contract_id, change, summary, timing, state, requested_at, requested_by_name)
           select id, '{"kind": "pause", "from": "2026-05-01", "until": "2026-06-01", "fee": null}',
                  '{"kind": "pause", "from": "2026-05-01", "until": "2026-06-01"}', 'now', 'requested', created_at, 'test'
           from contracts where id = $1 returning id"#,
        other.0
    );
    let change = ChangeId(change.fetch_one(connection).await?);
    Ok(Changeable { contract, line, other_plan, change })
}

async fn contract(
    connection: &mut Connection,
    customer: &str,
    code: &str,
) -> Result<(ContractId, ContractLineId, PlanId)> {
    let row = sqlx::query!(
        r#"with address as (
            insert into addresses (customer_id, street, city, country)
            select id, 'Main street', 'Town', 'MX' from customers where reference = $1 returning id, customer_id),
         policy as (
            insert into cutoff_policies (name, due_days, grace_days, minimum_debt) values ($2, 15, 5, 1) returning id),
         tax as (insert into taxes (name, rate_percent) values ($2, 16) returning id),
         plan as (
            insert into plans (code, name, kind, down_kbps, up_kbps, price, currency, tax_id)
            select $2, $2, 'internet', 1000, 1000, 30, 'USD', id from tax returning id, tax_id),
         other as (
            insert into plans (code, name, kind, down_kbps, up_kbps, price, currency, tax_id)
            select $2 || '-2', $2 || '-2', 'internet', 2000, 2000, 40, 'USD', id from tax returning id),
         contract as (
            insert into contracts (code, customer_id, address_id, policy_id, currency, state, signed_on, activated_on,
                                   service_state, service_since, created_at)
            select $2, address.customer_id, address.id, policy.id, 'USD', 'active', '2026-01-01', '2026-01-01', 'active',
                   '2026-01-01', '2026-01-01'
            from address, policy returning id),
         line as (
            insert into contract_lines (contract_id, plan_id, description, quantity, unit_price, tax_id, every,
                                        anchor_day, mode, first_period, last_period, starts_on)
            select contract.id, plan.id, $2, 1, 30, plan.tax_id, '1m', 1, 'prepaid', 'prorate', 'prorate', '2026-01-01'
            from contract, plan returning id, contract_id)
         select line.contract_id, line.id, other.id as other from line, other"#,
        customer,
        code
    );
    let row = row.fetch_one(connection).await?;
    Ok((ContractId(row.contract_id), ContractLineId(row.id), PlanId(row.other)))
}
