//! Where services are installed.

use domain::customer::AddressFacts;
use domain::ids::{AddressId, CustomerId, SectorId};
use domain::position::Position;
use domain::views::customers::Address;
use rust_decimal::Decimal;

use crate::{Connection, Error, Result};

/// # Errors
/// `Refused` with `addresses_sector_id_fkey` or `addresses_customer_id_fkey`.
pub async fn add(connection: &mut Connection, customer: CustomerId, facts: &AddressFacts) -> Result<AddressId> {
    let id = sqlx::query_scalar!(
        "insert into addresses (customer_id, sector_id, street, city, postal_code, country, latitude, longitude)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        customer.0,
        facts.sector.map(|id| id.0),
        facts.street,
        facts.city,
        facts.postal_code,
        facts.country,
        facts.position.map(|position| position.latitude()),
        facts.position.map(|position| position.longitude())
    );
    Ok(AddressId(id.fetch_one(connection).await?))
}

/// Nobody else changes these until the transaction ends: who keeps some of what an address says reads it after this.
pub async fn lock(connection: &mut Connection, addresses: &[AddressId]) -> Result<()> {
    let ids: Vec<i64> = addresses.iter().map(|id| id.0).collect();
    sqlx::query!("select id from addresses where id = any($1) order by id for no key update", &ids)
        .fetch_all(connection)
        .await?;
    Ok(())
}

/// The same for who may change their sectors, which their contracts are told of: customers, their contracts and addresses, as
/// wherever several of these are locked.
pub async fn lock_with_contracts(connection: &mut Connection, addresses: &[AddressId]) -> Result<()> {
    let ids: Vec<i64> = addresses.iter().map(|id| id.0).collect();
    sqlx::query!(
        "select id from customers where id in (select customer_id from addresses where id = any($1))
         order by id for no key update",
        &ids
    )
    .fetch_all(&mut *connection)
    .await?;
    sqlx::query!("select id from contracts where address_id = any($1) order by id for no key update", &ids)
        .fetch_all(&mut *connection)
        .await?;
    lock(connection, addresses).await
}

/// Lock it before: with its contracts, where another sector may be among the facts.
///
/// # Errors
/// `Refused` with `addresses_sector_id_fkey`.
pub async fn edit(connection: &mut Connection, id: AddressId, facts: &AddressFacts) -> Result<()> {
    let edited = sqlx::query!(
        "update addresses set sector_id = $2, street = $3, city = $4, postal_code = $5, country = $6, latitude = $7,
                longitude = $8
         where id = $1",
        id.0,
        facts.sector.map(|id| id.0),
        facts.street,
        facts.city,
        facts.postal_code,
        facts.country,
        facts.position.map(|position| position.latitude()),
        facts.position.map(|position| position.longitude())
    );
    if edited.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// An address, and whose it is.
pub async fn get(connection: &mut Connection, id: AddressId) -> Result<(CustomerId, Address)> {
    let row = sqlx::query_as!(
        Row,
        r#"select a.id, a.customer_id, a.sector_id, s.name as "sector?", a.street, a.city, a.postal_code,
                  a.country as "country: String", a.latitude, a.longitude
           from addresses a left join sectors s on s.id = a.sector_id where a.id = $1"#,
        id.0
    )
    .fetch_one(connection)
    .await?;
    Ok((CustomerId(row.customer_id), row.address()?))
}

pub async fn of_customer(connection: &mut Connection, customer: CustomerId) -> Result<Vec<Address>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.customer_id, a.sector_id, s.name as "sector?", a.street, a.city, a.postal_code,
                  a.country as "country: String", a.latitude, a.longitude
           from addresses a left join sectors s on s.id = a.sector_id where a.customer_id = $1 order by a.id"#,
        customer.0
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::address).collect()
}

struct Row {
    id: i64,
    customer_id: i64,
    sector_id: Option<i64>,
    sector: Option<String>,
    street: String,
    city: String,
    postal_code: String,
    country: String,
    latitude: Option<Decimal>,
    longitude: Option<Decimal>,
}

impl Row {
    fn address(self) -> Result<Address> {
        let position = match self.latitude.zip(self.longitude) {
            Some((latitude, longitude)) => Some(Position::new(latitude, longitude)?),
            None => None,
        };
        let facts = AddressFacts {
            sector: self.sector_id.map(SectorId),
            street: self.street,
            city: self.city,
            postal_code: self.postal_code,
            country: self.country,
            position,
        };
        Ok(Address { id: AddressId(self.id), facts, sector: self.sector })
    }
}
