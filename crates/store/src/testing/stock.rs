//! What nobody may do to equipment behind its moves: for the story that it is refused.

use domain::ids::{EquipmentId, StockPlaceId};

use sqlx::Connection as _;

use crate::{Connection, Result};

/// Says something else of what happened.
pub async fn rewrite_history(connection: &mut Connection, item: EquipmentId) -> Result<()> {
    let rewrite = sqlx::query("update equipment_moves set reason = 'nothing happened' where equipment_id = $1");
    rewrite.bind(item.0).execute(connection).await?;
    Ok(())
}

/// As if nothing had happened.
pub async fn forget_history(connection: &mut Connection, item: EquipmentId) -> Result<()> {
    let forget = sqlx::query("delete from equipment_moves where equipment_id = $1");
    forget.bind(item.0).execute(connection).await?;
    Ok(())
}

/// Somewhere else, without a move.
pub async fn put_elsewhere(connection: &mut Connection, item: EquipmentId, place: StockPlaceId) -> Result<()> {
    let mut transaction = connection.begin().await?;
    let put = sqlx::query("update equipment set place_id = $2 where id = $1");
    put.bind(item.0).bind(place.0).execute(&mut *transaction).await?;
    Ok(transaction.commit().await?)
}
