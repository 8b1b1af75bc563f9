//! Lost replies, dead routers, stopped workers, rows of other people.

use std::sync::Arc;

use chrono::Duration;
use domain::network::{Action, BaseWanted, Because, Menu};
use domain::service::TechnicalState::{Active, Suspended, Unprovisioned};
use domain::timeline::Event;
use domain::views::jobs::{JobFilter, JobState, JobSubject};
use domain::views::routers::RouterHealth;
use lab::routeros::Fault;
use server::adapters::mikrotik::MikroTik;
use tokio::sync::Notify;
use workflows::ports::{
    Answer, Changed, Configured, Looked, Reconciled, RouterAccess, RouterReading, Routers, Subject, Transcript,
};
use workflows::{jobs, routers};

use crate::town::*;

#[tokio::test]
async fn a_foreign_row_is_never_touched_and_the_conflict_is_told() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    simulator.seed("/ppp/secret", &[("name", "ana"), ("password", "theirs"), ("comment", "the old system")]).unwrap();
    let before = secret(&simulator, "ana");
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;

    assert_eq!(secret(&simulator, "ana"), before);
    let foreign = Because::Foreign { menu: Menu::Secret, name: "ana".into() };
    assert_eq!(town.given_up_because().await, foreign);
    assert_eq!(town.state(ana).await, Unprovisioned);
    assert_eq!(town.network_events(ana).await, [Event::ProvisioningGivenUp { router: "R1".into() }]);
}

#[tokio::test]
async fn what_a_newer_job_took_up_is_unresolved_no_more() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    for theirs in ["ana", "eva"] {
        simulator.seed("/ppp/secret", &[("name", theirs), ("password", "theirs")]).unwrap();
    }
    let (ana, eva) = (town.subscriber("ana", router, None).await, town.subscriber("eva", router, None).await);
    town.work().await;
    assert_eq!(town.jobs_in(JobState::GivenUp).await.len(), 2);
    town.suspend(ana).await;

    let filter = JobFilter { unresolved: true, ..JobFilter::default() };
    let unresolved = jobs::list(&town.story, &town.story.may(), &filter).await.unwrap();
    assert_eq!(unresolved.total, 1);
    let [job] = unresolved.rows.as_slice() else { panic!("{unresolved:?}") };
    assert!(matches!(job.subject, JobSubject::Service { service, .. } if service == eva.service), "{job:?}");
}

#[tokio::test]
async fn foreign_rows_beside_ours_stay_as_they_are_through_a_whole_life() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    simulator.seed("/ppp/profile", &[("name", "fast"), ("rate-limit", "1G/1G")]).unwrap();
    simulator.seed("/ppp/secret", &[("name", "eva"), ("password", "x"), ("profile", "fast")]).unwrap();
    simulator.seed("/ip/firewall/address-list", &[("list", "ramal-cut"), ("address", "10.1.1.1")]).unwrap();
    simulator.seed("/ip/firewall/address-list", &[("list", "blocked"), ("address", "10.9.0.5")]).unwrap();
    simulator.dial("eva", "x").unwrap();
    let menus = ["/ppp/secret", "/ppp/active", "/ip/firewall/address-list"];
    let before: Vec<_> = menus.iter().map(|menu| simulator.rows(menu)).collect();
    let ana = town.subscriber("ana", router, Some("10.9.0.5")).await;
    town.work().await;
    town.suspend(ana).await;
    town.work().await;
    town.close(ana).await;
    town.work().await;

    assert_eq!(town.state(ana).await, Unprovisioned);
    let after: Vec<_> = menus.iter().map(|menu| simulator.rows(menu)).collect();
    assert_eq!(after, before);
    assert_eq!(rows_with(&simulator, "/ppp/profile", "name", "fast").len(), 1);
}

#[tokio::test]
async fn a_foreign_profile_of_our_name_is_not_overwritten() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    simulator.seed("/ppp/profile", &[("name", "ramal-cut"), ("rate-limit", "1G/1G")]).unwrap();
    let ana = town.subscriber("ana", router, None).await;
    town.suspend(ana).await;
    town.work().await;

    let foreign = Because::Foreign { menu: Menu::Profile, name: "ramal-cut".into() };
    assert_eq!(town.given_up_because().await, foreign);
    assert_eq!(text(&rows_with(&simulator, "/ppp/profile", "name", "ramal-cut")[0], "rate-limit"), "1G/1G");
}

