//! The step of the night that charges saved cards for what is due, with their owners' consent. The night sets out; a worker
//! charges. What is on its way is not set out again, and a declined card is tried again by rule.

use chrono::{Duration, NaiveDate};
use domain::billing::ParkReason;
use domain::gateway::{Decline, IntentKind, IntentState, charged, is_still_owed};
use domain::ids::{ContractId, CustomerId, PaymentIntentId};
use domain::money::Money;
use store::gateway::cards::{self, Consented, DueInvoice};
use store::gateway::intents::{self, Intent, NewIntent, Read};
use store::gateway::tasks::Task;

use super::settle::{End, settle};
use super::{Open, declined, new_key, taking};
use crate::permit::Actor;
use crate::ports::Gateway;
use crate::ports::gateway::{GatewayFailure, NewCharge};
use crate::{Context, Error, Result, jobs};

/// The step's name in the ledger.
pub(crate) const STEP: &str = "automatic_payments";
const CHUNK: i64 = 200;
/// So long the gateway's events may take; then it is asked.
const LATE: Duration = Duration::hours(2);
/// What was not told after so long is not asked for any more.
const OLD: Duration = Duration::days(7);

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
    if let Some(gateway) = charging(context, date).await? {
        set_all_out(context, &gateway, date).await?;
    }
    // Also of a gateway that takes no new payments.
    if is_made_up(context, date) { Ok(()) } else { ask_for_late_answers(context).await }
}

async fn set_all_out(context: &Context, gateway: &Open, date: NaiveDate) -> Result<()> {
    let mut after = CustomerId(0);
    loop {
        let chunk = consented(context, gateway, date, after).await?;
        let Some(last) = chunk.last() else { return Ok(()) };
        after = last.customer;
        for one in &chunk {
            try_one(context, gateway, one, date).await?;
        }
    }
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

/// Whatever waits for an event that may have been lost is asked for; also what the gateway kept of a payment, which it may
/// tell later than the payment.
async fn ask_for_late_answers(context: &Context) -> Result<()> {
    let (late, old) = (context.clock.now() - LATE, context.clock.now() - OLD);
    let mut transaction = context.begin().await?;
    let waiting = intents::waiting_since(&mut transaction, late).await?;
    let without_fee = intents::without_fee(&mut transaction, old, late).await?;
    for intent in waiting.into_iter().chain(without_fee) {
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
    let customer = cards::remote_customer(&mut *context.connection().await?, gateway.id, intent.customer).await?;
    let Some(customer) = customer else { return cancel(context, intent).await.map(|()| Ok(End::Done)) };
    // Before anything else: it may have been paid, whatever became of card, consent and debt since.
    if intent.asked_at.is_some() {
        match port.find_intent(&gateway.access, &customer, &intent.remote_key).await {
            Ok(Some(found)) => return settle(context, gateway, intent.id, None, Some(&found)).await.map(Ok),
            Ok(None) => {}
            Err(failure) => return Ok(Err(failure)),
        }
    }
    let Some(card) = card_that_still_pays(context, intent).await? else {
        return cancel(context, intent).await.map(|()| Ok(End::Done));
    };
    intents::ask(&mut *context.connection().await?, intent.id, context.clock.now()).await?;
    let company = store::company::get(&mut *context.connection().await?).await?.name;
    let wanted =
        NewCharge { key: intent.remote_key.clone(), amount: intent.amount, description: company, customer, card };
    match port.charge(&gateway.access, &wanted).await {
        Ok(remote) => settle(context, gateway, intent.id, None, Some(&remote)).await.map(Ok),
        // A card that the gateway does not know any more, or an amount that it does not take.
        Err(GatewayFailure::Refused(words)) => refused(context, intent, words).await.map(|()| Ok(End::Done)),
        // It did not let us in, so nothing was charged. With other keys a later night sets it out anew.
        Err(failure @ GatewayFailure::Keys(_)) => cancel(context, intent).await.map(|()| Err(failure)),
        Err(failure @ GatewayFailure::NotNow(_)) => Ok(Err(failure)),
    }
}

/// The gateway did not even try.
async fn refused(context: &Context, intent: &Intent, words: String) -> Result<()> {
    let decline = Decline { code: "refused".to_owned(), words };
    let read = Read { decline: Some(&decline), ..Read::default() };
    let mut transaction = context.begin().await?;
    intents::save_read(&mut transaction, intent.id, IntentState::Failed, &read, context.clock.now()).await?;
    declined::tell(context, &mut transaction, intent, &decline).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The gateway's name of the card; `None` when the card or the consent is gone, or less is owed than would be charged.
async fn card_that_still_pays(context: &Context, intent: &Intent) -> Result<Option<String>> {
    let mut connection = context.connection().await?;
    let open = intents::open_with_consent(&mut connection, intent.id).await?;
    let Some(card) = intent.card.filter(|_| open.iter().any(|open| is_still_owed(*open, intent.amount))) else {
        return Ok(None);
    };
    match cards::remote_of(&mut connection, intent.customer, card).await {
        Ok((_, remote)) => Ok(Some(remote)),
        Err(store::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Its job was given up. What the gateway was never asked for cannot have been paid: a later night sets it out anew. The
/// nights ask what became of the others.
pub(super) async fn give_up(
    context: &Context,
    transaction: &mut store::Transaction,
    id: PaymentIntentId,
) -> Result<()> {
    let intent = intents::get(transaction, id).await?;
    if intent.asked_at.is_some() || !intent.state.is_pending() {
        return Ok(());
    }
    Ok(intents::cancel(transaction, id, context.clock.now()).await?)
}

async fn cancel(context: &Context, intent: &Intent) -> Result<()> {
    Ok(intents::cancel(&mut *context.connection().await?, intent.id, context.clock.now()).await?)
}
