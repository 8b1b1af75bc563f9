//! Contracts: who bought, where, and the contract's state. Lists and pages read through `contracts_list` and
//! `contract_detail`.

use chrono::{DateTime, NaiveDate, Utc};
use domain::contract::{ContractState, ContractStateName};
use domain::ids::{AddressId, ContractId, CustomerId, PolicyId, ServiceId};
use domain::money::Currency;
use domain::service::{HoldEffect, ServiceState};
use domain::views::list::Choice;

use crate::{Connection, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    pub id: ContractId,
    pub code: String,
    pub customer: CustomerId,
    pub address: AddressId,
    pub policy: PolicyId,
    pub currency: Currency,
    pub state: ContractState,
    pub service: ServiceState,
}

/// A draft to write down.
#[derive(Clone, Debug)]
pub struct NewContract<'a> {
    pub code: &'a str,
    pub customer: CustomerId,
    pub address: AddressId,
    pub policy: PolicyId,
    pub currency: Currency,
    pub at: DateTime<Utc>,
}

/// What `save_state` made of the service state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceChange {
    pub from: ServiceState,
    pub to: ServiceState,
    /// The service whose device has to follow, if one is set up.
    pub service: Option<ServiceId>,
}

/// A code that nobody has. One that is not used leaves a gap.
pub async fn next_code(connection: &mut Connection) -> Result<String> {
    loop {
        let number = sqlx::query_scalar!(r#"select nextval('contract_codes') as "number!""#);
        let code = format!("C{:05}", number.fetch_one(&mut *connection).await?);
        if code_is_free(connection, &code).await? {
            return Ok(code);
        }
    }
}

pub async fn code_is_free(connection: &mut Connection, code: &str) -> Result<bool> {
    let free = sqlx::query_scalar!(r#"select not exists (select from contracts where code = $1) as "free!""#, code);
    Ok(free.fetch_one(connection).await?)
}

/// Writes a draft.
///
/// # Errors
/// `Taken` with `contracts_code_key`; `Refused` for an address or a policy that does not exist.
pub async fn add(connection: &mut Connection, contract: &NewContract<'_>) -> Result<ContractId> {
    let id = sqlx::query_scalar!(
        "insert into contracts (code, customer_id, address_id, policy_id, currency, state, service_state, created_at)
         values ($1, $2, $3, $4, $5, 'draft', 'none', $6) returning id",
        contract.code,
        contract.customer.0,
        contract.address.0,
        contract.policy.0,
        contract.currency.code(),
        contract.at
    );
    Ok(ContractId(id.fetch_one(connection).await?))
}

/// Reads a contract and keeps it from changing until the transaction ends. Lock its customer before.
pub async fn lock(connection: &mut Connection, id: ContractId) -> Result<Contract> {
    let row = sqlx::query_as!(
        ContractRow,
        r#"select id, code, customer_id, address_id, policy_id, currency as "currency: String", state, signed_on,
                  activated_on, closed_on, close_reason, service_state
           from contracts where id = $1 for no key update"#,
        id.0
    );
    row.fetch_one(connection).await?.contract()
}

/// The contract with a code, however it was typed.
pub async fn by_code(connection: &mut Connection, code: &str) -> Result<Option<ContractId>> {
    let id = sqlx::query_scalar!("select id from contracts where lower(code) = lower($1)", code);
    Ok(id.fetch_optional(connection).await?.map(ContractId))
}

/// Whose contract it is.
pub async fn customer_of(connection: &mut Connection, id: ContractId) -> Result<CustomerId> {
    let customer = sqlx::query_scalar!("select customer_id from contracts where id = $1", id.0);
    Ok(CustomerId(customer.fetch_one(connection).await?))
}

/// All contracts of a customer, oldest first.
pub async fn of_customer(connection: &mut Connection, customer: CustomerId) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!("select id from contracts where customer_id = $1 order by id", customer.0);
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// A contract and its customer, by name.
pub async fn named(
    connection: &mut Connection,
    contract: ContractId,
) -> Result<(Choice<ContractId>, Choice<CustomerId>)> {
    let row = sqlx::query!(
        "select c.code, u.id, u.name from contracts c join customers u on u.id = c.customer_id where c.id = $1",
        contract.0
    );
    let row = row.fetch_one(connection).await?;
    let customer = Choice { id: CustomerId(row.id), name: row.name };
    Ok((Choice { id: contract, name: row.code }, customer))
}

struct ContractRow {
    id: i64,
    code: String,
    customer_id: i64,
    address_id: i64,
    policy_id: i64,
    currency: String,
    state: String,
    signed_on: Option<NaiveDate>,
    activated_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    close_reason: Option<String>,
    service_state: String,
}

impl ContractRow {
    fn contract(self) -> Result<Contract> {
        Ok(Contract {
            id: ContractId(self.id),
            customer: CustomerId(self.customer_id),
            address: AddressId(self.address_id),
            policy: PolicyId(self.policy_id),
            currency: self.currency.parse()?,
            state: state_of(&self.state, self.signed_on, self.activated_on, self.closed_on, self.close_reason)?,
            service: self.service_state.parse()?,
            code: self.code,
        })
    }
}

/// The columns of a state as one value.
pub(crate) fn state_of(
    name: &str,
    signed_on: Option<NaiveDate>,
    activated_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    reason: Option<String>,
) -> Result<ContractState> {
    let state = match name.parse()? {
        ContractStateName::Draft => Some(ContractState::Draft),
        ContractStateName::Open => signed_on.map(|signed_on| ContractState::Open { signed_on }),
        ContractStateName::Active => signed_on
            .zip(activated_on)
            .map(|(signed_on, activated_on)| ContractState::Active { signed_on, activated_on }),
        ContractStateName::Closed => closed_on.zip(reason).map(|(closed_on, reason)| ContractState::Closed {
            signed_on,
            activated_on,
            closed_on,
            reason,
        }),
    };
    state.ok_or_else(|| Error::Unknown(format!("a contract that is {name} without its dates")))
}

/// Where a draft is to be installed, and its policy.
pub async fn edit_draft(
    connection: &mut Connection,
    contract: ContractId,
    address: AddressId,
    policy: PolicyId,
) -> Result<()> {
    let edited = sqlx::query!(
        "update contracts set address_id = $2, policy_id = $3 where id = $1",
        contract.0,
        address.0,
        policy.0
    );
    edited.execute(connection).await?;
    Ok(())
}

/// The service is used at another address from now on.
pub async fn relocate(connection: &mut Connection, contract: ContractId, address: AddressId) -> Result<()> {
    sqlx::query!("update contracts set address_id = $2 where id = $1", contract.0, address.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes a contract's state, and the service state that follows from it and from the open holds. Nothing else writes
/// either. `today` is since when a service state holds that was another one before.
pub async fn save_state(
    connection: &mut Connection,
    contract: ContractId,
    state: &ContractState,
    today: NaiveDate,
) -> Result<ServiceChange> {
    let effects = open_effects(connection, contract).await?;
    let to = ServiceState::of(state, effects);
    let dates = Dates::of(state);
    let row = sqlx::query!(
        r#"update contracts c
           set state = $2, signed_on = $3, activated_on = $4, closed_on = $5, close_reason = $6, service_state = $7,
               service_since = case when before.service_state = $7 then c.service_since else $8 end
           from (select id, service_state from contracts where id = $1) before
           where c.id = before.id
           returning before.service_state,
                     (select s.id from services s where s.contract_id = c.id) as "service?""#,
        contract.0,
        state.name().word(),
        dates.signed_on,
        dates.activated_on,
        dates.closed_on,
        dates.reason,
        to.word(),
        today
    )
    .fetch_one(connection)
    .await?;
    Ok(ServiceChange { from: row.service_state.parse()?, to, service: row.service.map(ServiceId) })
}

async fn open_effects(connection: &mut Connection, contract: ContractId) -> Result<Vec<HoldEffect>> {
    let effects = sqlx::query_scalar!(
        "select distinct effect from holds where contract_id = $1 and lifted_on is null",
        contract.0
    );
    effects.fetch_all(connection).await?.into_iter().map(|effect| Ok(effect.parse()?)).collect()
}

/// A state's dates as columns.
#[derive(Default)]
struct Dates<'a> {
    signed_on: Option<NaiveDate>,
    activated_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    reason: Option<&'a str>,
}

impl<'a> Dates<'a> {
    fn of(state: &'a ContractState) -> Self {
        match state {
            ContractState::Draft => Self::default(),
            ContractState::Open { signed_on } => Self { signed_on: Some(*signed_on), ..Self::default() },
            ContractState::Active { signed_on, activated_on } => {
                Self { signed_on: Some(*signed_on), activated_on: Some(*activated_on), ..Self::default() }
            }
            ContractState::Closed { signed_on, activated_on, closed_on, reason } => Self {
                signed_on: *signed_on,
                activated_on: *activated_on,
                closed_on: Some(*closed_on),
                reason: Some(reason),
            },
        }
    }
}
