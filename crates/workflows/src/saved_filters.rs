//! Lists that somebody keeps by a name, for themselves or for everybody of their role.

use domain::failure::Failure;
use domain::ids::{SavedFilterId, UserId};
use domain::role::Role;
use domain::views::saved_filters::{NewFilter, SaveFilterForm, SavedFilter};

use crate::permit::{Actor, Permit, SaveFilters};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// What somebody finds at a list.
pub async fn list(context: &Context, permit: &Permit<SaveFilters>, list: &str) -> Result<Vec<SavedFilter>> {
    let (user, role) = person(permit)?;
    Ok(store::saved_filters::of_list(&mut *context.connection().await?, user, role, list).await?)
}

/// Keeps a list's address; one of the same name gives way.
///
/// # Errors
/// `Fields`; `NotFound` for what is no list's address.
pub async fn save(context: &Context, permit: &Permit<SaveFilters>, form: &SaveFilterForm) -> Result<NewFilter> {
    let (user, role) = person(permit)?;
    let filter = form.check()?;
    let mut transaction = context.begin().await?;
    let role = filter.shared.then_some(role);
    let id = store::saved_filters::save(&mut transaction, user, role, &filter, context.clock.now()).await?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&filter)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(filter)
}

/// # Errors
/// `NotFound` for somebody else's.
pub async fn remove(context: &Context, permit: &Permit<SaveFilters>, filter: SavedFilterId) -> Result<NewFilter> {
    let (user, _) = person(permit)?;
    let mut transaction = context.begin().await?;
    let removed = store::saved_filters::remove(&mut transaction, user, filter).await?;
    audit(context, &mut transaction, permit, subject(filter), Some(&removed), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(removed)
}

/// The system keeps none.
fn person(permit: &Permit<SaveFilters>) -> std::result::Result<(UserId, Role), Failure> {
    match permit.actor() {
        Actor::User { id, role, .. } => Ok((*id, *role)),
        Actor::System { .. } => Err(Failure::NotFound),
    }
}

fn subject(filter: SavedFilterId) -> Subject {
    Subject { kind: "saved_filter", id: filter.0 }
}
