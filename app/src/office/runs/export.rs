//! Nights, to take away.

use domain::views::dashboard::{LastRun, RunStep};
use domain::views::list::Page;

use super::api::list_runs;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn runs(t: Words) -> Listing {
    let sum =
        |of: fn(&RunStep) -> i32| move |run: &LastRun| run.steps.iter().map(|step| i64::from(of(step))).sum::<i64>();
    Columns::<LastRun>::begin()
        .date(t.dashboard.run_for(), |run| run.business_date)
        .moment(t.dashboard.run_started(), |run| run.started_at)
        .moment(t.exports.ended(), |run| run.finished_at)
        .count(t.dashboard.expected(), sum(|step| step.expected))
        .count(t.dashboard.done(), sum(|step| step.done))
        .count(t.dashboard.left_out(), sum(|step| step.parked))
        .of(list_runs, |page: Page<LastRun>| page)
}
