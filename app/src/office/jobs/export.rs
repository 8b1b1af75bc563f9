//! Jobs, to take away.

use domain::views::jobs::JobRow;
use domain::views::list::Page;

use super::api::list_jobs;
use super::list::whose;
use super::{state_name, subject};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::because::because;

pub(in crate::office) fn jobs(t: Words) -> Listing {
    Columns::<JobRow>::begin()
        .text(t.network.job(), move |job| subject(job, t))
        .text(t.network.whose(), whose)
        .text(t.network.state(), move |job| state_name(job.state, t))
        .text(t.network.reason(), move |job| job.because.as_ref().map(|why| because(why, t)))
        .moment(t.exports.created(), |job| job.created_at)
        .moment(t.network.due(), |job| job.run_at)
        .moment(t.exports.ended(), |job| job.finished_at)
        .count(t.network.attempts(), |job| job.attempts)
        .of(list_jobs, |page: Page<JobRow>| page)
}
