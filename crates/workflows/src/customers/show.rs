//! A customer's page.

use domain::ids::CustomerId;
use domain::tax_id::TaxIdRule;
use domain::views::customers::CustomerDetail;

use crate::permit::{Permit, SeeCustomers};
use crate::{Context, Result};

/// Entries of the timeline on the page; each contract's page has more of its own.
const ENTRIES: i64 = 50;

pub async fn show(context: &Context, _: &Permit<SeeCustomers>, id: CustomerId) -> Result<CustomerDetail> {
    let (connection, today) = (&mut *context.connection().await?, context.clock.today());
    let customer = store::customers::get(connection, id).await?;
    Ok(CustomerDetail {
        id,
        reference: customer.reference,
        facts: customer.facts,
        created_at: customer.created_at,
        balance: store::customers_list::balance(connection, id).await?,
        overdue_since: store::customers_list::overdue_since(connection, id, today).await?,
        contacts: store::customers::contacts(connection, id).await?,
        addresses: store::addresses::of_customer(connection, id).await?,
        contracts: store::contracts_list::of_customer(connection, id, today).await?,
        timeline: store::timeline::of_customer(connection, id, ENTRIES).await?,
        sectors: store::sectors::choices(connection).await?,
        home: store::company::get(connection).await?.country,
    })
}

/// What the company's country calls a tax number, for the form.
pub async fn tax_id_rule(context: &Context, _: &Permit<SeeCustomers>) -> Result<TaxIdRule> {
    Ok(store::letterhead::tax_id_rule(&mut *context.connection().await?).await?)
}
