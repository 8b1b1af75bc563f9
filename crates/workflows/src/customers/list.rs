//! The list of customers.

use domain::views::customers::{CustomerFilter, CustomerRow};
use domain::views::list::Page;

use crate::permit::{Permit, SeeCustomers};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeCustomers>, filter: &CustomerFilter) -> Result<Page<CustomerRow>> {
    let mut connection = context.connection().await?;
    Ok(store::customers_list::list(&mut connection, filter, context.clock.today()).await?)
}
