//! Equipment that is bought by renting it.

use chrono::NaiveDate;
use domain::ids::{ContractId, ContractLineId, CustomerId, LeaseId, PlanId};
use domain::leasing::{LeaseState, LeaseStateName, LeaseTerm};
use domain::money::Money;
use domain::price::UnitPrice;
use domain::views::leases::{LeaseFilter, LeaseRow};
use domain::views::list::{Choice, Page};
use rust_decimal::Decimal;

use crate::search::words;
use crate::{Connection, Error, Result};

#[derive(Clone, Debug)]
pub struct NewLease<'a> {
    pub contract: ContractId,
    pub line: ContractLineId,
    pub equipment: &'a str,
    pub serial: Option<&'a str>,
    pub term: LeaseTerm,
    pub plan_after: PlanId,
    pub price_after: UnitPrice,
}

/// # Errors
/// `Refused` with `leases_plan_after_id_fkey`; `Taken` with `leases_line` when the line charges for a lease already.
pub async fn add(connection: &mut Connection, lease: &NewLease<'_>) -> Result<LeaseId> {
    let id = sqlx::query_scalar!(
        "insert into leases (contract_id, line_id, equipment, serial, value, starts_on, commitment_end, plan_after_id,
                             price_after, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'running') returning id",
        lease.contract.0,
        lease.line.0,
        lease.equipment,
        lease.serial,
        lease.term.value.amount(),
        lease.term.starts_on,
        lease.term.commitment_end,
        lease.plan_after.0,
        lease.price_after.get()
    );
    Ok(LeaseId(id.fetch_one(connection).await?))
}

/// Those that run first, the end that is nearest before the others.
pub async fn list(connection: &mut Connection, filter: &LeaseFilter, today: NaiveDate) -> Result<Page<LeaseRow>> {
    let (words, state) = (words(filter.search.as_deref()), filter.state.map(LeaseStateName::word));
    let (contract, sector) = (filter.contract.map(|id| id.0), filter.sector.map(|id| id.0));
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from leases e join contracts c on c.id = e.contract_id join customers u on u.id = c.customer_id
           where ($1::bigint is null or e.contract_id = $1) and ($2::text is null or e.state = $2)
             and ($3::text is null or plain(concat_ws(' ', c.code, u.name, e.equipment, e.serial)) like plain($3))
             and ($4::text is null or plain(concat_ws(' ', c.code, u.name, e.equipment, e.serial)) like all (string_to_array(plain($4), ' ')))
             and ($5::date is null or e.commitment_end <= $5)
             and ($6::bigint is null or c.sector_id = $6)"#,
        contract,
        state,
        words.longest,
        words.all,
        filter.ends_by,
        sector
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select e.id, e.contract_id, c.code, c.currency as "currency: String", c.customer_id, u.name as customer,
                  e.line_id, e.equipment, e.serial, e.value, e.starts_on, e.commitment_end, e.plan_after_id,
                  p.name as plan_after, e.price_after, e.state, e.ended_on
           from leases e
           join contracts c on c.id = e.contract_id
           join customers u on u.id = c.customer_id
           join plans p on p.id = e.plan_after_id
           where ($1::bigint is null or e.contract_id = $1) and ($2::text is null or e.state = $2)
             and ($3::text is null or plain(concat_ws(' ', c.code, u.name, e.equipment, e.serial)) like plain($3))
             and ($4::text is null or plain(concat_ws(' ', c.code, u.name, e.equipment, e.serial)) like all (string_to_array(plain($4), ' ')))
             and ($5::date is null or e.commitment_end <= $5)
             and ($6::bigint is null or c.sector_id = $6)
           order by (e.state = 'running') desc, e.commitment_end, e.id limit $7 offset $8"#,
        contract,
        state,
        words.longest,
        words.all,
        filter.ends_by,
        sector,
        filter.page.rows(),
        filter.page.offset()
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let rows = rows.map(|row| row.lease(today)).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}

/// The leases of a contract that run: as many as it has lines, at most. Lock the contract before.
pub async fn running(connection: &mut Connection, contract: ContractId, today: NaiveDate) -> Result<Vec<LeaseRow>> {
    let state = Some(LeaseStateName::Running);
    let filter = LeaseFilter { contract: Some(contract), state, ..LeaseFilter::default() };
    Ok(list(connection, &filter, today).await?.rows)
}

