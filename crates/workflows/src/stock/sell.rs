//! Equipment is sold: an invoice says so, to whoever has it or buys it.

use domain::failure::{Failure, Problem};
use domain::ids::{CustomerId, EquipmentId, InvoiceId};
use domain::price::Quantity;
use domain::stock::Whereabouts;
use domain::views::stock_forms::{Sale, SellForm};
use store::stock::Item;

use super::place::Moving;
use crate::invoices::{Issued, OneLine, issue_line};
use crate::permit::{Permit, SellEquipment};
use crate::{Context, Result, billing};

/// To the customer of the contract with which it serves, or to whoever buys it from the stock. The invoice is due at once;
/// a credit that the customer has pays it.
///
/// # Errors
/// `Fields`: nobody has that reference; `Stock`: it is the customer's already, or was written off.
pub async fn sell(
    context: &Context,
    permit: &Permit<SellEquipment>,
    item: EquipmentId,
    form: &SellForm,
) -> Result<InvoiceId> {
    let mut transaction = context.begin().await?;
    let currency = store::company::get(&mut transaction).await?.currency;
    let sale = form.check(currency)?;
    let item = store::stock::get(&mut transaction, item).await?;
    let customer = buyer(&mut transaction, &item, &sale).await?;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let sold = OneLine { description: item.name(), quantity: Quantity::ONE, price: sale.price, tax: sale.tax };
    let issued = issue_line(context, &mut transaction, customer, sold).await;
    let Issued { invoice, number, .. } = issued.map_err(unknown_tax)?;
    Moving { context, actor: permit.actor(), reason: &number }.sell(&mut transaction, item.id, customer).await?;
    billing::allocate_credit(&mut transaction, &[customer], context.clock.today()).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(invoice)
}

async fn buyer(transaction: &mut store::Transaction, item: &Item, sale: &Sale) -> Result<CustomerId> {
    if let Whereabouts::Installed { service } = item.custody.whereabouts {
        let contract = store::stock::contract_of_service(transaction, service).await?;
        return Ok(store::contracts::customer_of(transaction, contract).await?);
    }
    let customer = store::customers::by_reference(transaction, &sale.customer).await?;
    customer.ok_or_else(|| Failure::field("customer", Problem::UnknownChoice).into())
}

fn unknown_tax(error: crate::Error) -> crate::Error {
    match error {
        crate::Error::Refused(Failure::NotFound) => Failure::field("tax", Problem::UnknownChoice).into(),
        error => error,
    }
}
