//! What a router needs once, and that nobody gets around a cut or a limit, however they are attached.

use domain::network::{Because, Menu};
use domain::service::TechnicalState::{Active, Suspended};
use domain::views::jobs::JobState;
use lab::routeros::{Packet, Passage, Simulator};
use workflows::routers;

use crate::town::*;

const OUTSIDE: &str = "203.0.113.9";
const PORTAL: &str = "10.0.0.80";
const MAC: &str = "02:AA:00:00:00:01";

/// A router as its maker's quick setup leaves it: FastTrack first, then whatever is established.
fn with_fasttrack(simulator: &Simulator) {
    let states = ("connection-state", "established,related");
    for action in ["fasttrack-connection", "accept"] {
        let rule = [("chain", "forward"), ("action", action), states, ("comment", "defconf")];
        simulator.seed("/ip/firewall/filter", &rule).unwrap();
    }
    simulator.seed("/ip/firewall/nat", &[("chain", "srcnat"), ("action", "masquerade")]).unwrap();
}

fn send(simulator: &Simulator, from: &str, to: &str, protocol: &str, port: u16) -> Passage {
    simulator.forward(Packet { from, to, protocol, port })
}

fn goes(to: &str, port: u16) -> Passage {
    Passage::Forwarded { to: to.to_owned(), port }
}

/// The customer's download runs.
fn download(simulator: &Simulator, from: &str) {
    for _ in 0..3 {
        assert_eq!(send(simulator, from, OUTSIDE, "tcp", 443), goes(OUTSIDE, 443), "{from}");
    }
}

/// Connections that no queue sees any more.
fn fast_tracked(simulator: &Simulator) -> usize {
    rows_with(simulator, "/ip/firewall/connection", "fasttrack", "true").len()
}

fn assert_only_what_stays_open(simulator: &Simulator, from: &str) {
    let rejected = Passage::Rejected { with: "icmp-admin-prohibited".to_owned() };
    assert_eq!(send(simulator, from, OUTSIDE, "tcp", 443), rejected, "{from}: what was under way too");
    assert_eq!(send(simulator, from, OUTSIDE, "udp", 4500), rejected);
    assert_eq!(send(simulator, from, OUTSIDE, "tcp", 80), goes("10.0.0.2", 3080), "web pages are the notice page");
    assert_eq!(send(simulator, from, "8.8.8.8", "udp", 53), goes("8.8.8.8", 53));
    assert_eq!(send(simulator, from, PORTAL, "tcp", 443), goes(PORTAL, 443));
    assert_eq!(send(simulator, from, PORTAL, "tcp", 80), goes(PORTAL, 80), "the portal itself is not redirected");
    // What comes back takes the same way.
    assert_eq!(send(simulator, PORTAL, from, "tcp", 50_000), goes(from, 50_000));
    assert_eq!(send(simulator, OUTSIDE, from, "tcp", 50_000), rejected);
}

/// How a customer is attached, and how its equipment connects: it answers its present address.
struct Attached {
    told: &'static str,
    ip: Option<&'static str>,
    is_pppoe: bool,
    has_queue: bool,
}

const ALL: [Attached; 5] = [
    Attached { told: "PPPoE from the pool", ip: None, is_pppoe: true, has_queue: false },
    Attached { told: "PPPoE with a fixed address", ip: Some("10.9.0.5"), is_pppoe: true, has_queue: false },
    Attached { told: "DHCP from the pool", ip: None, is_pppoe: false, has_queue: false },
    Attached { told: "DHCP with a fixed address", ip: Some("10.8.0.5"), is_pppoe: false, has_queue: false },
    Attached { told: "a queue for a fixed address", ip: Some("10.8.0.5"), is_pppoe: false, has_queue: true },
];

impl Attached {
    fn connect(&self, simulator: &Simulator) -> String {
        if self.is_pppoe {
            if sessions(simulator, "ana").is_empty() {
                simulator.dial("ana", &password("ana")).unwrap();
            }
            return text(&sessions(simulator, "ana")[0], "address");
        }
        simulator.bind_lease(MAC, self.ip.unwrap_or("10.8.0.77")).unwrap();
        text(&rows_with(simulator, "/ip/dhcp-server/lease", "mac-address", MAC)[0], "active-address")
    }

    /// The limits of everything that limits the customer, as the router prints them.
    fn limits(&self, simulator: &Simulator) -> Vec<String> {
        let queues = simulator.rows("/queue/simple");
        queues.iter().map(|queue| text(queue, "max-limit")).collect()
    }
}

