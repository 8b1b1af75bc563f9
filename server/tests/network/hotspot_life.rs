//! From a batch to the last session of its last voucher.

use domain::hotspot::{EndReason, VoucherState};
use domain::network::Because;
use domain::views::hotspots::{HotspotForm, ProfileForm, UserForm};
use domain::views::jobs::JobState;
use domain::views::vouchers::BatchForm;
use lab::routeros::{Fault, SignInRefused};
use workflows::{hotspots, vouchers};

use crate::hotspot::*;
use crate::town::*;

const PHONE: &str = "02:AA:00:00:00:01";
const OTHER: &str = "02:AA:00:00:00:02";

#[tokio::test]
async fn a_batch_is_on_its_router_and_a_voucher_lets_in() {
    let portals = portals(1).await;
    portals.batch(3).await;
    portals.town.work().await;
    let router = &portals.routers[0];
    let codes = portals.codes().await;
    assert_eq!(names(router, "/ip/hotspot/user", "name"), codes);
    let user = &router.rows("/ip/hotspot/user")[0];
    assert_eq!([text(user, "server"), text(user, "password")], ["wifi", ""]);
    assert!(text(user, "comment").starts_with("ramal:hotspot-voucher:"));
    let profiles = router.rows("/ip/hotspot/user/profile");
    assert_eq!(text(&profiles[1], "rate-limit"), "1024k/5120k", "the customer's upload first");
    router.sign_in(&codes[0], "", PHONE).unwrap();
    portals.minutes(1).await;
    let shown = portals.shown(0).await;
    assert_eq!(shown.sessions[0].user, codes[0]);
    assert_eq!(portals.states().await, [VoucherState::Used, VoucherState::Fresh, VoucherState::Fresh]);
    assert_known_to_routers(router);
}

#[tokio::test]
async fn a_session_never_outlives_its_voucher_though_the_router_s_clock_stands_still() {
    let portals = portals(1).await;
    portals.batch(1).await;
    portals.town.work().await;
    let (router, code) = (&portals.routers[0], portals.codes().await.remove(0));
    router.sign_in(&code, "", PHONE).unwrap();
    portals.minutes(1).await;
    portals.minutes(118).await;
    assert_eq!(signed_in(router), [code.as_str()]);
    // The look after this one is due when the voucher is over, and not a whole interval later.
    portals.minutes(1).await;

    assert!(signed_in(router).is_empty());
    assert!(names(router, "/ip/hotspot/cookie", "user").is_empty(), "without its cookie the device stays out");
    assert!(names(router, "/ip/hotspot/user", "name").is_empty());
    assert_eq!(router.come_back(PHONE), Err(SignInRefused::NoUser));
    assert_eq!(portals.vouchers().await[0].end_reason, Some(EndReason::Expired));
    assert_known_to_routers(router);
}

#[tokio::test]
async fn the_first_use_is_told_by_how_long_the_session_lasts() {
    let portals = portals(1).await;
    portals.batch(1).await;
    portals.town.work().await;
    let code = portals.codes().await.remove(0);
    portals.routers[0].sign_in(&code, "", PHONE).unwrap();
    portals.minutes(30).await;
    let voucher = portals.vouchers().await.remove(0);
    let since = portals.town.story.clock.now() - voucher.first_used_at.unwrap();
    assert_eq!(since.num_minutes(), 30);
    assert_eq!((voucher.expires_at.unwrap() - voucher.first_used_at.unwrap()).num_hours(), 2);
}

#[tokio::test]
async fn a_session_that_was_too_short_for_any_look_was_a_first_use() {
    let portals = portals(1).await;
    portals.batch(1).await;
    portals.town.work().await;
    let (router, code) = (&portals.routers[0], portals.codes().await.remove(0));
    router.sign_in(&code, "", PHONE).unwrap();
    router.pass(20, 1000);
    assert!(router.take_away("/ip/hotspot/active", "user", &code));
    portals.minutes(1).await;
    assert_eq!(portals.states().await, [VoucherState::Used]);
}

