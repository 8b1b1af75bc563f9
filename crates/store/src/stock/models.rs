//! What kinds of equipment there are, each with its maker's name for it.

use chrono::{DateTime, Utc};
use domain::ids::EquipmentModelId;
use domain::views::list::Choice;
use domain::views::stock::ModelRow;
use domain::views::stock_forms::Model;

use crate::{Connection, Error, Result};

/// # Errors
/// `Taken` with `equipment_models_name`.
pub async fn add_model(connection: &mut Connection, model: &Model) -> Result<EquipmentModelId> {
    let id = sqlx::query_scalar!(
        "insert into equipment_models (kind, maker, name) values ($1, $2, $3) returning id",
        model.kind.word(),
        model.maker,
        model.name
    );
    Ok(EquipmentModelId(id.fetch_one(connection).await?))
}

/// # Errors
/// `Taken` with `equipment_models_name`; `Refused` with `equipment_model_id_kind_fkey` for another kind when there are
/// pieces of it.
pub async fn edit_model(connection: &mut Connection, id: EquipmentModelId, model: &Model) -> Result<()> {
    let edited = sqlx::query!(
        "update equipment_models set kind = $2, maker = $3, name = $4 where id = $1",
        id.0,
        model.kind.word(),
        model.maker,
        model.name
    );
    if edited.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// No more of it is received, or (with `None`) again.
pub async fn archive_model(
    connection: &mut Connection,
    id: EquipmentModelId,
    since: Option<DateTime<Utc>>,
) -> Result<()> {
    let archived = sqlx::query!("update equipment_models set archived_at = $2 where id = $1", id.0, since);
    if archived.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// All of them, those that are received first.
pub async fn models(connection: &mut Connection) -> Result<Vec<ModelRow>> {
    let rows = sqlx::query!(
        r#"select m.id, m.kind, m.maker, m.name, m.archived_at is not null as "archived!",
                  count(e.id) filter (where e.state = 'in_stock') as "in_stock!",
                  count(e.id) filter (where e.state = 'installed') as "installed!", count(e.id) as "all!"
           from equipment_models m left join equipment e on e.model_id = m.id
           group by m.id order by m.archived_at is not null, m.kind, lower(m.maker), lower(m.name)"#
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(ModelRow {
            id: EquipmentModelId(row.id),
            kind: row.kind.parse()?,
            maker: row.maker,
            name: row.name,
            archived: row.archived,
            in_stock: row.in_stock,
            installed: row.installed,
            all: row.all,
        })
    });
    rows.collect()
}

/// Those that are received; with `all`, also those that are no more.
pub async fn model_choices(connection: &mut Connection, all: bool) -> Result<Vec<Choice<EquipmentModelId>>> {
    let rows = sqlx::query!(
        r#"select id, maker || ' ' || name as "name!" from equipment_models where $1 or archived_at is null
           order by lower(maker), lower(name)"#,
        all
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: EquipmentModelId(row.id), name: row.name }).collect())
}
