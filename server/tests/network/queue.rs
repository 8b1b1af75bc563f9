//! The queue: one job for many causes, attempts that end, secrets that stay secret, mails.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chrono::Duration;
use domain::failure::{Blocker, Failure};
use domain::hotspot::HotspotWanted;
use domain::ids::ServiceId;
use domain::network::{Action, BaseWanted, Because, Observed, Outcome, RouterIdentity};
use domain::service::TechnicalState::{Active, Suspended, Unprovisioned};
use domain::views::jobs::JobState;
use tokio::sync::Notify;
use workflows::ports::{
    Answer, Changed, Configured, Looked, Reconciled, RouterAccess, RouterReading, Routers, ServiceResult, Subject,
    Transcript,
};
use workflows::{Error, contracts, jobs};

use crate::town::*;

#[tokio::test]
async fn three_suspensions_queue_one_job() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    town.suspend(ana).await;
    town.cut_hard(ana).await;
    town.restore(ana, "abuse").await;

    assert_eq!(town.jobs_in(JobState::Waiting).await.len(), 1);
    town.work().await;
    assert_eq!(town.state(ana).await, Suspended);
}

#[tokio::test]
async fn who_gets_service_back_goes_before_who_loses_it() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let (ana, eva) = (town.subscriber("ana", router, None).await, town.subscriber("eva", router, None).await);
    town.suspend(eva).await;
    town.work().await;
    town.suspend(ana).await;
    town.restore(eva, "staff").await;

    let port = Arc::new(Stubborn::default());
    town.work_with(&town.worker_with(port.clone())).await;
    assert_eq!(*port.order.lock().unwrap(), [eva.service, ana.service]);
}

#[tokio::test]
async fn who_asks_by_hand_does_not_wait_for_a_back_off_and_gets_no_second_job() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work_with(&town.worker_with(Arc::new(Stubborn::default()))).await;
    town.work().await;
    assert_eq!(town.state(ana).await, Unprovisioned, "its next try is later");

    contracts::apply_service(&town.story, &town.story.may(), ana.contract).await.unwrap();
    assert_eq!(town.jobs().await.len(), 1);
    town.work().await;
    assert_eq!(town.state(ana).await, Active);
    let audit = workflows::audit::list(&town.story, &town.story.may(), &Default::default()).await.unwrap();
    assert!(audit.rows.iter().any(|line| line.verb == "manage_jobs" && line.subject == "contract"));
}

#[tokio::test]
async fn who_asks_by_hand_has_what_somebody_did_at_the_router_put_right() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    simulator.drop_rows("/ppp/secret", "name", "ana");
    contracts::apply_service(&town.story, &town.story.may(), ana.contract).await.unwrap();
    town.work().await;
    assert_eq!(text(&secret(&simulator, "ana"), "profile"), "ramal-51200-10240");
}

#[tokio::test]
async fn a_hundred_and_fifty_subscribers_take_one_connection() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    for number in 0..150 {
        town.subscriber(&format!("user{number}"), router, None).await;
    }
    town.work().await;

    assert_eq!(sent(&simulator, "/login"), 1);
    assert_eq!(sent(&simulator, "/ppp/secret/print"), 2, "all are read at once, before and after");
    assert_eq!(simulator.rows("/ppp/secret").len(), 150);
    assert_eq!(sent(&simulator, "/ppp/profile/add"), 1);
}

#[tokio::test]
async fn one_customer_is_read_by_name_once_it_is_known_where_it_is() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    let before = simulator.command_log().len();
    town.suspend(ana).await;
    town.work().await;

    let log = simulator.command_log();
    let prints: Vec<_> = log[before..].iter().filter(|command| command.path() == "/ppp/secret/print").collect();
    assert!(!prints.is_empty());
    assert!(prints.iter().all(|print| print.query_words() == [b"?name=ana".to_vec()]), "{prints:?}");
    assert_eq!(town.state(ana).await, Suspended);
}

#[tokio::test]
async fn on_a_dry_run_commands_are_written_down_and_nothing_that_changes_is_sent() {
    let (town, simulator) = (town().await, simulator().await);
    let mut form = form_of("R1", &simulator);
    form.mode = "dry_run".into();
    let router = town.router_like(form).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;

    let reads = |path: &str| path.ends_with("/print") || path == "/login";
    assert!(simulator.command_log().iter().all(|command| reads(command.path())));
    assert_eq!(town.state(ana).await, Unprovisioned);
    let exchanges = town.detail(town.job().await.id).await.exchanges;
    let commands: Vec<&str> = exchanges.iter().map(|exchange| exchange.command.as_str()).collect();
    assert!(commands[0].starts_with("/ppp/profile/add"), "{commands:?}");
    assert!(commands[1].starts_with("/ppp/secret/add") && commands[1].contains("password=***"), "{commands:?}");
    assert!(exchanges.iter().all(|exchange| !exchange.sent && exchange.answer.is_none()));
}

