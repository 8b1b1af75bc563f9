//! Routers from the factory become ours: stories with simulated routers.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod interrupted;

use std::sync::Arc;
use std::time::Duration;

use domain::contact::Language;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::OnboardingId;
use domain::network::Because;
use domain::onboarding::Step;
use domain::settings::Company;
use domain::views::onboarding::{
    OnboardingDetail, OnboardingFilter, OnboardingForm, OnboardingRow, OnboardingState, ScanForm,
};
use domain::views::routers::RouterFilter;
use lab::routeros::{Fault, Options, Schema, Simulator};
use routeros::Row;
use server::adapters::mikrotik::MikroTik;
use workflows::onboarding::{self, Preloader};
use workflows::ports::Consoles;
use workflows::testing::{Story, story};
use workflows::{Error, routers};

/// A router that nobody has touched, on an address of its own: scans of several tests do not see each other's.
async fn factory(address: [u8; 4]) -> Simulator {
    factory_like(address, Options::default()).await
}

async fn factory_like(address: [u8; 4], options: Options) -> Simulator {
    Simulator::start(Options { listen: (address, 0).into(), factory: true, ..options }).await.unwrap()
}

fn mikrotik() -> MikroTik {
    let patience = Duration::from_secs(5);
    MikroTik { connect_timeout: patience, command_timeout: patience, ..MikroTik::default() }
}

struct Office {
    story: Story,
    consoles: Arc<dyn Consoles>,
}

async fn office() -> Office {
    let story = story("2026-03-02").await;
    let company = Company {
        name: "Fibra del Sur".into(),
        country: "MX".into(),
        currency: "USD".parse().unwrap(),
        time_zone: "UTC".into(),
        language: Language::Spanish,
    };
    store::company::save(&mut story.connection().await.unwrap(), &company).await.unwrap();
    Office { story, consoles: Arc::new(mikrotik()) }
}

impl Office {
    async fn scan(&self, range: &str, router: &Simulator) {
        let form = ScanForm { range: range.into(), port: router.addr.port().to_string() };
        onboarding::begin_scan(&self.story, &self.story.may(), &form).await.unwrap();
        self.work().await;
    }

    async fn work(&self) {
        self.preloader(self.consoles.clone()).drain().await.unwrap();
    }

    fn preloader(&self, consoles: Arc<dyn Consoles>) -> Preloader {
        Preloader::new(self.story.context.clone(), consoles)
    }

    async fn found(&self) -> Vec<OnboardingRow> {
        let filter = OnboardingFilter::default();
        onboarding::list(&self.story, &self.story.may(), &filter).await.unwrap().rows
    }

    async fn show(&self, id: OnboardingId) -> OnboardingDetail {
        onboarding::show(&self.story, &self.story.may(), id).await.unwrap()
    }

    /// The one router at this address, looked at and ready to start.
    async fn planned(&self, router: &Simulator) -> OnboardingId {
        self.scan(&router.addr.ip().to_string(), router).await;
        let host = router.addr.ip().to_string();
        let id = self.found().await.into_iter().find(|row| row.host == host).unwrap().id;
        self.plan(id).await.unwrap();
        id
    }

    async fn plan(&self, id: OnboardingId) -> Result<(), Because> {
        onboarding::plan(&self.story, self.consoles.as_ref(), &self.story.may(), id).await.unwrap()
    }

    async fn prepare(&self, id: OnboardingId, form: OnboardingForm) -> Result<(), Error> {
        onboarding::prepare(&self.story, &self.story.may(), id, &form).await
    }

    async fn start(&self, id: OnboardingId) {
        onboarding::start(&self.story, &self.story.may(), id).await.unwrap();
    }
}

fn column(rows: &[Row], name: &str) -> Vec<String> {
    rows.iter().map(|row| row.text(name).unwrap_or_default().into_owned()).collect()
}

