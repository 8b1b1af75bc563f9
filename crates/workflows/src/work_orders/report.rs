//! What came of a visit, as the technician reports it: perhaps hours later, and perhaps twice.

use domain::failure::{Failure, required};
use domain::ids::{FileId, WorkOrderId};
use domain::timeline::Event;
use domain::views::work::Checked;
use domain::views::work_forms::{Report, ReportForm};
use domain::work_order::VisitOutcome;
use store::work_orders::{NewVisit, Order};

use super::finish::Finishing;
use super::{lock, save, subject};
use crate::permit::{DoWork, Permit};
use crate::record::{audit, tell};
use crate::{Context, Result, contracts, files};

/// Writes the visit down and does what follows from it: an installation that is finished activates its contract, which
/// bills and provisions; a repair resolves its ticket; a removal takes back the equipment.
///
/// # Errors
/// `Anothers` when somebody else filled it in; `ChangedMeanwhile` when the order is not what it was filled in for; `Work`
/// for what its state does not allow; `Fields`, `Lifecycle` and `Blocked` as activating does; `NotFound`.
pub async fn report(context: &Context, permit: &Permit<DoWork>, order: WorkOrderId, form: &ReportForm) -> Result<()> {
    let mut transaction = context.begin().await?;
    check_owner(&mut transaction, permit, &form.owner).await?;
    let mut order = lock(&mut transaction, order).await?;
    let report = form.check(order.kind)?;
    if store::work_orders::was_reported(&mut transaction, order.id, &report.idempotency_key).await? {
        return Ok(());
    }
    if report.version != order.version {
        return Err(Failure::ChangedMeanwhile.into());
    }
    let before = order.state;
    order.state = before.after(report.outcome.action()).map_err(Failure::from)?;
    order.version += 1;
    save(context, &mut transaction, &order, permit.actor().user_id()).await?;
    write(context, &mut transaction, permit, &order, &report).await?;
    let finishing = Finishing { context, actor: permit.actor(), order: &order, report: &report };
    match report.outcome {
        VisitOutcome::Done => finishing.done(&mut transaction).await?,
        VisitOutcome::Failed => finishing.failed(&mut transaction).await?,
    }
    audit(context, &mut transaction, permit, subject(order.id), Some(&before), Some(&report)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// A phone is handed on, and a page of whoever had it before may still be open when the next person signs in: what was
/// filled in there does not become theirs.
async fn check_owner(transaction: &mut store::Transaction, permit: &Permit<DoWork>, owner: &str) -> Result<()> {
    let owner = required(owner, 254).map_err(|problem| Failure::field("owner", problem))?;
    let Some(user) = permit.actor().user_id() else { return Ok(()) };
    if store::users::find(transaction, user).await?.email.as_str() != owner {
        return Err(Failure::Anothers { owner }.into());
    }
    Ok(())
}

async fn write(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<DoWork>,
    order: &Order,
    report: &Report,
) -> Result<()> {
    let by = permit.actor().user_id();
    files::claim(context, transaction, by, &report.files, "files").await?;
    let signature: Vec<FileId> = report.signature.into_iter().collect();
    files::claim(context, transaction, by, &signature, "signature").await?;
    let checks = checks(transaction, order, report).await?;
    let visit = NewVisit {
        order: order.id,
        report,
        checks: &checks,
        at: context.clock.now(),
        by,
        by_name: permit.actor().name(),
    };
    store::work_orders::add_visit(transaction, &visit).await?;
    let contract = contracts::lock(transaction, order.contract).await?;
    let event = Event::Visited { order: order.id, work: order.kind, outcome: report.outcome };
    tell(context, transaction, permit.actor(), contract.customer, contract.id, &event).await
}

/// The whole checklist as it is now; what was ticked on a phone and is no item any more is left out.
async fn checks(transaction: &mut store::Transaction, order: &Order, report: &Report) -> Result<Vec<Checked>> {
    let items = store::work_orders::items(transaction, Some(order.kind)).await?;
    let check = items.into_iter().map(|item| Checked { done: report.checks.contains(&item.id), name: item.name });
    Ok(check.collect())
}
