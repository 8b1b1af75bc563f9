//! Routers tell which equipment got an address: the script, the posts, and what is done with what is nobody's.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

#[allow(dead_code, reason = "these stories open no pages")]
mod provider;

use std::sync::Arc;

use axum::body::Body;
use domain::failure::{Blocker, Failure};
use domain::ids::{ContractId, MacProfileId, PolicyId, RouterId};
use domain::lease_report;
use domain::network::Because;
use domain::plan::Speed;
use domain::views::contract_forms::DraftForm;
use domain::views::customers::{AddressForm, CustomerForm};
use domain::views::hotspots::{HotspotFacts, ProfileFacts};
use domain::views::jobs::{JobFilter, JobRow, JobState};
use domain::views::macs::{AssignForm, MacDraftForm, MacFilter, MacRow, MacState, ReportingSettings};
use domain::views::policies::PolicyForm;
use domain::views::routers::RouterForm;
use http::{Method, Request, StatusCode, header};
use lab::routeros::{Options, Schema, Simulator};
use provider::{Answer, Provider, provider};
use server::adapters::mikrotik::MikroTik;
use workflows::onboarding::Preloader;
use workflows::{Error, addresses, contracts, customers, jobs, lease_reports, macs, policies, routers};

const PASSWORD: &str = "router-password-7291";

struct Town {
    provider: Provider,
    simulator: Simulator,
    router: RouterId,
}

async fn town() -> Town {
    town_of("7.20.8", "live").await
}

async fn town_of(version: &str, mode: &str) -> Town {
    let provider = provider().await;
    let options =
        Options { version: version.into(), user: "ramal".into(), password: PASSWORD.into(), ..Options::default() };
    let simulator = Simulator::start(options).await.unwrap();
    simulator.seed("/ip/dhcp-server", &[("name", "lan"), ("interface", "bridge")]).unwrap();
    let form = RouterForm {
        name: "R1".into(),
        host: simulator.addr.ip().to_string(),
        port: simulator.addr.port().to_string(),
        username: "ramal".into(),
        password: PASSWORD.into(),
        mode: mode.into(),
        ..RouterForm::default()
    };
    let router = routers::create(&provider.story, &provider.story.may(), &form).await.unwrap();
    Town { provider, simulator, router }
}

