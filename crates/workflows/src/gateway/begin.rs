//! A customer sets out to pay, and is shown how it stands.

use chrono::Duration;
use domain::contact::Language;
use domain::failure::{Failure, FormCheck, Problem, required};
use domain::gateway::{IntentKind, IntentState, answered_since, charged};
use domain::ids::{CustomerId, InvoiceId, PaymentIntentId, QuoteId};
use domain::money::Money;
use domain::quote::{QuotePurpose, QuoteStateName};
use domain::views::gateway::{CheckoutView, OwedRow, PayForm, PayOffer};
use domain::views::list::Choice;
use store::gateway::intents::{self, Intent, NewIntent};
use store::gateway::tasks::Task;

use super::settle::settle;
use super::{Open, must_be_taking, new_key, not_now, open_by_id, taking};
use crate::permit::{CustomerScope, PayerScope};
use crate::ports::Gateway;
use crate::ports::gateway::NewCheckout;
use crate::record::{Subject, audit_as, fresh_key};
use crate::{Context, Error, Result, demo, jobs};

/// A page that waits asks the gateway so often, at most: an event may be late.
const PATIENCE: Duration = Duration::seconds(3);

/// What the customer can pay, and how.
pub async fn offer(context: &Context, scope: &CustomerScope) -> Result<PayOffer> {
    let gateway = taking(context).await?;
    let (customer, today) = (scope.customer(), context.clock.today());
    let mut connection = context.connection().await?;
    let owed = store::payments::owed_invoices(&mut connection, customer).await?;
    let owed = owed.into_iter().map(|owed| OwedRow {
        invoice: owed.invoice.invoice,
        number: owed.invoice.number,
        due_on: owed.invoice.due_on,
        is_late: owed.invoice.due_on < today,
        open: owed.invoice.open,
    });
    let automatic = match &gateway {
        Some(gateway) => super::cards::automatic_card(&mut connection, gateway.id, customer).await?,
        None => None,
    };
    Ok(PayOffer {
        owed: owed.collect(),
        by_card: gateway.is_some(),
        is_demo: demo::is_demo(context).await?,
        on_its_way: store::payments::on_its_way(&mut connection, customer, answered_since(today)).await?,
        automatic,
        how_to_pay: store::letterhead::get(&mut connection).await?.how_to_pay,
        idempotency_key: fresh_key(),
    })
}

/// Sets out to pay the chosen invoices, and opens the gateway's page for it. The same form sent twice opens one.
///
/// # Errors
/// `Fields` without a choice, or for invoices of several currencies; `Blocked` by `CardsOff` or `CardsNotNow`: then nothing
/// was charged.
pub async fn pay(
    context: &Context,
    port: &dyn Gateway,
    scope: &PayerScope,
    form: &PayForm,
    consent: &str,
) -> Result<PaymentIntentId> {
    let gateway = must_be_taking(context).await?;
    let owed = store::payments::owed_invoices(&mut *context.connection().await?, scope.customer()).await?;
    let owed: Vec<(InvoiceId, Money)> =
        owed.into_iter().map(|owed| (owed.invoice.invoice, owed.invoice.open)).collect();
    let (invoices, amount, key) = understand(form, &owed)?;
    let wanted = Wanted {
        kind: IntentKind::Checkout,
        amount,
        invoices: &invoices,
        quote: None,
        consent: form.automatic.then_some(consent),
        key: &key,
    };
    begin(context, port, scope, &gateway, &wanted).await
}

/// Invoices that are not (any more) owed by this customer are not there to choose.
fn understand(form: &PayForm, owed: &[(InvoiceId, Money)]) -> Result<(Vec<InvoiceId>, Money, String), Failure> {
    let mut check = FormCheck::default();
    let key = check.take("idempotency_key", required(&form.idempotency_key, 64));
    let chosen: Vec<(InvoiceId, Money)> =
        owed.iter().filter(|(invoice, _)| form.invoices.contains(&invoice.to_string())).copied().collect();
    let amount = check.take("invoices", sum(&chosen));
    check.answer((|| Some((chosen.iter().map(|(invoice, _)| *invoice).collect(), amount?, key?)))())
}

fn sum(chosen: &[(InvoiceId, Money)]) -> Result<Money, Problem> {
    let currency = chosen.first().map(|(_, open)| open.currency()).ok_or(Problem::Required)?;
    let sum = Money::sum(currency, chosen.iter().map(|(_, open)| *open)).map_err(|_| Problem::UnknownChoice)?;
    charged(sum).map_err(|_| Problem::OutOfRange)
}