/// What must be true of every router that was onboarded, however it went.
fn assert_secured(router: &Simulator) {
    let users = router.rows("/user");
    assert_eq!(column(&users, "name"), ["admin", "ramal", "ramal-rescue"]);
    assert_eq!(column(&users, "disabled"), ["true", "false", "false"]);
    assert_eq!(column(&users, "address"), ["", "127.0.0.1", "127.0.0.1"]);
    let groups = router.rows("/user/group");
    let group = groups.iter().find(|row| row.text("name").unwrap() == "ramal").unwrap();
    let may: Vec<String> = group.text("policy").unwrap().split(',').map(str::to_owned).collect();
    let may: Vec<&str> = may.iter().map(String::as_str).filter(|policy| !policy.starts_with('!')).collect();
    assert_eq!(may, ["ftp", "read", "write", "test", "api"]);
    let services = router.rows("/ip/service");
    let open = services.iter().filter(|row| row.text("disabled").unwrap() == "false");
    let open: Vec<String> = open.map(|row| row.text("name").unwrap().into_owned()).collect();
    assert_eq!(open, ["ssh", "winbox", "api-ssl"]);
    assert_eq!(router.rows("/certificate").len(), 1);
    assert_eq!(column(&router.rows("/file"), "name"), ["ramal-before.backup", "ramal-before.rsc"]);
    let input = router.rows("/ip/firewall/filter");
    let input = column(&input, "comment").into_iter().filter(|comment| comment.starts_with("ramal:"));
    let rules: Vec<String> = input.collect();
    let wanted = ["known", "server1-127.0.0.1", "management", "snmp"];
    assert_eq!(rules, wanted.map(|rule| format!("ramal:input:{rule}")));
}

/// Every command that was ever sent, and every argument of it, is in the schema of the version it was sent to.
fn assert_known(router: &Simulator, version: &str) {
    let schema = Schema::of(version).unwrap();
    for command in router.command_log().iter().filter(|command| command.path() != "/login") {
        let names: Vec<&str> = command.arguments().map(|(name, _)| name).collect();
        assert!(schema.allows(command.path(), &names), "{version}: {command}");
    }
}

#[tokio::test]
async fn a_router_from_the_factory_is_found_shown_secured_and_registered() {
    let (office, router) = (office().await, factory([127, 0, 41, 2]).await);
    office.scan("127.0.41.0/29", &router).await;
    let start = onboarding::begin(&office.story, &office.story.may()).await.unwrap();
    let scan = &start.scans[0];
    assert_eq!((scan.addresses, scan.asked, scan.found), (6, 6, 1));
    assert!(scan.finished_at.is_some());
    let found = office.found().await.remove(0);
    assert_eq!((found.host.as_str(), found.state), ("127.0.41.2", OnboardingState::Found));
    assert_eq!(found.identity.unwrap().version, "7.20.8 (stable)");
    let id = found.id;

    let form = OnboardingForm { name: "R-Norte".into(), server: "127.0.0.1".into(), ..OnboardingForm::default() };
    office.prepare(id, form).await.unwrap();
    office.plan(id).await.unwrap();
    let planned = office.show(id).await;
    assert_eq!(planned.row.state, OnboardingState::Planned);
    let steps: Vec<Step> = planned.plan.iter().map(|planned| planned.step).collect();
    assert_eq!(steps, Step::ALL);
    let changes = router.command_log().into_iter().filter(|command| !command.path().ends_with("/print"));
    assert!(changes.clone().all(|command| command.path() == "/login"), "looking changes nothing");

    office.start(id).await;
    office.work().await;
    let done = office.show(id).await;
    assert_eq!(done.row.state, OnboardingState::Registered, "{:?}", done.job);
    assert_secured(&router);
    assert_eq!(column(&router.rows("/system/identity"), "name"), ["R-Norte"]);
    assert_known(&router, "7.20.8");

    let registered = done.row.router.unwrap();
    let detail = routers::show(&office.story, &office.story.may(), registered).await.unwrap();
    assert_eq!(detail.router.row.name, "R-Norte");
    assert_eq!(detail.router.certificate, router.fingerprint().map(hex::encode));
    let probed = routers::probe(&office.story, &mikrotik(), &office.story.may(), registered).await.unwrap();
    assert_eq!(probed.unwrap().board, "CHR", "it answers to its pinned certificate and our user");
    let listed = routers::list(&office.story, &office.story.may(), &RouterFilter::default()).await.unwrap();
    assert_eq!(listed.total, 1);
}

