//! Charging late fees: chunk by chunk, and one by one where a chunk fails. The database refuses a second fee for an invoice,
//! so that a night may be run as often as one likes.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use domain::billing::ParkReason;
use domain::collections::{Case, LateFeeEvidence};
use domain::contact::Language;
use domain::ids::{ContractId, InvoiceId, TaxId};
use domain::message::Purpose;
use domain::money::Money;
use domain::price::LineAmount;
use domain::tax::TaxRate;
use store::late_fees::NewFee;

use crate::messages::{self, Notice};
use crate::permit::Actor;
use crate::runs::Progress;
use crate::{Context, Error, Result, billing, collections, numbers};

/// Contracts that are charged in one transaction.
const CHUNK: i64 = 200;
/// The step's name in the ledger.
pub(crate) const STEP: &str = "late_fees";

/// A fee that is to be issued, and how many days it may be paid in.
struct Due {
    case: usize,
    evidence: LateFeeEvidence,
    amount: LineAmount,
}

pub(crate) async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    if collections::feed_is_silent(context).await? {
        return Ok(0);
    }
    Ok(store::late_fees::count_to_charge(&mut *context.connection().await?, date).await?)
}

/// Nobody pays for payments that do not reach us: while the feed is silent there are no fees, and later nights charge what
/// is still late then.
pub(crate) async fn run_step(context: &Context, _: &Actor, date: NaiveDate) -> Result<()> {
    if collections::feed_is_silent(context).await? {
        return Ok(());
    }
    let mut after = ContractId(0);
    loop {
        let chunk = store::late_fees::to_charge(&mut *context.connection().await?, date, after, CHUNK).await?;
        let Some(last) = chunk.last().copied() else { return Ok(()) };
        if charge(context, &chunk, date).await.is_err() {
            for contract in chunk {
                charge_or_park(context, contract, date).await?;
            }
        }
        after = last;
    }
}

/// One contract alone, that an earlier night left out.
pub(crate) async fn retry(context: &Context, _: &Actor, contract: ContractId, date: NaiveDate) -> Result<()> {
    charge_or_park(context, contract, date).await
}

/// How many fees the night of `date` would charge, and what they come to, by currency.
pub(crate) async fn preview(
    context: &Context,
    date: NaiveDate,
    progress: &mut Progress<'_>,
) -> Result<(i64, Vec<Money>)> {
    if collections::feed_is_silent(context).await? {
        return Ok((0, Vec::new()));
    }
    let mut connection = context.connection().await?;
    let (mut after, mut count) = (ContractId(0), 0);
    let mut sums: BTreeMap<domain::money::Currency, Money> = BTreeMap::new();
    loop {
        let chunk = store::late_fees::to_charge(&mut connection, date, after, CHUNK).await?;
        let Some(last) = chunk.last().copied() else { return Ok((count, sums.into_values().collect())) };
        let (_, due) = due(&mut connection, &chunk, date).await?;
        for fee in due {
            let total = fee.amount.total;
            let sum = sums.entry(total.currency()).or_insert(Money::zero(total.currency()));
            *sum = sum.checked_add(total).map_err(Error::internal)?;
            count += 1;
        }
        progress.add(chunk.len()).await?;
        after = last;
    }
}

/// Charges these contracts in one transaction; they are done, whether something was due of them or not.
async fn charge(context: &Context, contracts: &[ContractId], date: NaiveDate) -> Result<()> {
    let done = i32::try_from(contracts.len()).map_err(Error::internal)?;
    let mut transaction = context.begin().await?;
    let customers = store::payments::lock_customers_of(&mut transaction, contracts).await?;
    let (cases, due) = due(&mut transaction, contracts, date).await?;
    issue(context, &mut transaction, &cases, &due, date).await?;
    billing::allocate_credit(&mut transaction, &customers, date).await?;
    store::runs::unpark(&mut transaction, STEP, contracts, context.clock.now()).await?;
    store::runs::count(&mut transaction, date, STEP, done, 0).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn due(
    connection: &mut store::Connection,
    contracts: &[ContractId],
    date: NaiveDate,
) -> Result<(Vec<Case>, Vec<Due>)> {
    let cases = store::collections::cases(connection, contracts, date).await?;
    let without = store::late_fees::without(connection, contracts).await?;
    let mut rates: BTreeMap<TaxId, TaxRate> = BTreeMap::new();
    let mut due = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let tax = case.policy.late_fee.as_ref().and_then(|fee| fee.tax);
        for evidence in case.late_fees(date, &without) {
            let rate = rate(connection, &mut rates, tax, date).await?;
            let amount = evidence.amount(rate).map_err(Error::internal)?;
            due.extend(amount.map(|amount| Due { case: number, evidence, amount }));
        }
    }
    Ok((cases, due))
}

