//! The client of `routeros` against the simulated router: what it promises when all is well, and when it is not.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::time::Duration;

use lab::routeros::{Fault, Lost, Options as Router, Simulator};
use routeros::session::ProtocolError;
use routeros::wire::WireError;
use routeros::{Category, Client, Command, Error, Loss, Options, Query, Stage, Tls};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;

const IDENTITY: &str = "/system/identity/print";

async fn router() -> Simulator {
    start(Router::default()).await
}

async fn start(router: Router) -> Simulator {
    Simulator::start(Router { user: "ramal".into(), password: "sesame".into(), ..router }).await.unwrap()
}

fn options(router: &Simulator) -> Options {
    let plain = Options::plain("127.0.0.1", "ramal", "sesame");
    Options { port: router.addr.port(), ..plain }
}

fn impatient(router: &Simulator, milliseconds: u64) -> Options {
    let patience = Duration::from_millis(milliseconds);
    Options { command_timeout: patience, connect_timeout: patience, ..options(router) }
}

async fn connect(router: &Simulator) -> Client {
    Client::connect(&options(router)).await.unwrap()
}

fn add_secret(name: &str) -> Command {
    Command::new("/ppp/secret/add").with("name", name).with("password", "hunter2")
}

fn seed_addresses(router: &Simulator, count: u32) {
    for number in 0..count {
        let address = std::net::Ipv4Addr::from(0x0A00_0000 + number).to_string();
        let row = [("list", "cut"), ("address", address.as_str()), ("comment", "ramal:cut:1:0123456789")];
        router.seed("/ip/firewall/address-list", &row).unwrap();
    }
}

fn print_addresses() -> Command {
    Command::new("/ip/firewall/address-list/print").proplist(&[".id", "address", "comment"])
}

#[tokio::test]
async fn it_logs_in_the_new_way_and_the_old() {
    for version in ["7.20.8", "6.43", "6.42"] {
        let router = start(Router { version: version.into(), ..Router::default() }).await;
        let client = connect(&router).await;
        let reply = client.run(Command::new(IDENTITY)).await.unwrap();
        assert_eq!(reply.rows[0].text("name").unwrap(), "MikroTik", "{version}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_with_the_routers_words() {
    for version in ["7.20.8", "6.42"] {
        let router = start(Router { version: version.into(), ..Router::default() }).await;
        let wrong = Options { password: "guess".into(), ..options(&router) };
        let Err(Error::LoginRefused { message }) = Client::connect(&wrong).await else {
            panic!("logged in to {version}");
        };
        assert_eq!(message, "invalid user name or password (6)");
    }
}

#[tokio::test]
async fn the_certificate_is_the_pinned_one_or_there_is_no_connection() {
    let router = start(Router { tls: true, ..Router::default() }).await;
    let pinned = |fingerprint| Options { tls: Tls::Pinned(fingerprint), ..options(&router) };
    let right = pinned(router.fingerprint().unwrap());
    Client::connect(&right).await.unwrap().run(Command::new(IDENTITY)).await.unwrap();
    let refused = Client::connect(&pinned([7; 32])).await;
    assert!(matches!(refused, Err(Error::Connect { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_certificate_can_be_trusted_by_its_root_and_name() {
    let router = start(Router { tls: true, ..Router::default() }).await;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(router.certificate().unwrap().to_vec())).unwrap();
    let trusting = Options { tls: Tls::Roots(Arc::new(roots)), host: "localhost".into(), ..options(&router) };
    Client::connect(&trusting).await.unwrap().run(Command::new(IDENTITY)).await.unwrap();
    let strangers = Tls::Roots(Arc::new(RootCertStore::empty()));
    let refused = Client::connect(&Options { tls: strangers, ..options(&router) }).await;
    assert!(matches!(refused, Err(Error::Connect { .. })), "{refused:?}");
}

#[tokio::test]
async fn ten_thousand_rows_arrive_without_losing_one() {
    let router = router().await;
    seed_addresses(&router, 10_000);
    let client = connect(&router).await;
    let collected = client.run(print_addresses()).await.unwrap().rows;
    let mut streamed = Vec::new();
    let mut rows = client.stream(print_addresses()).await.unwrap();
    while let Some(row) = rows.next().await {
        streamed.push(row.unwrap());
    }
    assert_eq!(collected.len(), 10_000);
    assert_eq!(streamed, collected);
    let last = collected.last().unwrap();
    assert_eq!(last.text("address").unwrap(), "10.0.39.15");
}

#[tokio::test]
async fn commands_in_flight_together_each_get_their_own_answer() {
    let router = router().await;
    let client = connect(&router).await;
    let adding = (0..200).map(|number| {
        let client = client.clone();
        tokio::spawn(async move {
            let name = format!("customer-{number}");
            let added = client.run(add_secret(&name)).await.unwrap();
            let query = Query::equals("name", &name);
            let print = Command::new("/ppp/secret/print").proplist(&[".id", "name"]).matching(query);
            let found = client.run(print).await.unwrap().rows;
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].id(), added.ret());
        })
    });
    for adding in adding.collect::<Vec<_>>() {
        adding.await.unwrap();
    }
    assert_eq!(router.rows("/ppp/secret").len(), 200);
}

#[tokio::test]
async fn no_more_commands_are_in_flight_than_allowed() {
    let router = router().await;
    let options = Options { in_flight: 2, ..impatient(&router, 200) };
    let client = Client::connect(&options).await.unwrap();
    router.set_fault(Fault::Hang);
    let asking = (0..5).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.run(Command::new(IDENTITY)).await.unwrap_err() })
    });
    let mut stages = Vec::new();
    for asking in asking.collect::<Vec<_>>() {
        let Error::TimedOut(stage) = asking.await.unwrap() else { panic!("answered") };
        stages.push(stage);
    }
    let sent = stages.iter().filter(|stage| **stage == Stage::Answering);
    assert_eq!(sent.count(), 2);
    let received = router.command_log();
    assert_eq!(received.iter().filter(|command| command.path() == IDENTITY).count(), 2);
}

