//! Templates of documents: every saving is kept, the newest is in use.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::letterhead::TemplateKind;
use domain::views::documents::{TemplateRow, TemplateVersion};

use crate::{Connection, Result};

/// How many earlier versions a page offers.
const VERSIONS: i64 = 50;

/// The provider's own text; `None` when the built-in one is in use.
pub async fn current(connection: &mut Connection, kind: TemplateKind) -> Result<Option<String>> {
    let text = sqlx::query_scalar!(
        "select text from document_templates where kind = $1 order by id desc limit 1",
        kind.word()
    );
    Ok(text.fetch_optional(connection).await?.flatten())
}

/// The text of one version; `None`: the built-in one.
///
/// # Errors
/// `NotFound`, also for a version of another kind.
pub async fn version(connection: &mut Connection, kind: TemplateKind, id: i64) -> Result<Option<String>> {
    let text = sqlx::query_scalar!("select text from document_templates where id = $1 and kind = $2", id, kind.word());
    Ok(text.fetch_one(connection).await?)
}

pub async fn save(
    connection: &mut Connection,
    kind: TemplateKind,
    text: Option<&str>,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<()> {
    sqlx::query!(
        "insert into document_templates (kind, text, saved_at, saved_by) values ($1, $2, $3, $4)",
        kind.word(),
        text,
        at,
        by.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Newest first.
pub async fn versions(connection: &mut Connection, kind: TemplateKind) -> Result<Vec<TemplateVersion>> {
    let rows = sqlx::query_as!(
        TemplateVersion,
        r#"select t.id, t.text is null as "built_in!", t.saved_at, u.name as "saved_by?"
           from document_templates t left join users u on u.id = t.saved_by
           where t.kind = $1 order by t.id desc limit $2"#,
        kind.word(),
        VERSIONS
    );
    Ok(rows.fetch_all(connection).await?)
}

/// Each kind with its newest version.
pub async fn list(connection: &mut Connection) -> Result<Vec<TemplateRow>> {
    let mut rows = Vec::new();
    for kind in TemplateKind::ALL.iter().copied() {
        rows.push(TemplateRow { kind, saved: versions(connection, kind).await?.into_iter().next() });
    }
    Ok(rows)
}