/// Sets out to pay a quote that was sent and is still good. To pay for what is offered is to accept it, which whoever only
/// pays does not do; a reconnection they may pay.
///
/// # Errors
/// `NotFound` for another's; `Forbidden` to whoever does not decide; `Quote` when it cannot be paid any more; otherwise as
/// above.
pub async fn pay_quote(
    context: &Context,
    port: &dyn Gateway,
    scope: &PayerScope,
    quote: QuoteId,
    key: &str,
) -> Result<PaymentIntentId> {
    let gateway = must_be_taking(context).await?;
    let detail = crate::quotes::show_own(context, scope, quote).await?;
    if detail.row.purpose == QuotePurpose::Sale {
        scope.actor().owner_scope()?;
    }
    if detail.row.state != QuoteStateName::Sent {
        let (state, event) = (detail.row.state, "pay".to_owned());
        return Err(Failure::Quote { error: domain::quote::QuoteError::NotAllowed { state, event } }.into());
    }
    let key = required(key, 64).map_err(|problem| Failure::field("idempotency_key", problem))?;
    let amount = charged(detail.row.total).map_err(Error::internal)?;
    let wanted =
        Wanted { kind: IntentKind::Checkout, amount, invoices: &[], quote: Some(quote), consent: None, key: &key };
    begin(context, port, scope, &gateway, &wanted).await
}

/// Sets out to save a card that shall pay what is due from then on.
///
/// # Errors
/// As above.
pub async fn save_card(
    context: &Context,
    port: &dyn Gateway,
    scope: &PayerScope,
    key: &str,
    consent: &str,
) -> Result<PaymentIntentId> {
    let gateway = must_be_taking(context).await?;
    let currency = store::company::get(&mut *context.connection().await?).await?.currency;
    let key = required(key, 64).map_err(|problem| Failure::field("idempotency_key", problem))?;
    let wanted = Wanted {
        kind: IntentKind::Setup,
        amount: Money::zero(currency),
        invoices: &[],
        quote: None,
        consent: Some(consent),
        key: &key,
    };
    begin(context, port, scope, &gateway, &wanted).await
}

struct Wanted<'a> {
    kind: IntentKind,
    amount: Money,
    invoices: &'a [InvoiceId],
    quote: Option<QuoteId>,
    consent: Option<&'a str>,
    key: &'a str,
}

