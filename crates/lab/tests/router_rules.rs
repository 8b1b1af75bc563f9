//! What the simulated router accepts and refuses, in the words of real ones.

#![allow(clippy::unwrap_used)]

use lab::routeros::{DialRefused, Fault, Options as Router, Simulator};
use routeros::{Client, Command, Error, Options, Query, Reply, Row, Tls, Trap};

struct Lab {
    router: Simulator,
    client: Client,
}

impl Lab {
    async fn new() -> Self {
        Self::of("7.20.8").await
    }

    async fn of(version: &str) -> Self {
        let router = Simulator::start(Router { version: version.into(), ..Router::default() }).await.unwrap();
        let options = Options { port: router.addr.port(), ..Options::plain("127.0.0.1", "admin", "") };
        let client = Client::connect(&options).await.unwrap();
        Self { router, client }
    }

    async fn run(&self, path: &str, arguments: &[(&str, &str)]) -> Reply {
        self.client.run(command(path, arguments)).await.unwrap()
    }

    async fn add(&self, menu: &str, arguments: &[(&str, &str)]) -> String {
        self.run(&format!("{menu}/add"), arguments).await.ret().unwrap().into_owned()
    }

    async fn refusal(&self, path: &str, arguments: &[(&str, &str)]) -> Trap {
        match self.client.run(command(path, arguments)).await {
            Err(Error::Trap(trap)) => trap,
            other => panic!("{path} was not refused: {other:?}"),
        }
    }

    async fn message(&self, path: &str, arguments: &[(&str, &str)]) -> String {
        self.refusal(path, arguments).await.message
    }
}

fn command(path: &str, arguments: &[(&str, &str)]) -> Command {
    let start = Command::new(path);
    arguments.iter().fold(start, |command, (name, value)| command.with(*name, *value))
}

fn column(rows: &[Row], name: &str) -> Vec<String> {
    rows.iter().map(|row| row.text(name).unwrap_or_default().into_owned()).collect()
}

#[tokio::test]
async fn refusals_have_the_routers_words() {
    let lab = Lab::new().await;
    lab.add("/ppp/secret", &[("name", "ana")]).await;
    let entry = [("list", "cut"), ("address", "10.0.0.1")];
    lab.add("/ip/firewall/address-list", &entry).await;
    let same_name = lab.message("/ppp/secret/add", &[("name", "ana")]).await;
    assert_eq!(same_name, "failure: secret with the same name already exists");
    assert_eq!(lab.message("/ip/firewall/address-list/add", &entry).await, "failure: already have such entry");
    assert_eq!(lab.message("/ppp/secret/set", &[(".id", "*99"), ("comment", "x")]).await, "no such item");
    assert_eq!(lab.message("/ppp/sekret/add", &[("name", "x")]).await, "no such command prefix");
    assert_eq!(lab.message("/ppp/secret/add", &[("nmae", "x")]).await, "unknown parameter");
    let profile = lab.message("/ppp/secret/add", &[("name", "eva"), ("profile", "gold")]).await;
    assert_eq!(profile, "input does not match any value of profile");
}

#[tokio::test]
async fn an_argument_of_a_later_version_is_refused_by_an_earlier_one() {
    let server = [("address", "127.0.0.1"), ("secret", "x"), ("require-message-auth", "yes-for-request-resp")];
    assert_eq!(Lab::of("7.9").await.message("/radius/add", &server).await, "unknown parameter");
    Lab::of("7.20.8").await.add("/radius", &server).await;
}

#[tokio::test]
async fn a_list_of_ids_is_one_command_and_all_or_nothing() {
    let lab = Lab::new().await;
    let mut ids = Vec::new();
    for name in ["ana", "eva", "leo"] {
        ids.push(lab.add("/ppp/secret", &[("name", name)]).await);
    }
    let with_a_stranger = format!("{},*99", ids[0]);
    lab.refusal("/ppp/secret/remove", &[(".id", &with_a_stranger)]).await;
    assert_eq!(lab.router.rows("/ppp/secret").len(), 3);
    let two = ids[..2].join(",");
    lab.run("/ppp/secret/disable", &[("numbers", &two)]).await;
    assert_eq!(column(&lab.router.rows("/ppp/secret"), "disabled"), ["true", "true", "false"]);
    lab.run("/ppp/secret/enable", &[(".id", &two)]).await;
    lab.run("/ppp/secret/comment", &[(".id", "leo"), ("comment", "by name")]).await;
    lab.run("/ppp/secret/remove", &[(".id", &two)]).await;
    assert_eq!(column(&lab.router.rows("/ppp/secret"), "comment"), ["by name"]);
}

