//! What a contract's paper agrees to, and what its customer accepted of it.

use chrono::NaiveDate;
use domain::ids::ContractId;
use domain::portal::{Asking, Terms, asking};
use domain::views::contracts::{ContractDetail, ContractLine};
use domain::views::leases::{LeaseFilter, LeaseRow};
use domain::views::list::Choice;
use domain::views::portal_people::ContractPaper;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::permit::{Permit, SeeContracts};
use crate::{Context, Result};

/// Who accepted a contract, for its page.
pub async fn paper(context: &Context, _: &Permit<SeeContracts>, contract: ContractId) -> Result<ContractPaper> {
    let mut connection = context.connection().await?;
    let today = context.clock.today();
    let detail = store::contract_detail::get(&mut connection, contract, today).await?;
    paper_of(&mut connection, &detail, today).await
}

pub(crate) async fn paper_of(
    connection: &mut store::Connection,
    contract: &ContractDetail,
    today: NaiveDate,
) -> Result<ContractPaper> {
    let now = terms(connection, contract, today).await?;
    let accepted = store::acceptances::terms(connection, contract.id).await?;
    Ok(ContractPaper {
        contract: Choice { id: contract.id, name: contract.code.clone() },
        state: contract.state.name(),
        asking: asking(contract.state.name(), &accepted, &now),
        acceptances: store::acceptances::of_contract(connection, contract.id, &now).await?,
    })
}

/// What the portal asks about a contract.
pub(crate) async fn asking_about(
    connection: &mut store::Connection,
    contract: &ContractDetail,
    today: NaiveDate,
) -> Result<Asking> {
    let accepted = store::acceptances::terms(connection, contract.id).await?;
    let now = terms(connection, contract, today).await?;
    Ok(asking(contract.state.name(), &accepted, &now))
}

/// The digest of what a contract agrees to now.
pub(crate) async fn terms_of(
    connection: &mut store::Connection,
    contract: ContractId,
    today: NaiveDate,
) -> Result<Terms> {
    let detail = store::contract_detail::get(connection, contract, today).await?;
    terms(connection, &detail, today).await
}

/// The digest of what is agreed: who, where, what at which price, and what follows from paying late. Not the dates of the
/// contract's life, nor discounts that come and go by themselves, nor lines that end by a date that was agreed: a contract
/// that only grows older says the same.
async fn terms(connection: &mut store::Connection, contract: &ContractDetail, today: NaiveDate) -> Result<Terms> {
    let policy = store::policies::get(connection, contract.policy.id).await?.policy;
    let of_contract = LeaseFilter { contract: Some(contract.id), ..LeaseFilter::default() };
    let leases = store::leases::list(connection, &of_contract, today).await?.rows;
    let facts = &contract.address.facts;
    let agreed = json!({
        "customer": contract.customer.id,
        "place": [facts.street, facts.postal_code, facts.city],
        "currency": contract.currency.code(),
        "lines": sorted(contract.lines.iter().filter(|line| goes_on(line)).map(sold)),
        "leases": sorted(leases.iter().map(leased)),
        "due_days": policy.due_days,
        "cut_after_days": policy.soft_cut_after_days,
        "collected_after_days": policy.removal_after_days,
    });
    Ok(Sha256::digest(agreed.to_string()).into())
}

/// Or is charged once.
fn goes_on(line: &ContractLine) -> bool {
    line.terms.is_none() || line.dates.ends_on.is_none()
}

/// By their text: a line that another one follows has another place among them.
fn sorted(parts: impl Iterator<Item = Value>) -> Vec<String> {
    let mut parts: Vec<String> = parts.map(|part| part.to_string()).collect();
    parts.sort();
    parts
}

fn sold(line: &ContractLine) -> Value {
    let every = line.terms.as_ref().map(|terms| (terms.every, terms.mode));
    let (price, quantity) = (line.price.unit_price.get().normalize(), line.price.quantity.get().normalize());
    json!([line.plan.id, line.description, price.to_string(), quantity.to_string(), every])
}

fn leased(lease: &LeaseRow) -> Value {
    let value = lease.term.value.amount().normalize();
    json!([lease.equipment, lease.serial, value.to_string(), lease.term.commitment_end])
}
