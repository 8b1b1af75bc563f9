//! Where routers stand, for the map.

use domain::ids::RouterId;
use domain::position::Position;

use crate::{Connection, Result};

pub async fn place(connection: &mut Connection, id: RouterId, position: Option<Position>) -> Result<()> {
    sqlx::query!(
        "update routers set latitude = $2, longitude = $3 where id = $1",
        id.0,
        position.map(|position| position.latitude()),
        position.map(|position| position.longitude()),
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn position(connection: &mut Connection, id: RouterId) -> Result<Option<Position>> {
    let row = sqlx::query!("select latitude, longitude from routers where id = $1", id.0).fetch_one(connection).await?;
    match row.latitude.zip(row.longitude) {
        Some((latitude, longitude)) => Ok(Some(Position::new(latitude, longitude)?)),
        None => Ok(None),
    }
}
