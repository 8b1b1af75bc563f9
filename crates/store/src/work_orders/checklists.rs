//! What to look at on the spot, by kind of work.

use domain::ids::ChecklistItemId;
use domain::views::tickets::Name;
use domain::views::work::ChecklistItem;
use domain::work_order::WorkKind;

use crate::{Connection, Result};

/// In order; of one kind, or of all of them.
pub async fn items(connection: &mut Connection, kind: Option<WorkKind>) -> Result<Vec<ChecklistItem>> {
    let rows = sqlx::query!(
        "select id, kind, name_es, name_en from work_checklist_items where $1::text is null or kind = $1 order by kind, place",
        kind.map(WorkKind::word)
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let name = Name { es: row.name_es, en: row.name_en };
        Ok(ChecklistItem { id: ChecklistItemId(row.id), kind: row.kind.parse()?, name })
    });
    rows.collect()
}

/// A kind's list from now on. An item that stays at its place stays what it is, so that a phone that has the old list
/// still means it.
pub async fn replace_items(connection: &mut Connection, kind: WorkKind, names: &[Name]) -> Result<()> {
    let (es, en): (Vec<String>, Vec<String>) = names.iter().map(|name| (name.es.clone(), name.en.clone())).unzip();
    sqlx::query!(
        "delete from work_checklist_items i where kind = $1 and not exists (
             select from unnest($2::text[], $3::text[]) with ordinality as n (es, en, place)
             where n.place = i.place and n.es = i.name_es and n.en = i.name_en)",
        kind.word(),
        &es,
        &en
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into work_checklist_items (kind, place, name_es, name_en)
         select $1, n.place, n.es, n.en from unnest($2::text[], $3::text[]) with ordinality as n (es, en, place)
         on conflict (kind, place) do nothing",
        kind.word(),
        &es,
        &en
    )
    .execute(connection)
    .await?;
    Ok(())
}
