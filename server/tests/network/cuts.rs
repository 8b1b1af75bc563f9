//! What a suspension, a restore and an end do to a PPPoE customer.

use chrono::Duration;
use domain::service::TechnicalState::{Active, Cut, Suspended, Unprovisioned};
use domain::timeline::Event;
use domain::views::jobs::JobState;
use workflows::{contracts, routers};

use crate::town::*;

#[tokio::test]
async fn a_new_subscriber_gets_the_speed_that_was_sold_upload_first() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;

    assert_eq!(text(&secret(&simulator, "ana"), "profile"), "ramal-51200-10240");
    let profile = &rows_with(&simulator, "/ppp/profile", "name", "ramal-51200-10240")[0];
    assert_eq!(text(profile, "rate-limit"), "10240k/51200k", "the router receives what the customer uploads");
    simulator.dial("ana", &password("ana")).unwrap();
    assert_eq!(town.state(ana).await, Active);
    assert_eq!(town.job().await.state, JobState::Done);
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn every_managed_row_carries_a_tag_and_nothing_personal() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, Some("10.9.0.5")).await;
    town.suspend(ana).await;
    town.work().await;

    let managed = [("/ppp/secret", "name", "ana"), ("/ip/firewall/address-list", "address", "10.9.0.5")];
    for (menu, name, value) in managed {
        let comment = text(&rows_with(&simulator, menu, name, value)[0], "comment");
        let parts: Vec<&str> = comment.split(':').collect();
        assert_eq!(parts[0], "ramal");
        assert_eq!(parts[2], ana.service.to_string());
        assert!(parts.len() == 4 && parts[3].len() == 12, "{comment}");
        assert!(!comment.contains("ana"), "{comment}");
    }
}

#[tokio::test]
async fn a_suspension_drops_the_live_session_and_a_redial_is_slow_and_listed() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    town.suspend(ana).await;
    town.work().await;

    assert!(sessions(&simulator, "ana").is_empty(), "the fast session is gone");
    assert_eq!(town.state(ana).await, Suspended);
    simulator.dial("ana", &password("ana")).unwrap();
    let address = text(&sessions(&simulator, "ana")[0], "address");
    assert!(is_listed(&simulator, &address));
    let queue = &rows_with(&simulator, "/queue/simple", "name", "<pppoe-ana>")[0];
    assert_eq!(text(queue, "max-limit"), "256000/256000");
    assert!(!text(&secret(&simulator, "ana"), "comment").ends_with(":drop"), "nothing is left to do");
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_throttled_customer_keeps_a_slower_connection() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    town.throttle(ana).await;
    town.work().await;

    assert_eq!(text(&secret(&simulator, "ana"), "profile"), "ramal-12800-2560", "a quarter of what was sold");
    simulator.dial("ana", &password("ana")).unwrap();
    let address = text(&sessions(&simulator, "ana")[0], "address");
    assert!(!is_listed(&simulator, &address));
    let queue = &rows_with(&simulator, "/queue/simple", "name", "<pppoe-ana>")[0];
    assert_eq!(text(queue, "max-limit"), "2560000/12800000");
    assert_eq!(town.state(ana).await, Active);
    town.restore(ana, "staff").await;
    town.work().await;
    assert_eq!(text(&secret(&simulator, "ana"), "profile"), "ramal-51200-10240");
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_restore_undoes_the_list_and_the_session() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, Some("10.9.0.5")).await;
    town.suspend(ana).await;
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    assert!(is_listed(&simulator, "10.9.0.5"));
    town.restore(ana, "staff").await;
    town.work().await;

    assert!(!is_listed(&simulator, "10.9.0.5"));
    assert!(sessions(&simulator, "ana").is_empty(), "the slow session is gone");
    assert_eq!(town.state(ana).await, Active);
    simulator.dial("ana", &password("ana")).unwrap();
    assert!(!is_listed(&simulator, "10.9.0.5"));
    let queue = &rows_with(&simulator, "/queue/simple", "name", "<pppoe-ana>")[0];
    assert_eq!(text(queue, "max-limit"), "10240000/51200000");
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_hard_cut_leaves_nobody_connected_and_lets_nobody_in() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    town.cut_hard(ana).await;
    town.work().await;

    assert!(sessions(&simulator, "ana").is_empty());
    assert!(simulator.dial("ana", &password("ana")).is_err());
    assert_eq!(town.state(ana).await, Cut);
    town.restore(ana, "abuse").await;
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    assert_eq!(town.state(ana).await, Active);
}