#[tokio::test]
async fn a_refusal_carries_category_and_message() {
    let router = router().await;
    let client = connect(&router).await;
    let removal = Command::new("/ppp/secret/remove").with(".id", "*7F");
    let Err(error @ Error::Trap(_)) = client.run(removal).await else { panic!("removed") };
    assert!(!error.outcome_unknown());
    let Error::Trap(trap) = error else { unreachable!() };
    assert_eq!(trap.category, Some(Category::MissingItemOrCommand));
    assert_eq!(trap.message, "no such item");
}

#[tokio::test]
async fn a_lost_reply_is_reported_as_unknown_outcome() {
    let router = router().await;
    let client = connect(&router).await;
    router.set_fault(Fault::LoseReply(Lost::Nth(1)));
    let error = client.run(add_secret("ana")).await.unwrap_err();
    assert!(matches!(error, Error::Lost(Loss::ClosedByRouter)), "{error:?}");
    assert!(error.outcome_unknown());
    assert_eq!(router.rows("/ppp/secret").len(), 1, "it was carried out all the same");
    let later = client.run(Command::new(IDENTITY)).await.unwrap_err();
    assert!(matches!(later, Error::Closed), "{later:?}");
    assert!(!later.outcome_unknown(), "it was never sent");
}

#[tokio::test]
async fn a_lost_connection_fails_every_command_in_flight() {
    let router = start(Router { delay: Duration::from_secs(30), ..Router::default() }).await;
    let client = connect(&router).await;
    let asking = [(); 3].map(|()| {
        let client = client.clone();
        tokio::spawn(async move { client.run(Command::new(IDENTITY)).await })
    });
    while router.command_log().len() < 4 {
        tokio::task::yield_now().await;
    }
    router.drop_connections();
    for asking in asking {
        let error = asking.await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Lost(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_print_cut_in_the_middle_is_an_error_and_not_a_short_table() {
    let router = router().await;
    seed_addresses(&router, 1000);
    let client = connect(&router).await;
    router.set_fault(Fault::DropAfter(5000));
    let error = client.run(print_addresses()).await.unwrap_err();
    assert!(matches!(error, Error::Lost(Loss::ClosedByRouter)), "{error:?}");
}

#[tokio::test]
async fn wherever_the_connection_breaks_an_answer_is_whole_or_an_error() {
    let router = router().await;
    seed_addresses(&router, 3);
    let whole = connect(&router).await.run(print_addresses()).await.unwrap();
    let mut outcomes = Vec::new();
    for bytes in 0..300 {
        router.clear_faults();
        router.set_fault(Fault::DropAfter(bytes));
        let outcome = match Client::connect(&options(&router)).await {
            Ok(client) => client.run(print_addresses()).await,
            Err(error) => Err(error),
        };
        outcomes.push(match outcome {
            Ok(reply) => reply == whole,
            Err(Error::Connect { .. } | Error::Lost(_) | Error::Closed) => false,
            Err(other) => panic!("cut after {bytes} bytes: {other:?}"),
        });
    }
    assert!(outcomes.is_sorted(), "once enough bytes arrive, every answer is whole");
    assert_eq!((outcomes.first(), outcomes.last()), (Some(&false), Some(&true)));
}

#[tokio::test]
async fn a_command_that_takes_too_long_is_cancelled_and_the_connection_goes_on() {
    let router = router().await;
    let client = Client::connect(&impatient(&router, 500)).await.unwrap();
    router.set_fault(Fault::Slow(Duration::from_secs(30)));
    let error = client.run(Command::new(IDENTITY)).await.unwrap_err();
    assert!(matches!(error, Error::TimedOut(Stage::Answering)), "{error:?}");
    assert!(error.outcome_unknown());
    router.clear_faults();
    client.run(Command::new(IDENTITY)).await.unwrap();
    assert!(router.command_log().iter().any(|command| command.path() == "/cancel"));
}

#[tokio::test]
async fn a_stream_that_is_dropped_is_cancelled_and_the_connection_goes_on() {
    let router = router().await;
    seed_addresses(&router, 10_000);
    let client = Client::connect(&Options { in_flight: 1, ..options(&router) }).await.unwrap();
    let mut rows = client.stream(print_addresses()).await.unwrap();
    rows.next().await.unwrap().unwrap();
    drop(rows);
    client.run(Command::new(IDENTITY)).await.unwrap();
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_refused() {
    let router = router().await;
    seed_addresses(&router, 1000);
    let client = Client::connect(&Options { answer_limit: 10_000, ..options(&router) }).await.unwrap();
    let error = client.run(print_addresses()).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 10_000 }), "{error:?}");
    client.run(Command::new(IDENTITY)).await.unwrap();
}

#[tokio::test]
async fn a_router_that_cannot_be_reached_says_where() {
    let router = router().await;
    let options = impatient(&router, 5000);
    router.set_fault(Fault::Refuse);
    let closed = Client::connect(&options).await.unwrap_err();
    assert!(matches!(closed, Error::Connect { .. }), "{closed:?}");
    let port = router.addr.port().to_string();
    drop(router);
    assert!(closed.to_string().contains(&port), "{closed}");
}

#[tokio::test]
async fn a_peer_that_is_no_router_is_recognised() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, &[0xF8; 100]).await.unwrap();
        std::future::pending::<()>().await;
    });
    let error = Client::connect(&Options { port, ..Options::plain("127.0.0.1", "ramal", "sesame") }).await.unwrap_err();
    let Error::Protocol(ProtocolError::Wire(error)) = error else { panic!("{error:?}") };
    assert_eq!(error, WireError::Reserved(0xF8));
}