#[tokio::test]
async fn an_attribute_that_is_unset_is_not_printed() {
    let lab = Lab::new().await;
    let secret = lab.add("/ppp/secret", &[("name", "ana"), ("remote-address", "10.9.9.9")]).await;
    lab.run("/ppp/secret/unset", &[("numbers", &secret), ("value-name", "remote-address")]).await;
    assert_eq!(lab.router.rows("/ppp/secret")[0].get("remote-address"), None);
    lab.refusal("/ppp/secret/add", &[("name", "ana")]).await;
}

#[tokio::test]
async fn a_print_returns_the_wanted_rows_and_columns() {
    let lab = Lab::new().await;
    for (name, service) in [("ana", "pppoe"), ("eva", "any"), ("leo", "pppoe")] {
        lab.add("/ppp/secret", &[("name", name), ("service", service), ("password", "x")]).await;
    }
    let wanted = Query::equals("service", "pppoe").and(Query::equals("name", "ana").negated());
    let print = Command::new("/ppp/secret/print").proplist(&["name"]).matching(wanted);
    let rows = lab.client.run(print).await.unwrap().rows;
    assert_eq!(rows, [Row::from_iter([("name", "leo")])]);
    let count = lab.run("/ppp/secret/print", &[("count-only", "")]).await;
    assert_eq!(count.ret().unwrap(), "3");
}

#[tokio::test]
async fn menus_of_one_row_have_no_id() {
    let lab = Lab::new().await;
    lab.run("/system/identity/set", &[("name", "edge-1")]).await;
    let rows = lab.run("/system/identity/print", &[]).await.rows;
    assert_eq!(rows, [Row::from_iter([("name", "edge-1")])]);
    lab.run("/ip/dns/set", &[("servers", "9.9.9.9")]).await;
    lab.run("/ip/dns/set", &[("servers", "1.1.1.1")]).await;
    let dns = lab.run("/ip/dns/print", &[]).await.rows;
    assert_eq!(column(&dns, "servers"), ["1.1.1.1"]);
}

#[tokio::test]
async fn only_an_enabled_secret_dials_and_its_session_outlives_it() {
    let lab = Lab::new().await;
    assert_eq!(lab.router.dial("ana", "x"), Err(DialRefused::NoSecret));
    let secret = lab.add("/ppp/secret", &[("name", "ana"), ("password", "x"), ("remote-address", "10.9.9.9")]).await;
    assert_eq!(lab.router.dial("ana", "y"), Err(DialRefused::WrongPassword));
    let session = lab.router.dial("ana", "x").unwrap();
    lab.run("/ppp/secret/disable", &[(".id", &secret)]).await;
    let active = lab.run("/ppp/active/print", &[]).await.rows;
    assert_eq!(column(&active, "address"), ["10.9.9.9"], "disabling leaves the live session up");
    lab.run("/ppp/active/remove", &[(".id", &session)]).await;
    assert_eq!(lab.router.rows("/ppp/active"), []);
    assert_eq!(lab.router.dial("ana", "x"), Err(DialRefused::Disabled));
}

#[tokio::test]
async fn the_pool_gives_no_address_that_somebody_else_has_for_himself_or_uses() {
    let lab = Lab::new().await;
    lab.add("/ppp/secret", &[("name", "own"), ("password", "x"), ("remote-address", "100.64.0.1")]).await;
    for user in ["ana", "luis"] {
        lab.add("/ppp/secret", &[("name", user), ("password", "x")]).await;
        lab.router.dial(user, "x").unwrap();
    }
    assert_eq!(column(&lab.router.rows("/ppp/active"), "address"), ["100.64.0.2", "100.64.0.3"]);
}

