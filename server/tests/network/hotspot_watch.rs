//! A hotspot is looked at for ever: whatever stands in the way, whoever stops on the way, and what is wanted meanwhile.

use std::sync::Arc;

use domain::hotspot::VoucherState;
use domain::views::hotspots::HotspotForm;
use domain::views::jobs::JobState;
use domain::views::vouchers::BatchForm;
use tokio::sync::Notify;
use workflows::hotspots;

use crate::hotspot::*;
use crate::queue::Waits;
use crate::town::*;

const PHONE: &str = "02:AA:00:00:00:01";

#[tokio::test]
async fn a_watch_that_was_given_up_begins_anew_and_vouchers_end_again() {
    let portals = portals(1).await;
    portals.batch_like(BatchForm { valid_for: "11".into(), ..BatchForm::default() }).await;
    portals.town.work().await;
    let (router, code) = (&portals.routers[0], portals.codes().await.remove(0));
    router.sign_in(&code, "", PHONE).unwrap();
    portals.minutes(1).await;
    // As often as a job is tried, something stands in the way; then the worker stops in the middle of a look.
    router.take_away("/ip/hotspot", "name", "wifi");
    for _ in 0..portals.town.story.job_attempts {
        portals.minutes(100).await;
    }
    router.seed("/ip/hotspot", &[("name", "wifi"), ("profile", "default")]).unwrap();
    stop_in_a_look(&portals).await;
    assert!(portals.town.jobs_in(JobState::Waiting).await.is_empty(), "nobody looks any more");
    portals.minutes(100).await;
    assert!(portals.shown(0).await.row.is_late);
    assert_eq!(portals.states().await, [VoucherState::Used], "though its eleven hours are over");

    let keep_watching = async || hotspots::keep_watching(&portals.town.story).await.unwrap();
    assert_eq!(keep_watching().await, 1);
    assert_eq!(keep_watching().await, 0, "its look waits");
    portals.town.work().await;
    let row = portals.shown(0).await.row;
    assert_eq!((row.is_late, row.problem), (false, None));
    assert_eq!(portals.states().await, [VoucherState::Ended]);
    assert!(signed_in(router).is_empty());
    assert_eq!(keep_watching().await, 0);
}

/// The last try that a job has.
async fn stop_in_a_look(portals: &Portals) {
    portals.town.story.clock.advance(chrono::Duration::minutes(100));
    let (worker, reached, _) = waiting_worker(&portals.town);
    tokio::select! {
        worked = worker.work_router() => panic!("it was to wait: {worked:?}"),
        () = reached.notified() => {}
    }
    worker.release().await.unwrap();
}

fn waiting_worker(town: &Town) -> (workflows::jobs::Worker, Arc<Notify>, Arc<Notify>) {
    let (reached, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let port = Waits { reached: reached.clone(), go_on: go_on.clone(), routers: Arc::new(mikrotik()) };
    (town.worker_with(Arc::new(port)), reached, go_on)
}

#[tokio::test]
async fn a_hotspot_that_is_switched_off_is_not_watched() {
    let portals = portals(1).await;
    portals.town.work().await;
    let off = HotspotForm {
        disabled: true,
        ..hotspots::form(&portals.town.story, &portals.town.story.may(), portals.places[0]).await.unwrap()
    };
    hotspots::edit(&portals.town.story, &portals.town.story.may(), portals.places[0], &off).await.unwrap();
    portals.town.work().await;
    assert!(portals.town.jobs_in(JobState::Waiting).await.is_empty());
    assert_eq!(hotspots::keep_watching(&portals.town.story).await.unwrap(), 0);
}

#[tokio::test]
async fn a_session_that_somebody_ends_during_a_look_is_ended_by_the_next() {
    let portals = portals(1).await;
    portals.batch(1).await;
    portals.town.work().await;
    let (router, code) = (&portals.routers[0], portals.codes().await.remove(0));
    router.sign_in(&code, "", PHONE).unwrap();
    portals.minutes(1).await;
    let row = portals.shown(0).await.sessions.remove(0).router_row;
    portals.town.story.clock.advance(chrono::Duration::minutes(1));
    let (worker, reached, go_on) = waiting_worker(&portals.town);
    let ended_meanwhile = async {
        reached.notified().await;
        hotspots::end_session(&portals.town.story, &portals.town.story.may(), portals.places[0], &row).await.unwrap();
        go_on.notify_one();
    };
    let (worked, ()) = tokio::join!(worker.work_router(), ended_meanwhile);
    assert!(worked.unwrap());
    assert_eq!(signed_in(router), [code.as_str()], "this look did not know of it");
    assert!(portals.shown(0).await.sessions[0].end_wanted);

    portals.town.work().await;
    assert!(signed_in(router).is_empty());
    router.sign_in(&code, "", PHONE).unwrap();
    portals.minutes(1).await;
    assert!(!portals.shown(0).await.sessions[0].end_wanted, "the code may be typed again");
}
