//! A new router.

use domain::failure::{Failure, Problem};
use domain::ids::RouterId;
use domain::views::routers::RouterForm;

use super::audited;
use super::form::{self, Audited};
use crate::permit::{EditRouters, Permit};
use crate::{Context, Result, jobs, record};

pub async fn create(context: &Context, permit: &Permit<EditRouters>, typed: &RouterForm) -> Result<RouterId> {
    let router = form::check(typed, true)?;
    let password = router.password.ok_or_else(|| Failure::field("password", Problem::Required))?;
    let sealed = context.vault.seal(&password)?;
    let mut transaction = context.begin().await?;
    let added = store::routers::add(&mut transaction, &router.record, &sealed).await;
    let id = added.map_err(|error| form::taken(error, &router.record.name))?;
    store::routers::place(&mut transaction, id, router.position).await?;
    jobs::enqueue_base(context, &mut transaction, id).await?;
    let after = Audited::new(&router.record, router.position, false);
    record::audit(context, &mut transaction, permit, audited(id), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}