#[tokio::test]
async fn a_profile_lists_and_limits_a_session_for_as_long_as_it_lives() {
    let lab = Lab::new().await;
    let profile = [("name", "cut"), ("address-list", "cut"), ("rate-limit", "1M/2M")];
    lab.add("/ppp/profile", &profile).await;
    let secret = lab.add("/ppp/secret", &[("name", "ana"), ("password", "x"), ("profile", "cut")]).await;
    lab.router.dial("ana", "x").unwrap();
    assert_eq!(column(&lab.router.rows("/ip/firewall/address-list"), "list"), ["cut"]);
    assert_eq!(column(&lab.router.rows("/queue/simple"), "max-limit"), ["1000000/2000000"]);
    lab.run("/ppp/secret/set", &[(".id", &secret), ("profile", "default")]).await;
    assert_eq!(lab.router.rows("/ip/firewall/address-list").len(), 1, "the session is as it was dialled");
    assert!(lab.router.hang_up("ana"));
    lab.router.dial("ana", "x").unwrap();
    assert_eq!(lab.router.rows("/ip/firewall/address-list"), []);
    assert_eq!(lab.router.rows("/queue/simple"), []);
}

#[tokio::test]
async fn a_lease_must_be_static_before_it_can_be_changed() {
    let lab = Lab::new().await;
    let lease = [("address", "10.0.0.7"), ("mac-address", "02:00:00:00:00:0a"), ("dynamic", "yes")];
    let lease = lab.router.seed("/ip/dhcp-server/lease", &lease).unwrap();
    let limit = [(".id", lease.as_str()), ("rate-limit", "1M/2M")];
    lab.refusal("/ip/dhcp-server/lease/set", &limit).await;
    lab.run("/ip/dhcp-server/lease/make-static", &[(".id", &lease)]).await;
    lab.run("/ip/dhcp-server/lease/set", &limit).await;
    let leases = lab.router.rows("/ip/dhcp-server/lease");
    assert_eq!(column(&leases, "mac-address"), ["02:00:00:00:00:0A"]);
    assert_eq!(column(&leases, "rate-limit"), ["1M/2M"]);
}

#[tokio::test]
async fn a_bound_lease_lists_and_limits_its_address_until_told_otherwise() {
    let lab = Lab::new().await;
    let lease = [("address", "10.0.0.7"), ("mac-address", "02:00:00:00:00:0a"), ("address-lists", "cut")];
    let lease = lab.add("/ip/dhcp-server/lease", &[&lease[..], &[("rate-limit", "1M/2M")]].concat()).await;
    assert_eq!(lab.router.rows("/ip/firewall/address-list"), [], "nobody has the address yet");
    assert_eq!(lab.router.bind_lease("02:00:00:00:00:0A", "10.0.0.99"), Ok(lease.clone()));
    assert_eq!(column(&lab.router.rows("/ip/firewall/address-list"), "address"), ["10.0.0.7"]);
    assert_eq!(column(&lab.router.rows("/queue/simple"), "target"), ["10.0.0.7/32"]);
    lab.run("/ip/dhcp-server/lease/set", &[(".id", &lease), ("address-lists", "")]).await;
    assert_eq!(lab.router.rows("/ip/firewall/address-list"), []);
    lab.run("/ip/dhcp-server/lease/set", &[(".id", &lease), ("block-access", "yes")]).await;
    assert_eq!(lab.router.rows("/queue/simple"), []);
    assert_eq!(lab.router.bind_lease("02:00:00:00:00:0a", "10.0.0.99"), Err(DialRefused::Blocked));
}

#[tokio::test]
async fn equipment_without_a_lease_gets_a_dynamic_one() {
    let lab = Lab::new().await;
    lab.router.bind_lease("02:00:00:00:00:0b", "10.0.0.99").unwrap();
    let leases = lab.run("/ip/dhcp-server/lease/print", &[]).await.rows;
    assert_eq!(column(&leases, "active-address"), ["10.0.0.99"]);
    assert!(leases[0].flag("dynamic"));
}

#[tokio::test]
async fn the_device_mode_forbids_the_hotspot_and_leaves_the_rest() {
    let lab = Lab::new().await;
    lab.router.set_fault(Fault::DeviceMode);
    let refused = lab.message("/ip/hotspot/user/add", &[("name", "guest")]).await;
    assert_eq!(refused, "not allowed by device-mode");
    lab.add("/ppp/secret", &[("name", "ana")]).await;
    let mode = lab.run("/system/device-mode/print", &[]).await.rows;
    assert_eq!(column(&mode, "hotspot"), ["false"]);
}

