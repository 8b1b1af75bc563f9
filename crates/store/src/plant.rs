//! The fibre plant: OLTs, splitters, boxes on poles, and who has which port. What is reserved is so at the moment that the
//! caller brings: a reservation that is over means nothing.

mod imports;
mod naps;
mod nearby;
mod olts;
mod ports;
mod reservations;
mod splitters;

pub use imports::{KnownNap, add_import, add_written, imports, lock_import, naps_named};
pub use naps::{add_nap, edit_nap, nap, nap_by_name, nap_facts, naps, remove_nap};
pub use nearby::{Named, near, placed_addresses, unconnected, who};
pub use olts::{add_card, add_olt, edit_olt, olts, pon};
pub use ports::{Place, connect, disconnect, holder, lock_nap, of_contract, place, ports};
pub use reservations::{
    Reservation, count_expired, expired, first_free, forget, forget_expired_of, reservation_for, reserve,
};
pub use splitters::{add_splitter, of_nap, remove_splitter, splitters};

use domain::views::plant::PlantSettings;

use crate::{Connection, Result};

pub async fn settings(connection: &mut Connection) -> Result<PlantSettings> {
    let row = sqlx::query!("select longest_drop_metres, reservation_days from plant_settings");
    let row = row.fetch_one(connection).await?;
    Ok(PlantSettings {
        longest_drop_metres: u32::try_from(row.longest_drop_metres)?,
        reservation_days: u32::try_from(row.reservation_days)?,
    })
}

pub async fn save_settings(connection: &mut Connection, settings: PlantSettings) -> Result<()> {
    sqlx::query!(
        "update plant_settings set longest_drop_metres = $1, reservation_days = $2",
        i32::try_from(settings.longest_drop_metres)?,
        i32::try_from(settings.reservation_days)?,
    )
    .execute(connection)
    .await?;
    Ok(())
}
