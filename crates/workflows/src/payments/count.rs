//! What money is counted as: in the currency of the debt, at the rate of its day, and with the tax on top of it.

use chrono::NaiveDate;
use domain::exchange::{PaymentTax, Tender, converted, counted_in};
use domain::failure::{Failure, Problem};
use domain::ids::CustomerId;
use domain::invoice::PaymentMethod;
use domain::money::{Currency, Money};

use crate::Result;

/// Money, understood.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    /// What pays invoices.
    pub amount: Money,
    pub tender: Option<Tender>,
    pub tax: Option<PaymentTax>,
}

/// The currency that a customer's payment is counted in, when it is made in `tendered`.
pub(super) async fn currency_for(
    connection: &mut store::Connection,
    customer: CustomerId,
    tendered: Option<Currency>,
) -> Result<Currency> {
    let company = store::company::get(connection).await?.currency;
    let owed = store::payments::owed(connection, &[customer]).await?;
    let owed: Vec<Currency> = owed.iter().map(|(_, item)| item.open.currency()).collect();
    Ok(counted_in(tendered.unwrap_or_else(|| owed.first().copied().unwrap_or(company)), &owed, company))
}

/// What `tendered` is counted as on a day.
///
/// # Errors
/// `Fields`: there is no rate that is fresh enough (`currency`).
pub(crate) async fn count(
    connection: &mut store::Connection,
    customer: CustomerId,
    tendered: Money,
    method: PaymentMethod,
    on: NaiveDate,
) -> Result<Counted> {
    let settings = store::rates::settings(connection).await?;
    let tax = settings.tax_on(tendered, method);
    let currency = currency_for(connection, customer, Some(tendered.currency())).await?;
    if currency == tendered.currency() {
        return Ok(Counted { amount: tendered, tender: None, tax });
    }
    let missing = || Failure::field("currency", Problem::NoRate { currency: tendered.currency(), on });
    let rate = store::rates::newest(connection, tendered.currency(), currency, on).await?;
    let rate = rate.filter(|rate| rate.is_fresh(on, settings.rate_days)).ok_or_else(missing)?;
    let (amount, tender) = converted(tendered, currency, &rate).ok_or_else(missing)?;
    if !amount.is_positive() {
        return Err(Failure::field("amount", Problem::OutOfRange).into());
    }
    Ok(Counted { amount, tender: Some(tender), tax })
}