#[tokio::test]
async fn a_code_that_is_used_at_two_places_at_once_is_redeemed_at_one() {
    let portals = portals(2).await;
    portals.batch(2).await;
    portals.town.work().await;
    let codes = portals.codes().await;
    portals.routers[0].sign_in(&codes[0], "", PHONE).unwrap();
    portals.routers[1].sign_in(&codes[0], "", OTHER).unwrap();
    portals.routers.iter().for_each(|router| router.pass(60, 0));
    portals.town.story.clock.advance(chrono::Duration::minutes(1));
    // Both are looked at at the same time, by workers of their own.
    let (one, other) = (portals.town.worker(), portals.town.worker());
    let (one, other) = tokio::join!(one.work_router(), other.work_router());
    assert!(one.unwrap() && other.unwrap());
    portals.town.work().await;

    let left: Vec<bool> = portals.routers.iter().map(|router| signed_in(router).contains(&codes[0])).collect();
    assert_eq!(left.iter().filter(|is_in| **is_in).count(), 1, "{left:?}");
    let known: Vec<usize> =
        portals.routers.iter().map(|router| names(router, "/ip/hotspot/user", "name").len()).collect();
    assert_eq!(known.iter().sum::<usize>(), 3, "the one that nobody used stays at both: {known:?}");
    let place = usize::from(!left[0]);
    assert_eq!(portals.vouchers().await[0].hotspot, Some(format!("Plaza {place}")));
}

#[tokio::test]
async fn what_a_voucher_gives_is_counted_also_when_a_router_counts_anew() {
    let portals = portals(1).await;
    let batch = BatchForm {
        limit_minutes: "60".into(),
        valid_for: "30".into(),
        valid_unit: "d".into(),
        ..BatchForm::default()
    };
    portals.batch_like(batch).await;
    portals.town.work().await;
    let (router, code) = (&portals.routers[0], portals.codes().await.remove(0));
    router.sign_in(&code, "", PHONE).unwrap();
    portals.minutes(40).await;
    // The router is reset: its rows are gone, and so are its counters.
    for menu in ["/ip/hotspot/active", "/ip/hotspot/user"] {
        let name = if menu.ends_with("user") { "name" } else { "user" };
        assert!(router.take_away(menu, name, &code));
    }
    portals.minutes(2).await;
    let user = router.rows("/ip/hotspot/user").remove(0);
    router.sign_in(&code, "", PHONE).unwrap();
    portals.minutes(5).await;
    let user_after = router.rows("/ip/hotspot/user").remove(0);
    assert_eq!((text(&user, "limit-uptime"), text(&user_after, "limit-uptime")), ("3600s".into(), "1200s".into()));
    portals.minutes(15).await;
    assert!(signed_in(router).is_empty(), "40 and 20 minutes are all that was sold");
    portals.minutes(1).await;
    assert_eq!(portals.vouchers().await[0].end_reason, Some(EndReason::TimeUsed));
}

#[tokio::test]
async fn a_voucher_that_nobody_used_ends_with_its_batch_s_last_day() {
    let portals = portals(1).await;
    portals.batch_like(BatchForm { valid_until: "2026-03-03".into(), ..BatchForm::default() }).await;
    portals.town.work().await;
    portals.minutes(24 * 60).await;
    assert_eq!(portals.states().await, [VoucherState::Fresh], "the last day is one of its days");
    portals.minutes(12 * 60).await;
    assert_eq!(portals.states().await, [VoucherState::Ended]);
    assert!(portals.routers[0].rows("/ip/hotspot/user").is_empty());
}

#[tokio::test]
async fn a_voucher_for_one_device_lets_no_other_in() {
    let form = ProfileForm { locks_to_device: true, shared_users: "2".into(), ..ProfileForm::default() };
    let portals = portals_like(1, form).await;
    portals.batch(1).await;
    portals.town.work().await;
    let (router, code) = (&portals.routers[0], portals.codes().await.remove(0));
    router.sign_in(&code, "", PHONE).unwrap();
    portals.minutes(1).await;
    assert_eq!(signed_in(router), [code.as_str()], "the first device stays in");
    assert_eq!(router.sign_in(&code, "", OTHER), Err(SignInRefused::WrongDevice));
}

#[tokio::test]
async fn a_batch_that_is_withdrawn_puts_everybody_out() {
    let portals = portals(1).await;
    let batch = portals.batch(2).await;
    portals.town.work().await;
    let (router, codes) = (&portals.routers[0], portals.codes().await);
    router.sign_in(&codes[0], "", PHONE).unwrap();
    vouchers::withdraw(&portals.town.story, &portals.town.story.may(), batch).await.unwrap();
    portals.town.work().await;
    assert!(signed_in(router).is_empty() && router.rows("/ip/hotspot/user").is_empty());
    assert_eq!(portals.states().await, [VoucherState::Ended, VoucherState::Ended]);
}

