//! Ports that are kept for somebody until a moment.

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, CustomerId, NapId, SplitterPortId, UserId};

use crate::{Connection, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reservation {
    pub port: SplitterPortId,
    pub customer: CustomerId,
    /// `None`: for whatever contract the customer will have.
    pub contract: Option<ContractId>,
    pub expires_at: DateTime<Utc>,
}

/// The first port of a box that nobody has; the box is locked.
pub async fn first_free(connection: &mut Connection, nap: NapId, now: DateTime<Utc>) -> Result<Option<SplitterPortId>> {
    let port = sqlx::query_scalar!(
        r#"select p.id as "id!" from nap_ports p
           where p.nap_id = $1 and p.service_id is null
             and not exists (select from port_reservations r where r.port_id = p.id and r.expires_at > $2)
           order by p.number limit 1"#,
        nap.0,
        now,
    );
    Ok(port.fetch_optional(connection).await?.map(SplitterPortId))
}

/// # Errors
/// `Taken` with `port_reservations_pkey` when the port is kept for somebody, or with `port_reservations_contract` or
/// `port_reservations_customer` when another one is kept for these.
pub async fn reserve(
    connection: &mut Connection,
    reservation: &Reservation,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<()> {
    sqlx::query!(
        "insert into port_reservations (port_id, customer_id, contract_id, reserved_at, reserved_by, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        reservation.port.0,
        reservation.customer.0,
        reservation.contract.map(|id| id.0),
        at,
        by.map(|id| id.0),
        reservation.expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes room: what is over on this port, and what is over for these.
pub async fn forget_expired_of(
    connection: &mut Connection,
    port: SplitterPortId,
    customer: CustomerId,
    contract: Option<ContractId>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "delete from port_reservations
         where expires_at <= $4
           and (port_id = $1 or contract_id = $3
                or ($3::bigint is null and contract_id is null and customer_id = $2))",
        port.0,
        customer.0,
        contract.map(|id| id.0),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

struct Row {
    port_id: i64,
    customer_id: i64,
    contract_id: Option<i64>,
    expires_at: DateTime<Utc>,
}

impl Row {
    fn reservation(self) -> Reservation {
        Reservation {
            port: SplitterPortId(self.port_id),
            customer: CustomerId(self.customer_id),
            contract: self.contract_id.map(ContractId),
            expires_at: self.expires_at,
        }
    }
}

/// What is kept for a contract, or for its customer without one.
pub async fn reservation_for(
    connection: &mut Connection,
    contract: ContractId,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<Option<Reservation>> {
    let row = sqlx::query_as!(
        Row,
        "select port_id, customer_id, contract_id, expires_at from port_reservations
         where expires_at > $3 and (contract_id = $1 or (contract_id is null and customer_id = $2))
         order by contract_id is null limit 1",
        contract.0,
        customer.0,
        now,
    );
    Ok(row.fetch_optional(connection).await?.map(Row::reservation))
}

/// Lets go of what is kept at a port; with `over`, only when it is over at that moment. Answers what it was.
pub async fn forget(
    connection: &mut Connection,
    port: SplitterPortId,
    over: Option<DateTime<Utc>>,
) -> Result<Option<Reservation>> {
    let row = sqlx::query_as!(
        Row,
        "delete from port_reservations where port_id = $1 and ($2::timestamptz is null or expires_at <= $2)
         returning port_id, customer_id, contract_id, expires_at",
        port.0,
        over,
    );
    Ok(row.fetch_optional(connection).await?.map(Row::reservation))
}

/// Those that are over, some at a time.
pub async fn expired(connection: &mut Connection, now: DateTime<Utc>, most: i64) -> Result<Vec<Reservation>> {
    let rows = sqlx::query_as!(
        Row,
        "select port_id, customer_id, contract_id, expires_at from port_reservations
         where expires_at <= $1 order by expires_at, port_id limit $2",
        now,
        most,
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(Row::reservation).collect())
}

pub async fn count_expired(connection: &mut Connection, now: DateTime<Utc>) -> Result<i64> {
    let count =
        sqlx::query_scalar!(r#"select count(*) as "count!" from port_reservations where expires_at <= $1"#, now);
    Ok(count.fetch_one(connection).await?)
}
