//! The office's first screen.

use chrono::Days;
use domain::failure::Failure;
use domain::ids::SectorId;
use domain::money::Money;
use domain::views::dashboard::{
    AgedDebt, Counted, Dashboard, DashboardFilter, LEASES_END_WITHIN, LastRun, MoneyFigures, MonthMoved, Movement,
    Parked, Recurring, RecurringFigures, RunStep, ServiceFigures, Span, TroubleFigures,
};
use domain::views::invoices::DebtAge;
use domain::views::list::Choice;
use domain::views::tickets::TicketCounts;

use store::dashboard as figures;
use tokio::try_join;

use crate::permit::{Permit, SeeDashboard};
use crate::runs::should_be_over;
use crate::{Context, Result};

/// The list has the others.
const PARKED_SHOWN: i64 = 5;

/// The figures as of now, of one sector or of all. Four connections count at the same time: whoever looks waits for the
/// slowest part and not for all of them.
///
/// # Errors
/// `NotFound` for a sector that does not exist.
pub async fn show(context: &Context, _permit: &Permit<SeeDashboard>, filter: &DashboardFilter) -> Result<Dashboard> {
    let today = context.clock.today();
    let span = filter.period.span(today);
    let (held, (movement, months), money, rest) = try_join!(
        held(context, filter.sector, span),
        moved(context, filter.sector, span),
        money(context, filter.sector),
        rest(context, filter.sector, span)
    )?;
    let ran_today = rest.last_run.as_ref().is_some_and(|run| run.business_date >= today && run.finished_at.is_some());
    let waits = |step: &RunStep| !step.stopped.is_empty() && step.approved_at.is_none();
    let Held { services, contracts, now, closed, active_at_start } = held;
    Ok(Dashboard {
        today,
        filter: *filter,
        span,
        sectors: rest.sectors,
        services: ServiceFigures {
            provisioned: rest.provisioned,
            provisioning_took: rest.provisioning_took,
            reconnected: rest.reconnected,
            leases_ending: rest.leases_ending,
            ..services
        },
        recurring: RecurringFigures { contracts, now, movement, months, closed, active_at_start },
        money,
        trouble: rest.trouble,
        tickets: rest.tickets,
        newest_parked: rest.newest_parked,
        run_is_late: !ran_today && should_be_over(context.clock.time_of_day()),
        waits_for_approval: rest.last_run.as_ref().is_some_and(|run| run.steps.iter().any(waits)),
        last_run: rest.last_run,
    })
}

/// What contracts are, and what they come to.
struct Held {
    services: ServiceFigures,
    contracts: i64,
    now: Vec<Recurring>,
    closed: i64,
    active_at_start: i64,
}

async fn held(context: &Context, sector: Option<SectorId>, span: Span) -> Result<Held> {
    let mut connection = context.connection().await?;
    let ours = store::company::get(&mut connection).await?.currency;
    let (services, mut active) = figures::contracts(&mut connection, sector).await?;
    if !active.iter().any(|(currency, _)| *currency == ours) {
        active.push((ours, 0));
    }
    active.sort_by_key(|(currency, _)| (*currency != ours, *currency));
    let contracts: i64 = active.iter().map(|(_, count)| count).sum();
    let now = figures::recurring(&mut connection, context.clock.today(), sector, &active).await?;
    let (closed, active_at_start) = figures::churn(&mut connection, span, sector, contracts).await?;
    Ok(Held { services, contracts, now, closed, active_at_start })
}

async fn moved(context: &Context, sector: Option<SectorId>, span: Span) -> Result<(Vec<Movement>, Vec<MonthMoved>)> {
    let mut connection = context.connection().await?;
    Ok(figures::moved(&mut connection, span, sector).await?)
}

/// What is owed, promised and collected.
async fn money(context: &Context, sector: Option<SectorId>) -> Result<MoneyFigures> {
    let mut connection = context.connection().await?;
    let today = context.clock.today();
    let ages = figures::ages(&mut connection, today, sector).await?;
    let overdue = overdue(&ages)?;
    let mut sectors = Vec::new();
    for currency in overdue.amounts.iter().map(Money::currency) {
        sectors.extend(figures::debts_by_sector(&mut connection, today, currency, sector).await?);
    }
    let (transfers_in_review, transfers_late) =
        store::transfer_reports::waiting(&mut connection, context.clock.now(), sector).await?;
    Ok(MoneyFigures {
        overdue,
        ages,
        sectors,
        promised: figures::promised(&mut connection, sector).await?,
        collected_today: figures::collected_on(&mut connection, today, sector).await?,
        transfers_in_review,
        transfers_late,
    })
}

/// All ages but what is not due yet.
fn overdue(ages: &[AgedDebt]) -> Result<Counted> {
    let mut overdue = Counted::default();
    for debt in ages.iter().filter(|debt| debt.age != DebtAge::Current && debt.invoices > 0) {
        overdue.count += debt.invoices;
        match overdue.amounts.iter_mut().find(|sum| sum.currency() == debt.amount.currency()) {
            Some(sum) => *sum = sum.checked_add(debt.amount).map_err(store::Error::from)?,
            None => overdue.amounts.push(debt.amount),
        }
    }
    Ok(overdue)
}

/// What is looked at beside money and what contracts come to.
struct Rest {
    sectors: Vec<Choice<SectorId>>,
    provisioned: i64,
    /// On average, in seconds.
    provisioning_took: Option<i64>,
    reconnected: i64,
    leases_ending: i64,
    trouble: TroubleFigures,
    tickets: TicketCounts,
    newest_parked: Vec<Parked>,
    last_run: Option<LastRun>,
}

async fn rest(context: &Context, sector: Option<SectorId>, span: Span) -> Result<Rest> {
    let mut connection = context.connection().await?;
    let sectors = store::sectors::choices(&mut connection).await?;
    if sector.is_some_and(|chosen| sectors.iter().all(|sector| sector.id != chosen)) {
        return Err(Failure::NotFound.into());
    }
    let leases_end_by = context.clock.today() + Days::new(LEASES_END_WITHIN);
    let (provisioned, provisioning_took) = figures::provisioned(&mut connection, span, sector).await?;
    Ok(Rest {
        sectors,
        provisioned,
        provisioning_took,
        reconnected: figures::reconnected(&mut connection, span, sector).await?,
        leases_ending: figures::leases_ending(&mut connection, leases_end_by, sector).await?,
        trouble: figures::trouble(&mut connection, sector).await?,
        tickets: store::tickets_list::counts(&mut connection, context.clock.now(), sector).await?,
        newest_parked: store::runs::newest_parked(&mut connection, PARKED_SHOWN).await?,
        last_run: store::runs::last(&mut connection).await?,
    })
}
