//! A pool is made, changed or taken away; its router follows with what it hands out.

use domain::failure::{Blocker, Failure};
use domain::ids::AddressPoolId;
use domain::views::pools::{PoolFacts, PoolForm};

use super::{refused, subject};
use crate::permit::{EditPools, Permit};
use crate::record::audit;
use crate::{Context, Result, jobs};

/// # Errors
/// `Fields`, among them a network that overlaps another of the router.
pub async fn create(context: &Context, permit: &Permit<EditPools>, form: &PoolForm) -> Result<AddressPoolId> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let added = store::address_pools::add(&mut transaction, &facts).await;
    let id = added.map_err(|error| refused(error, &facts.name))?;
    jobs::enqueue_base(context, &mut transaction, facts.router).await?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// # Errors
/// As [`create`].
pub async fn edit(context: &Context, permit: &Permit<EditPools>, id: AddressPoolId, form: &PoolForm) -> Result<()> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let before = facts_of(&mut transaction, id).await?;
    let edited = store::address_pools::edit(&mut transaction, id, &facts).await;
    edited.map_err(|error| refused(error, &facts.name))?;
    jobs::enqueue_base(context, &mut transaction, facts.router).await?;
    if before.router != facts.router {
        jobs::enqueue_base(context, &mut transaction, before.router).await?;
    }
    audit(context, &mut transaction, permit, subject(id), Some(&before), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// # Errors
/// `Blocked` while a service has one of its addresses.
pub async fn remove(context: &Context, permit: &Permit<EditPools>, id: AddressPoolId) -> Result<()> {
    let mut transaction = context.begin().await?;
    if store::address_pools::get(&mut transaction, id).await?.given > 0 {
        return Err(Failure::Blocked { what: Blocker::InUse }.into());
    }
    let before = facts_of(&mut transaction, id).await?;
    store::address_pools::remove(&mut transaction, id).await?;
    jobs::enqueue_base(context, &mut transaction, before.router).await?;
    audit(context, &mut transaction, permit, subject(id), Some(&before), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn facts_of(transaction: &mut store::Transaction, id: AddressPoolId) -> Result<PoolFacts> {
    let row = store::address_pools::get(transaction, id).await?;
    Ok(PoolFacts {
        name: row.name,
        router: row.router.id,
        sector: row.sector.map(|sector| sector.id),
        network: row.network,
        dynamic: row.dynamic,
    })
}