#[tokio::test]
async fn what_is_sent_is_what_was_shown_but_for_masked_secrets() {
    let (office, router) = (office().await, factory([127, 0, 42, 2]).await);
    let id = office.planned(&router).await;
    let planned: Vec<String> = office.show(id).await.plan.into_iter().flat_map(|step| step.commands).collect();
    office.start(id).await;
    office.work().await;
    let sent: Vec<String> = office.show(id).await.exchanges.into_iter().map(|exchange| exchange.command).collect();
    assert_eq!(sent, planned);
    let secrets = onboarding::reveal(&office.story, &office.story.may(), id).await.unwrap();
    let all = sent.join("\n");
    for secret in [&secrets.rescue_password, &secrets.backup_password] {
        assert_eq!(secret.len(), 24);
        assert!(!all.contains(secret.as_str()));
    }
    assert!(all.contains("password=***"));
}

#[tokio::test]
async fn versions_without_safe_mode_are_secured_in_a_safe_order() {
    for (version, third) in [("7.9", 43), ("7.17", 44)] {
        let office = office().await;
        let options = Options { version: version.into(), ..Options::default() };
        let router = factory_like([127, 0, third, 2], options).await;
        let id = office.planned(&router).await;
        office.start(id).await;
        office.work().await;
        assert_eq!(office.show(id).await.row.state, OnboardingState::Registered, "{version}");
        assert_secured(&router);
        assert_known(&router, version);
        assert!(router.command_log().iter().all(|command| !command.path().starts_with("/safe-mode")));
    }
}

#[tokio::test]
async fn the_input_rules_are_written_in_safe_mode_and_before_the_makers() {
    let (office, router) = (office().await, factory([127, 0, 45, 2]).await);
    let id = office.planned(&router).await;
    office.start(id).await;
    office.work().await;
    let log: Vec<String> = router.command_log().iter().map(|command| command.path().to_owned()).collect();
    let at = |path: &str| log.iter().position(|own| own == path).unwrap();
    let first_rule = at("/ip/firewall/filter/add");
    assert!(at("/safe-mode/take") < first_rule && first_rule < at("/safe-mode/release"));
    let rules = router.rows("/ip/firewall/filter");
    let input: Vec<&Row> = rules.iter().filter(|row| row.text("chain").unwrap() == "input").collect();
    let ours = input.iter().take_while(|row| row.text("comment").unwrap().starts_with("ramal:"));
    assert_eq!(ours.count(), 4);
    assert_eq!(input.len(), 8, "the maker's rules stay");
}

#[tokio::test]
async fn the_new_users_log_in_before_the_factorys_user_goes() {
    let (office, router) = (office().await, factory([127, 0, 46, 2]).await);
    let id = office.planned(&router).await;
    // The server is not where the operator says it is: nobody could log in any more.
    let form = OnboardingForm { name: "R-1".into(), server: "192.168.7.7".into(), ..OnboardingForm::default() };
    office.prepare(id, form).await.unwrap();
    office.plan(id).await.unwrap();
    office.start(id).await;
    office.work().await;
    let stuck = office.show(id).await;
    assert_eq!((stuck.row.state, stuck.row.step), (OnboardingState::Working, Some(Step::Users)));
    assert!(matches!(stuck.row.because, Some(Because::LoginRefused { .. })));
    assert_eq!(column(&router.rows("/user"), "disabled")[0], "false", "admin is still there");
}

#[tokio::test]
async fn a_device_mode_that_forbids_stops_it_with_a_plain_reason_and_it_goes_on_afterwards() {
    let (office, router) = (office().await, factory([127, 0, 47, 2]).await);
    let id = office.planned(&router).await;
    router.set_fault(Fault::DeviceMode);
    let forbidden = ["hotspot", "fetch", "scheduler"].map(str::to_owned).to_vec();
    let because = Because::DeviceMode { forbidden };
    office.start(id).await;
    office.work().await;
    let stopped = office.show(id).await;
    assert_eq!((stopped.row.state, stopped.row.because), (OnboardingState::Stopped, Some(because.clone())));
    assert!(stopped.exchanges.is_empty(), "nothing was changed");
    assert_eq!(office.plan(id).await, Err(because));
    router.clear_faults();
    office.start(id).await;
    office.work().await;
    assert_eq!(office.show(id).await.row.state, OnboardingState::Registered);
}

