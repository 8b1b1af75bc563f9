//! Whoever keeps the queue of the network's jobs does not decide about money there.

use domain::failure::{Blocker, Failure};
use domain::views::bulk::{BulkAction, Chosen, SkipReason};
use domain::views::jobs::{JobFilter, JobKind, JobState};
use workflows::permit::{ManageJobs, SeeJobs};
use workflows::{bulk, jobs};

use crate::provider::refusal;
use crate::{shop, usd};

#[tokio::test]
async fn a_charge_that_waits_is_taken_off_the_queue_by_nobody_and_is_made() {
    let shop = shop().await;
    shop.save_card().await;
    shop.nights_up_to("2026-04-16").await;
    let see = shop.may::<SeeJobs>();
    let waiting = JobFilter { kind: Some(JobKind::Gateway), state: Some(JobState::Waiting), ..JobFilter::default() };
    let charge = jobs::list(&shop.story, &see, &waiting).await.unwrap().rows.remove(0).id;
    let refused = refusal(jobs::cancel(&shop.story, &shop.may::<ManageJobs>(), charge).await);
    assert_eq!(refused, Failure::Blocked { what: Blocker::JobNotCancellable });
    let all = bulk::preview_jobs(&shop.story, &see, BulkAction::Cancel, &Chosen::All, &waiting).await.unwrap();
    assert!(all.targets.is_empty());
    assert!(all.skipped.iter().all(|job| job.because == SkipReason::NotCancellable));
    shop.work().await;
    assert_eq!((shop.port.charges(), shop.owed().await), (1, usd("0")));
}
