//! Scans: what is missing, different, left over or foreign; what is ours is mended, what is not is only told.

use chrono::Duration;
use domain::failure::{Blocker, Failure};
use domain::ids::{RouterId, ScanId};
use domain::network::{Menu, NetworkSettings, ScanEffect, Verdict};
use domain::service::TechnicalState::{Active, Unprovisioned};
use domain::views::jobs::JobState;
use domain::views::scans::{FindingFilter, NetworkSettingsForm, ScanDetail, ScanFilter, ScanFinding, ScanState};
use lab::routeros::{Fault, Packet, Passage};
use workflows::permit::{EditRouters, ScanRouters, SeeRouters};
use workflows::{Error, routers, scans};

use crate::town::*;

impl Town {
    async fn ask_for_scan(&self, router: RouterId, effect: ScanEffect) -> ScanId {
        scans::request(&self.story, &self.story.may(), router, effect).await.unwrap()
    }

    /// Scans, and does whatever comes of it.
    async fn scan(&self, router: RouterId, effect: ScanEffect) -> ScanDetail {
        let scan = self.ask_for_scan(router, effect).await;
        self.work().await;
        self.scanned(scan).await
    }

    async fn scanned(&self, scan: ScanId) -> ScanDetail {
        scans::show(&self.story, &self.story.may(), scan, &FindingFilter::default()).await.unwrap()
    }
}

/// Verdict and name of each row that was found.
fn found(detail: &ScanDetail) -> Vec<(Verdict, &str)> {
    detail.rows.rows.iter().map(|row| (row.verdict, row.name.as_str())).collect()
}

#[tokio::test]
async fn a_router_that_holds_what_it_should_agrees() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    town.subscriber("ana", router, None).await;
    town.dhcp_subscriber("02:00:00:00:00:01", router, Some("10.8.0.1")).await;
    town.work().await;

    let detail = town.scan(router, ScanEffect::Mend).await;
    let counts = detail.scan.found.unwrap();
    assert!(counts.agrees(), "{:?}", detail.rows);
    assert_eq!((counts.services, counts.agreeing), (2, 2));
    assert_eq!(detail.scan.state, ScanState::Done);
    assert!(detail.rows.rows.is_empty());
}

#[tokio::test]
async fn each_menu_is_read_once_and_nothing_is_changed_by_looking() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    for number in 0..30 {
        town.subscriber(&format!("user{number}"), router, None).await;
    }
    town.work().await;
    simulator.drop_rows("/ppp/secret", "name", "user7");
    let before = simulator.command_log().len();
    let detail = town.scan(router, ScanEffect::Look).await;

    let log = simulator.command_log();
    let said: Vec<&str> = log[before..].iter().map(|command| command.path()).collect();
    assert!(said.iter().all(|path| path.ends_with("/print") || *path == "/login"), "{said:?}");
    assert_eq!(said.iter().filter(|path| **path == "/ppp/secret/print").count(), 1);
    assert!(
        log[before..]
            .iter()
            .filter(|command| command.path().ends_with("/print"))
            .all(|print| { print.argument(".proplist").is_some() })
    );
    assert_eq!(found(&detail), [(Verdict::Missing, "user7")]);
    assert_eq!(simulator.rows("/ppp/secret").len(), 29);
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn what_is_missing_or_different_of_ours_is_brought_back_and_what_is_foreign_is_told() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    let (ana, _eva) = (town.subscriber("ana", router, None).await, town.subscriber("eva", router, None).await);
    town.work().await;
    simulator.drop_rows("/ppp/secret", "name", "ana");
    simulator.change_row("/ppp/secret", "name", "eva", &[("profile", "default")]).unwrap();
    simulator.seed("/ppp/secret", &[("name", "theirs"), ("password", "x"), ("comment", "the old panel")]).unwrap();
    let theirs = secret(&simulator, "theirs");

    let detail = town.scan(router, ScanEffect::Mend).await;
    let expected = [(Verdict::Missing, "ana"), (Verdict::Different, "eva"), (Verdict::Foreign, "theirs")];
    assert_eq!(found(&detail), expected);
    let eva = &detail.rows.rows[1];
    assert_eq!(eva.differences.len(), 1, "{:?}", eva.differences);
    assert_eq!((eva.differences[0].attribute.as_str(), eva.differences[0].read.as_str()), ("profile", "default"));
    assert!(eva.mended && !detail.rows.rows[2].mended);
    assert_eq!(secret(&simulator, "theirs"), theirs, "what is foreign is never touched");
    assert_eq!(town.state(ana).await, Active);
    assert!(town.scan(router, ScanEffect::Look).await.scan.found.unwrap().agrees());
}