/// The contract that a lease is of.
pub async fn contract_of(connection: &mut Connection, lease: LeaseId) -> Result<ContractId> {
    let contract = sqlx::query_scalar!("select contract_id from leases where id = $1", lease.0);
    Ok(ContractId(contract.fetch_one(connection).await?))
}

struct Row {
    id: i64,
    contract_id: i64,
    code: String,
    currency: String,
    customer_id: i64,
    customer: String,
    line_id: i64,
    equipment: String,
    serial: Option<String>,
    value: Decimal,
    starts_on: NaiveDate,
    commitment_end: NaiveDate,
    plan_after_id: i64,
    plan_after: String,
    price_after: Decimal,
    state: String,
    ended_on: Option<NaiveDate>,
}

impl Row {
    fn lease(self, today: NaiveDate) -> Result<LeaseRow> {
        let value = Money::new(self.value, self.currency.parse()?);
        let term = LeaseTerm { value, starts_on: self.starts_on, commitment_end: self.commitment_end };
        Ok(LeaseRow {
            id: LeaseId(self.id),
            contract: Choice { id: ContractId(self.contract_id), name: self.code },
            customer: Choice { id: CustomerId(self.customer_id), name: self.customer },
            line: ContractLineId(self.line_id),
            equipment: self.equipment,
            serial: self.serial,
            owed: term.owed(today)?,
            term,
            plan_after: Choice { id: PlanId(self.plan_after_id), name: self.plan_after },
            price_after: UnitPrice::new(self.price_after)?,
            state: state(&self.state, self.ended_on)?,
        })
    }
}

fn state(name: &str, on: Option<NaiveDate>) -> Result<LeaseState> {
    match (name.parse()?, on) {
        (LeaseStateName::Running, None) => Ok(LeaseState::Running),
        (LeaseStateName::Passed, Some(on)) => Ok(LeaseState::Passed { on }),
        (LeaseStateName::BoughtOut, Some(on)) => Ok(LeaseState::BoughtOut { on }),
        (LeaseStateName::Returned, Some(on)) => Ok(LeaseState::Returned { on }),
        (name, _) => Err(Error::Unknown(format!("a lease that is {name} without its date"))),
    }
}

pub async fn save_state(connection: &mut Connection, lease: LeaseId, state: LeaseState) -> Result<()> {
    let on = match state {
        LeaseState::Running => None,
        LeaseState::Passed { on } | LeaseState::BoughtOut { on } | LeaseState::Returned { on } => Some(on),
    };
    sqlx::query!("update leases set state = $2, ended_on = $3 where id = $1", lease.0, state.name().word(), on)
        .execute(connection)
        .await?;
    Ok(())
}

/// A line was followed by another one, perhaps of another contract: the leases that it charged for are charged by that.
pub async fn follow(
    connection: &mut Connection,
    line: ContractLineId,
    next: ContractLineId,
    contract: ContractId,
) -> Result<()> {
    sqlx::query!(
        "update leases set line_id = $2, contract_id = $3 where line_id = $1 and state = 'running'",
        line.0,
        next.0,
        contract.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Active contracts with a commitment that ends on `date` or before.
pub async fn ending(connection: &mut Connection, date: NaiveDate) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        "select distinct e.contract_id from leases e join contracts c on c.id = e.contract_id
         where e.state = 'running' and e.commitment_end <= $1 and c.state = 'active' order by 1",
        date
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// Active contracts whose customer is to be told that a commitment ends by `date`.
pub async fn to_notify(connection: &mut Connection, date: NaiveDate) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        "select distinct e.contract_id from leases e join contracts c on c.id = e.contract_id
         where e.state = 'running' and e.notified_on is null and e.commitment_end <= $1 and c.state = 'active' order by 1",
        date
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// Marks the leases of a contract whose end is near as told; answers them.
pub async fn mark_notified(
    connection: &mut Connection,
    contract: ContractId,
    near: NaiveDate,
    on: NaiveDate,
) -> Result<Vec<LeaseId>> {
    let ids = sqlx::query_scalar!(
        "update leases set notified_on = $3
         where contract_id = $1 and state = 'running' and notified_on is null and commitment_end <= $2 returning id",
        contract.0,
        near,
        on
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(LeaseId).collect())
}
