//! Tables of boxes that somebody sent, and what is there already of what they name.

use chrono::{DateTime, Utc};
use domain::ids::{NapId, NapImportId, PonPortId, SectorId, UserId};
use domain::position::Position;
use domain::views::nap_imports::NapImportRow;
use domain::views::plant_forms::NapFacts;

use crate::{Connection, Result};

pub async fn add_import(
    connection: &mut Connection,
    file_name: &str,
    content: &str,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<NapImportId> {
    let id = sqlx::query_scalar!(
        "insert into nap_imports (file_name, content, at, by_id) values ($1, $2, $3, $4) returning id",
        file_name,
        content,
        at,
        by.map(|id| id.0)
    );
    Ok(NapImportId(id.fetch_one(connection).await?))
}

/// A table and its text; nobody else confirms it until the transaction ends.
///
/// # Errors
/// `NotFound`.
pub async fn lock_import(connection: &mut Connection, id: NapImportId) -> Result<(NapImportRow, String)> {
    let row = sqlx::query!(
        "select file_name, content, at, (select u.name from users u where u.id = by_id) as by, written
         from nap_imports where id = $1 for update",
        id.0
    );
    let row = row.fetch_one(connection).await?;
    let written = i64::from(row.written);
    Ok((NapImportRow { id, file_name: row.file_name, at: row.at, by: row.by, written }, row.content))
}

/// More boxes were made of it.
pub async fn add_written(connection: &mut Connection, id: NapImportId, boxes: usize) -> Result<()> {
    sqlx::query!("update nap_imports set written = written + $2 where id = $1", id.0, i32::try_from(boxes)?)
        .execute(connection)
        .await?;
    Ok(())
}

/// The newest.
pub async fn imports(connection: &mut Connection) -> Result<Vec<NapImportRow>> {
    let rows = sqlx::query!(
        r#"select i.id, i.file_name, i.at, u.name as "by?", i.written
           from nap_imports i left join users u on u.id = i.by_id order by i.id desc limit 20"#
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| NapImportRow {
        id: NapImportId(row.id),
        file_name: row.file_name,
        at: row.at,
        by: row.by,
        written: i64::from(row.written),
    });
    Ok(rows.collect())
}

/// A box that is there, with the PON ports that it gets its light from.
#[derive(Clone, Debug)]
pub struct KnownNap {
    pub id: NapId,
    pub facts: NapFacts,
    pub pons: Vec<PonPortId>,
}

/// The boxes with these names, which are in small letters.
pub async fn naps_named(connection: &mut Connection, names: &[String]) -> Result<Vec<KnownNap>> {
    let rows = sqlx::query!(
        r#"select n.id, n.name, n.sector_id, n.latitude, n.longitude, n.capacity, n.fibre_metres,
                  array(select distinct s.pon_port_id from splitters s where s.nap_id = n.id) as "pons!"
           from naps n where lower(n.name) = any($1)"#,
        names
    );
    let naps = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let facts = NapFacts {
            name: row.name,
            sector: row.sector_id.map(SectorId),
            position: Position::new(row.latitude, row.longitude)?,
            capacity: u32::try_from(row.capacity)?,
            fibre_metres: row.fibre_metres.map(u32::try_from).transpose()?,
        };
        Ok(KnownNap { id: NapId(row.id), facts, pons: row.pons.into_iter().map(PonPortId).collect() })
    });
    naps.collect()
}
