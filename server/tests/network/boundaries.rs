//! A link that breaks at any byte of a batch, in either direction, and a reply that is lost after its command was carried
//! out: two reconciles reach what is wanted, nothing is there twice, and what others wrote stays as it was.
//!
//! Every 61st byte is tried; `BOUNDARY_STEP=1` tries each.

use std::collections::BTreeMap;

use domain::ids::ServiceId;
use domain::network::{
    Addressing, Attachment, BaseWanted, LimitBy, Outcome, Password, PoolWanted, Provision, RouterMode, ServiceWanted,
};
use domain::plan::Speed;
use lab::routeros::{Fault, Lost, Simulator, Snapshot};
use secrecy::SecretString;
use server::adapters::mikrotik::MikroTik;
use workflows::ports::{RouterAccess, Routers, Subject, Transcript};

use crate::town::*;

/// What a router holds in the end. The order of rules is part of it, ids are not.
type Held = BTreeMap<String, Vec<BTreeMap<String, String>>>;

const MENUS: [&str; 9] = [
    "/ppp/profile",
    "/ppp/secret",
    "/ppp/active",
    "/ip/dhcp-server/lease",
    "/queue/simple",
    "/ip/firewall/address-list",
    "/ip/firewall/connection",
    "/ip/firewall/filter",
    "/ip/firewall/nat",
];

fn held(simulator: &Simulator) -> Held {
    let told = |row: &routeros::Row| -> BTreeMap<String, String> {
        let shown = row.iter().filter(|(name, _)| *name != ".id");
        shown.map(|(name, value)| (name.to_owned(), String::from_utf8_lossy(value).into_owned())).collect()
    };
    let rows = |menu: &str| {
        let mut rows: Vec<_> = simulator.rows(menu).iter().map(told).collect();
        if !menu.ends_with("filter") && !menu.ends_with("nat") {
            rows.sort();
        }
        rows
    };
    MENUS.iter().map(|menu| ((*menu).to_owned(), rows(menu))).collect()
}

fn access(simulator: &Simulator) -> RouterAccess {
    RouterAccess {
        host: simulator.addr.ip().to_string(),
        port: simulator.addr.port(),
        certificate: None,
        username: "ramal".into(),
        password: SecretString::from(ROUTER_PASSWORD),
        mode: RouterMode::Live,
        addressing: Addressing { limit_by: LimitBy::Queue, ..Addressing::default() },
    }
}

/// Seven by PPPoE and five by DHCP, each with a fixed address.
fn customers(provision: Provision) -> Vec<Subject> {
    let customer = |number: i64| {
        let attachment = if number <= 7 {
            let password = Password { plain: format!("secret{number}"), version: "v1".into() };
            let address = format!("10.9.0.{number}").parse().ok();
            Attachment::Pppoe { user: format!("user{number}"), password, caller: None, address, prefix: None }
        } else {
            let mac = format!("02:AA:00:00:00:{number:02X}").parse().unwrap();
            Attachment::Dhcp { mac, address: format!("10.8.0.{number}").parse().ok() }
        };
        let wanted = ServiceWanted { service: ServiceId(number), attachment, provision };
        Subject { wanted, seen: None, said: Transcript::default() }
    };
    (1..=12).map(customer).collect()
}

fn sold() -> Provision {
    Provision::Active(Speed { down_kbps: 51_200, up_kbps: 10_240 }.into())
}

fn base() -> BaseWanted {
    BaseWanted {
        notice: "10.0.0.2:3080".parse().ok(),
        allowed: vec!["10.0.0.80".into(), "pay.example".into()],
        pools: vec![PoolWanted { name: "clientes".into(), ranges: "10.8.0.100-10.8.0.200".into() }],
    }
}

/// What a story of a broken link does, and again until it is done.
#[derive(Clone, Copy)]
enum Work {
    Customers(Provision),
    Base,
}

impl Work {
    /// True when all of it was done.
    async fn run(self, simulator: &Simulator) -> bool {
        // The pace would make minutes of what is asked here thousands of times.
        let (router, mikrotik) = (access(simulator), MikroTik { per_second: None, ..mikrotik() });
        match self {
            Self::Customers(provision) => {
                let customers = customers(provision);
                let done = mikrotik.reconcile(&router, &customers).await;
                done.is_ok_and(|done| done.services.iter().all(|service| service.outcome == Outcome::Done))
            }
            Self::Base => {
                let done = mikrotik.configure(&router, &base(), &Transcript::default()).await;
                done.is_ok_and(|done| done.outcome == Outcome::Done)
            }
        }
    }
}

