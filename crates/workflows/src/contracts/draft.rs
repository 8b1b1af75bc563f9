//! A new contract, to be filled and signed.

use domain::failure::{Failure, Problem};
use domain::ids::{AddressId, ContractId, PolicyId};
use domain::money::Currency;
use domain::timeline::Event;
use domain::views::contract_forms::{Draft, DraftForm};
use serde::Serialize;
use store::contracts::NewContract;

use super::{must_live_at, subject};
use crate::permit::{EditContracts, Permit};
use crate::record::{audit, tell};
use crate::refused::{Fields, taken, unknown_choice};
use crate::{Context, Result};

const CHOICES: Fields = &[("contracts_customer_id_fkey", "customer"), ("contracts_policy_id_fkey", "policy")];

/// Drafts a contract, with the next free code when none was typed.
///
/// # Errors
/// `Fields`, among them a code that another contract has.
pub async fn draft(context: &Context, permit: &Permit<EditContracts>, form: &DraftForm) -> Result<ContractId> {
    let wish = form.check()?;
    let mut transaction = context.begin().await?;
    must_live_at(&mut transaction, wish.customer, wish.address).await?;
    let code = code(&mut transaction, wish.code.as_deref()).await?;
    let currency = match wish.currency {
        Some(currency) => currency,
        None => store::company::get(&mut transaction).await?.currency,
    };
    let contract = write_down(context, &mut transaction, &wish, &code, currency).await?;
    let drafted = Drafted { code: &code, currency, address: wish.address, policy: wish.policy };
    audit(context, &mut transaction, permit, subject(contract), None::<&()>, Some(&drafted)).await?;
    tell(context, &mut transaction, permit.actor(), wish.customer, contract, &Event::ContractDrafted).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(contract)
}

async fn code(transaction: &mut store::Transaction, wanted: Option<&str>) -> Result<String> {
    let Some(wanted) = wanted else { return Ok(store::contracts::next_code(transaction).await?) };
    if store::contracts::code_is_free(transaction, wanted).await? {
        Ok(wanted.to_owned())
    } else {
        Err(Failure::field("code", Problem::Taken { by: wanted.to_owned() }).into())
    }
}

async fn write_down(
    context: &Context,
    transaction: &mut store::Transaction,
    wish: &Draft,
    code: &str,
    currency: Currency,
) -> Result<ContractId> {
    let contract = NewContract {
        code,
        customer: wish.customer,
        address: wish.address,
        policy: wish.policy,
        currency,
        at: context.clock.now(),
    };
    store::contracts::add(transaction, &contract).await.map_err(|error| match error {
        error @ store::Error::Taken { .. } => taken(error, &[("contracts_code_key", "code")], code),
        error => unknown_choice(error, CHOICES),
    })
}

/// As the audit shows it.
#[derive(Serialize)]
struct Drafted<'a> {
    code: &'a str,
    currency: Currency,
    address: AddressId,
    policy: PolicyId,
}
