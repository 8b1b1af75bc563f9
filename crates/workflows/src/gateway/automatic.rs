//! The step of the night that charges saved cards for what is due, with their owners' consent. The night sets out; a worker
//! charges. What is on its way is not set out again, and a declined card is tried again by rule.

use chrono::{Duration, NaiveDate};
use domain::billing::ParkReason;
use domain::contact::Language;
use domain::gateway::{Decline, IntentKind, IntentState, RemoteState, charged};
use domain::ids::{ContractId, CustomerId};
use domain::message::Purpose;
use domain::money::Money;
use store::gateway::cards::{self, Consented, DueInvoice};
use store::gateway::intents::{self, Intent, NewIntent, Read};
use store::gateway::tasks::Task;

use super::settle::{End, settle};
use super::{Open, new_key, taking};
use crate::messages::{self, Notice};
use crate::permit::Actor;
use crate::ports::Gateway;
use crate::ports::gateway::{GatewayFailure, NewCharge};
use crate::{Context, Error, Result, jobs};

/// The step's name in the ledger.
pub(crate) const STEP: &str = "automatic_payments";
const CHUNK: i64 = 200;
/// So long the gateway's events may take; then it is asked.
const LATE: Duration = Duration::hours(2);

/// A night that is made up charges nobody: today's own night charges what is due by then, once.
fn is_made_up(context: &Context, date: NaiveDate) -> bool {
    date < context.clock.today()
}

pub(crate) async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    let Some(gateway) = charging(context, date).await? else { return Ok(0) };
    let (mut count, mut after) = (0, CustomerId(0));
    loop {
        let chunk = consented(context, &gateway, date, after).await?;
        let Some(last) = chunk.last() else { return Ok(count) };
        after = last.customer;
        count += i64::try_from(chunk.len()).map_err(Error::internal)?;
    }
}

pub(crate) async fn run_step(context: &Context, _: &Actor, date: NaiveDate) -> Result<()> {
    let Some(gateway) = charging(context, date).await? else { return Ok(()) };
    let mut after = CustomerId(0);
    loop {
        let chunk = consented(context, &gateway, date, after).await?;
        let Some(last) = chunk.last() else { break };
        after = last.customer;
        for one in &chunk {
            try_one(context, &gateway, one, date).await?;
        }
    }
    ask_for_late_answers(context).await
}

/// The gateway that the night of `date` charges by, if it charges.
async fn charging(context: &Context, date: NaiveDate) -> Result<Option<Open>> {
    if is_made_up(context, date) { Ok(None) } else { taking(context).await }
}

/// The next customers with a consent and something due.
async fn consented(context: &Context, gateway: &Open, date: NaiveDate, after: CustomerId) -> Result<Vec<Consented>> {
    Ok(cards::consented(&mut *context.connection().await?, gateway.id, date, after, CHUNK).await?)
}

