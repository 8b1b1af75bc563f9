//! Finding records of all kinds from anywhere in the office.

use domain::views::finder::{Found, Group};
use store::finder::{self, Typed};

use crate::permit::{
    Permit, Search, SeeContracts, SeeCustomers, SeeInvoices, SeePlant, SeeRouters, SeeStock, SeeTickets, SeeWork, Verb,
};
use crate::{Context, Result};

/// What was typed, among the records that the reader may see; of each kind `most` at most.
pub async fn find(context: &Context, permit: &Permit<Search>, typed: &str, most: i64) -> Result<Found> {
    let Some(typed) = Typed::of(typed) else { return Ok(Found::default()) };
    let mut connection = context.connection().await?;
    let mut groups: Vec<Group> = Vec::new();
    if sees::<SeeCustomers>(permit) {
        groups.push(finder::customers(&mut connection, &typed, most).await?);
    }
    if sees::<SeeContracts>(permit) {
        groups.push(finder::contracts(&mut connection, &typed, most).await?);
        groups.push(finder::devices(&mut connection, &typed, most).await?);
    }
    if sees::<SeeInvoices>(permit) {
        groups.push(finder::invoices(&mut connection, &typed, most).await?);
    }
    if sees::<SeeCustomers>(permit) {
        groups.push(finder::addresses(&mut connection, &typed, most).await?);
    }
    if sees::<SeeTickets>(permit) {
        groups.push(finder::tickets(&mut connection, &typed, most).await?);
    }
    if sees::<SeeStock>(permit) {
        groups.push(finder::equipment(&mut connection, &typed, most).await?);
    }
    if sees::<SeeRouters>(permit) {
        groups.push(finder::routers(&mut connection, &typed, most).await?);
    }
    if sees::<SeePlant>(permit) {
        groups.push(finder::plant(&mut connection, &typed, most).await?);
    }
    if sees::<SeeWork>(permit) {
        groups.push(finder::work(&mut connection, &typed).await?);
    }
    Ok(Found::of(groups))
}

fn sees<V: Verb>(permit: &Permit<Search>) -> bool {
    permit.actor().permit::<V>().is_ok()
}
