//! Finding records of all kinds from anywhere in the office.

use domain::views::finder::{Found, Group};
use store::finder::{self, Typed};
use tokio::try_join;

use crate::permit::{
    Permit, Search, SeeContracts, SeeCustomers, SeeInvoices, SeePlant, SeeRouters, SeeStock, SeeTickets, SeeWork, Verb,
};
use crate::{Context, Result};

/// What was typed, among the records that the reader may see; of each kind `most` at most. Four connections look at the same
/// time: whoever types waits for the slowest part and not for all of them.
pub async fn find(context: &Context, permit: &Permit<Search>, typed: &str, most: i64) -> Result<Found> {
    let Some(typed) = Typed::of(typed) else { return Ok(Found::default()) };
    let (customers, contracts, papers, others) = try_join!(
        customers(context, permit, &typed, most),
        contracts(context, permit, &typed, most),
        papers(context, permit, &typed, most),
        others(context, permit, &typed, most)
    )?;
    Ok(Found::of([customers, contracts, papers, others].into_iter().flatten().collect()))
}

async fn customers(context: &Context, permit: &Permit<Search>, typed: &Typed, most: i64) -> Result<Vec<Group>> {
    if !sees::<SeeCustomers>(permit) {
        return Ok(Vec::new());
    }
    Ok(vec![finder::customers(&mut *context.connection().await?, typed, most).await?])
}

async fn contracts(context: &Context, permit: &Permit<Search>, typed: &Typed, most: i64) -> Result<Vec<Group>> {
    if !sees::<SeeContracts>(permit) {
        return Ok(Vec::new());
    }
    let mut connection = context.connection().await?;
    let contracts = finder::contracts(&mut connection, typed, most).await?;
    Ok(vec![contracts, finder::devices(&mut connection, typed, most).await?])
}

async fn papers(context: &Context, permit: &Permit<Search>, typed: &Typed, most: i64) -> Result<Vec<Group>> {
    let mut connection = context.connection().await?;
    let mut groups = Vec::new();
    if sees::<SeeInvoices>(permit) {
        groups.push(finder::invoices(&mut connection, typed, most).await?);
    }
    if sees::<SeeCustomers>(permit) {
        groups.push(finder::addresses(&mut connection, typed, most).await?);
    }
    Ok(groups)
}

async fn others(context: &Context, permit: &Permit<Search>, typed: &Typed, most: i64) -> Result<Vec<Group>> {
    let mut connection = context.connection().await?;
    let mut groups = Vec::new();
    if sees::<SeeTickets>(permit) {
        groups.push(finder::tickets(&mut connection, typed, most).await?);
    }
    if sees::<SeeStock>(permit) {
        groups.push(finder::equipment(&mut connection, typed, most).await?);
    }
    if sees::<SeeRouters>(permit) {
        groups.push(finder::routers(&mut connection, typed, most).await?);
    }
    if sees::<SeePlant>(permit) {
        groups.push(finder::plant(&mut connection, typed, most).await?);
    }
    if sees::<SeeWork>(permit) {
        groups.push(finder::work(&mut connection, typed).await?);
    }
    Ok(groups)
}

fn sees<V: Verb>(permit: &Permit<Search>) -> bool {
    permit.actor().permit::<V>().is_ok()
}
