//! Pools, and who has which address.

use domain::ids::AddressPoolId;
use domain::views::list::Page;
use domain::views::pools::{AddressFilter, PoolChoices, PoolDetail, PoolFilter, PoolRow};

use crate::permit::{Permit, SeePools};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeePools>, filter: &PoolFilter) -> Result<Page<PoolRow>> {
    Ok(store::address_pools::list(&mut *context.connection().await?, filter).await?)
}

pub async fn show(
    context: &Context,
    _: &Permit<SeePools>,
    id: AddressPoolId,
    filter: &AddressFilter,
) -> Result<PoolDetail> {
    let connection = &mut *context.connection().await?;
    let pool = store::address_pools::get(connection, id).await?;
    let offers = store::address_pools::offers(connection).await?;
    let next_free = offers.into_iter().find(|offer| offer.id == id).and_then(|offer| offer.next);
    let addresses = store::address_pools::addresses(connection, id, filter).await?;
    Ok(PoolDetail { pool, next_free, addresses })
}

/// What the form of a pool and the filters of the list choose from.
pub async fn choices(context: &Context, _: &Permit<SeePools>) -> Result<PoolChoices> {
    let connection = &mut *context.connection().await?;
    let routers = store::service_settings::router_choices(connection).await?;
    Ok(PoolChoices { routers, sectors: store::sectors::choices(connection).await? })
}
