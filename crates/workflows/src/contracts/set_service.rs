//! How a contract's service reaches the network.

use std::net::Ipv4Addr;

use domain::contract::ContractState;
use domain::failure::{Failure, FieldProblem, Problem};
use domain::ids::{AddressPoolId, ContractId, RouterId, ServiceId};
use domain::service_settings::{Login, ServiceSettings};
use domain::views::contract_forms::{ServiceForm, ServiceWish};
use secrecy::SecretString;
use serde::Serialize;
use store::contracts::Contract;
use store::service_settings::{Clash, Service};

use super::{lock, not_allowed, subject};
use crate::permit::{EditServices, Permit};
use crate::record::audit;
use crate::refused::unknown_choice;
use crate::{Context, Error, Result, jobs, pools, stock};

/// Sets the service of a contract up, or changes it; the routers of an active one follow. A PPPoE service without a
/// password gets one. That of a closed contract changes only while a quote may revive it: somebody else may have its user
/// by then.
///
/// # Errors
/// `Fields`, among them a user, MAC, address or ONU that another contract has (`Taken` by its code); `Lifecycle` when the
/// contract is closed for good.
pub async fn set_service(
    context: &Context,
    permit: &Permit<EditServices>,
    contract: ContractId,
    form: &ServiceForm,
) -> Result<ServiceId> {
    let ServiceWish { mut settings, pool, password: typed } = form.check()?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    let closed = matches!(contract.state, ContractState::Closed { .. });
    if closed && !store::quotes::would_reconnect(&mut transaction, contract.id).await? {
        return Err(not_allowed(&contract, "set_service").into());
    }
    if let Some(pool) = pool {
        settings.ip = Some(next_free(&mut transaction, pool, settings.router).await?.into());
    }
    refuse_taken(store::service_settings::clashes(&mut transaction, contract.id, &settings).await?)?;
    let before = store::service_settings::of_contract(&mut transaction, contract.id).await?;
    let (present, onu) = (before.as_ref().map(|service| service.id), settings.onu_serial.as_deref());
    stock::keep_onu(&mut transaction, present, onu).await?;
    let password = password(&settings, typed, before.as_ref());
    let sealed = password.as_ref().map(|password| context.vault.seal(password)).transpose()?;
    let saved = store::service_settings::save(&mut transaction, contract.id, &settings, sealed.as_deref()).await;
    let service = match saved {
        Err(store::Error::Taken { constraint }) => {
            drop(transaction);
            return Err(taken_meanwhile(context, &contract, &settings, constraint).await);
        }
        Err(store::Error::Overlap { constraint }) => {
            drop(transaction);
            return Err(taken_meanwhile(context, &contract, &settings, constraint).await);
        }
        saved => saved.map_err(|error| unknown_choice(error, &[("services_router_id_fkey", "router")]))?,
    };
    stock::install_typed(context, &mut transaction, permit.actor(), service, onu).await?;
    enqueue(context, &mut transaction, &contract, service, before.as_ref(), &settings).await?;
    let before = before.map(|service| Audited { settings: service.settings, new_password: false });
    let after = Audited { settings, new_password: password.is_some() };
    audit(context, &mut transaction, permit, subject(contract.id), before.as_ref(), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(service)
}

/// The next free address of the pool, which stays locked until it is given.
async fn next_free(transaction: &mut store::Transaction, pool: AddressPoolId, router: RouterId) -> Result<Ipv4Addr> {
    let (of_router, free) = match store::address_pools::next_free(transaction, pool).await {
        Err(store::Error::NotFound) => return Err(Failure::field("pool", Problem::UnknownChoice).into()),
        found => found?,
    };
    if of_router != router {
        return Err(Failure::field("pool", Problem::OfAnotherRouter).into());
    }
    free.ok_or_else(|| Failure::field("pool", Problem::NoneFree).into())
}

fn refuse_taken(clashes: Vec<Clash>) -> Result<(), Failure> {
    if clashes.is_empty() {
        return Ok(());
    }
    let fields = clashes
        .into_iter()
        .map(|clash| FieldProblem { field: clash.field, problem: Problem::Taken { by: clash.by } })
        .collect();
    Err(Failure::Fields { fields })
}

/// Somebody else was faster by a moment: says who, now that it can be read.
async fn taken_meanwhile(
    context: &Context,
    contract: &Contract,
    settings: &ServiceSettings,
    constraint: String,
) -> Error {
    if let Some(failure) = pools::kept_back(&constraint) {
        return failure.into();
    }
    let clashes = async {
        let mut connection = context.connection().await?;
        Ok::<_, Error>(store::service_settings::clashes(&mut connection, contract.id, settings).await?)
    };
    match clashes.await.map(refuse_taken) {
        Ok(Err(failure)) => failure.into(),
        Ok(Ok(())) => Error::from(store::Error::Taken { constraint }),
        Err(error) => error,
    }
}

/// The password that was typed, or a new one where there is none yet.
fn password(settings: &ServiceSettings, typed: Option<String>, before: Option<&Service>) -> Option<SecretString> {
    if matches!(settings.login, Login::Dhcp { .. }) {
        return None;
    }
    let has_one = before.is_some_and(|service| service.has_password);
    typed.or_else(|| (!has_one).then(new_password)).map(SecretString::from)
}

/// Twelve letters and digits that are not mistaken for each other when they are read aloud: 58 bits.
fn new_password() -> String {
    const SIGNS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    (0..12).map(|_| char::from(SIGNS[rand::random_range(0..SIGNS.len())])).collect()
}

async fn enqueue(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: &Contract,
    service: ServiceId,
    before: Option<&Service>,
    settings: &ServiceSettings,
) -> Result<()> {
    if !matches!(contract.state, ContractState::Active { .. }) {
        return Ok(());
    }
    jobs::enqueue_provision(context, transaction, service).await?;
    match before.map(|service| service.settings.router) {
        Some(left) if left != settings.router => jobs::enqueue_removal(context, transaction, service, left).await,
        _ => Ok(()),
    }
}

/// As the audit shows it: that there is a new password, never which.
#[derive(Serialize)]
struct Audited {
    #[serde(flatten)]
    settings: ServiceSettings,
    new_password: bool,
}