#[tokio::test]
async fn secrets_never_appear_in_what_is_kept_of_a_job() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    town.suspend(ana).await;
    town.work().await;

    let mut kept = 0;
    for job in town.jobs().await {
        let detail = town.detail(job.id).await;
        kept += detail.exchanges.len();
        let printed = serde_json::to_string(&detail).unwrap();
        for secret in [password("ana").as_str(), ROUTER_PASSWORD] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
    assert!(kept > 4, "the commands were kept");
}

#[tokio::test]
async fn a_job_that_fails_for_ever_is_given_up_and_can_be_repeated() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    let stubborn = Arc::new(Stubborn::default());
    for _ in 0..20 {
        town.work_with(&town.worker_with(stubborn.clone())).await;
        town.story.clock.advance(Duration::hours(2));
    }
    assert_eq!(stubborn.tries.load(Ordering::Relaxed), 5, "as often as the settings say");
    assert_eq!(town.given_up_because().await, not_as_wanted());
    let job = town.job().await.id;
    jobs::repeat(&town.story, &town.story.may(), job).await.unwrap();
    town.work().await;

    assert_eq!(town.state(ana).await, Active);
    assert_eq!(town.job().await.state, JobState::Done);
    let again = jobs::repeat(&town.story, &town.story.may(), job).await;
    assert!(matches!(again, Err(Error::Refused(Failure::Blocked { what: Blocker::JobNotFailed }))));
}

#[tokio::test]
async fn a_job_that_waits_can_be_taken_off_the_queue() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    town.subscriber("ana", router, None).await;
    let job = town.job().await.id;
    jobs::cancel(&town.story, &town.story.may(), job).await.unwrap();
    town.work().await;

    assert_eq!(town.job().await.state, JobState::Cancelled);
    assert!(simulator.rows("/ppp/secret").is_empty());
    let again = jobs::cancel(&town.story, &town.story.may(), job).await;
    assert!(matches!(again, Err(Error::Refused(Failure::Blocked { what: Blocker::JobRunning }))));
}

#[tokio::test]
async fn a_change_while_a_job_runs_is_not_lost() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    let (reached, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let port = Waits { reached: reached.clone(), go_on: go_on.clone(), routers: Arc::new(mikrotik()) };
    let worker = town.worker_with(Arc::new(port));
    let changed_meanwhile = async {
        reached.notified().await;
        town.suspend(ana).await;
        go_on.notify_one();
        // The second job runs too.
        reached.notified().await;
        go_on.notify_one();
    };
    tokio::join!(town.work_with(&worker), changed_meanwhile);

    assert_eq!(town.state(ana).await, Suspended);
    assert!(town.jobs().await.iter().all(|job| job.state == JobState::Done));
}

#[tokio::test]
async fn a_job_that_fails_while_a_newer_one_waits_gives_way_to_it() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    let (reached, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let port = Waits { reached: reached.clone(), go_on: go_on.clone(), routers: Arc::new(Stubborn::default()) };
    let worker = town.worker_with(Arc::new(port));
    let changed_meanwhile = async {
        reached.notified().await;
        town.suspend(ana).await;
        go_on.notify_one();
    };
    let (worked, ()) = tokio::join!(worker.work_router(), changed_meanwhile);
    assert!(worked.unwrap());
    let older = &town.jobs_in(JobState::Cancelled).await[0];
    assert_eq!(older.because, Some(Because::Superseded));
    let newer = &town.jobs_in(JobState::Waiting).await[0];
    assert_eq!((newer.attempts, newer.because.clone()), (1, Some(not_as_wanted())), "it takes over what was learnt");
    town.work().await;

    assert_eq!(town.state(ana).await, Suspended);
    assert_eq!(town.jobs().await.len(), 2);
}

#[tokio::test]
async fn a_worker_hears_of_a_job_as_soon_as_its_cause_is_committed() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let mut wake = store::jobs::Wake::listen(&town.story.db).await.unwrap();
    town.subscriber("ana", router, None).await;

    tokio::time::timeout(std::time::Duration::from_secs(30), wake.heard()).await.expect("it is called").unwrap();
}

