//! A hotspot is looked at for ever: whatever stands in the way, whoever stops on the way, and what is wanted meanwhile.

use std::sync::Arc;

use domain::hotspot::VoucherState;
use domain::network::Because;
use domain::views::hotspots::HotspotForm;
use domain::views::jobs::JobState;
use domain::views::vouchers::BatchForm;
use lab::routeros::Simulator;
use routeros::{Client, Command};
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

#[tokio::test]
async fn a_login_page_that_may_not_be_fetched_says_which_rights_are_missing() {
    let portals = portals(1).await;
    portals.batch(1).await;
    portals.town.work().await;
    let router = &portals.routers[0];
    let administrator = with_least_rights(router).await;
    hotspots::install(&portals.town.story, &portals.town.story.may(), portals.places[0]).await.unwrap();
    portals.town.work().await;
    let shown = portals.shown(0).await;
    let Some(Because::NotPermitted { command, policies }) = shown.row.problem else { panic!("{:?}", shown.row) };
    assert!(command.starts_with("/tool/fetch "), "{command}");
    assert_eq!(policies, ["test", "ftp"]);
    assert!(shown.page.is_on_its_way, "it is tried again");

    let rights = Command::new("/user/group/set").with(".id", "least").with("policy", "api,read,write,test,ftp");
    administrator.run(rights).await.unwrap();
    portals.minutes(100).await;
    let shown = portals.shown(0).await;
    assert_eq!(shown.row.problem, None);
    assert_eq!(shown.page.installed, Some(shown.page.current));
}

/// Our user may read and write and nothing else. Answers the connection of somebody who may do everything.
async fn with_least_rights(router: &Simulator) -> Client {
    router.seed("/user/group", &[("name", "least"), ("policy", "api,read,write")]).unwrap();
    router.seed("/user", &[("name", "rescue"), ("password", "sesame"), ("group", "full")]).unwrap();
    let options = routeros::Options::plain("127.0.0.1", "rescue", "sesame");
    let options = routeros::Options { port: router.addr.port(), ..options };
    let administrator = Client::connect(&options).await.unwrap();
    let least = Command::new("/user/set").with(".id", "ramal").with("group", "least");
    administrator.run(least).await.unwrap();
    administrator
}