#[tokio::test]
async fn a_new_user_can_log_in_and_a_disabled_one_cannot() {
    let lab = Lab::new().await;
    lab.add("/user", &[("name", "ramal"), ("password", "sesame"), ("group", "full")]).await;
    let port = lab.router.addr.port();
    let ramal = Options { port, ..Options::plain("127.0.0.1", "ramal", "sesame") };
    Client::connect(&ramal).await.unwrap();
    lab.run("/user/disable", &[(".id", "admin")]).await;
    let admin = Options { port, ..Options::plain("127.0.0.1", "admin", "") };
    assert!(matches!(Client::connect(&admin).await, Err(Error::LoginRefused { .. })));
    let users = lab.run("/user/print", &[]).await.rows;
    assert!(users.iter().all(|user| user.get("password").is_none()), "passwords are never printed");
}

#[tokio::test]
async fn a_router_can_be_brought_from_plain_to_pinned_tls() {
    let router = Simulator::start(Router { tls: true, ..Router::default() }).await.unwrap();
    let plain = Options { port: router.addr.port(), ..Options::plain("127.0.0.1", "admin", "") };
    let lab = Lab { client: Client::connect(&plain).await.unwrap(), router };
    lab.run("/system/backup/save", &[("name", "before"), ("password", "x")]).await;
    lab.add("/certificate", &[("name", "api"), ("common-name", "edge-1")]).await;
    lab.run("/certificate/sign", &[("number", "api")]).await;
    let certificate = lab.run("/certificate/print", &[]).await.rows;
    let fingerprint = hex::decode(&column(&certificate, "fingerprint")[0]).unwrap();
    lab.run("/ip/service/set", &[("numbers", "api-ssl"), ("certificate", "api")]).await;
    let tls = Tls::Pinned(fingerprint.try_into().unwrap());
    let pinned = Client::connect(&Options { tls, ..plain.clone() }).await.unwrap();
    pinned.run(command("/ip/service/disable", &[("numbers", "api")])).await.unwrap();
    assert!(matches!(Client::connect(&plain).await, Err(Error::Connect { .. })));
    assert_eq!(column(&lab.router.rows("/file"), "name"), ["before.backup"]);
}

#[tokio::test]
async fn a_router_from_the_factory_speaks_tls_once_it_has_a_certificate() {
    let router = Simulator::start(Router { factory: true, ..Router::default() }).await.unwrap();
    let plain = Options { port: router.addr.port(), ..Options::plain("127.0.0.1", "admin", "") };
    let tls = Tls::Pinned(router.fingerprint().unwrap());
    let encrypted = Options { tls, ..plain.clone() };
    assert!(matches!(Client::connect(&encrypted).await, Err(Error::Connect { .. })));
    let lab = Lab { client: Client::connect(&plain).await.unwrap(), router };
    lab.add("/certificate", &[("name", "own"), ("common-name", "edge-1")]).await;
    lab.run("/ip/service/set", &[(".id", "api-ssl"), ("certificate", "own")]).await;
    assert!(Client::connect(&encrypted).await.is_err(), "it is not signed yet");
    lab.run("/certificate/sign", &[(".id", "own")]).await;
    Client::connect(&encrypted).await.unwrap();
    let services = lab.router.rows("/ip/service");
    let port = lab.router.addr.port().to_string();
    let ports = services.iter().filter(|row| row.text("port").unwrap() == port);
    assert_eq!(ports.count(), 2, "it says itself where both of its services listen");
}

