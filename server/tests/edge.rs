//! What every request and every answer passes, and signing in with scripting off.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

#[path = "edge/live.rs"]
mod live;
mod provider;

use axum::body::Body;
use chrono::Duration;
use domain::role::Role;
use http::{Method, Request, StatusCode, header};
use provider::{email_of, provider};
use workflows::auth::Secret;
use workflows::demo;

const SIGN_IN: &str = "/do/app/public/api/sign_in";

fn credentials(role: Role) -> String {
    format!("email={}&password={}", email_of(role), demo::PASSWORD)
}

#[tokio::test]
async fn the_sessions_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let provider = provider().await;
    let answer = provider.submit(SIGN_IN, &credentials(Role::Admin), "/sign-in", "").await;
    let line = answer.set_cookie("ramal_session").unwrap();
    for attribute in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
        assert!(line.split("; ").any(|part| part == attribute), "{attribute}: {line}");
    }
    assert!(!line.contains("Domain"), "{line}");
}

#[tokio::test]
async fn signing_in_leads_to_where_the_role_begins_or_back_to_where_one_was() {
    let provider = provider().await;
    let location = async |form: String| {
        let answer = provider.submit(SIGN_IN, &form, "/sign-in", "").await;
        assert_eq!(answer.status, StatusCode::FOUND, "{answer:?}");
        answer.header("location").to_owned()
    };
    assert_eq!(location(credentials(Role::Admin)).await, "/office");
    assert_eq!(location(credentials(Role::Customer)).await, "/portal");
    let next = format!("{}&next=%2Foffice%2Fusers%3Fpage%3D2", credentials(Role::Admin));
    assert_eq!(location(next).await, "/office/users?page=2");
    for elsewhere in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example"] {
        assert_eq!(location(format!("{}&next={elsewhere}", credentials(Role::Admin))).await, "/office");
    }
}

#[tokio::test]
async fn a_refused_form_comes_back_with_the_reason_and_what_was_typed_but_not_the_password() {
    let provider = provider().await;
    let form = format!("email={}&password=not-the-password", email_of(Role::Admin));
    let answer = provider.submit(SIGN_IN, &form, "/sign-in?next=%2Foffice", "accept=1").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in?next=%2Foffice"));
    assert!(answer.set_cookie("ramal_session").is_none());
    let kept = answer.cookie("ramal_form_0").unwrap();
    assert!(!kept.contains("not-the-password"));
    let page = provider.open("/sign-in?next=%2Foffice", &kept).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(&format!("value=\"{}\"", email_of(Role::Admin))), "{}", page.text);
    assert!(page.text.contains("value=\"/office\""), "{}", page.text);
    assert!(page.text.contains("role=\"alert\"") && page.text.contains("notice-title"), "{}", page.text);
}

