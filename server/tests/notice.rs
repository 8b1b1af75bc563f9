//! The page that customers who are cut are sent to: what an address may know.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

#[allow(dead_code, reason = "shared with other tests")]
mod provider;

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use domain::ids::ContractId;
use domain::letterhead::Letterhead;
use domain::network::{Evidence, Menu, Observation, ObservedRow, ObservedSession};
use domain::service::TechnicalState;
use domain::views::contract_forms::{ServiceForm, SuspendForm};
use domain::views::routers::RouterForm;
use http::{Request, StatusCode};
use provider::{Answer, Provider, provider};
use server::http::notice_router;
use tower::ServiceExt;
use workflows::{contracts, routers};

const ANA: &str = "10.8.0.5";
const MAC: &str = "02:AA:00:00:00:01";

/// A browser at this address wanted some page and was sent here.
async fn asked(provider: &Provider, from: &str, host: &str, path: &str, language: &str) -> Answer {
    let router = notice_router(provider.story.context.clone(), vec!["10.0.0.2:3080".to_owned()]);
    let mut request = Request::get(path).header("host", host).header("accept-language", language);
    let peer: SocketAddr = format!("{from}:40000").parse().unwrap();
    request = request.extension(ConnectInfo(peer));
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1024 * 1024).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&body).into_owned() }
}

async fn router_named(provider: &Provider, name: &str) -> String {
    let form = RouterForm {
        name: name.to_owned(),
        host: "127.0.0.1".to_owned(),
        port: "8728".to_owned(),
        username: "ramal".to_owned(),
        password: "clave".to_owned(),
        mode: "dry_run".to_owned(),
        ..RouterForm::default()
    };
    routers::create(&provider.story, &provider.story.may(), &form).await.unwrap().to_string()
}

/// A contract that owes one invoice, at this address of the router.
async fn late(provider: &Provider, number: &str, customer: &str, router: &str) -> ContractId {
    let form = ServiceForm {
        router: router.to_owned(),
        access: "pppoe".to_owned(),
        pppoe_user: number.to_owned(),
        ip: ANA.to_owned(),
        ..ServiceForm::default()
    };
    late_with(provider, number, customer, form).await
}

/// The same, and the router says which address it has.
async fn late_anywhere(provider: &Provider, number: &str, customer: &str, router: &str, mac: &str) -> ContractId {
    let form = ServiceForm {
        router: router.to_owned(),
        access: "dhcp".to_owned(),
        mac: mac.to_owned(),
        ..ServiceForm::default()
    };
    late_with(provider, number, customer, form).await
}

async fn late_with(provider: &Provider, number: &str, customer: &str, form: ServiceForm) -> ContractId {
    let mut connection = provider.story.connection().await.unwrap();
    let contract = store::testing::documents::late_contract(&mut connection, number, customer).await.unwrap();
    drop(connection);
    contracts::set_service(&provider.story, &provider.story.may(), contract, &form).await.unwrap();
    contract
}

async fn was_read(provider: &Provider, contract: ContractId, state: TechnicalState, evidence: Evidence) {
    let mut connection = provider.story.connection().await.unwrap();
    let service = store::service_settings::of_contract(&mut connection, contract).await.unwrap().unwrap().id;
    let read = Observation { state, evidence };
    store::technical::save(&mut connection, &[(service, &read)], provider.story.clock.now()).await.unwrap();
}

fn lease(address: &str) -> Evidence {
    let attributes = [("mac-address", MAC), ("active-address", address), ("comment", "ramal:service:1")];
    let attributes = attributes.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Evidence { rows: vec![ObservedRow { menu: Menu::Lease, attributes }], sessions: Vec::new() }
}

fn session(address: &str) -> Evidence {
    let session = ObservedSession {
        user: "ana".to_owned(),
        address: address.to_owned(),
        caller: MAC.to_owned(),
        uptime: "5m".to_owned(),
        cut: true,
    };
    Evidence { rows: Vec::new(), sessions: vec![session] }
}

async fn suspend(provider: &Provider, contract: ContractId) {
    let form = SuspendForm { reason: "staff".into(), effect: "soft_cut".into(), why: "story".into() };
    contracts::suspend(&provider.story, &provider.story.may(), contract, &form).await.unwrap();
}