#[tokio::test]
async fn somebody_who_is_disconnected_may_come_back_by_typing_the_code_again() {
    let portals = portals(1).await;
    portals.batch(1).await;
    portals.town.work().await;
    let (router, code) = (&portals.routers[0], portals.codes().await.remove(0));
    router.sign_in(&code, "", PHONE).unwrap();
    portals.minutes(1).await;
    let row = portals.shown(0).await.sessions.remove(0).router_row;
    hotspots::end_session(&portals.town.story, &portals.town.story.may(), portals.places[0], &row).await.unwrap();
    portals.town.work().await;
    assert!(signed_in(router).is_empty());
    assert_eq!(router.come_back(PHONE), Err(SignInRefused::NoUser), "its cookie went with it");
    router.sign_in(&code, "", PHONE).unwrap();
    portals.minutes(1).await;
    assert_eq!(signed_in(router), [code.as_str()]);
}

#[tokio::test]
async fn the_garden_has_the_portal_and_devices_have_their_rules() {
    let portals = portals(1).await;
    portals.garden("*.stripe.com").await;
    portals.garden("10.20.0.0/24").await;
    portals.bind(PHONE, "blocked").await;
    portals.bind(OTHER, "bypassed").await;
    portals.batch(1).await;
    portals.town.work().await;
    let router = &portals.routers[0];
    assert_eq!(names(router, "/ip/hotspot/walled-garden", "dst-host"), ["ramal.test", "*.stripe.com"]);
    assert_eq!(names(router, "/ip/hotspot/walled-garden/ip", "dst-host"), ["ramal.test", ""]);
    assert_eq!(names(router, "/ip/hotspot/walled-garden/ip", "dst-address"), ["", "10.20.0.0/24"]);
    let code = portals.codes().await.remove(0);
    assert_eq!(router.sign_in(&code, "", PHONE), Err(SignInRefused::Blocked));
    let row = portals.shown(0).await.bindings.remove(0).id;
    hotspots::remove_binding(&portals.town.story, &portals.town.story.may(), portals.places[0], row).await.unwrap();
    portals.town.work().await;
    router.sign_in(&code, "", PHONE).unwrap();
    assert_known_to_routers(router);
}

#[tokio::test]
async fn an_account_has_a_password_that_is_nowhere_to_be_read() {
    let portals = portals(1).await;
    let id = portals.user("recepcion", "clave-7731").await;
    portals.town.work().await;
    let router = &portals.routers[0];
    router.sign_in("recepcion", "clave-7731", PHONE).unwrap();
    let exchanges = portals.town.detail(portals.town.jobs().await.pop().unwrap().id).await;
    assert!(!format!("{exchanges:?}").contains("clave-7731"));
    let off =
        UserForm { name: "recepcion".into(), profile: portals.profile.clone(), disabled: true, ..UserForm::default() };
    hotspots::edit_user(&portals.town.story, &portals.town.story.may(), portals.places[0], id, &off).await.unwrap();
    portals.town.work().await;
    assert!(signed_in(router).is_empty() && router.rows("/ip/hotspot/user").is_empty());
}

#[tokio::test]
async fn rows_of_others_are_told_and_left_alone() {
    let portals = portals(1).await;
    let router = &portals.routers[0];
    router.seed("/ip/hotspot/user", &[("name", "recepcion"), ("comment", "front desk")]).unwrap();
    router.seed("/ip/hotspot/walled-garden", &[("dst-host", "old.example.com")]).unwrap();
    portals.user("recepcion", "clave").await;
    portals.batch(1).await;
    portals.town.work().await;
    let because = Because::ForeignInHotspot { path: "/ip/hotspot/user".into(), name: "recepcion".into() };
    assert_eq!(portals.shown(0).await.row.problem, Some(because));
    assert_eq!(router.rows("/ip/hotspot/user").len(), 2, "the vouchers are served all the same");
    let off = HotspotForm {
        disabled: true,
        ..hotspots::form(&portals.town.story, &portals.town.story.may(), portals.places[0]).await.unwrap()
    };
    hotspots::edit(&portals.town.story, &portals.town.story.may(), portals.places[0], &off).await.unwrap();
    portals.town.work().await;
    assert_eq!(names(router, "/ip/hotspot/user", "comment"), ["front desk"]);
    assert_eq!(names(router, "/ip/hotspot/walled-garden", "dst-host"), ["old.example.com"]);
    assert_eq!(router.rows("/ip/hotspot/user/profile").len(), 1, "the router's own");
}

#[tokio::test]
async fn a_look_that_changes_nothing_leaves_no_row_behind() {
    let portals = portals(1).await;
    portals.batch(2).await;
    portals.town.work().await;
    let jobs = portals.town.jobs().await.len();
    for _ in 0..5 {
        portals.minutes(1).await;
    }
    assert_eq!(portals.town.jobs().await.len(), jobs);
    assert_eq!(portals.town.jobs_in(JobState::Waiting).await.len(), 1, "and the next look waits");
    assert_eq!(sent(&portals.routers[0], "/ip/hotspot/user/add"), 2);
}