#[tokio::test]
async fn tagged_rows_that_nobody_wants_are_removed() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    town.subscriber("ana", router, None).await;
    town.work().await;
    let tagged = |name: &'static str| [("name", name), ("password", "x"), ("comment", "ramal:secret:424242:0123")];
    simulator.seed("/ppp/secret", &tagged("ghost")).unwrap();
    let unused = [("name", "ramal-1-1"), ("comment", "ramal:profile:1-1:0123")];
    simulator.seed("/ppp/profile", &unused).unwrap();

    let detail = town.scan(router, ScanEffect::Mend).await;
    assert_eq!(found(&detail), [(Verdict::Orphaned, "ramal-1-1"), (Verdict::Orphaned, "ghost")]);
    assert!(detail.rows.rows.iter().all(|row| row.mended));
    assert!(rows_with(&simulator, "/ppp/secret", "name", "ghost").is_empty());
    assert!(rows_with(&simulator, "/ppp/profile", "name", "ramal-1-1").is_empty());
    let exchanges = town.detail(detail.scan.job.unwrap()).await.exchanges;
    assert!(exchanges.iter().any(|exchange| exchange.command.starts_with("/ppp/secret/remove")), "{exchanges:?}");
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn what_a_customer_who_moved_left_behind_is_removed_by_a_job_of_its_own() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    let elsewhere = simulator_of("7.20.8").await;
    let other = town.router("R2", &elsewhere).await;
    let ana = town.subscriber("ana", other, None).await;
    town.work().await;
    let comment = text(&secret(&elsewhere, "ana"), "comment");
    simulator.seed("/ppp/secret", &[("name", "ana"), ("password", "x"), ("comment", &comment)]).unwrap();

    let detail = town.scan(router, ScanEffect::Mend).await;
    assert_eq!(found(&detail), [(Verdict::Orphaned, "ana")]);
    assert!(simulator.rows("/ppp/secret").is_empty());
    assert_eq!(town.state(ana).await, Active, "where it belongs it stays");
}

#[tokio::test]
async fn a_night_brings_the_rules_back_without_which_nobody_is_cut() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    let ana = town.subscriber("ana", router, Some("10.9.0.7")).await;
    town.suspend(ana).await;
    town.work().await;
    let surf = Packet { from: "10.9.0.7", to: "203.0.113.9", protocol: "tcp", port: 443 };
    assert!(matches!(simulator.forward(surf), Passage::Rejected { .. }));
    assert_eq!(simulator.drop_rows("/ip/firewall/filter", "action", "jump"), 2);
    assert!(matches!(simulator.forward(surf), Passage::Forwarded { .. }), "whoever is cut is online");

    town.story.clock.advance(Duration::days(1));
    assert!(scans::scan_when_due(&town.story, &town.story.may()).await.unwrap());
    town.work().await;
    assert!(matches!(simulator.forward(surf), Passage::Rejected { .. }));
    let page = routers::show(&town.story, &town.story.may(), router).await.unwrap();
    let (found, base) = (page.last_scan.unwrap().found.unwrap(), page.router.base.read.unwrap());
    assert_eq!((found.missing, found.agreeing), (2, 1));
    assert!(base.as_wanted);
    assert_eq!((base.since, base.read_at), (town.story.clock.now(), town.story.clock.now()));
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn rules_of_the_cut_that_are_gone_are_told_by_a_scan_that_only_looks() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    simulator.drop_rows("/ip/firewall/filter", "action", "jump");
    town.story.clock.advance(Duration::hours(1));
    let detail = town.scan(router, ScanEffect::Look).await;

    let told: Vec<_> = detail.rows.rows.iter().map(|row| (row.verdict, row.menu, row.mended)).collect();
    assert_eq!(told, [(Verdict::Missing, Menu::Filter, false); 2]);
    assert!(detail.rows.rows.iter().all(ScanFinding::is_of_base));
    assert!(rows_with(&simulator, "/ip/firewall/filter", "action", "jump").is_empty());
    let base = routers::show(&town.story, &town.story.may(), router).await.unwrap().router.base.read.unwrap();
    assert_eq!((base.as_wanted, base.read_at), (false, town.story.clock.now()));
}

