//! An invoice of one line, for what is sold across the counter: equipment, vouchers.

use chrono::Datelike;
use domain::discount::Reduction;
use domain::ids::{CustomerId, InvoiceId, TaxId};
use domain::money::Money;
use domain::price::{LineAmount, LinePrice, Quantity, UnitPrice};
use store::single_invoices::Line;

use crate::{Context, Error, Result, numbers};

/// What is sold.
pub(crate) struct OneLine {
    pub description: String,
    pub quantity: Quantity,
    /// Of one.
    pub price: Money,
    pub tax: TaxId,
}

pub(crate) struct Issued {
    pub invoice: InvoiceId,
    pub number: String,
    pub total: Money,
}

/// What a line costs, as any other: by the tax that holds today, rounded once.
pub(crate) async fn charge(
    context: &Context,
    transaction: &mut store::Transaction,
    sold: &OneLine,
) -> Result<LineAmount> {
    let tax = store::taxes::get(transaction, sold.tax).await?;
    let price = LinePrice {
        unit_price: UnitPrice::new(sold.price.amount()).map_err(Error::internal)?,
        quantity: sold.quantity,
        discount: Reduction::NONE,
        tax_rate: tax.rates.on(context.clock.today()),
        currency: sold.price.currency(),
    };
    price.once().map_err(Error::internal)
}

/// The customer is locked.
pub(crate) async fn issue_line(
    context: &Context,
    transaction: &mut store::Transaction,
    customer: CustomerId,
    sold: OneLine,
) -> Result<Issued> {
    let today = context.clock.today();
    let amount = charge(context, transaction, &sold).await?;
    let line = Line { description: sold.description, amount };
    let pattern = store::billing::number_pattern(transaction, "invoice").await?;
    let n = store::billing::take_numbers(transaction, "invoice", today.year(), 1).await?;
    let number = pattern.number(today, n);
    let now = context.clock.now();
    let invoice = store::single_invoices::issue(transaction, customer, &number, &line, today, now).await?;
    numbers::give_control_numbers(transaction, &[invoice], today).await?;
    Ok(Issued { invoice, number, total: line.amount.total })
}