#[tokio::test]
async fn a_lost_reply_adds_no_voucher_twice_and_the_watch_goes_on() {
    let portals = portals(1).await;
    portals.batch(4).await;
    portals.routers[0].set_fault("lose-reply:add".parse::<Fault>().unwrap());
    portals.town.work().await;
    portals.routers[0].clear_faults();
    portals.minutes(30).await;
    portals.minutes(30).await;
    assert_eq!(names(&portals.routers[0], "/ip/hotspot/user", "name"), portals.codes().await);
    assert_eq!(portals.shown(0).await.row.problem, None);
}

#[tokio::test]
async fn a_router_without_such_a_server_is_told_and_nothing_is_put_there() {
    let portals = portals(1).await;
    portals.batch(1).await;
    portals.routers[0].take_away("/ip/hotspot", "name", "wifi");
    portals.town.work().await;
    assert_eq!(portals.shown(0).await.row.problem, Some(Because::NoHotspotServer { server: "wifi".into() }));
    assert!(portals.routers[0].rows("/ip/hotspot/user").is_empty());
    portals.routers[0].seed("/ip/hotspot", &[("name", "wifi"), ("profile", "default")]).unwrap();
    portals.minutes(60).await;
    assert_eq!(portals.shown(0).await.row.problem, None, "it mends itself once the server is there");
    assert_eq!(portals.routers[0].rows("/ip/hotspot/user").len(), 1);
}

#[tokio::test]
async fn on_a_dry_run_it_is_written_down_what_would_be_sent() {
    let town = town().await;
    let simulator = simulator().await;
    simulator.seed("/ip/hotspot", &[("name", "wifi"), ("profile", "default")]).unwrap();
    let form = domain::views::routers::RouterForm { mode: "dry_run".into(), ..form_of("R1", &simulator) };
    let router = town.router_like(form).await;
    let hotspot = HotspotForm {
        name: "Plaza".into(),
        router: router.to_string(),
        dns_name: "wifi.example.com".into(),
        look_seconds: "60".into(),
        ..HotspotForm::default()
    };
    hotspots::create(&town.story, &town.story.may(), &hotspot).await.unwrap();
    town.work().await;
    let job = town.detail(town.job().await.id).await;
    assert!(job.exchanges.iter().all(|exchange| !exchange.sent) && !job.exchanges.is_empty(), "{job:?}");
    assert!(simulator.rows("/ip/hotspot/walled-garden").is_empty());
}

#[tokio::test]
async fn the_login_page_is_fetched_by_the_router_and_read_to_be_there() {
    let portals = portals(1).await;
    portals.batch(1).await;
    portals.town.work().await;
    hotspots::install(&portals.town.story, &portals.town.story.may(), portals.places[0]).await.unwrap();
    assert!(portals.shown(0).await.page.is_on_its_way);
    portals.town.work().await;
    let shown = portals.shown(0).await.page;
    assert_eq!(shown.installed.as_deref(), Some(shown.current.as_str()));
    assert_eq!(shown.html_directory.as_deref(), Some("hotspot"), "nobody told the router to serve it yet");
    let files = names(&portals.routers[0], "/file", "name");
    assert!(files.contains(&"ramal-hotspot/login.html".to_owned()) && files.len() == hotspots::PAGE_FILES.len());
    assert_known_to_routers(&portals.routers[0]);
}

#[tokio::test]
async fn what_is_sent_is_known_to_both_versions_in_every_corner() {
    let portals = portals_like(1, ProfileForm { session_minutes: "60".into(), ..ProfileForm::default() }).await;
    portals
        .batch_like(BatchForm { limit_megabytes: "100".into(), limit_minutes: "90".into(), ..BatchForm::default() })
        .await;
    portals.town.work().await;
    let profile = portals.profile.parse().unwrap();
    let without = ProfileForm {
        session_minutes: String::new(),
        ..hotspots::profile_form(&portals.town.story, &portals.town.story.may(), profile).await.unwrap()
    };
    hotspots::edit_profile(&portals.town.story, &portals.town.story.may(), profile, &without).await.unwrap();
    portals.town.work().await;
    let router = &portals.routers[0];
    assert_eq!(sent(router, "/ip/hotspot/user/profile/unset"), 1);
    assert_known_to_routers(router);
}