impl Town {
    async fn token(&self) -> String {
        let story = &self.provider.story;
        lease_reports::renew(story, &story.may(), self.router).await.unwrap();
        let script = lease_reports::reveal_script(story, &story.may(), self.router).await.unwrap();
        script.split("x-ramal-token: ").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    async fn post(&self, token: &str, body: &str) -> StatusCode {
        self.send(Method::POST, token, body).await.status
    }

    async fn send(&self, method: Method, token: &str, body: &str) -> Answer {
        let request = Request::builder().method(method).uri(lease_report::PATH);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = if token.is_empty() { request } else { request.header(lease_report::TOKEN_HEADER, token) };
        self.provider.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    async fn macs(&self) -> Vec<MacRow> {
        let story = &self.provider.story;
        macs::list(story, &story.may(), &MacFilter::default()).await.unwrap().rows
    }

    async fn install(&self) -> JobRow {
        let story = &self.provider.story;
        lease_reports::install(story, &story.may(), self.router).await.unwrap();
        Preloader::new(story.context.clone(), Arc::new(MikroTik::default())).drain().await.unwrap();
        jobs::list(story, &story.may(), &JobFilter::default()).await.unwrap().rows.remove(0)
    }

    fn script(&self) -> String {
        self.simulator.rows("/ip/dhcp-server")[0].text("lease-script").unwrap_or_default().into_owned()
    }

    /// A draft contract of a customer of ours.
    async fn contract(&self) -> ContractId {
        let story = &self.provider.story;
        let policy = self.policy().await;
        let customer = CustomerForm {
            kind: "person".into(),
            name: "Luz Vega".into(),
            language: "es".into(),
            ..CustomerForm::default()
        };
        let customer = customers::create(story, &story.may(), &customer).await.unwrap();
        let place = AddressForm {
            street: "Calle 1".into(),
            city: "Oaxaca".into(),
            country: "MX".into(),
            ..AddressForm::default()
        };
        let address = addresses::add(story, &story.may(), customer, &place).await.unwrap();
        let form = DraftForm {
            code: "CT-77".into(),
            customer: customer.to_string(),
            address: address.to_string(),
            policy: policy.to_string(),
            ..DraftForm::default()
        };
        contracts::draft(story, &story.may(), &form).await.unwrap()
    }

    async fn policy(&self) -> PolicyId {
        let story = &self.provider.story;
        let form = PolicyForm::from(&domain::collections::CutoffPolicy::standard());
        policies::create(story, &story.may(), &form).await.unwrap()
    }

    async fn act(&self) -> MacProfileId {
        let token = self.token().await;
        assert_eq!(self.post(&token, REPORT).await, StatusCode::NO_CONTENT);
        self.macs().await[0].id
    }
}

const REPORT: &str = "mac=02:AA:00:00:00:01&address=10.0.0.7&server=lan";

#[tokio::test]
async fn a_report_with_its_routers_token_is_noted_and_twice_is_once() {
    let town = town().await;
    let token = town.token().await;
    for _ in 0..2 {
        assert_eq!(town.post(&token, REPORT).await, StatusCode::NO_CONTENT);
    }
    let macs = town.macs().await;
    assert_eq!(macs.len(), 1);
    let mac = &macs[0];
    assert_eq!((mac.mac.as_str(), mac.address.as_deref()), ("02:AA:00:00:00:01", Some("10.0.0.7")));
    assert_eq!((mac.router, mac.dhcp_server.as_str(), mac.state), (town.router, "lan", MacState::Unknown));
}

#[tokio::test]
async fn reading_changes_nothing_and_is_answered_405() {
    let town = town().await;
    let token = town.token().await;
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let answer = town.send(method, &token, REPORT).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.headers.get(header::ALLOW).unwrap(), "POST");
    }
    assert!(town.macs().await.is_empty());
}