#[tokio::test]
async fn an_ended_contract_leaves_nothing_of_the_customer_on_the_router() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, Some("10.9.0.5")).await;
    town.suspend(ana).await;
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    town.close(ana).await;
    town.work().await;

    assert!(simulator.rows("/ppp/secret").is_empty());
    assert!(simulator.rows("/ppp/active").is_empty());
    assert!(simulator.rows("/ip/firewall/address-list").is_empty());
    assert_eq!(town.state(ana).await, Unprovisioned);
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_renamed_user_leaves_neither_the_old_secret_nor_its_session() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    town.change(ana, "ana.maria", router, "").await;
    town.work().await;

    assert_eq!(simulator.rows("/ppp/secret").len(), 1);
    assert!(sessions(&simulator, "ana").is_empty());
    simulator.dial("ana.maria", &password("ana")).unwrap();
    assert_eq!(town.state(ana).await, Active);
}

#[tokio::test]
async fn an_address_that_is_given_and_taken_is_set_and_unset() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    town.change(ana, "ana", router, "10.9.0.7").await;
    town.work().await;
    assert_eq!(text(&secret(&simulator, "ana"), "remote-address"), "10.9.0.7");
    town.change(ana, "ana", router, "").await;
    town.work().await;

    assert_eq!(text(&secret(&simulator, "ana"), "remote-address"), "");
    assert_eq!(town.job().await.state, JobState::Done);
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_customer_who_moves_to_another_router_is_taken_off_the_first() {
    let (town, here, there) = (town().await, simulator().await, simulator().await);
    let (first, second) = (town.router("R1", &here).await, town.router("R2", &there).await);
    let ana = town.subscriber("ana", first, None).await;
    town.work().await;
    here.dial("ana", &password("ana")).unwrap();
    town.change(ana, "ana", second, "").await;
    town.work().await;

    assert!(here.rows("/ppp/secret").is_empty());
    assert!(sessions(&here, "ana").is_empty());
    there.dial("ana", &password("ana")).unwrap();
    assert_eq!(town.state(ana).await, Active);
}

#[tokio::test]
async fn of_a_customer_who_moved_nothing_is_shown_until_the_new_router_was_read() {
    let (town, here, there) = (town().await, simulator().await, simulator().await);
    let (first, second) = (town.router("R1", &here).await, town.router("R2", &there).await);
    let ana = town.subscriber("ana", first, None).await;
    town.work().await;
    there.set_fault("refuse".parse().unwrap());
    town.change(ana, "ana.maria", second, "").await;
    town.work().await;

    assert!(here.rows("/ppp/secret").is_empty(), "what the old one holds is found there, also by its old name");
    let shown = contracts::show(&town.story, &town.story.may(), ana.contract).await.unwrap();
    let technical = shown.network.unwrap().technical;
    assert_eq!((technical.state, technical.since, technical.read_at), (Unprovisioned, None, None));
    assert_eq!(technical.evidence, None);
    let agreement = routers::show(&town.story, &town.story.may(), second).await.unwrap().router.agreement;
    assert_eq!((agreement.len(), agreement[0].read, agreement[0].read_at), (1, Unprovisioned, None));

    there.clear_faults();
    town.story.clock.advance(Duration::minutes(20));
    town.work().await;
    assert_eq!(town.state(ana).await, Active);
    let told = |router: &str| Event::TechnicalStateRead { router: router.into(), from: Unprovisioned, to: Active };
    assert_eq!(town.network_events(ana).await, [told("R1"), told("R2")]);
}

#[tokio::test]
async fn what_somebody_changed_on_the_router_by_hand_is_put_right() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.suspend(ana).await;
    town.work().await;
    // Somebody lets Ana in again at the router's own console, with a fast profile and a new password.
    let client = routeros::Client::connect(&routeros::Options {
        port: simulator.addr.port(),
        ..routeros::Options::plain("127.0.0.1", "ramal", ROUTER_PASSWORD)
    })
    .await
    .unwrap();
    let id = text(&secret(&simulator, "ana"), ".id");
    let by_hand = routeros::Command::new("/ppp/secret/set").with(".id", id).with("profile", "default");
    client.run(by_hand.with("password", "other")).await.unwrap();
    simulator.dial("ana", "other").unwrap();
    town.cut_hard(ana).await;
    town.restore(ana, "abuse").await;
    town.work().await;

    assert_eq!(text(&secret(&simulator, "ana"), "profile"), "ramal-cut");
    assert_eq!(text(&secret(&simulator, "ana"), "password"), password("ana"));
    assert!(sessions(&simulator, "ana").is_empty(), "no faster path is left");
    assert_eq!(town.state(ana).await, Suspended);
}

#[tokio::test]
async fn what_the_router_was_read_to_hold_is_told_on_the_timeline() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    town.suspend(ana).await;
    town.work().await;

    let told = |from, to| Event::TechnicalStateRead { router: "R1".into(), from, to };
    let events = town.network_events(ana).await;
    assert_eq!(events, [told(Unprovisioned, Active), told(Active, Suspended)]);
}