#[tokio::test]
async fn a_customer_who_is_cut_reads_what_is_owed_and_no_name() {
    let provider = provider().await;
    let letterhead =
        Letterhead { phone: "+52 951 000 1111".into(), how_to_pay: "Banco 0102\nSPEI".into(), ..Letterhead::default() };
    store::letterhead::save(&mut provider.story.connection().await.unwrap(), &letterhead).await.unwrap();
    let router = router_named(&provider, "norte").await;
    let contract = late(&provider, "F-0001", "C00001", &router).await;
    suspend(&provider, contract).await;
    let page = asked(&provider, ANA, "example.com", "/search?q=x", "es").await;

    assert_eq!(page.status, StatusCode::NETWORK_AUTHENTICATION_REQUIRED);
    for told in ["Su servicio está suspendido", "F-0001", "10.00", "Banco 0102", "951 000 1111", "https://ramal.test"]
    {
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
    for personal in ["Ana", "Pérez", "Main street", "C00001"] {
        assert!(!page.text.contains(personal), "{personal}: {}", page.text);
    }
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(!page.header("content-security-policy").contains("unsafe"));
    let english = asked(&provider, ANA, "example.com", "/?lang=en", "es").await;
    assert!(english.text.contains("Your service is suspended") && english.text.contains("F-0001"));
    let style = asked(&provider, ANA, "example.com", "/ramal-notice.css", "es").await;
    assert_eq!((style.status, style.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert_eq!(asked(&provider, ANA, "10.0.0.2:3080", "/", "es").await.status, StatusCode::OK, "asked for itself");
}

#[tokio::test]
async fn whoever_is_not_cut_or_not_known_reads_the_general_page() {
    let provider = provider().await;
    let router = router_named(&provider, "norte").await;
    let contract = late(&provider, "F-0001", "C00001", &router).await;
    let says = async |from: &str| asked(&provider, from, "example.com", "/", "es").await.text;
    assert!(!says(ANA).await.contains("F-0001"), "it is not cut");
    suspend(&provider, contract).await;
    assert!(says(ANA).await.contains("F-0001"));
    assert!(!says("10.8.0.6").await.contains("F-0001"), "somebody else's address");
    // Another router uses the same address behind it: now it tells nothing.
    let south = router_named(&provider, "sur").await;
    let other = late(&provider, "F-0002", "C00002", &south).await;
    suspend(&provider, other).await;
    let told = says(ANA).await;
    assert!(!told.contains("F-0001") && !told.contains("F-0002"), "{told}");
}

#[tokio::test]
async fn whoever_has_a_lease_of_the_router_s_choice_reads_what_is_owed_too() {
    let provider = provider().await;
    let router = router_named(&provider, "norte").await;
    let contract = late_anywhere(&provider, "F-0001", "C00001", &router, MAC).await;
    let says = async |from: &str| asked(&provider, from, "example.com", "/", "es").await.text;
    was_read(&provider, contract, TechnicalState::Active, lease(ANA)).await;
    assert!(!says(ANA).await.contains("F-0001"), "it is not cut");
    suspend(&provider, contract).await;
    assert!(!says(ANA).await.contains("F-0001"), "and its router does not cut it yet");
    was_read(&provider, contract, TechnicalState::Suspended, lease(ANA)).await;
    let told = says(ANA).await;
    assert!(told.contains("F-0001") && told.contains("10.00"), "{told}");
    for personal in ["Ana", "Pérez", "Main street", "C00001", MAC] {
        assert!(!told.contains(personal), "{personal}: {told}");
    }
    assert!(!says("10.8.0.6").await.contains("F-0001"), "somebody else's address");
    was_read(&provider, contract, TechnicalState::Suspended, session(ANA)).await;
    assert!(!says(ANA).await.contains("F-0001"), "a session's address may be another's by now");
}

#[tokio::test]
async fn an_address_that_was_read_at_one_and_is_another_s_tells_nothing() {
    let provider = provider().await;
    let (north, south) = (router_named(&provider, "norte").await, router_named(&provider, "sur").await);
    let ana = late_anywhere(&provider, "F-0001", "C00001", &north, MAC).await;
    let eva = late_anywhere(&provider, "F-0002", "C00002", &south, "02:AA:00:00:00:02").await;
    let says = async || asked(&provider, ANA, "example.com", "/", "es").await.text;
    suspend(&provider, ana).await;
    suspend(&provider, eva).await;
    was_read(&provider, ana, TechnicalState::Suspended, lease(ANA)).await;
    assert!(says().await.contains("F-0001"));
    was_read(&provider, eva, TechnicalState::Suspended, lease(ANA)).await;
    let told = says().await;
    assert!(!told.contains("F-0001") && !told.contains("F-0002"), "{told}");
    was_read(&provider, eva, TechnicalState::Suspended, lease("10.8.0.9")).await;
    assert!(says().await.contains("F-0001"));
    late(&provider, "F-0003", "C00002", &south).await;
    assert!(!says().await.contains("F-0001"), "it is the fixed address of somebody who is not cut");
}