#[tokio::test]
async fn two_workers_never_talk_to_one_router_at_once() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    for number in 0..30 {
        town.subscriber(&format!("user{number}"), router, None).await;
    }
    let (first, second) = (town.worker(), town.worker());
    let (one, other) = tokio::join!(first.work_router(), second.work_router());

    assert!(one.unwrap() != other.unwrap(), "one of them finds nothing to do");
    assert_eq!(sent(&simulator, "/login"), 1);
    assert_eq!(simulator.rows("/ppp/secret").len(), 30);
}

fn not_as_wanted() -> Because {
    Because::NotAsWanted { wanted: Active, read: Unprovisioned }
}

/// A router that accepts everything and does nothing.
#[derive(Default)]
struct Stubborn {
    tries: AtomicUsize,
    order: Mutex<Vec<ServiceId>>,
}

impl Routers for Stubborn {
    fn reconcile<'a>(
        &'a self,
        _: &'a RouterAccess,
        subjects: &'a [Subject],
    ) -> Answer<'a, Result<Reconciled, Because>> {
        self.tries.fetch_add(1, Ordering::Relaxed);
        self.order.lock().unwrap().extend(subjects.iter().map(|subject| subject.wanted.service));
        let services = subjects.iter().map(|subject| ServiceResult {
            service: subject.wanted.service,
            outcome: not_as_wanted().outcome(),
            observation: None,
        });
        let reconciled = Reconciled { identity: identity(), services: services.collect() };
        Box::pin(async { Ok(reconciled) })
    }

    fn look_at_hotspot<'a>(&'a self, _: &'a RouterAccess, _: &'a HotspotWanted) -> Answer<'a, Result<Looked, Because>> {
        Box::pin(async { Err(Because::NoAnswer) })
    }

    fn configure<'a>(
        &'a self,
        _: &'a RouterAccess,
        _: &'a BaseWanted,
        _: &'a Transcript,
    ) -> Answer<'a, Result<Configured, Because>> {
        let configured = Configured { identity: identity(), outcome: Outcome::Done, observation: None };
        Box::pin(async { Ok(configured) })
    }

    fn read<'a>(&'a self, _: &'a RouterAccess) -> Answer<'a, Result<RouterReading, Because>> {
        let (observed, base) = (Observed::default(), Observed::default());
        Box::pin(async { Ok(RouterReading { identity: identity(), observed, base }) })
    }

    fn change<'a>(&'a self, _: &'a RouterAccess, _: &'a [Vec<Action>]) -> Answer<'a, Result<Vec<Changed>, Because>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn probe<'a>(&'a self, _: &'a RouterAccess) -> Answer<'a, Result<RouterIdentity, Because>> {
        Box::pin(async { Ok(identity()) })
    }
}

fn identity() -> RouterIdentity {
    RouterIdentity { board: "CHR".into(), version: "7.20.8 (stable)".into() }
}

/// A router that answers only when it is told to.
pub struct Waits {
    pub reached: Arc<Notify>,
    pub go_on: Arc<Notify>,
    pub routers: Arc<dyn Routers>,
}

impl Waits {
    async fn wait(&self) {
        self.reached.notify_one();
        self.go_on.notified().await;
    }
}

impl Routers for Waits {
    fn reconcile<'a>(
        &'a self,
        router: &'a RouterAccess,
        subjects: &'a [Subject],
    ) -> Answer<'a, Result<Reconciled, Because>> {
        Box::pin(async move {
            self.wait().await;
            self.routers.reconcile(router, subjects).await
        })
    }

    fn look_at_hotspot<'a>(
        &'a self,
        router: &'a RouterAccess,
        wanted: &'a HotspotWanted,
    ) -> Answer<'a, Result<Looked, Because>> {
        Box::pin(async move {
            self.wait().await;
            self.routers.look_at_hotspot(router, wanted).await
        })
    }

    fn configure<'a>(
        &'a self,
        router: &'a RouterAccess,
        wanted: &'a BaseWanted,
        said: &'a Transcript,
    ) -> Answer<'a, Result<Configured, Because>> {
        self.routers.configure(router, wanted, said)
    }

    fn read<'a>(&'a self, router: &'a RouterAccess) -> Answer<'a, Result<RouterReading, Because>> {
        self.routers.read(router)
    }

    fn change<'a>(
        &'a self,
        router: &'a RouterAccess,
        changes: &'a [Vec<Action>],
    ) -> Answer<'a, Result<Vec<Changed>, Because>> {
        self.routers.change(router, changes)
    }

    fn probe<'a>(&'a self, router: &'a RouterAccess) -> Answer<'a, Result<RouterIdentity, Because>> {
        self.routers.probe(router)
    }
}
