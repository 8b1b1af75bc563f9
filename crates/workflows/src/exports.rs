//! Lists that are taken away as files: who took what is written down.

use domain::report::FileFormat;
use serde::Serialize;

use crate::permit::Actor;
use crate::record::{Subject, audit_as};
use crate::{Context, Result};

/// A list as it was taken.
#[derive(Debug, Serialize)]
pub struct Taken<'a> {
    /// Its address below the office's.
    pub list: &'a str,
    pub format: FileFormat,
    /// As in its address.
    pub filters: &'a str,
    pub rows: i64,
}

/// Writes down that somebody takes a list. Whether they may is asked by the list itself, when it is read.
pub async fn note(context: &Context, actor: &Actor, taken: &Taken<'_>) -> Result<()> {
    let mut transaction = context.begin().await?;
    let subject = Subject { kind: "list", id: 0 };
    audit_as(context, &mut transaction, actor, "export_lists", subject, None::<&()>, Some(taken)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