#[tokio::test]
async fn a_router_with_a_stickers_password_is_listed_and_opens_with_it() {
    let office = office().await;
    let options = Options { password: "7KXQ2M".into(), ..Options::default() };
    let router = factory_like([127, 0, 48, 2], options).await;
    office.scan("127.0.48.2", &router).await;
    let found = office.found().await.remove(0);
    assert_eq!((found.state, found.identity), (OnboardingState::Locked, None));
    let logins = |router: &Simulator| router.command_log().iter().filter(|command| command.path() == "/login").count();
    assert_eq!(logins(&router), 1, "a scan tries once");
    assert!(matches!(office.plan(found.id).await, Err(Because::LoginRefused { .. })));
    let form = OnboardingForm { name: "R-1".into(), server: "127.0.0.1".into(), password: "7KXQ2M".into() };
    office.prepare(found.id, form).await.unwrap();
    office.plan(found.id).await.unwrap();
    office.start(found.id).await;
    office.work().await;
    assert_eq!(office.show(found.id).await.row.state, OnboardingState::Registered);
    assert_secured(&router);
}

#[tokio::test]
async fn nothing_starts_before_somebody_has_seen_what_is_sent() {
    let (office, router) = (office().await, factory([127, 0, 49, 2]).await);
    let id = office.planned(&router).await;
    let form = OnboardingForm { name: "R-2".into(), server: "127.0.0.1".into(), ..OnboardingForm::default() };
    office.prepare(id, form).await.unwrap();
    let refused = onboarding::start(&office.story, &office.story.may(), id).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Failure::Blocked { what: Blocker::NotPlanned })));
}

#[tokio::test]
async fn only_what_was_typed_is_looked_at_and_no_public_network() {
    let (office, router) = (office().await, factory([127, 0, 50, 9]).await);
    let port = router.addr.port().to_string();
    for (range, problem) in [
        ("", Problem::Required),
        ("8.8.8.0/28", Problem::NotPrivate),
        ("10.0.0.0/8", Problem::RangeTooLarge { most: 1024 }),
        ("127.0.50.1/28", Problem::NotARange),
    ] {
        let form = ScanForm { range: range.into(), port: port.clone() };
        let refused = onboarding::begin_scan(&office.story, &office.story.may(), &form).await.unwrap_err();
        let Error::Refused(Failure::Fields { fields }) = refused else { panic!("{refused}") };
        assert_eq!(fields[0].problem, problem);
    }
    office.scan("127.0.50.0/29", &router).await;
    assert!(office.found().await.is_empty());
    assert!(router.command_log().is_empty(), "an address outside the range is not touched");
}

#[tokio::test]
async fn a_router_of_the_inventory_and_one_on_its_way_are_left_alone_by_a_second_scan() {
    let (office, router) = (office().await, factory([127, 0, 51, 2]).await);
    let id = office.planned(&router).await;
    office.scan("127.0.51.0/29", &router).await;
    assert_eq!(office.found().await.len(), 1);
    assert_eq!(office.show(id).await.row.state, OnboardingState::Planned);
    office.start(id).await;
    office.work().await;
    let before = router.command_log().len();
    office.scan("127.0.51.0/29", &router).await;
    assert_eq!(router.command_log().len(), before);
    assert_eq!(office.found().await.len(), 1);
}

#[tokio::test]
async fn a_name_that_another_router_took_meanwhile_stops_it_at_the_inventory() {
    let office = office().await;
    let (first, second) = (factory([127, 0, 54, 2]).await, factory([127, 0, 54, 3]).await);
    let ids = [office.planned(&first).await, office.planned(&second).await];
    for id in ids {
        let form = OnboardingForm { name: "R-1".into(), server: "127.0.0.1".into(), ..OnboardingForm::default() };
        office.prepare(id, form).await.unwrap();
        office.plan(id).await.unwrap();
        office.start(id).await;
    }
    office.work().await;
    let states = [office.show(ids[0]).await.row, office.show(ids[1]).await.row];
    assert_eq!(states[0].state, OnboardingState::Registered);
    assert_eq!(states[1].because, Some(Because::NameTaken { name: "R-1".into() }));
    let form = OnboardingForm { name: "R-2".into(), server: "127.0.0.1".into(), ..OnboardingForm::default() };
    office.prepare(ids[1], form).await.unwrap();
    office.plan(ids[1]).await.unwrap();
    office.start(ids[1]).await;
    office.work().await;
    assert_eq!(office.show(ids[1]).await.row.state, OnboardingState::Registered);
}