#[tokio::test]
async fn a_lost_reply_after_an_add_does_not_add_twice() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    simulator.set_fault("lose-reply:add".parse::<Fault>().unwrap());
    let ana = town.subscriber("ana", router, None).await;
    for _ in 0..4 {
        town.work().await;
        town.story.clock.advance(Duration::hours(2));
    }

    assert_eq!(sent(&simulator, "/ppp/secret/add"), 1);
    assert_eq!(sent(&simulator, "/ppp/profile/add"), 1);
    assert_eq!(town.state(ana).await, Active);
    assert_eq!(town.job().await.state, JobState::Done);
}

#[tokio::test]
async fn a_connection_lost_between_the_change_and_the_drop_still_drops_the_session() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    town.suspend(ana).await;
    // The profile is added, then the secret set, and here the connection ends.
    simulator.set_fault("lose-reply:2".parse::<Fault>().unwrap());
    town.work().await;

    assert!(sessions(&simulator, "ana").is_empty());
    assert_eq!(town.state(ana).await, Suspended);
    assert!(!text(&secret(&simulator, "ana"), "comment").ends_with(":drop"));
}

#[tokio::test]
async fn a_session_that_only_the_tag_tells_to_be_old_is_dropped_after_a_lost_connection() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    town.change(ana, "ana", router, "10.9.0.7").await;
    // The secret is set to the fixed address, and here the connection ends.
    simulator.set_fault("lose-reply:1".parse::<Fault>().unwrap());
    town.work().await;

    assert!(sessions(&simulator, "ana").is_empty(), "it ran with an address of the pool");
    assert_eq!(town.state(ana).await, Active);
    assert!(!text(&secret(&simulator, "ana"), "comment").ends_with(":drop"));
}

/// Acts, and then never comes back: a worker that is killed before it settles.
struct DiesAfterActing {
    routers: MikroTik,
    acted: Arc<Notify>,
}

impl Routers for DiesAfterActing {
    fn reconcile<'a>(
        &'a self,
        router: &'a RouterAccess,
        subjects: &'a [Subject],
    ) -> Answer<'a, Result<Reconciled, Because>> {
        Box::pin(async move {
            self.routers.reconcile(router, subjects).await?;
            self.acted.notify_one();
            std::future::pending().await
        })
    }

    fn look_at_hotspot<'a>(
        &'a self,
        router: &'a RouterAccess,
        wanted: &'a domain::hotspot::HotspotWanted,
    ) -> Answer<'a, Result<Looked, Because>> {
        self.routers.look_at_hotspot(router, wanted)
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

    fn probe<'a>(&'a self, router: &'a RouterAccess) -> Answer<'a, Result<domain::network::RouterIdentity, Because>> {
        self.routers.probe(router)
    }
}

#[tokio::test]
async fn killing_the_worker_between_acted_and_settled_loses_no_job_and_does_none_twice() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let (ana, eva) = (town.subscriber("ana", router, None).await, town.subscriber("eva", router, None).await);
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    town.suspend(ana).await;
    town.suspend(eva).await;
    let acted = Arc::new(Notify::new());
    let doomed = town.worker_with(Arc::new(DiesAfterActing { routers: mikrotik(), acted: acted.clone() }));
    tokio::select! {
        _ = doomed.drain() => panic!("it never comes back"),
        () = acted.notified() => {}
    }
    let changes = simulator.command_log().iter().filter(|command| !command.path().ends_with("/print")).count();
    town.work().await;
    assert_eq!(town.state(ana).await, Active, "nobody else takes over before the lease is over");
    town.story.clock.advance(Duration::minutes(11));
    town.work().await;

    assert_eq!((town.state(ana).await, town.state(eva).await), (Suspended, Suspended));
    assert!(town.jobs().await.iter().all(|job| job.state == JobState::Done));
    assert_eq!(town.jobs().await.len(), 4);
    let logins = 1;
    let now = simulator.command_log().iter().filter(|command| !command.path().ends_with("/print")).count();
    assert_eq!(now, changes + logins, "the second worker read that all was done");
    assert!(sessions(&simulator, "ana").is_empty());
}

#[tokio::test]
async fn a_worker_that_is_stopped_gives_back_what_it_holds() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    let acted = Arc::new(Notify::new());
    let doomed = town.worker_with(Arc::new(DiesAfterActing { routers: mikrotik(), acted: acted.clone() }));
    tokio::select! {
        _ = doomed.drain() => panic!("it never comes back"),
        () = acted.notified() => {}
    }
    doomed.release().await.unwrap();
    assert_eq!(kept(&town).await, ["/ppp/profile/add", "/ppp/secret/add"], "what it sent is kept");
    town.work().await;

    assert_eq!(town.state(ana).await, Active);
    assert_eq!(simulator.rows("/ppp/secret").len(), 1);
}

