//! What the simulated router forwards, as its rules and their order say.

#![allow(clippy::unwrap_used)]

use lab::routeros::{Fault, Options as Router, Packet, Passage, Simulator};
use routeros::{Client, Command, Options};

const FILTER: &str = "/ip/firewall/filter";

async fn router() -> (Simulator, Client) {
    let router = Simulator::start(Router::default()).await.unwrap();
    let client = connect(&router).await;
    (router, client)
}

async fn connect(router: &Simulator) -> Client {
    let options = Options { port: router.addr.port(), ..Options::plain("127.0.0.1", "admin", "") };
    Client::connect(&options).await.unwrap()
}

async fn add(client: &Client, menu: &str, arguments: &[(&str, &str)]) -> String {
    let command = Command::new(format!("{menu}/add"));
    let command = arguments.iter().fold(command, |command, (name, value)| command.with(*name, *value));
    client.run(command).await.unwrap().ret().unwrap().into_owned()
}

fn web(router: &Simulator, from: &str, port: u16) -> Passage {
    router.forward(Packet { from, to: "203.0.113.9", protocol: "tcp", port })
}

fn through(to: &str, port: u16) -> Passage {
    Passage::Forwarded { to: to.to_owned(), port }
}

#[tokio::test]
async fn the_first_rule_that_matches_decides_wherever_it_was_added() {
    let (router, client) = router().await;
    let last = add(&client, FILTER, &[("chain", "forward"), ("action", "drop")]).await;
    assert_eq!(web(&router, "10.0.0.1", 443), Passage::Dropped);
    let before = [("chain", "forward"), ("action", "accept"), ("dst-port", "443"), ("place-before", last.as_str())];
    let accept = add(&client, FILTER, &before).await;
    assert_eq!(web(&router, "10.0.0.1", 443), through("203.0.113.9", 443));
    assert_eq!(web(&router, "10.0.0.1", 80), Passage::Dropped);
    let to_the_end = Command::new(format!("{FILTER}/move")).with("numbers", accept);
    client.run(to_the_end).await.unwrap();
    assert_eq!(web(&router, "10.0.0.2", 443), Passage::Dropped, "moved behind the drop");
}

#[tokio::test]
async fn lists_jumps_and_translations_are_followed() {
    let (router, client) = router().await;
    add(&client, "/ip/firewall/address-list", &[("list", "cut"), ("address", "10.0.0.1")]).await;
    let jump = [("chain", "forward"), ("action", "jump"), ("jump-target", "judge"), ("src-address-list", "cut")];
    add(&client, FILTER, &jump).await;
    add(&client, FILTER, &[("chain", "judge"), ("action", "accept"), ("dst-port", "3080")]).await;
    let reject = [("chain", "judge"), ("action", "reject"), ("reject-with", "icmp-admin-prohibited")];
    add(&client, FILTER, &reject).await;
    let translated = [
        ("chain", "dstnat"),
        ("action", "dst-nat"),
        ("src-address-list", "cut"),
        ("protocol", "tcp"),
        ("dst-port", "80"),
        ("to-addresses", "10.0.0.9"),
        ("to-ports", "3080"),
    ];
    add(&client, "/ip/firewall/nat", &translated).await;
    assert_eq!(web(&router, "10.0.0.1", 80), through("10.0.0.9", 3080));
    assert_eq!(web(&router, "10.0.0.1", 443), Passage::Rejected { with: "icmp-admin-prohibited".to_owned() });
    assert_eq!(web(&router, "10.0.0.2", 443), through("203.0.113.9", 443), "not on the list");
}

#[tokio::test]
async fn what_is_fast_tracked_passes_by_the_firewall_until_its_connection_ends() {
    let (router, client) = router().await;
    let fasttrack =
        [("chain", "forward"), ("action", "fasttrack-connection"), ("connection-state", "established,related")];
    let fasttrack = add(&client, FILTER, &fasttrack).await;
    for _ in 0..2 {
        assert_eq!(web(&router, "10.0.0.1", 443), through("203.0.113.9", 443));
    }
    let drop = [("chain", "forward"), ("action", "drop"), ("place-before", fasttrack.as_str())];
    add(&client, FILTER, &drop).await;
    assert_eq!(web(&router, "10.0.0.1", 443), through("203.0.113.9", 443), "the drop never sees it");
    let connection = router.rows("/ip/firewall/connection").remove(0);
    let end = Command::new("/ip/firewall/connection/remove").with(".id", connection.id().unwrap().as_ref());
    client.run(end).await.unwrap();
    assert_eq!(web(&router, "10.0.0.1", 443), Passage::Dropped);
}

#[tokio::test]
async fn what_is_accepted_before_fasttrack_is_never_fast_tracked() {
    let (router, client) = router().await;
    let established = ("connection-state", "established,related");
    let fasttrack = [("chain", "forward"), ("action", "fasttrack-connection"), established];
    let fasttrack = add(&client, FILTER, &fasttrack).await;
    let accept = [("chain", "forward"), ("action", "accept"), established, ("place-before", fasttrack.as_str())];
    add(&client, FILTER, &accept).await;
    for _ in 0..3 {
        assert_eq!(web(&router, "10.0.0.1", 443), through("203.0.113.9", 443));
    }
    let connection = router.rows("/ip/firewall/connection").remove(0);
    assert_eq!(connection.text("fasttrack").unwrap(), "false");
}

#[tokio::test]
async fn a_connection_that_is_cut_carries_out_what_was_whole_and_answers_nothing() {
    let (router, _) = router().await;
    let mut whole = None;
    for bytes in 0..400 {
        let before = router.snapshot();
        let client = connect(&router).await;
        router.set_fault(Fault::CutAfter(bytes));
        let lost = client.run(Command::new("/ppp/secret/add").with("name", "ana")).await;
        router.clear_faults();
        if lost.is_ok() {
            break;
        }
        let added = !router.rows("/ppp/secret").is_empty();
        assert!(whole.is_none() || added, "{bytes}: nothing is undone by more bytes");
        whole = whole.or(added.then_some(bytes));
        router.restore(&before);
    }
    assert!(whole.is_some(), "at its last byte the command was carried out, and its reply was lost");
}
