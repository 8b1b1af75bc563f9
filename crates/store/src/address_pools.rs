//! Networks whose addresses are given out, and who has which.

mod addresses;
mod list;

pub use addresses::{addresses, next_free, offers, release, reserve};
pub use list::{get, list};

use domain::ids::{AddressPoolId, RouterId};
use domain::views::pools::PoolFacts;

use crate::{Connection, Error, Result};

/// # Errors
/// `Taken` with `address_pools_name_key`, `address_pools_router_id_dynamic_name_key`, or `address_given` when a service
/// has what the router would hand out; `Overlap` with `address_pools_network`; `Refused` with a foreign key's name.
pub async fn add(connection: &mut Connection, pool: &PoolFacts) -> Result<AddressPoolId> {
    let part = pool.dynamic.as_ref();
    let id = sqlx::query_scalar!(
        "insert into address_pools (name, router_id, sector_id, network, dynamic_from, dynamic_to, dynamic_name)
         values ($1, $2, $3, $4::text::cidr, $5::text::inet, $6::text::inet, $7) returning id",
        pool.name,
        pool.router.0,
        pool.sector.map(|sector| sector.0),
        pool.network.to_string() as String,
        part.map(|part| part.from.to_string()) as Option<String>,
        part.map(|part| part.to.to_string()) as Option<String>,
        part.map(|part| part.name.as_str()),
    );
    Ok(AddressPoolId(id.fetch_one(connection).await?))
}

/// # Errors
/// As [`add`].
pub async fn edit(connection: &mut Connection, id: AddressPoolId, pool: &PoolFacts) -> Result<()> {
    let part = pool.dynamic.as_ref();
    let edited = sqlx::query!(
        "update address_pools set name = $2, router_id = $3, sector_id = $4, network = $5::text::cidr,
                dynamic_from = $6::text::inet, dynamic_to = $7::text::inet, dynamic_name = $8
         where id = $1",
        id.0,
        pool.name,
        pool.router.0,
        pool.sector.map(|sector| sector.0),
        pool.network.to_string() as String,
        part.map(|part| part.from.to_string()) as Option<String>,
        part.map(|part| part.to.to_string()) as Option<String>,
        part.map(|part| part.name.as_str()),
    );
    if edited.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Its addresses belong to nobody's pool from now on; whoever has one keeps it.
pub async fn remove(connection: &mut Connection, id: AddressPoolId) -> Result<()> {
    sqlx::query!("delete from address_pools where id = $1", id.0).execute(connection).await?;
    Ok(())
}

/// The part of a network that its router hands out by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOut {
    /// The router's pool.
    pub name: String,
    /// `10.8.0.100-10.8.0.200`
    pub ranges: String,
}

pub async fn handed_out(connection: &mut Connection, router: RouterId) -> Result<Vec<HandedOut>> {
    let parts = sqlx::query_as!(
        HandedOut,
        r#"select dynamic_name as "name!", host(dynamic_from) || '-' || host(dynamic_to) as "ranges!"
           from address_pools where router_id = $1 and dynamic_name is not null order by dynamic_name"#,
        router.0
    );
    Ok(parts.fetch_all(connection).await?)
}