#[tokio::test]
async fn a_suspension_leaves_no_faster_path_however_the_customer_is_attached() {
    for attached in ALL {
        let (town, simulator) = (town().await, simulator().await);
        with_fasttrack(&simulator);
        let mut form = form_of("R1", &simulator);
        form.limit_by = if attached.has_queue { "queue" } else { "lease" }.into();
        let router = town.router_with_base(form).await;
        let ana = match attached.is_pppoe {
            true => town.subscriber("ana", router, attached.ip).await,
            false => town.dhcp_subscriber(MAC, router, attached.ip).await,
        };
        town.work().await;
        let address = attached.connect(&simulator);
        download(&simulator, &address);
        assert_eq!(attached.limits(&simulator), ["10240000/51200000"], "{}", attached.told);
        assert_eq!(fast_tracked(&simulator), 0, "{}: its queue sees all of it", attached.told);
        town.suspend(ana).await;
        town.work().await;

        assert_eq!(town.state(ana).await, Suspended, "{}", attached.told);
        let address = attached.connect(&simulator);
        assert_only_what_stays_open(&simulator, &address);
        assert_eq!(attached.limits(&simulator), ["256000/256000"], "{}", attached.told);
        town.restore(ana, "staff").await;
        town.work().await;

        let address = attached.connect(&simulator);
        download(&simulator, &address);
        assert_eq!(attached.limits(&simulator), ["10240000/51200000"], "{}", attached.told);
        assert_eq!(fast_tracked(&simulator), 0, "{}: its queue sees all of it", attached.told);
        assert_eq!(town.state(ana).await, Active, "{}", attached.told);
        assert_known_to_routers(&simulator);
    }
}

#[tokio::test]
async fn what_was_fast_tracked_before_the_setup_ends_with_the_cut() {
    let (town, simulator) = (town().await, simulator().await);
    with_fasttrack(&simulator);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, Some("10.9.0.5")).await;
    town.work().await;
    simulator.dial("ana", &password("ana")).unwrap();
    download(&simulator, "10.9.0.5");
    assert_eq!(fast_tracked(&simulator), 1);
    routers::apply_base(&town.story, &town.story.may(), router).await.unwrap();
    town.suspend(ana).await;
    town.work().await;

    simulator.dial("ana", &password("ana")).unwrap();
    assert_only_what_stays_open(&simulator, "10.9.0.5");
    assert_eq!(fast_tracked(&simulator), 0);
}

