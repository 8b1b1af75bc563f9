//! A hotspot is looked at for ever: whatever stands in the way, whoever stops on the way, and what is wanted meanwhile.

use std::sync::Arc;

use tokio::sync::Notify;
use workflows::hotspots;

use crate::hotspot::*;
use crate::queue::Waits;
use crate::town::*;

const PHONE: &str = "02:AA:00:00:00:01";

fn waiting_worker(town: &Town) -> (workflows::jobs::Worker, Arc<Notify>, Arc<Notify>) {
    let (reached, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let port = Waits { reached: reached.clone(), go_on: go_on.clone(), routers: Arc::new(mikrotik()) };
    (town.worker_with(Arc::new(port)), reached, go_on)
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
