//! A quote that revives a contract: a fee, and a period of service in advance.

use chrono::{Days, NaiveDate};
use domain::billing::BillableLine;
use domain::calendar::BillingPeriod;
use domain::contract::{ContractState, LifecycleError};
use domain::discount::Reduction;
use domain::failure::{Blocker, Failure};
use domain::ids::{ContractId, QuoteId};
use domain::price::{LinePrice, Quantity};
use domain::quote::QuotePurpose;
use domain::reconnection::{ReconnectionTerms, period};
use domain::service::{HoldReason, ServiceState};
use domain::tax::TaxRate;
use store::contracts::Contract;
use store::quotes::{NewLine, NewQuote};

use super::send::send_in;
use super::subject;
use crate::permit::{EditQuotes, Permit};
use crate::record::audit;
use crate::{Context, Error, Result};

/// Makes the quote and sends it; while one can still be agreed to, answers that one. What is owed already is not in it:
/// it stays owed.
///
/// # Errors
/// `Lifecycle` when the service is neither cut nor closed; `Blocked` by `HeldForAnotherReason` (money does not lift such
/// a hold) or by `NoRecurringLine`.
pub async fn reconnect(context: &Context, permit: &Permit<EditQuotes>, contract: ContractId) -> Result<QuoteId> {
    let today = context.clock.today();
    let mut transaction = context.begin().await?;
    store::payments::lock_customers_of(&mut transaction, &[contract]).await?;
    let contract = store::contracts::lock(&mut transaction, contract).await?;
    must_be_cut(&mut transaction, &contract).await?;
    if let Some(quote) = store::quotes::open_reconnection(&mut transaction, contract.id, today).await? {
        return Ok(quote);
    }
    let terms = store::reconnection::terms(&mut transaction).await?;
    let lines = lines(&mut transaction, &contract, terms, today).await?;
    let quote = NewQuote {
        purpose: QuotePurpose::Reconnection,
        customer: contract.customer,
        contract: Some(contract.id),
        currency: contract.currency,
        valid_until: today.checked_add_days(Days::new(terms.valid_days.into())).unwrap_or(today),
        note: "",
        at: context.clock.now(),
    };
    let id = store::quotes::add(&mut transaction, &quote).await?;
    for line in &lines {
        store::quotes::add_line(&mut transaction, id, line).await?;
    }
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&terms)).await?;
    let quote = store::quotes::lock(&mut transaction, id).await?;
    send_in(context, &mut transaction, permit, &quote).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// Cut for what is owed, or closed after it was in use; and held for no reason that money does not lift.
pub(super) async fn must_be_cut(transaction: &mut store::Transaction, contract: &Contract) -> Result<()> {
    let may = match contract.state {
        ContractState::Active { .. } => contract.service != ServiceState::Active,
        ContractState::Closed { activated_on, .. } => activated_on.is_some(),
        ContractState::Draft | ContractState::Open { .. } => false,
    };
    if !may {
        let (state, event) = (contract.state.name(), "reconnect".to_owned());
        return Err(LifecycleError::NotAllowed { state, event }.into());
    }
    let holds = store::holds::open(transaction, contract.id).await?;
    if holds.iter().any(|hold| hold.reason != HoldReason::Overdue) {
        return Err(Failure::Blocked { what: Blocker::HeldForAnotherReason }.into());
    }
    Ok(())
}

/// When the contract was closed; `None` while it is not.
pub(super) fn closed_on(contract: &Contract) -> Option<NaiveDate> {
    match contract.state {
        ContractState::Closed { closed_on, .. } => Some(closed_on),
        _ => None,
    }
}

async fn lines(
    transaction: &mut store::Transaction,
    contract: &Contract,
    terms: ReconnectionTerms,
    today: NaiveDate,
) -> Result<Vec<NewLine>> {
    let billable = store::billing::billable_lines(transaction, contract.id).await?;
    let mut service = Vec::new();
    for line in store::contract_lines::lock_of_contract(transaction, contract.id).await? {
        let Some(billing) = line.facts.terms else { continue };
        let Some(period) = period(&billing, &line.dates, closed_on(contract), today) else { continue };
        let Some(sold) = billable.iter().find(|sold| sold.id == line.id) else { continue };
        service.push(in_advance(sold, &period, today)?);
    }
    if service.is_empty() {
        return Err(Failure::Blocked { what: Blocker::NoRecurringLine }.into());
    }
    let fee = fee(transaction, contract, terms, &billable, today).await?;
    Ok(fee.into_iter().chain(service).collect())
}

/// With the discount that the line has in that period.
fn in_advance(sold: &BillableLine, period: &BillingPeriod, today: NaiveDate) -> Result<NewLine> {
    let price = sold.price.for_period_from(period.range.start(), today);
    let discount = sold.price.discount.as_ref().filter(|_| !price.discount.is_none());
    Ok(NewLine {
        contract_line: Some(sold.id),
        description: sold.description.clone(),
        amount: price.for_period(period).map_err(Error::internal)?,
        discount_reason: discount.map(|discount| discount.reason.clone()).unwrap_or_default(),
    })
}

async fn fee(
    transaction: &mut store::Transaction,
    contract: &Contract,
    terms: ReconnectionTerms,
    billable: &[BillableLine],
    today: NaiveDate,
) -> Result<Option<NewLine>> {
    if terms.fee.get().is_zero() {
        return Ok(None);
    }
    let rates = match terms.tax {
        Some(tax) => Some(store::taxes::get(transaction, tax).await?.rates),
        None => billable.first().map(|line| line.price.tax.clone()),
    };
    let price = LinePrice {
        unit_price: terms.fee,
        quantity: Quantity::ONE,
        discount: Reduction::NONE,
        tax_rate: rates.map_or(TaxRate::NONE, |rates| rates.on(today)),
        currency: contract.currency,
    };
    let language = store::customers::get(transaction, contract.customer).await?.facts.language;
    let description = match language {
        domain::contact::Language::Spanish => "Reconexión",
        domain::contact::Language::English => "Reconnection",
    };
    let amount = price.once().map_err(Error::internal)?;
    let description = description.to_owned();
    Ok(Some(NewLine { contract_line: None, description, amount, discount_reason: String::new() }))
}
