//! What to look at on the spot.

use domain::views::work::ChecklistItem;
use domain::views::work_forms::ChecklistForm;
use serde::Serialize;

use crate::permit::{EditWork, Permit, SeeWork};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// The items of all kinds, in order.
pub async fn checklists(context: &Context, _: &Permit<SeeWork>) -> Result<Vec<ChecklistItem>> {
    Ok(store::work_orders::items(&mut *context.connection().await?, None).await?)
}

/// A kind's list from now on; visits keep the list that they were made with.
///
/// # Errors
/// `Fields`.
pub async fn save_checklist(context: &Context, permit: &Permit<EditWork>, form: &ChecklistForm) -> Result<()> {
    let (kind, names) = form.check()?;
    let mut transaction = context.begin().await?;
    let before = store::work_orders::items(&mut transaction, Some(kind)).await?;
    store::work_orders::replace_items(&mut transaction, kind, &names).await?;
    let before = Audited { kind: kind.word(), items: before.into_iter().map(|item| item.name.es).collect() };
    let after = Audited { kind: kind.word(), items: names.into_iter().map(|name| name.es).collect() };
    // There is one set of lists.
    let subject = Subject { kind: "work_checklist", id: 1 };
    audit(context, &mut transaction, permit, subject, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// As the audit shows it.
#[derive(Serialize)]
struct Audited {
    kind: &'static str,
    items: Vec<String>,
}
