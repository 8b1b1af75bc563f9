//! What is near a place, and who is meant by what was typed.

use chrono::{DateTime, Utc};
use domain::geo::Bounds;
use domain::ids::{AddressId, ContractId, CustomerId, SectorId};
use domain::position::Position;
use domain::views::list::Choice;
use domain::views::plant::{NapRow, PlacedAddress, PortFor};

use super::naps::Row;
use crate::{Connection, Result};

/// More are not looked at: nobody has so many boxes within a walk.
const MOST: i64 = 500;

/// The boxes within the bounds, in no order.
pub async fn near(connection: &mut Connection, bounds: Bounds, now: DateTime<Utc>) -> Result<Vec<NapRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select n.id, n.name, n.sector_id, s.name as "sector?", n.latitude, n.longitude, n.capacity,
                  (select count(*) from nap_ports p where p.nap_id = n.id) as "ports!",
                  (select count(p.service_id) from nap_ports p where p.nap_id = n.id) as "connected!",
                  (select count(*) from nap_ports p join port_reservations r on r.port_id = p.id
                   where p.nap_id = n.id and p.service_id is null and r.expires_at > $5) as "reserved!",
                  1::bigint as "total!"
           from naps n left join sectors s on s.id = n.sector_id
           where n.latitude between $1 and $3 and n.longitude between $2 and $4
           limit $6"#,
        bounds.south_west.latitude(),
        bounds.south_west.longitude(),
        bounds.north_east.latitude(),
        bounds.north_east.longitude(),
        now,
        MOST,
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::view).collect()
}

/// Whom somebody named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub who: PortFor,
    /// The customer's reference.
    pub reference: String,
    /// Where the contract is installed.
    pub address: Option<AddressId>,
}

/// By a contract's code (one that is not over), or by a customer's reference.
pub async fn who(connection: &mut Connection, typed: &str) -> Result<Option<Named>> {
    let row = sqlx::query!(
        r#"select c.id as "contract_id?", c.code as "code?", c.address_id as "address_id?", u.id as "customer_id!",
                  u.name as "name!", u.reference as "reference!"
           from contracts c join customers u on u.id = c.customer_id
           where c.code = any (array[$1, upper($1)]) and c.state <> 'closed'
           union all
           select null, null, null, id, name, reference from customers where reference = any (array[$1, upper($1)])
           limit 1"#,
        typed.trim()
    );
    Ok(row.fetch_optional(connection).await?.map(|row| Named {
        who: PortFor {
            customer: Choice { id: CustomerId(row.customer_id), name: row.name },
            contract: row.contract_id.map(ContractId).zip(row.code).map(|(id, name)| Choice { id, name }),
        },
        reference: row.reference,
        address: row.address_id.map(AddressId),
    }))
}

/// A customer's addresses that have a position.
pub async fn placed_addresses(connection: &mut Connection, customer: CustomerId) -> Result<Vec<PlacedAddress>> {
    let rows = sqlx::query!(
        r#"select id, street, city, latitude as "latitude!", longitude as "longitude!"
           from addresses where customer_id = $1 and latitude is not null order by id"#,
        customer.0
    );
    let addresses = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(PlacedAddress {
            id: AddressId(row.id),
            street: row.street,
            city: row.city,
            position: Position::new(row.latitude, row.longitude)?,
        })
    });
    addresses.collect()
}

/// The codes of a sector's active contracts whose service has no port, with where they are.
pub async fn unconnected(connection: &mut Connection, sector: SectorId) -> Result<Vec<(String, Position)>> {
    let rows = sqlx::query!(
        r#"select c.code, a.latitude as "latitude!", a.longitude as "longitude!"
           from contracts c join addresses a on a.id = c.address_id join services v on v.contract_id = c.id
           where a.sector_id = $1 and a.latitude is not null and c.state = 'active' and v.released_at is null
             and not exists (select from splitter_ports p where p.service_id = v.id)
           order by c.id"#,
        sector.0
    );
    let found = rows.fetch_all(connection).await?.into_iter();
    found.map(|row| Ok((row.code, Position::new(row.latitude, row.longitude)?))).collect()
}