#[tokio::test]
async fn nobody_without_the_present_token_is_listened_to() {
    let town = town().await;
    let old = town.token().await;
    let token = town.token().await;
    assert_eq!(town.post(&old, REPORT).await, StatusCode::UNAUTHORIZED);
    assert_eq!(town.post("", REPORT).await, StatusCode::UNAUTHORIZED);
    assert_eq!(town.post("guess", REPORT).await, StatusCode::UNAUTHORIZED);
    assert!(town.macs().await.is_empty());
    assert_eq!(town.post(&token, REPORT).await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn guessing_and_flooding_are_stopped_for_a_minute() {
    let town = town().await;
    let token = town.token().await;
    for _ in 0..10 {
        assert_eq!(town.post("guess", REPORT).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(town.post("guess", REPORT).await, StatusCode::TOO_MANY_REQUESTS);
    town.provider.story.clock.advance(chrono::Duration::minutes(2));
    for number in 0..600 {
        let report = format!("mac=02AA0000{number:04X}");
        assert_eq!(town.post(&token, &report).await, StatusCode::NO_CONTENT);
    }
    assert_eq!(town.post(&token, REPORT).await, StatusCode::TOO_MANY_REQUESTS);
    town.provider.story.clock.advance(chrono::Duration::minutes(2));
    assert_eq!(town.post(&token, REPORT).await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_report_is_small_and_has_a_mac() {
    let town = town().await;
    let token = town.token().await;
    assert_eq!(town.post(&token, "address=10.0.0.7").await, StatusCode::UNPROCESSABLE_ENTITY);
    let large = format!("{REPORT}&padding={}", "x".repeat(4096));
    assert_eq!(town.post(&token, &large).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(town.macs().await.is_empty());
}

#[tokio::test]
async fn the_script_is_installed_by_a_job_read_back_and_its_token_is_written_nowhere() {
    for version in ["7.9", "7.20.8"] {
        let town = town_of(version, "live").await;
        let token = town.token().await;
        let job = town.install().await;
        assert_eq!(job.state, JobState::Done, "{version}: {:?}", job.because);
        assert!(town.script().contains(&token));
        let story = &town.provider.story;
        let shown = lease_reports::show(story, &story.may(), town.router).await.unwrap().token.unwrap();
        assert_eq!(shown.installed_on, ["lan"]);
        assert!(!shown.script.contains(&token));
        let detail = jobs::show(story, &story.may(), job.id).await.unwrap();
        let said: String = detail.exchanges.into_iter().map(|exchange| exchange.command).collect();
        assert!(said.contains("lease-script=***") && !said.contains(&token), "{said}");
        let schema = Schema::of(version).unwrap();
        for command in town.simulator.command_log().iter().filter(|command| command.path() != "/login") {
            let names: Vec<&str> = command.arguments().map(|(name, _)| name).collect();
            assert!(schema.allows(command.path(), &names), "{version}: {command}");
        }
        let sent = town.simulator.command_log().len();
        assert_eq!(town.install().await.state, JobState::Done);
        let again = town.simulator.command_log();
        assert!(again[sent..].iter().all(|command| !command.path().ends_with("/set")), "it is there already");
    }
}

#[tokio::test]
async fn the_commands_of_the_script_itself_are_in_the_schemas() {
    let script = lease_report::script("https://ramal.test", "TOKEN");
    let fetch = script.lines().find(|line| line.contains("/tool fetch")).unwrap();
    let names: Vec<&str> = fetch.split(' ').filter_map(|word| word.split_once('=').map(|(name, _)| name)).collect();
    let names: Vec<&str> =
        names.into_iter().filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')).collect();
    assert!(names.contains(&"http-header-field") && names.contains(&"check-certificate"), "{names:?}");
    for version in ["7.9", "7.20.8"] {
        assert!(Schema::of(version).unwrap().allows("/tool/fetch", &names), "{version}: {names:?}");
    }
}

#[tokio::test]
async fn somebody_elses_script_stays_and_a_person_is_told() {
    let town = town().await;
    town.token().await;
    let theirs = ":log info \"theirs\"";
    town.simulator.seed("/ip/dhcp-server", &[("name", "guests"), ("lease-script", theirs)]).unwrap();
    let job = town.install().await;
    assert_eq!(job.state, JobState::GivenUp);
    assert_eq!(job.because, Some(Because::ForeignScript { servers: vec!["guests".into()] }));
    assert_eq!(town.simulator.rows("/ip/dhcp-server")[1].text("lease-script").unwrap(), theirs);
    assert!(lease_report::is_ours(&town.script()), "the others have it");
}

#[tokio::test]
async fn on_a_dry_run_the_script_is_only_written_down() {
    let town = town_of("7.20.8", "dry_run").await;
    town.token().await;
    let job = town.install().await;
    assert_eq!((job.state, town.script().as_str()), (JobState::Done, ""));
    let story = &town.provider.story;
    let exchanges = jobs::show(story, &story.may(), job.id).await.unwrap().exchanges;
    assert!(exchanges.iter().all(|exchange| !exchange.sent) && exchanges.len() == 1);
}

#[tokio::test]
async fn without_a_token_there_is_nothing_to_install() {
    let town = town().await;
    let story = &town.provider.story;
    let refused = lease_reports::install(story, &story.may(), town.router).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Failure::Blocked { what: Blocker::NoToken })));
}

#[tokio::test]
async fn unknown_equipment_is_assigned_to_a_contract_and_is_known_then() {
    let town = town().await;
    let (mac, contract) = (town.act().await, town.contract().await);
    let story = &town.provider.story;
    let form = AssignForm { contract: "ct-77".into() };
    let assigned = macs::assign(story, &story.may(), &story.may(), mac, &form).await.unwrap();
    assert_eq!(assigned, contract);
    let known = macs::show(story, &story.may(), mac).await.unwrap();
    assert_eq!(known.state, MacState::Known);
    assert_eq!(known.contract, Some((contract, "CT-77".into())));
    let nobody = AssignForm { contract: "CT-99".into() };
    macs::assign(story, &story.may(), &story.may(), mac, &nobody).await.unwrap_err();
}

#[tokio::test]
async fn a_draft_contract_is_made_for_it_by_hand_or_by_itself_when_the_setting_says_so() {
    let town = town().await;
    town.policy().await;
    let (mac, story) = (town.act().await, &town.provider.story);
    let form = MacDraftForm { name: "Casa azul".into() };
    macs::draft(story, &story.may(), mac, &form).await.unwrap();
    let drafted = macs::show(story, &story.may(), mac).await.unwrap();
    assert_eq!(drafted.customer.unwrap().1, "Casa azul");
    macs::draft(story, &story.may(), mac, &form).await.unwrap_err();

    let settings = ReportingSettings { draft_contracts: true, ..ReportingSettings::default() };
    lease_reports::save_settings(story, &story.may(), &settings).await.unwrap();
    let token = town.token().await;
    for _ in 0..2 {
        assert_eq!(town.post(&token, "mac=02:AA:00:00:00:02&server=lan").await, StatusCode::NO_CONTENT);
    }
    let all = town.macs().await;
    let second = all.iter().find(|mac| mac.mac.ends_with("02")).unwrap();
    assert_eq!(second.customer.as_ref().unwrap().1, "Equipo 02:AA:00:00:00:02");
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn unknown_equipment_gets_a_captive_user_where_its_router_has_a_hotspot() {
    let town = town().await;
    let (token, story) = (town.token().await, &town.provider.story);
    let mut connection = story.connection().await.unwrap();
    let profile = ProfileFacts {
        name: "Gratis".into(),
        speed: Speed { down_kbps: 2_048, up_kbps: 1_024 },
        shared_users: 1,
        session_minutes: None,
        locks_to_device: false,
    };
    let profile = store::hotspots::add_profile(&mut connection, &profile).await.unwrap();
    let settings = ReportingSettings { hotspot_profile: profile.to_string(), ..ReportingSettings::default() };
    lease_reports::save_settings(story, &story.may(), &settings).await.unwrap();
    town.post(&token, "mac=02:AA:00:00:00:01").await;
    let hotspot = HotspotFacts {
        name: "Plaza".into(),
        router: town.router,
        server: "all".into(),
        dns_name: "plaza.example".into(),
        look_seconds: 60,
        accent: "#3247b8".into(),
        enabled: true,
    };
    let hotspot = store::hotspots::add(&mut connection, &hotspot).await.unwrap();
    for _ in 0..2 {
        assert_eq!(town.post(&token, "mac=02:AA:00:00:00:02").await, StatusCode::NO_CONTENT);
    }
    let users = store::hotspots::of_user(&mut connection, hotspot).await.unwrap();
    let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
    assert_eq!(names, ["02:AA:00:00:00:02"], "without a hotspot there is none to make, and twice is once");
}

#[tokio::test]
async fn what_is_ignored_stays_ignored_when_it_is_seen_again() {
    let town = town().await;
    let (mac, story) = (town.act().await, &town.provider.story);
    macs::ignore(story, &story.may(), mac).await.unwrap();
    let token = town.token().await;
    town.post(&token, REPORT).await;
    assert_eq!(town.macs().await[0].state, MacState::Ignored);
    macs::unignore(story, &story.may(), mac).await.unwrap();
    assert_eq!(town.macs().await[0].state, MacState::Unknown);
}
