//! Vouchers change hands for money. There is no second kind of money for them: a sale is an invoice of one line, to
//! whoever buys (a shop that sells on, or the customer that stands for all who pay at the counter), and, when it is paid
//! at once, a payment of that invoice. So the journal, the receipts and the customer's statement are right by themselves.

use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{CustomerId, InvoiceId, TaxId, VoucherBatchId};
use domain::money::Money;
use domain::price::Quantity;
use domain::views::vouchers::{NewSale, SaleForm};
use rust_decimal::Decimal;

use super::audited;
use crate::invoices::{Issued, OneLine, issue_line};
use crate::payments::{Payment, refuse_known_transfer, take};
use crate::permit::{Permit, SellVouchers};
use crate::{Context, Error, Result, billing, record};

/// The same form sent twice sells once.
///
/// # Errors
/// `Fields`: nobody has that reference, or not so many are for sale; `Blocked` for a batch that was withdrawn.
pub async fn sell(
    context: &Context,
    permit: &Permit<SellVouchers>,
    id: VoucherBatchId,
    typed: &SaleForm,
) -> Result<()> {
    let sale = typed.check()?;
    let mut transaction = context.begin().await?;
    let batch = store::vouchers::lock_batch(&mut transaction, id).await?;
    if store::vouchers::sale_by_key(&mut transaction, &sale.idempotency_key).await?.is_some() {
        return Ok(());
    }
    if batch.withdrawn {
        return Err(Failure::Blocked { what: Blocker::AlreadyDecided }.into());
    }
    let (now, by) = (context.clock.now(), permit.actor().user_id());
    if i64::from(sale.quantity) > store::vouchers::for_sale(&mut transaction, id, now).await? {
        return Err(Failure::field("quantity", Problem::OutOfRange).into());
    }
    let customer = store::customers::by_reference(&mut transaction, &sale.customer).await?;
    let customer = customer.ok_or_else(|| Failure::field("customer", Problem::UnknownChoice))?;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let line = line(&batch.series, sale.quantity, batch.price, batch.tax)?;
    let Issued { invoice, total, .. } = issue_line(context, &mut transaction, customer, line).await?;
    let key = &sale.idempotency_key;
    store::vouchers::add_sale(&mut transaction, id, invoice, sale.quantity, key, now, by).await?;
    pay(context, &mut transaction, permit, customer, invoice, &sale, total).await?;
    record::audit(context, &mut transaction, permit, audited(id), None::<&()>, Some(&sale)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// So many of a series, as the invoice says them.
pub(super) fn line(series: &str, quantity: u32, price: Money, tax: TaxId) -> Result<OneLine> {
    let quantity = Quantity::new(Decimal::from(quantity)).map_err(Error::internal)?;
    Ok(OneLine { description: format!("Wifi {series}"), quantity, price, tax })
}

/// At the counter the money pays this invoice and no older debt. What is not paid at once is owed, and a credit that the
/// customer has pays it as it pays any invoice.
async fn pay(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<SellVouchers>,
    customer: CustomerId,
    invoice: InvoiceId,
    sale: &NewSale,
    amount: Money,
) -> Result<()> {
    let Some(method) = sale.method.filter(|_| amount.is_positive()) else {
        billing::allocate_credit(transaction, &[customer], context.clock.today()).await?;
        return Ok(());
    };
    if method == domain::invoice::PaymentMethod::Transfer {
        refuse_known_transfer(transaction, &sale.reference).await?;
    }
    let payment = Payment {
        customer,
        amount,
        tender: None,
        tax: None,
        invoice: Some(invoice),
        method,
        reference: sale.reference.clone(),
        received_on: context.clock.today(),
        idempotency_key: format!("voucher-{}", sale.idempotency_key),
    };
    take(context, transaction, permit.actor(), &payment).await?;
    Ok(())
}
