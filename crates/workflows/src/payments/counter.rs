//! A customer stands at the counter.

use domain::ids::{ContractId, CustomerId};
use domain::money::{Currency, Money};
use domain::service::{HoldReason, ServiceState};
use domain::views::counter::{Counter, CutContract};
use domain::views::list::Choice;

use super::count::currency_for;
use crate::permit::{Permit, RecordPayments};
use crate::record::fresh_key;
use crate::{Context, Error, Result};

/// What the customer owes and what keeps them cut, so that the counter can say what a payment will do.
///
/// # Errors
/// `NotFound`.
pub async fn counter(context: &Context, _: &Permit<RecordPayments>, customer: CustomerId) -> Result<Counter> {
    let mut connection = context.connection().await?;
    counter_of(context, &mut connection, customer).await
}

/// The same for whoever shows what an amount would do.
pub(crate) async fn counter_of(
    context: &Context,
    connection: &mut store::Connection,
    customer: CustomerId,
) -> Result<Counter> {
    let record = store::customers::get(connection, customer).await?;
    let currency = currency_for(connection, customer, None).await?;
    let settings = store::rates::settings(connection).await?;
    let today = context.clock.today();
    let mut rates = store::rates::newest_of(connection, currency, today).await?;
    rates.retain(|rate| rate.is_fresh(today, settings.rate_days));
    let credits = store::payments::credits(connection, &[customer]).await?;
    let mut cut = Vec::new();
    for contract in store::contracts_list::of_customer(connection, customer, context.clock.today()).await? {
        if contract.service.is_cut() {
            let contract_name = Choice { id: contract.id, name: contract.code };
            cut.push(cut_contract(connection, contract_name, contract.service).await?);
        }
    }
    Ok(Counter {
        customer: Choice { id: customer, name: record.facts.name },
        reference: record.reference,
        today: context.clock.today(),
        currency,
        rates,
        settings,
        owed: store::payments::owed_invoices(connection, customer).await?,
        credit: sum(currency, credits.into_iter().map(|(_, credit)| credit.unused))?,
        cut,
        idempotency_key: fresh_key(),
    })
}

async fn cut_contract(
    connection: &mut store::Connection,
    contract: Choice<ContractId>,
    service: ServiceState,
) -> Result<CutContract> {
    let policy = store::collections::policy_of(connection, contract.id).await?;
    let holds = store::holds::open(connection, contract.id).await?;
    let other_holds = holds.iter().filter(|hold| hold.reason != HoldReason::Overdue).map(|hold| hold.effect).collect();
    Ok(CutContract { contract, service, policy, other_holds })
}

/// Credit in another currency pays nothing here.
fn sum(currency: Currency, amounts: impl Iterator<Item = Money>) -> Result<Money> {
    Money::sum(currency, amounts.filter(|amount| amount.currency() == currency)).map_err(Error::internal)
}
