//! Warehouses and vans.

use chrono::{DateTime, Utc};
use domain::ids::{EquipmentModelId, StockPlaceId, UserId};
use domain::views::list::Choice;
use domain::views::stock::PlaceRow;
use domain::views::stock_forms::Place;

use crate::{Connection, Error, Result};

/// # Errors
/// `Taken` with `stock_places_name` or `stock_places_technician`; `Refused` with `stock_places_technician_id_fkey`.
pub async fn add_place(connection: &mut Connection, place: &Place) -> Result<StockPlaceId> {
    let id = sqlx::query_scalar!(
        "insert into stock_places (kind, name, technician_id) values ($1, $2, $3) returning id",
        place.kind.word(),
        place.name,
        place.technician.map(|id| id.0)
    );
    Ok(StockPlaceId(id.fetch_one(connection).await?))
}

/// # Errors
/// As [`add_place`].
pub async fn edit_place(connection: &mut Connection, id: StockPlaceId, place: &Place) -> Result<()> {
    let edited = sqlx::query!(
        "update stock_places set kind = $2, name = $3, technician_id = $4 where id = $1",
        id.0,
        place.kind.word(),
        place.name,
        place.technician.map(|id| id.0)
    );
    if edited.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Gives a place up, unless something is there; false then.
pub async fn archive_place(connection: &mut Connection, id: StockPlaceId, at: DateTime<Utc>) -> Result<bool> {
    // Locked first: whoever puts something there meanwhile is waited for, and seen.
    sqlx::query_scalar!("select id from stock_places where id = $1 for update", id.0)
        .fetch_one(&mut *connection)
        .await?;
    let archived = sqlx::query!(
        "update stock_places set archived_at = $2
         where id = $1 and not exists (select from equipment where place_id = $1)",
        id.0,
        at
    );
    Ok(archived.execute(connection).await?.rows_affected() == 1)
}

/// Whether something can be put there; it stays so until the transaction ends.
///
/// # Errors
/// `NotFound`.
pub async fn place_is_open(connection: &mut Connection, id: StockPlaceId) -> Result<bool> {
    let open =
        sqlx::query_scalar!(r#"select archived_at is null as "open!" from stock_places where id = $1 for share"#, id.0);
    Ok(open.fetch_one(connection).await?)
}

/// All of them with what is there; those that were given up last.
pub async fn places(connection: &mut Connection) -> Result<Vec<PlaceRow>> {
    let rows = sqlx::query!(
        r#"select p.id, p.kind, p.name, p.archived_at is not null as "archived!", u.id as "technician_id?",
                  u.name as "technician?"
           from stock_places p left join users u on u.id = p.technician_id
           order by p.archived_at is not null, p.kind desc, lower(p.name)"#
    );
    let rows = rows.fetch_all(&mut *connection).await?;
    let mut places = Vec::new();
    for row in rows {
        places.push(PlaceRow {
            id: StockPlaceId(row.id),
            kind: row.kind.parse()?,
            name: row.name,
            technician: row.technician_id.zip(row.technician).map(|(id, name)| Choice { id: UserId(id), name }),
            archived: row.archived,
            models: Vec::new(),
        });
    }
    let counted = sqlx::query!(
        r#"select e.place_id as "place_id!", m.id, m.maker || ' ' || m.name as "name!", count(*) as "count!"
           from equipment e join equipment_models m on m.id = e.model_id
           where e.place_id is not null group by e.place_id, m.id order by count(*) desc, m.id"#
    );
    for row in counted.fetch_all(connection).await? {
        if let Some(place) = places.iter_mut().find(|place| place.id.0 == row.place_id) {
            place.models.push((Choice { id: EquipmentModelId(row.id), name: row.name }, row.count));
        }
    }
    Ok(places)
}

/// Where something can be put: warehouses first.
pub async fn place_choices(connection: &mut Connection) -> Result<Vec<Choice<StockPlaceId>>> {
    let rows =
        sqlx::query!("select id, name from stock_places where archived_at is null order by kind desc, lower(name)");
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: StockPlaceId(row.id), name: row.name }).collect())
}

/// The van of somebody.
pub async fn van_of(connection: &mut Connection, technician: UserId) -> Result<Option<Choice<StockPlaceId>>> {
    let row = sqlx::query!(
        "select id, name from stock_places where technician_id = $1 and archived_at is null",
        technician.0
    );
    Ok(row.fetch_optional(connection).await?.map(|row| Choice { id: StockPlaceId(row.id), name: row.name }))
}

/// Who can have a van.
pub async fn technicians(connection: &mut Connection) -> Result<Vec<Choice<UserId>>> {
    let rows =
        sqlx::query!("select id, name from users where role = 'technician' and disabled_at is null order by name, id");
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: UserId(row.id), name: row.name }).collect())
}