#[tokio::test]
async fn a_page_that_needs_somebody_leads_to_the_sign_in_page_and_knows_the_way_back() {
    let provider = provider().await;
    let answer = provider.open("/office/users?role=noc", "ramal_session=made-up").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/sign-in?next=%2Foffice%2Fusers%3Frole%3Dnoc");
    let customer = provider.sign_in(Role::Customer).await;
    assert_eq!(provider.open("/office/users", &customer).await.header("location"), "/portal");
    let noc = provider.sign_in(Role::Noc).await;
    // The page is the office's, what it shows is not for this role.
    assert_eq!(provider.open("/office/users", &noc).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_session_that_waits_for_its_code_opens_no_page_and_no_function() {
    const FACTOR: &str = "/do/app/account/second_factor/api";
    const CUSTOMERS: &str = "/do/app/office/customers/api/list_customers";
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Noc).await;
    let propose = format!("{FACTOR}/propose_second_factor");
    let refused = provider.submit(&propose, "current_password=not-the-password", "/account", &cookie).await;
    assert_eq!((refused.status, refused.header("location")), (StatusCode::SEE_OTHER, "/account"));
    let password = format!("current_password={}", demo::PASSWORD);
    let proposed = provider.submit(&propose, &password, "/account", &cookie).await;
    assert_eq!(proposed.header("location"), "/second-factor?next=%2Faccount");
    let page = provider.open("/second-factor", &cookie).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let (_, rest) = page.text.split_once("class=\"secret\">").unwrap();
    let secret = Secret::parse(rest.split('<').next().unwrap()).unwrap();
    let code = || format!("code={}&next=%2Foffice%2Fcustomers", secret.code_at(provider.story.clock.now()));
    let confirm = format!("{FACTOR}/confirm_second_factor");
    let confirmed = provider.submit(&confirm, &code(), "/second-factor", &cookie).await;
    assert_eq!(confirmed.header("location"), "/office/customers");

    provider.story.clock.advance(Duration::seconds(30));
    let waiting = provider.sign_in(Role::Noc).await;
    let led = provider.open("/office/customers", &waiting).await;
    assert_eq!(led.header("location"), "/second-factor?next=%2Foffice%2Fcustomers");
    assert_eq!(provider.call(&Method::GET, CUSTOMERS, "", &waiting).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(provider.open("/files/1", &waiting).await.header("location"), "/second-factor?next=%2Ffiles%2F1");
    let entered = provider.submit(&format!("{FACTOR}/enter_code"), &code(), "/second-factor", &waiting).await;
    assert_eq!(entered.header("location"), "/office/customers");
    let cookie = entered.cookie("ramal_session").unwrap();
    assert_eq!(provider.open("/office/customers", &cookie).await.status, StatusCode::OK);
    assert_eq!(provider.call(&Method::GET, CUSTOMERS, "", &waiting).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_takes_the_cookie_back() {
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Support).await;
    assert_eq!(provider.open("/account", &cookie).await.status, StatusCode::OK);
    let answer = provider.submit("/do/app/account/api/sign_out", "", "/account", &cookie).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::FOUND, "/sign-in"));
    assert!(answer.set_cookie("ramal_session").unwrap().contains("Max-Age=0"));
    assert_eq!(provider.open("/account", &cookie).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn too_many_attempts_are_told_with_the_time_to_wait() {
    let provider = provider().await;
    let form = format!("email={}&password=not-the-password", email_of(Role::Admin));
    let attempt = || provider.call(&Method::POST, SIGN_IN, &form, "");
    for _ in 0..5 {
        assert_eq!(attempt().await.status, StatusCode::UNAUTHORIZED);
    }
    let answer = attempt().await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.text.contains("\"minutes\":15"), "{}", answer.text);
}

#[tokio::test]
async fn pages_run_no_script_but_ours_and_stand_in_no_frame() {
    let provider = provider().await;
    for path in ["/sign-in", "/forgot", "/reset?token=x", "/no-such-page"] {
        let page = provider.open(path, "").await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self' 'nonce-"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
        for script in page.text.split("<script").skip(1) {
            assert!(script.starts_with(&format!(" nonce=\"{nonce}\"")) || script.contains(nonce), "{path}: {script}");
        }
        assert!(!page.text.contains("style=\""), "{path}: a style in the page");
    }
    let health = provider.open("/health", "").await;
    assert!(health.header("content-security-policy").contains("default-src 'none'"));
}

#[tokio::test]
async fn health_says_whether_the_database_answers() {
    let provider = provider().await;
    assert_eq!(provider.open("/health", "").await.status, StatusCode::OK);
    provider.story.db.close().await;
    assert_eq!(provider.open("/health", "").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn when_the_database_is_gone_a_page_tells_a_number_and_no_cause() {
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Admin).await;
    provider.story.db.close().await;
    let page = provider.open("/office/users", &cookie).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.text.contains("incident-number") && !page.text.to_lowercase().contains("pool"), "{}", page.text);
    let call = provider.call(&Method::GET, "/do/app/office/users/api/list_users", "", &cookie).await;
    assert_eq!(call.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(call.text.contains("\"incident\"") && !call.text.to_lowercase().contains("pool"), "{}", call.text);
}

#[tokio::test]
async fn what_cannot_be_read_is_no_incident_of_ours() {
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Admin).await;
    for arguments in ["user=x", "", "user[]=1", "%ff"] {
        let answer = provider.call(&Method::GET, "/do/app/office/users/api/see_user", arguments, &cookie).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{arguments}: {answer:?}");
    }
}

#[tokio::test]
async fn a_body_past_the_limit_is_not_read() {
    let provider = provider().await;
    let request = Request::post(SIGN_IN)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(vec![b'x'; 2 * 1024 * 1024]))
        .unwrap();
    let answer = provider.send(request).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    let declared = Request::post(SIGN_IN).header(header::CONTENT_LENGTH, "2097152").body(Body::empty()).unwrap();
    assert_eq!(provider.send(declared).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn on_a_phone_the_app_has_the_providers_name_in_the_language_that_was_chosen() {
    let provider = provider().await;
    for (language, word) in [("es", "internet: lo que debe"), ("en", "internet service")] {
        let answer = provider.open("/manifest.webmanifest", &format!("ramal_lang={language}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/manifest+json"));
        let manifest: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        assert_eq!(manifest["name"], "Fibra del Sur");
        assert_eq!(manifest["lang"], language);
        assert!(manifest["description"].as_str().unwrap().contains(word), "{manifest}");
        for icon in manifest["icons"].as_array().unwrap() {
            let file = format!("../public{}", icon["src"].as_str().unwrap());
            assert!(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).exists(), "{file}");
        }
    }
}

#[tokio::test]
async fn the_page_for_no_network_is_the_same_for_everybody_and_runs_nothing() {
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Customer).await;
    let known = provider.open("/offline", &format!("{cookie}; ramal_lang=en")).await;
    let stranger = provider.open("/offline", "ramal_lang=en").await;
    assert_eq!((stranger.status, &known.text), (StatusCode::OK, &stranger.text));
    assert!(stranger.text.contains("No connection") && !stranger.text.contains("<script"), "{}", stranger.text);
    assert!(provider.open("/offline", "ramal_lang=es").await.text.contains("Sin conexión"));
}

#[tokio::test]
async fn a_page_starts_the_worker_of_its_own_version() {
    let provider = provider().await;
    let page = provider.open("/sign-in", "").await;
    assert!(page.text.contains("register(\"/sw.js?site=pkg\")"), "{}", page.text);
}