#[tokio::test]
async fn too_many_rows_that_nobody_wants_wait_for_somebody_to_look() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    for number in 0..40 {
        let (name, comment) = (format!("user{number}"), format!("ramal:secret:{}:0123", 900_000 + number));
        simulator.seed("/ppp/secret", &[("name", &name), ("password", "x"), ("comment", &comment)]).unwrap();
    }
    let detail = town.scan(router, ScanEffect::Mend).await;
    assert!(detail.scan.found.unwrap().left_alone);
    assert_eq!(simulator.rows("/ppp/secret").len(), 40, "another database may be at this router");

    town.scan(router, ScanEffect::MendAll).await;
    assert!(simulator.rows("/ppp/secret").is_empty());
}

#[tokio::test]
async fn on_a_dry_run_a_scan_tells_and_changes_nothing() {
    let (town, simulator) = (town().await, simulator().await);
    let mut form = form_of("R1", &simulator);
    form.mode = "dry_run".into();
    let router = town.router_like(form).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    let detail = town.scan(router, ScanEffect::MendAll).await;

    assert!(found(&detail).contains(&(Verdict::Missing, "ana")));
    assert!(detail.rows.rows.iter().all(|row| row.verdict == Verdict::Missing && !row.mended));
    assert!(simulator.rows("/ppp/secret").is_empty() && simulator.rows("/ip/firewall/filter").is_empty());
    assert_eq!(town.state(ana).await, Unprovisioned);
}

#[tokio::test]
async fn a_router_that_is_away_is_scanned_when_it_is_back() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    simulator.set_fault("refuse".parse::<Fault>().unwrap());
    let scan = town.ask_for_scan(router, ScanEffect::Look).await;
    town.work().await;
    let waiting = town.scanned(scan).await.scan;
    assert_eq!(waiting.state, ScanState::Waiting);
    assert!(waiting.because.is_some());

    simulator.clear_faults();
    town.story.clock.advance(Duration::minutes(20));
    town.work().await;
    assert_eq!(town.scanned(scan).await.scan.state, ScanState::Done);
}

#[tokio::test]
async fn asking_twice_scans_once() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let first = town.ask_for_scan(router, ScanEffect::Mend).await;
    assert_eq!(town.ask_for_scan(router, ScanEffect::Look).await, first);
    assert_eq!(town.jobs_in(JobState::Waiting).await.len(), 1);
}

#[tokio::test]
async fn all_routers_are_scanned_once_a_day_from_the_hour_that_is_set() {
    let (town, simulator) = (town().await, simulator().await);
    town.router("R1", &simulator).await;
    let permit = town.story.may::<ScanRouters>();
    let set =
        |hour: &str| NetworkSettingsForm { scan_hour: hour.into(), scan_effect: "look".into(), keep_days: "30".into() };
    scans::edit_settings(&town.story, &town.story.may::<EditRouters>(), &set("13")).await.unwrap();
    assert!(!scans::scan_when_due(&town.story, &permit).await.unwrap(), "it is noon");
    town.story.clock.advance(Duration::hours(1));
    assert!(scans::scan_when_due(&town.story, &permit).await.unwrap());
    assert!(!scans::scan_when_due(&town.story, &permit).await.unwrap(), "once a day");
    town.work().await;
    town.story.clock.advance(Duration::days(1));
    assert!(scans::scan_when_due(&town.story, &permit).await.unwrap());

    scans::edit_settings(&town.story, &town.story.may::<EditRouters>(), &set("")).await.unwrap();
    let settings = scans::settings(&town.story, &town.story.may::<SeeRouters>()).await.unwrap();
    assert_eq!(settings, NetworkSettings { scan_hour: None, scan_effect: ScanEffect::Look, keep_days: 30 });
    let list = scans::list(&town.story, &town.story.may::<SeeRouters>(), &ScanFilter::default()).await.unwrap();
    assert_eq!((list.scans.total, list.waiting), (2, 1));
}

#[tokio::test]
async fn a_breaker_is_closed_by_hand() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    simulator.set_fault("refuse".parse::<Fault>().unwrap());
    town.work().await;
    simulator.clear_faults();
    town.work().await;
    assert_eq!(town.state(ana).await, Unprovisioned, "nobody tries before its time");

    routers::close_breaker(&town.story, &town.story.may(), router).await.unwrap();
    town.work().await;
    assert_eq!(town.state(ana).await, Active);
    let again = routers::close_breaker(&town.story, &town.story.may(), router).await;
    assert!(matches!(again, Err(Error::Refused(Failure::Blocked { what: Blocker::BreakerClosed }))));
}