/// Written down and committed first: a crash after that leaves a key by which the gateway knows what was asked.
async fn begin(
    context: &Context,
    port: &dyn Gateway,
    scope: &CustomerScope,
    gateway: &Open,
    wanted: &Wanted<'_>,
) -> Result<PaymentIntentId> {
    let mut transaction = context.begin().await?;
    let new = NewIntent {
        gateway: gateway.id,
        customer: scope.customer(),
        kind: wanted.kind,
        amount: wanted.amount,
        invoices: wanted.invoices,
        quote: wanted.quote,
        card: None,
        consent: wanted.consent,
        idempotency_key: wanted.key,
        remote_key: &new_key("pay"),
        for_date: context.clock.today(),
        at: context.clock.now(),
        by: scope.actor().user_id(),
    };
    let id = intents::add(&mut transaction, &new).await?;
    intents::ask(&mut transaction, id, context.clock.now()).await?;
    let subject = Subject { kind: "payment_intent", id: id.0 };
    let (actor, asked) = (scope.actor(), wanted.amount.to_string());
    audit_as(context, &mut transaction, actor, "pay_by_card", subject, None::<&()>, Some(&asked)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    open_page(context, port, gateway, id).await?;
    Ok(id)
}

async fn open_page(context: &Context, port: &dyn Gateway, gateway: &Open, id: PaymentIntentId) -> Result<()> {
    let intent = intents::get(&mut *context.connection().await?, id).await?;
    if intent.session.is_some() {
        return Ok(());
    }
    let customer = store::customers::get(&mut *context.connection().await?, intent.customer).await?.facts;
    let saves_card = intent.consent.is_some();
    let remote = match saves_card {
        true => Some(remote_customer(context, port, gateway, intent.customer, &customer.name).await?),
        false => None,
    };
    let page = format!("{}/portal/checkouts/{id}", context.public_url);
    let wanted = NewCheckout {
        key: intent.remote_key.clone(),
        amount: (intent.kind != IntentKind::Setup).then_some(intent.amount),
        description: description(context, &intent).await?,
        customer: remote,
        saves_card,
        language: match customer.language {
            Language::Spanish => "es-419",
            Language::English => "en",
        },
        return_url: page.clone(),
        cancel_url: format!("{page}?back=1"),
    };
    let checkout = port.open_checkout(&gateway.access, &wanted).await.map_err(|failure| not_now(&failure))?;
    settle(context, gateway, id, Some(&checkout), None).await.map(drop)
}

/// What stands on the gateway's page, and on the card's statement of who looks there.
async fn description(context: &Context, intent: &Intent) -> Result<String> {
    let mut connection = context.connection().await?;
    let company = store::company::get(&mut connection).await?.name;
    let what = match intent.quote {
        Some(quote) => store::quotes_list::show(&mut connection, quote, context.clock.today()).await?.row.number,
        None => {
            let chosen = intents::invoices(&mut connection, intent.id).await?;
            let owed = store::payments::owed_invoices(&mut connection, intent.customer).await?;
            let numbers = owed.into_iter().filter(|owed| chosen.contains(&owed.invoice.invoice));
            let numbers: Vec<String> = numbers.map(|owed| owed.invoice.number).take(10).collect();
            Some(numbers.join(", ")).filter(|numbers| !numbers.is_empty())
        }
    };
    Ok(what.map_or_else(|| company.clone(), |what| format!("{company}: {what}")))
}

/// The customer as the gateway knows them, made known when they are not.
pub(super) async fn remote_customer(
    context: &Context,
    port: &dyn Gateway,
    gateway: &Open,
    customer: CustomerId,
    name: &str,
) -> Result<String> {
    let known = store::gateway::cards::remote_customer(&mut *context.connection().await?, gateway.id, customer).await?;
    if let Some(known) = known {
        return Ok(known);
    }
    let reference = store::customers::get(&mut *context.connection().await?, customer).await?.reference;
    let remote = port.add_customer(&gateway.access, &reference, name).await.map_err(|failure| not_now(&failure))?;
    let mut connection = context.connection().await?;
    store::gateway::cards::note_customer(&mut connection, gateway.id, customer, &remote).await?;
    let stayed = store::gateway::cards::remote_customer(&mut connection, gateway.id, customer).await?;
    Ok(stayed.unwrap_or(remote))
}

/// How a payment of the customer's own stands. While it waits, the gateway is asked now and then: who comes back from its page
/// need not wait for an event.
///
/// # Errors
/// `NotFound` for another's.
pub async fn checkout(context: &Context, scope: &CustomerScope, id: PaymentIntentId) -> Result<CheckoutView> {
    let mut connection = context.connection().await?;
    let intent = intents::get(&mut connection, id).await?;
    if intent.customer != scope.customer() {
        return Err(Failure::NotFound.into());
    }
    let payment = match intent.payment {
        Some(payment) => {
            let name = store::payments_list::show(&mut connection, payment).await?.row.receipt;
            Some(Choice { id: payment, name })
        }
        None => None,
    };
    let limited = limited(&mut connection, intent.customer, context.clock.today()).await?;
    drop(connection);
    ask_again(context, &intent).await?;
    Ok(CheckoutView {
        id,
        kind: intent.kind,
        state: intent.state,
        amount: intent.amount,
        url: intent.url.filter(|_| intent.state == IntentState::Open),
        decline: intent.decline,
        payment,
        quote: intent.quote,
        limited,
        is_demo: demo::is_demo(context).await?,
    })
}

async fn limited(connection: &mut store::Connection, customer: CustomerId, today: chrono::NaiveDate) -> Result<i64> {
    let mut limited = 0;
    for contract in store::contracts::of_customer(connection, customer).await? {
        let detail = store::contract_detail::get(connection, contract, today).await?;
        limited += i64::from(detail.service.is_limited());
    }
    Ok(limited)
}

async fn ask_again(context: &Context, intent: &Intent) -> Result<()> {
    let now = context.clock.now();
    let recently = intent.looked_at.is_some_and(|looked| now - looked < PATIENCE);
    if !intent.state.is_pending() || recently || !open_by_id(context, intent.gateway).await?.takes_money {
        return Ok(());
    }
    let mut transaction = context.begin().await?;
    jobs::enqueue_gateway(context, &mut transaction, Task::Intent(intent.id)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
