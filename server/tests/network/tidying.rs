//! What is ours fails, and what is old goes.

use chrono::Duration;
use domain::network::Because;
use domain::service::TechnicalState::{Active, Unprovisioned};
use domain::views::jobs::JobState;
use workflows::runs::run_day;

use crate::town::*;

#[tokio::test]
async fn a_job_that_the_database_refuses_comes_back_after_its_back_off_and_not_after_its_lease() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    let mut connection = town.story.connection().await.unwrap();
    store::testing::broken::refuse_exchanges(&mut connection).await.unwrap();
    town.work().await;
    let job = town.job().await;
    assert_eq!((job.state, job.attempts), (JobState::Waiting, 1));
    assert!(matches!(job.because, Some(Because::Incident { .. })), "{job:?}");
    assert!(job.run_at < town.story.clock.now() + Duration::minutes(1));
    assert_eq!(town.state(ana).await, Unprovisioned);

    store::testing::broken::accept_exchanges(&mut connection).await.unwrap();
    town.story.clock.advance(Duration::minutes(1));
    town.work().await;
    assert_eq!(town.state(ana).await, Active);
    assert_eq!(simulator.rows("/ppp/secret").len(), 1, "what was done already was found");
}

#[tokio::test]
async fn a_night_throws_old_jobs_away_but_not_those_that_a_person_must_look_at() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    simulator.seed("/ppp/secret", &[("name", "eva"), ("password", "theirs")]).unwrap();
    town.subscriber("ana", router, None).await;
    town.subscriber("eva", router, None).await;
    town.work().await;
    assert_eq!(town.jobs().await.len(), 2);

    town.story.clock.advance(Duration::days(89));
    let report = run_day(&town.story, &town.story.may(), town.story.clock.today()).await.unwrap();
    assert_eq!(report.steps.last().unwrap(), &("housekeeping".to_owned(), 0, 0, 0));
    town.story.clock.advance(Duration::days(3));
    let report = run_day(&town.story, &town.story.may(), town.story.clock.today()).await.unwrap();
    assert_eq!(report.steps.last().unwrap(), &("housekeeping".to_owned(), 1, 1, 0));
    let left = town.jobs().await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].state, JobState::GivenUp, "the row of somebody else is still in the way");
}