#[tokio::test]
async fn a_router_that_ends_the_conversation_says_why() {
    let router = router().await;
    let client = connect(&router).await;
    let error = client.run(Command::new("/quit")).await.unwrap_err();
    let Error::Fatal { message } = error else { panic!("{error:?}") };
    assert_eq!(message, "session terminated on request");
    assert!(matches!(client.run(Command::new(IDENTITY)).await, Err(Error::Closed)));
}

#[tokio::test]
async fn a_router_that_never_answers_is_given_up() {
    let router = start(Router { faults: vec![Fault::Hang], ..Router::default() }).await;
    let error = Client::connect(&impatient(&router, 100)).await.unwrap_err();
    assert!(matches!(error, Error::TimedOut(Stage::LoggingIn)), "{error:?}");
    assert!(!error.outcome_unknown());
}

#[tokio::test]
async fn listening_reports_what_comes_and_what_goes() {
    let router = router().await;
    router.seed("/ppp/secret", &[("name", "ana"), ("password", "hunter2")]).unwrap();
    let client = connect(&router).await;
    let listen = Command::new("/ppp/active/listen").proplist(&[".id", "name"]);
    let mut changes = client.listen(listen).await.unwrap();
    // The router carries out one command after the other: when this is answered, it listens.
    client.run(Command::new(IDENTITY)).await.unwrap();
    let session = router.dial("ana", "hunter2").unwrap();
    let came = changes.next().await.unwrap().unwrap();
    assert_eq!((came.id().unwrap(), came.text("name").unwrap()), (session.as_str().into(), "ana".into()));
    router.hang_up("ana");
    let went = changes.next().await.unwrap().unwrap();
    assert_eq!(went.id().unwrap(), session);
    assert!(went.flag(".dead"));
}

#[tokio::test]
async fn a_connection_lost_in_safe_mode_changes_nothing() {
    let router = router().await;
    let client = connect(&router).await;
    client.run(Command::new("/safe-mode/take")).await.unwrap();
    client.run(add_secret("ana")).await.unwrap();
    client.close();
    let again = connect(&router).await;
    while !router.rows("/ppp/secret").is_empty() {
        tokio::task::yield_now().await;
    }
    again.run(Command::new("/safe-mode/take")).await.unwrap();
    again.run(add_secret("eva")).await.unwrap();
    again.run(Command::new("/safe-mode/release")).await.unwrap();
    assert_eq!(router.rows("/ppp/secret").len(), 1);
}

#[tokio::test]
async fn a_password_is_in_no_error_and_in_no_printed_command() {
    let router = router().await;
    let client = connect(&router).await;
    client.run(add_secret("ana")).await.unwrap();
    let error = client.run(add_secret("ana")).await.unwrap_err();
    let log = router.command_log();
    let printed = format!("{error} {error:?} {client:?} {log:?} {:?}", options(&router));
    assert!(printed.contains("/ppp/secret/add name=ana"), "{printed}");
    assert!(!printed.contains("hunter2") && !printed.contains("sesame"), "{printed}");
}