/// A router with rows of others in every menu, and our customers connected.
async fn connected() -> Simulator {
    let simulator = simulator().await;
    simulator.seed("/ppp/secret", &[("name", "eva"), ("password", "x"), ("comment", "old system")]).unwrap();
    simulator.seed("/queue/simple", &[("name", "eva"), ("target", "10.7.0.1"), ("max-limit", "1M/1M")]).unwrap();
    simulator.seed("/ip/firewall/address-list", &[("list", "blocked"), ("address", "10.9.0.1")]).unwrap();
    let fasttrack = [("chain", "forward"), ("action", "fasttrack-connection")];
    simulator.seed("/ip/firewall/filter", &fasttrack).unwrap();
    simulator.seed("/ip/firewall/nat", &[("chain", "dstnat"), ("action", "redirect")]).unwrap();
    assert!(Work::Customers(sold()).run(&simulator).await);
    for number in 1..=7 {
        simulator.dial(&format!("user{number}"), &format!("secret{number}")).unwrap();
    }
    for source in ["10.9.0.1:4000", "10.9.0.2:4000", "10.8.0.8:4000", "10.9.0.11:4000", "10.7.0.1:4000"] {
        simulator.seed("/ip/firewall/connection", &[("src-address", source)]).unwrap();
    }
    simulator
}

/// What is reached when nothing breaks.
async fn undisturbed(simulator: &Simulator, before: &Snapshot, work: Work) -> Held {
    simulator.restore(before);
    assert!(work.run(simulator).await);
    held(simulator)
}

/// One fault, then a second reconcile without it. True when the fault came to pass.
async fn disturbed(simulator: &Simulator, before: &Snapshot, work: Work, fault: Fault, expected: &Held) -> bool {
    simulator.restore(before);
    simulator.set_fault(fault.clone());
    let (logins, first) = (sent(simulator, "/login"), work.run(simulator).await);
    let broken = !first || sent(simulator, "/login") - logins > 1;
    simulator.clear_faults();
    assert!(first || work.run(simulator).await, "{fault:?}: two reconciles are enough");
    assert!(held(simulator) == *expected, "{fault:?}: {:#?}\nand not {expected:#?}", held(simulator));
    broken
}

async fn at_every_byte(simulator: &Simulator, work: Work) {
    let step = std::env::var("BOUNDARY_STEP").ok().and_then(|step| step.parse().ok()).unwrap_or(61);
    let before = simulator.snapshot();
    let expected = undisturbed(simulator, &before, work).await;
    for fault in [Fault::CutAfter, Fault::DropAfter] {
        let mut bytes = 0;
        while disturbed(simulator, &before, work, fault(bytes), &expected).await {
            bytes += step;
        }
        assert!(bytes > 1500, "{:?} came to nothing after {bytes} bytes", fault(bytes));
    }
}

#[tokio::test]
async fn a_link_that_breaks_at_any_byte_of_fifty_commands() {
    let simulator = connected().await;
    let before = sent_changes(&simulator);
    let start = simulator.snapshot();
    undisturbed(&simulator, &start, Work::Customers(Provision::Suspended)).await;
    let changes = sent_changes(&simulator) - before;
    assert!(changes >= 50, "{changes} commands that change something");
    simulator.restore(&start);
    at_every_byte(&simulator, Work::Customers(Provision::Suspended)).await;
}

#[tokio::test]
async fn a_link_that_breaks_at_any_byte_of_a_router_s_setup() {
    at_every_byte(&connected().await, Work::Base).await;
}

/// Each reply once: that of every add, set, unset, remove and move.
async fn at_every_reply(simulator: &Simulator, work: Work, verbs: &[&str]) {
    let before = simulator.snapshot();
    let start = simulator.command_log().len();
    let expected = undisturbed(simulator, &before, work).await;
    for verb in verbs {
        let of_verb = |command: &routeros::Command| command.path().ends_with(&format!("/{verb}"));
        assert!(simulator.command_log()[start..].iter().any(of_verb), "{verb} is among what is sent");
    }
    let mut lost = 1;
    while disturbed(simulator, &before, work, Fault::LoseReply(Lost::Nth(lost)), &expected).await {
        lost += 1;
    }
    assert!(lost > verbs.len() as u64, "{lost} replies");
}

#[tokio::test]
async fn a_reply_that_is_lost_after_its_command_was_carried_out() {
    let simulator = connected().await;
    at_every_reply(&simulator, Work::Customers(Provision::Suspended), &["add", "set", "remove"]).await;
    at_every_reply(&simulator, Work::Customers(Provision::Absent), &["set", "remove"]).await;
    at_every_reply(&simulator, Work::Base, &["add"]).await;
    let client = by_hand(&simulator).await;
    for rule in rows_with(&simulator, "/ip/firewall/filter", "action", "jump") {
        let last = routeros::Command::new("/ip/firewall/filter/move").with("numbers", text(&rule, ".id"));
        client.run(last).await.unwrap();
    }
    at_every_reply(&simulator, Work::Base, &["move"]).await;
}

#[tokio::test]
async fn a_reply_that_is_lost_after_something_was_unset() {
    let simulator = simulator().await;
    assert!(Work::Customers(sold()).run(&simulator).await);
    for secret in simulator.rows("/ppp/secret") {
        let client = by_hand(&simulator).await;
        let set = routeros::Command::new("/ppp/secret/set").with(".id", text(&secret, ".id"));
        client.run(set.with("remote-ipv6-prefix", "2001:db8::/64")).await.unwrap();
    }
    at_every_reply(&simulator, Work::Customers(sold()), &["unset"]).await;
}

/// Commands that change something.
fn sent_changes(simulator: &Simulator) -> usize {
    let reads = |path: &str| path.ends_with("/print") || path == "/login";
    simulator.command_log().iter().filter(|command| !reads(command.path())).count()
}