/// One customer who fails does not keep the others from being charged.
async fn try_one(context: &Context, gateway: &Open, one: &Consented, date: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    match set_out(context, &mut transaction, gateway, one, date).await {
        Ok(()) => store::runs::count(&mut transaction, date, STEP, 1, 0).await?,
        Err(error) => {
            transaction.rollback().await.map_err(store::Error::from)?;
            let reason = ParkReason::Incident { number: crate::error::incident(&error) };
            transaction = context.begin().await?;
            if let Some(contract) = one.contract {
                let now = context.clock.now();
                store::runs::park(&mut transaction, date, STEP, contract, &reason, now).await?;
            }
            store::runs::count(&mut transaction, date, STEP, 0, 1).await?;
        }
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// One intent for all that the rule lets be tried today, written down with the job that charges it. The key names the
/// customer and the day: a night that runs twice sets out once.
async fn set_out(
    context: &Context,
    transaction: &mut store::Transaction,
    gateway: &Open,
    one: &Consented,
    date: NaiveDate,
) -> Result<()> {
    store::payments::lock_customers(transaction, &[one.customer]).await?;
    let rule = store::gateway::keys::retry_days(transaction).await?;
    let due = cards::due(transaction, one, date).await?;
    let due: Vec<DueInvoice> = due.into_iter().filter(|due| rule.tries_on(date, &due.tries)).collect();
    let Some(currency) = due.first().map(|due| due.open.currency()) else { return Ok(()) };
    let due: Vec<DueInvoice> = due.into_iter().filter(|due| due.open.currency() == currency).collect();
    let owed = Money::sum(currency, due.iter().map(|due| due.open)).map_err(Error::internal)?;
    let invoices: Vec<_> = due.iter().map(|due| due.invoice).collect();
    let new = NewIntent {
        gateway: gateway.id,
        customer: one.customer,
        kind: IntentKind::Automatic,
        amount: charged(owed).map_err(Error::internal)?,
        invoices: &invoices,
        quote: None,
        card: Some(one.card),
        consent: None,
        idempotency_key: &format!("automatic-{}-{date}", one.customer),
        remote_key: &new_key("automatic"),
        for_date: date,
        at: context.clock.now(),
        by: None,
    };
    let intent = intents::add(transaction, &new).await?;
    jobs::enqueue_gateway(context, transaction, Task::Intent(intent)).await
}

/// One contract's customer, whom an earlier night could not set out for.
pub(crate) async fn retry(context: &Context, _: &Actor, contract: ContractId, date: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let customers = store::payments::lock_customers_of(&mut transaction, &[contract]).await?;
    if let (Some(gateway), Some(customer)) = (taking(context).await?, customers.first()) {
        let before = CustomerId(customer.0 - 1);
        let today = context.clock.today().max(date);
        let found = cards::consented(&mut transaction, gateway.id, today, before, 1).await?;
        for one in found.iter().filter(|one| one.customer == *customer) {
            set_out(context, &mut transaction, &gateway, one, today).await?;
        }
    }
    store::runs::unpark(&mut transaction, STEP, &[contract], context.clock.now()).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Whatever waits for an event that may have been lost is asked for.
async fn ask_for_late_answers(context: &Context) -> Result<()> {
    let mut transaction = context.begin().await?;
    let late = intents::waiting_since(&mut transaction, context.clock.now() - LATE).await?;
    for intent in late {
        jobs::enqueue_gateway(context, &mut transaction, Task::Intent(intent)).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Charges one that was set out, and never twice: that it is asked is written down before, and whoever finds it written looks
/// first whether the gateway has it, since its memory for keys is short.
pub(super) async fn charge(
    context: &Context,
    port: &dyn Gateway,
    gateway: &Open,
    intent: &Intent,
) -> Result<std::result::Result<End, GatewayFailure>> {
    if !intent.state.is_pending() {
        return Ok(Ok(End::Done));
    }
    let Some((customer, card)) = payer(context, gateway, intent).await? else {
        return cancel(context, intent).await.map(|()| Ok(End::Done));
    };
    if intent.asked_at.is_some() {
        match port.find_intent(&gateway.access, &customer, &intent.remote_key).await {
            Ok(Some(found)) => return settle(context, gateway, intent.id, None, Some(&found)).await.map(Ok),
            Ok(None) => {}
            Err(failure) => return Ok(Err(failure)),
        }
    } else if !intents::is_still_wanted(&mut *context.connection().await?, intent.id).await? {
        return cancel(context, intent).await.map(|()| Ok(End::Done));
    }
    intents::ask(&mut *context.connection().await?, intent.id, context.clock.now()).await?;
    let company = store::company::get(&mut *context.connection().await?).await?.name;
    let wanted =
        NewCharge { key: intent.remote_key.clone(), amount: intent.amount, description: company, customer, card };
    match port.charge(&gateway.access, &wanted).await {
        Ok(remote) => settle(context, gateway, intent.id, None, Some(&remote)).await.map(Ok),
        // A card that the gateway does not know any more, or an amount that it does not take.
        Err(GatewayFailure::Refused(words)) => refused(context, intent, words).await.map(|()| Ok(End::Done)),
        Err(failure) => Ok(Err(failure)),
    }
}

/// The gateway did not even try.
async fn refused(context: &Context, intent: &Intent, words: String) -> Result<()> {
    let state = RemoteState::Failed(Decline { code: "refused".to_owned(), words });
    let read = Read { decline: state.decline(), ..Read::default() };
    let mut transaction = context.begin().await?;
    intents::save_read(&mut transaction, intent.id, IntentState::Failed, &read, context.clock.now()).await?;
    tell_declined(context, &mut transaction, intent, &state).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The gateway's names of the customer and the card; `None` when the card is gone.
async fn payer(context: &Context, gateway: &Open, intent: &Intent) -> Result<Option<(String, String)>> {
    let mut connection = context.connection().await?;
    let customer = cards::remote_customer(&mut connection, gateway.id, intent.customer).await?;
    let card = match intent.card {
        Some(card) => match cards::remote_of(&mut connection, intent.customer, card).await {
            Ok((_, remote)) => Some(remote),
            Err(store::Error::NotFound) => None,
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    // One that was asked for is not given up: it may have been paid.
    Ok(customer.zip(card.or_else(|| intent.asked_at.map(|_| String::new()))))
}

async fn cancel(context: &Context, intent: &Intent) -> Result<()> {
    let mut connection = context.connection().await?;
    let now = context.clock.now();
    Ok(intents::save_read(&mut connection, intent.id, IntentState::Cancelled, &Read::default(), now).await?)
}

/// Tells a customer that their card did not pay, why, and what comes next.
pub(super) async fn tell_declined(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    read: &RemoteState,
) -> Result<()> {
    let (IntentKind::Automatic, Some(decline)) = (intent.kind, read.decline()) else { return Ok(()) };
    let declined = cards::declined_tries(transaction, intent.id).await?;
    let rule = store::gateway::keys::retry_days(transaction).await?;
    let again = !decline.is_final() && rule.goes_on_after(declined);
    let language = store::messages::addressee(transaction, intent.customer).await?.language;
    let notice = Notice {
        purpose: Purpose::CardDeclined,
        path: "/portal/pay",
        values: vec![
            ("amount", messages::moneys(&[intent.amount])),
            ("because", decline.words.clone()),
            ("next", next(language, again).to_owned()),
        ],
    };
    messages::tell_customer(context, transaction, intent.customer, &notice).await.map(drop)
}

fn next(language: Language, again: bool) -> &'static str {
    match (language, again) {
        (Language::Spanish, true) => "Lo intentaremos otra vez en los próximos días.",
        (Language::Spanish, false) => "No volveremos a intentarlo con esta tarjeta.",
        (Language::English, true) => "We will try again in the next days.",
        (Language::English, false) => "We will not try this card again.",
    }
}
