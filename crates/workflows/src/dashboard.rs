//! The office's first screen.

use domain::views::dashboard::{Dashboard, RunStep};

use crate::permit::{Permit, SeeDashboard};
use crate::runs::should_be_over;
use crate::{Context, Result};

/// The list has the others.
const PARKED_SHOWN: i64 = 5;

/// The figures as of now.
pub async fn show(context: &Context, _permit: &Permit<SeeDashboard>) -> Result<Dashboard> {
    let mut connection = context.connection().await?;
    let today = context.clock.today();
    let currency = store::company::get(&mut connection).await?.currency;
    let counts = store::dashboard::contracts(&mut connection).await?;
    let trouble = store::dashboard::trouble(&mut connection).await?;
    let (overdue, overdue_invoices) = store::invoices::overdue(&mut connection, today, currency).await?;
    let last_run = store::runs::last(&mut connection).await?;
    let ran_today = last_run.as_ref().is_some_and(|run| run.business_date >= today && run.finished_at.is_some());
    let waits = |step: &RunStep| !step.stopped.is_empty() && step.approved_at.is_none();
    Ok(Dashboard {
        today,
        active: counts.active,
        suspended: counts.suspended,
        to_install: counts.to_install,
        overdue,
        overdue_invoices,
        recurring: store::dashboard::recurring(&mut connection, currency, today).await?,
        jobs_given_up: trouble.jobs_given_up,
        out_of_step: trouble.out_of_step,
        parked: trouble.parked,
        newest_parked: store::runs::newest_parked(&mut connection, PARKED_SHOWN).await?,
        run_is_late: !ran_today && should_be_over(context.clock.time_of_day()),
        waits_for_approval: last_run.as_ref().is_some_and(|run| run.steps.iter().any(waits)),
        tickets: store::tickets_list::counts(&mut connection, context.clock.now()).await?,
        last_run,
    })
}
