//! Whoever watches the nights runs them, and makes the cuts that somebody approved.

use std::time::Duration;

use domain::collections::CutoffPolicy;
use domain::views::collections::InterlockForm;
use server::night;
use store::dashboard::Changed;
use store::testing::due;
use tokio_util::sync::CancellationToken;
use workflows::collections;
use workflows::permit::RunBusinessDay;
use workflows::runs::run_day;
use workflows::testing::{Story, date, story};

/// Shorter than the time between two looks at the clock: what comes about within it was heard.
const PATIENCE: Duration = Duration::from_secs(40);

/// Three who have owed since 16 December and are to be cut on Monday the 28th, where one a night may be cut.
async fn three_debtors() -> Story {
    let story = story("2026-12-01").await;
    let mut connection = story.connection().await.unwrap();
    due::contracts(&mut connection, 3, date("2026-11-01")).await.unwrap();
    let policies = store::policies::choices(&mut connection).await.unwrap();
    let policy = policies.into_iter().find(|policy| policy.name == "Standard").unwrap();
    store::policies::edit(&mut connection, policy.id, &CutoffPolicy::standard()).await.unwrap();
    let one_a_night = InterlockForm { cap_percent: "1".into(), cap_floor: "1".into(), ..InterlockForm::default() };
    collections::change_interlock(&story, &story.may(), &one_a_night).await.unwrap();
    for day in ["2026-12-01", "2026-12-27"] {
        story.it_is(day);
        run_day(&story, &story.may::<RunBusinessDay>(), date(day)).await.unwrap();
    }
    story.it_is("2026-12-28");
    story
}

async fn cut_today(story: &Story) -> i64 {
    let today = story.clock.start_of(story.clock.today());
    store::interlock::cut_since(&mut story.connection().await.unwrap(), today).await.unwrap()
}

async fn has_run(story: &Story) -> bool {
    let today = story.clock.today();
    store::runs::is_finished(&mut story.connection().await.unwrap(), today).await.unwrap()
}

#[tokio::test]
async fn what_somebody_approves_is_cut_at_once_by_whoever_watches_the_nights() {
    let story = three_debtors().await;
    let mut changed = Changed::listen(&story.db).await.unwrap();
    let stop = CancellationToken::new();
    let watching = tokio::spawn(night::watch(story.context.clone(), stop.clone()));
    let night_is_over = async {
        while !has_run(&story).await {
            changed.heard().await.unwrap();
        }
    };
    tokio::time::timeout(PATIENCE, night_is_over).await.expect("the night is run");
    assert_eq!(cut_today(&story).await, 0, "it stopped");

    collections::approve(&story, &story.may(), story.clock.today()).await.unwrap();
    let all_are_cut = async {
        while cut_today(&story).await < 3 {
            changed.heard().await.unwrap();
        }
    };
    tokio::time::timeout(PATIENCE, all_are_cut).await.expect("the cuts are made");
    stop.cancel();
    watching.await.unwrap();
}