#[tokio::test]
async fn a_customer_who_pays_is_not_fast_tracked_past_its_limit_though_somebody_put_fasttrack_first_again() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    town.subscriber("ana", router, Some("10.9.0.5")).await;
    with_fasttrack(&simulator);
    let client = by_hand(&simulator).await;
    let first = text(&rows_with(&simulator, "/ip/firewall/filter", "chain", "forward")[0], ".id");
    let fasttrack = text(&rows_with(&simulator, "/ip/firewall/filter", "action", "fasttrack-connection")[0], ".id");
    let to_the_front = routeros::Command::new("/ip/firewall/filter/move").with("numbers", fasttrack);
    client.run(to_the_front.with("destination", first)).await.unwrap();
    routers::apply_base(&town.story, &town.story.may(), router).await.unwrap();
    town.work().await;

    simulator.dial("ana", &password("ana")).unwrap();
    download(&simulator, "10.9.0.5");
    assert_eq!(fast_tracked(&simulator), 0);
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_new_router_is_set_up_and_read_to_be_so() {
    let (town, simulator) = (town().await, simulator().await);
    with_fasttrack(&simulator);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    let shown = routers::show(&town.story, &town.story.may(), router).await.unwrap().router.base;
    let read = shown.read.unwrap();

    assert!(read.as_wanted && !shown.outdated && shown.verified, "{read:?}");
    assert_eq!(read.rows.len(), 13, "two hosts, ten rules, one translation");
    let actions: Vec<String> = simulator.rows("/ip/firewall/filter").iter().map(|row| text(row, "action")).collect();
    let first = ["jump", "jump", "accept", "fasttrack-connection"];
    assert_eq!(actions[..4], first, "nothing is fast-tracked: {actions:?}");
    assert!(simulator.rows("/ip/firewall/filter").iter().all(|row| !text(row, "comment").is_empty()));
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn what_somebody_did_to_the_setup_is_put_right_and_their_own_rules_stay() {
    let (town, simulator) = (town().await, simulator().await);
    with_fasttrack(&simulator);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    let before = simulator.rows("/ip/firewall/filter").len();
    let client = by_hand(&simulator).await;
    let reject = rows_with(&simulator, "/ip/firewall/filter", "action", "reject").remove(0);
    let jump = rows_with(&simulator, "/ip/firewall/filter", "action", "jump").remove(0);
    let disable = routeros::Command::new("/ip/firewall/filter/disable").with(".id", text(&reject, ".id"));
    client.run(disable).await.unwrap();
    let to_the_end = routeros::Command::new("/ip/firewall/filter/move").with("numbers", text(&jump, ".id"));
    client.run(to_the_end).await.unwrap();
    routers::apply_base(&town.story, &town.story.may(), router).await.unwrap();
    town.work().await;

    let rules = simulator.rows("/ip/firewall/filter");
    assert_eq!(rules.len(), before);
    let chain: Vec<String> =
        rules.iter().filter(|rule| text(rule, "chain") == "forward").map(|rule| text(rule, "action")).collect();
    assert_eq!(chain, ["jump", "jump", "accept", "fasttrack-connection", "accept"]);
    assert_eq!(text(&rows_with(&simulator, "/ip/firewall/filter", "action", "reject")[0], "disabled"), "false");
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_dry_run_writes_the_setup_down_and_sends_nothing() {
    let (town, simulator) = (town().await, simulator().await);
    let mut form = form_of("R1", &simulator);
    form.mode = "dry_run".into();
    let router = town.router_with_base(form).await;

    assert!(simulator.rows("/ip/firewall/filter").is_empty());
    let job = town.job().await;
    assert_eq!(job.state, JobState::Done);
    let exchanges = town.detail(job.id).await.exchanges;
    assert!(exchanges.len() == 13 && exchanges.iter().all(|exchange| !exchange.sent), "{exchanges:?}");
    let shown = routers::show(&town.story, &town.story.may(), router).await.unwrap().router.base;
    assert!(shown.read.is_none(), "nothing is said of what was not read after acting");
}

#[tokio::test]
async fn a_foreign_pool_of_the_same_name_is_told() {
    let (town, simulator) = (town().await, simulator().await);
    simulator.seed("/ip/pool", &[("name", "clientes"), ("ranges", "10.1.0.2-10.1.0.9")]).unwrap();
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    town.pool("Centro", router, "10.8.0.0/24", Some(("10.8.0.100", "10.8.0.200", "clientes"))).await;
    town.work().await;

    let foreign = Because::Foreign { menu: Menu::Pool, name: "clientes".into() };
    assert_eq!(town.given_up_because().await, foreign);
    assert_eq!(text(&simulator.rows("/ip/pool")[0], "ranges"), "10.1.0.2-10.1.0.9");
}

#[tokio::test]
async fn what_a_router_hands_out_is_written_to_it_and_taken_away_again() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    let pool = town.pool("Centro", router, "10.8.0.0/24", Some(("10.8.0.100", "10.8.0.200", "clientes"))).await;
    town.work().await;
    assert_eq!(text(&simulator.rows("/ip/pool")[0], "ranges"), "10.8.0.100-10.8.0.200");
    workflows::pools::remove(&town.story, &town.story.may(), pool).await.unwrap();
    town.work().await;

    assert!(simulator.rows("/ip/pool").is_empty());
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_router_that_was_read_before_the_settings_changed_is_looked_at_again() {
    let (mut town, simulator) = (town().await, simulator().await);
    let router = town.router_with_base(form_of("R1", &simulator)).await;
    assert_eq!(routers::follow_settings(&town.story).await.unwrap(), 0);
    town.story.context.stays_open.hosts.push("pay.example".into());
    let shown = routers::show(&town.story, &town.story.may(), router).await.unwrap().router.base;
    assert!(shown.outdated);
    assert_eq!(routers::follow_settings(&town.story).await.unwrap(), 1);
    town.work().await;

    assert_eq!(rows_with(&simulator, "/ip/firewall/address-list", "address", "pay.example").len(), 1);
    assert_eq!(routers::follow_settings(&town.story).await.unwrap(), 0);
}

#[tokio::test]
async fn a_router_that_does_not_answer_keeps_its_setup_and_its_customers_waiting() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    routers::apply_base(&town.story, &town.story.may(), router).await.unwrap();
    town.subscriber("ana", router, None).await;
    simulator.set_fault("refuse".parse().unwrap());
    town.work().await;

    let waiting = town.jobs_in(JobState::Waiting).await;
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().all(|job| job.attempts == 0), "{waiting:?}");
    let failing = routers::show(&town.story, &town.story.may(), router).await.unwrap().router.failing.unwrap();
    assert_eq!(failing.failures, 1, "it was tried once for both");
}