#[tokio::test]
async fn a_user_may_do_what_its_group_allows_and_no_more() {
    let lab = Lab::new().await;
    lab.add("/user/group", &[("name", "least"), ("policy", "api,read,write")]).await;
    lab.add("/user", &[("name", "ramal"), ("password", "sesame"), ("group", "least")]).await;
    lab.add("/user", &[("name", "winbox"), ("password", "sesame"), ("group", "read")]).await;
    let group = lab.run("/user/group/print", &[]).await.rows.pop().unwrap();
    assert!(group.text("policy").unwrap().starts_with("!local,!telnet,!ssh,!ftp,!reboot,read,write,!policy,"));
    let client = |user: &str| {
        let options = Options { port: lab.router.addr.port(), ..Options::plain("127.0.0.1", user, "sesame") };
        async move { Client::connect(&options).await.unwrap() }
    };
    let (ramal, reader) = (client("ramal").await, client("winbox").await);
    ramal.run(command("/ppp/secret/add", &[("name", "ana")])).await.unwrap();
    let refused = ramal.run(command("/user/add", &[("name", "eva"), ("group", "full")])).await;
    assert!(matches!(refused, Err(Error::Trap(trap)) if trap.message == "not enough permissions (9)"));
    reader.run(command("/ppp/secret/print", &[])).await.unwrap();
    reader.run(command("/ppp/secret/remove", &[(".id", "ana")])).await.unwrap_err();
}

#[tokio::test]
async fn whoever_fetches_a_file_may_test_and_write_files() {
    let lab = Lab::new().await;
    let wanted = [("url", "http://10.0.0.2/login.html"), ("dst-path", "ramal-hotspot/login.html")];
    for (name, policy) in
        [("least", "api,read,write"), ("tests", "api,read,write,test"), ("fetches", "api,read,write,test,ftp")]
    {
        lab.add("/user/group", &[("name", name), ("policy", policy)]).await;
        lab.add("/user", &[("name", name), ("password", "sesame"), ("group", name)]).await;
        let options = Options { port: lab.router.addr.port(), ..Options::plain("127.0.0.1", name, "sesame") };
        let client = Client::connect(&options).await.unwrap();
        let fetched = client.run(command("/tool/fetch", &wanted)).await;
        assert_eq!(fetched.is_ok(), name == "fetches", "{name}");
    }
}

#[tokio::test]
async fn users_and_services_are_open_to_the_addresses_that_they_name() {
    let lab = Lab::new().await;
    let elsewhere = [("name", "ramal"), ("password", "sesame"), ("group", "full"), ("address", "192.0.2.1")];
    let user = lab.add("/user", &elsewhere).await;
    let ramal = Options { port: lab.router.addr.port(), ..Options::plain("127.0.0.1", "ramal", "sesame") };
    assert!(matches!(Client::connect(&ramal).await, Err(Error::LoginRefused { .. })));
    lab.run("/user/set", &[(".id", &user), ("address", "192.0.2.1,127.0.0.0/8")]).await;
    Client::connect(&ramal).await.unwrap();
    lab.run("/ip/service/set", &[(".id", "api"), ("address", "192.0.2.1")]).await;
    assert!(matches!(Client::connect(&ramal).await, Err(Error::Connect { .. })));
}

#[tokio::test]
async fn somebody_with_full_rights_must_be_left() {
    let lab = Lab::new().await;
    lab.add("/user/group", &[("name", "least"), ("policy", "api,read,write")]).await;
    lab.add("/user", &[("name", "ramal"), ("group", "least")]).await;
    for path in ["/user/disable", "/user/remove"] {
        let refused = lab.message(path, &[(".id", "admin")]).await;
        assert_eq!(refused, "failure: there must be at least one user with full rights");
    }
    lab.add("/user", &[("name", "rescue"), ("group", "full")]).await;
    lab.run("/user/set", &[(".id", "admin"), ("disabled", "yes")]).await;
}

#[tokio::test]
async fn the_log_file_names_every_command_and_argument_and_no_value() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("router_rules_commands.txt");
    std::fs::remove_file(&path).ok();
    let router = Simulator::start(Router { log: Some(path.clone()), ..Router::default() }).await.unwrap();
    let options = Options { port: router.addr.port(), ..Options::plain("127.0.0.1", "admin", "") };
    let lab = Lab { client: Client::connect(&options).await.unwrap(), router };
    lab.add("/ppp/secret", &[("name", "ana"), ("password", "hunter2")]).await;
    let logged = std::fs::read_to_string(path).unwrap();
    assert_eq!(logged, "/login name=* password=*\n/ppp/secret/add name=* password=*\n");
}

#[tokio::test]
async fn what_is_not_acted_out_is_refused_and_not_pretended() {
    let lab = Lab::new().await;
    let message = lab.message("/system/backup/load", &[("name", "before")]).await;
    assert_eq!(message, "failure: the simulated router does not act out this command");
}