/// What was said for the newest job.
async fn kept(town: &Town) -> Vec<String> {
    let exchanges = town.detail(town.job().await.id).await.exchanges;
    assert!(exchanges.iter().all(|exchange| exchange.sent));
    let path = |command: &str| command.split_whitespace().next().unwrap().to_owned();
    exchanges.iter().map(|exchange| path(&exchange.command)).collect()
}

#[tokio::test]
async fn what_was_sent_is_kept_once_when_the_visit_takes_longer_than_a_router_may() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    town.subscriber("ana", router, None).await;
    let acted = Arc::new(Notify::new());
    let doomed = town.worker_with(Arc::new(DiesAfterActing { routers: mikrotik(), acted: acted.clone() }));
    let time_goes_by = async {
        acted.notified().await;
        tokio::time::pause();
        tokio::time::advance(std::time::Duration::from_secs(5 * 60 + 1)).await;
        tokio::time::resume();
    };
    let (worked, ()) = tokio::join!(doomed.work_router(), time_goes_by);
    assert!(worked.unwrap());
    let job = town.job().await;
    assert_eq!((job.state, job.because, job.attempts), (JobState::Waiting, Some(Because::NoAnswer), 0));
    let sent = ["/ppp/profile/add", "/ppp/secret/add"];
    assert_eq!(kept(&town).await, sent);
    doomed.release().await.unwrap();
    assert_eq!(kept(&town).await, sent, "and not twice");
}

#[tokio::test]
async fn a_router_that_is_down_for_an_hour_delays_only_its_own_customers() {
    let (town, dead, well) = (town().await, simulator().await, simulator().await);
    let (first, second) = (town.router("dead", &dead).await, town.router("well", &well).await);
    let mut at_dead = Vec::new();
    for number in 0..10 {
        at_dead.push(town.subscriber(&format!("dead{number}"), first, None).await);
    }
    let bo = town.subscriber("bo", second, None).await;
    dead.set_fault(Fault::Refuse);
    for _ in 0..60 {
        town.work().await;
        town.story.clock.advance(Duration::minutes(1));
    }
    assert_eq!(town.state(bo).await, Active);
    let failing = routers::show(&town.story, &town.story.may(), first).await.unwrap().router;
    assert_eq!(failing.row.health, RouterHealth::Failing);
    assert!(failing.failing.unwrap().failures < 12, "it is left alone for longer and longer");
    let waiting = town.jobs_in(JobState::Waiting).await;
    assert_eq!(waiting.len(), 10);
    assert!(waiting.iter().all(|job| job.attempts == 0), "the router's failure costs no job an attempt");
    dead.clear_faults();
    town.story.clock.advance(Duration::minutes(20));
    town.work().await;

    for customer in at_dead {
        assert_eq!(town.state(customer).await, Active);
    }
    let healed = routers::show(&town.story, &town.story.may(), first).await.unwrap().router;
    assert_eq!((healed.row.health, healed.failing), (RouterHealth::Reached, None));
}

#[tokio::test]
async fn a_router_that_hangs_is_given_up_in_time_and_left_alone() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    town.subscriber("ana", router, None).await;
    simulator.set_fault(Fault::Hang);
    town.work().await;

    let failing = routers::show(&town.story, &town.story.may(), router).await.unwrap().router.failing.unwrap();
    assert!(matches!(failing.because, Because::Unreachable { .. }), "{failing:?}");
    assert_eq!(town.jobs_in(JobState::Waiting).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_password_is_told_as_the_router_said_it() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    simulator.set_fault(Fault::DenyLogin);
    town.subscriber("ana", router, None).await;
    town.work().await;

    let failing = routers::show(&town.story, &town.story.may(), router).await.unwrap().router.failing.unwrap();
    assert_eq!(failing.because, Because::LoginRefused { words: "invalid user name or password (6)".into() });
}

#[tokio::test]
async fn what_the_router_refuses_for_good_is_given_up_in_its_words_and_can_be_repeated() {
    let (town, simulator) = (town().await, simulator().await);
    let mut form = form_of("R1", &simulator);
    form.dhcp_server = "lan".into();
    let router = town.router_like(form).await;
    let ana = town.dhcp_subscriber("02:AA:00:00:00:01", router, None).await;
    town.work().await;
    let Because::Refused { words, for_good: true, .. } = town.given_up_because().await else { panic!("refused") };
    assert!(words.contains("server"), "{words}");
    simulator.seed("/ip/dhcp-server", &[("name", "lan")]).unwrap();
    let job = town.job().await.id;
    jobs::repeat(&town.story, &town.story.may(), job).await.unwrap();
    town.work().await;

    assert_eq!(town.job().await.state, JobState::Done);
    assert_eq!(town.state(ana).await, Active);
    assert_known_to_routers(&simulator);
}