async fn rate(
    connection: &mut store::Connection,
    known: &mut BTreeMap<TaxId, TaxRate>,
    tax: Option<TaxId>,
    date: NaiveDate,
) -> Result<TaxRate> {
    let Some(tax) = tax else { return Ok(TaxRate::NONE) };
    if let Some(rate) = known.get(&tax) {
        return Ok(*rate);
    }
    let rate = store::taxes::get(connection, tax).await?.rates.on(date);
    known.insert(tax, rate);
    Ok(rate)
}

/// Numbers come last, as everywhere: the counter is locked from here to the end of the transaction.
async fn issue(
    context: &Context,
    transaction: &mut store::Transaction,
    cases: &[Case],
    due: &[Due],
    date: NaiveDate,
) -> Result<()> {
    if due.is_empty() {
        return Ok(());
    }
    let mut readers = Vec::new();
    for fee in due {
        let contract = store::contracts::lock(transaction, contract_of(cases, fee)?.contract).await?;
        let language = store::customers::get(transaction, contract.customer).await?.facts.language;
        readers.push((contract.customer, language));
    }
    let count = i64::try_from(due.len()).map_err(Error::internal)?;
    let pattern = store::billing::number_pattern(transaction, "invoice").await?;
    let first = store::billing::take_numbers(transaction, "invoice", date.year(), count).await?;
    let mut issued: Vec<InvoiceId> = Vec::new();
    for ((n, fee), (customer, language)) in (first..).zip(due).zip(readers) {
        let case = contract_of(cases, fee)?;
        let days = Days::new(case.policy.due_days.into());
        let new = NewFee {
            number: &pattern.number(date, n),
            customer,
            contract: case.contract,
            issued_on: date,
            due_on: date.checked_add_days(days).unwrap_or(date),
            at: context.clock.now(),
            description: &description(language, &fee.evidence),
            amount: &fee.amount,
            evidence: &fee.evidence,
        };
        let invoice = store::late_fees::issue(transaction, &new).await?;
        issued.push(invoice);
        tell(context, transaction, &new, invoice, language).await?;
    }
    numbers::give_control_numbers(transaction, &issued, date).await
}

async fn tell(
    context: &Context,
    transaction: &mut store::Transaction,
    fee: &NewFee<'_>,
    invoice: InvoiceId,
    language: Language,
) -> Result<()> {
    let notice = Notice {
        purpose: Purpose::LateFee,
        path: &format!("/portal/invoices/{invoice}"),
        values: vec![
            ("invoice", fee.number.to_owned()),
            ("number", fee.evidence.number.clone()),
            ("amount", messages::moneys(&[fee.amount.total])),
            ("due", messages::day(language, fee.due_on)),
        ],
    };
    messages::tell_customer(context, transaction, fee.customer, &notice).await?;
    Ok(())
}

fn contract_of<'a>(cases: &'a [Case], fee: &Due) -> Result<&'a Case> {
    cases.get(fee.case).ok_or_else(|| Error::internal(store::Error::NotFound))
}

/// As the customer reads it on paper; the sum is explained beside it on the screen.
fn description(language: Language, evidence: &LateFeeEvidence) -> String {
    let (number, days) = (&evidence.number, evidence.days_late);
    match language {
        Language::Spanish => format!("Recargo por mora: {number}, {days} días de atraso"),
        Language::English => format!("Late fee: {number}, {days} days late"),
    }
}

async fn charge_or_park(context: &Context, contract: ContractId, date: NaiveDate) -> Result<()> {
    let Err(error) = charge(context, &[contract], date).await else { return Ok(()) };
    let number = crate::error::incident(&error);
    tracing::error!(%contract, incident = number, "a contract was left out of late fees");
    let mut transaction = context.begin().await?;
    let reason = ParkReason::Incident { number };
    store::runs::park(&mut transaction, date, STEP, contract, &reason, context.clock.now()).await?;
    store::runs::count(&mut transaction, date, STEP, 0, 1).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
