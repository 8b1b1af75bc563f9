//! What the next night will do, without doing it: billing runs its own code in transactions that are rolled back, reminders
//! and cuts are decided by the rules that the night goes by. Where there is too much to look at while somebody waits for the
//! page, a job looks when somebody asks for it, and what it came to is kept.

use chrono::NaiveDate;
use domain::network::Outcome;
use domain::views::runs::{KeptPreview, Making, NextRun, RunPreview};
use store::jobs::ClaimedJob;

use super::Progress;
use crate::permit::{Permit, SeeRuns};
use crate::{Context, Result, billing, collections, jobs, late_fees, reminders};

/// What is looked at while somebody waits for the page: a second's worth, or four of a debug build's.
pub const AT_ONCE: i64 = 2_000;

/// The night after the newest finished one, as things stand. What is paid, promised or noted until then changes it. With more
/// than `at_once` to look at it is what a job made of it, if somebody has asked for that.
pub async fn preview(context: &Context, _: &Permit<SeeRuns>, at_once: i64) -> Result<NextRun> {
    let date = next_night(context).await?;
    let expected = expected(context, date).await?;
    if expected <= at_once {
        return Ok(NextRun::AtOnce(look(context, date, &mut Progress::unseen()).await?));
    }
    let (making, made) = store::run_preview::get(&mut *context.connection().await?, date).await?;
    Ok(NextRun::ByJob(KeptPreview { date, expected, making, made }))
}

/// Lets a job make the preview of the next night; one that is under way is enough. It changes nothing but what is known, so
/// it is not audited.
pub async fn ask_for_preview(context: &Context, _: &Permit<SeeRuns>) -> Result<()> {
    let date = next_night(context).await?;
    let expected = expected(context, date).await?;
    let mut transaction = context.begin().await?;
    let (making, _) = store::run_preview::get(&mut transaction, date).await?;
    if !matches!(making, Making::UnderWay { .. }) {
        jobs::enqueue_preview(context, &mut transaction, date, expected).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The job.
pub(crate) async fn make_preview(context: &Context, job: &ClaimedJob<()>) -> Result<()> {
    let date = next_night(context).await?;
    let expected = expected(context, date).await?;
    let asked = store::run_preview::begin(&mut *context.connection().await?, date, expected).await?;
    // What changes while it looks is not sure to be in it.
    let as_of = context.clock.now();
    // Nobody waits for a night any more that was run meanwhile.
    let made = match asked {
        true => Some(look(context, date, &mut Progress::of(context, job, date)).await?),
        false => None,
    };
    let mut transaction = context.begin().await?;
    if store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        if let Some(made) = made {
            store::run_preview::save(&mut transaction, as_of, &made).await?;
        }
        jobs::settle_outcome(context, &mut transaction, job, &Outcome::Done).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn next_night(context: &Context) -> Result<NaiveDate> {
    let last = store::runs::last_finished(&mut *context.connection().await?).await?;
    Ok(last.and_then(|last| last.succ_opt()).unwrap_or(context.clock.today()))
}

/// How much there is to look at.
async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    Ok(billing::expected(context, date).await?
        + collections::expected(context, date).await?
        + late_fees::expected(context, date).await?
        + reminders::expected(context, date).await?)
}

async fn look(context: &Context, date: NaiveDate, progress: &mut Progress<'_>) -> Result<RunPreview> {
    let (billing, not_billed) = billing::preview(context, date, progress).await?;
    let (cuts, stops, held_back) = collections::preview(context, date, progress).await?;
    let (late_fees, late_fee_totals) = late_fees::preview(context, date, progress).await?;
    Ok(RunPreview {
        date,
        billing,
        not_billed,
        reminders: reminders::preview(context, date, progress).await?,
        cuts,
        late_fees,
        late_fee_totals,
        held_back,
        stops,
    })
}
