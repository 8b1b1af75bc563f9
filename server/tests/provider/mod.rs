//! A provider with somebody of every role, and its web edge without a network.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use domain::contact::Language;
use domain::portal::{PortalAccess, PortalRight};
use domain::role::Role;
use domain::settings::Company;
use domain::views::customers::CustomerForm;
use domain::views::gateway::KeysForm;
use http::{HeaderMap, Method, Request, StatusCode, header};
use lab::stripe::{Delivery, Options, StripeLab};
use server::adapters::mikrotik::MikroTik;
use server::adapters::stripe::Stripe;
use server::http::{Edge, Proxies, Site, router};
use store::users::NewAccount;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use workflows::permit::{EditCustomers, EditGateway, EditUsers};
use workflows::ports::Gateway;
use workflows::testing::{Story, story};
use workflows::{customers, demo, gateway};

/// As in the story's context.
pub const ORIGIN: &str = "https://ramal.test";

pub struct Provider {
    pub story: Story,
    router: Router,
    /// Where cards are taken; nothing is sent from there by itself.
    #[allow(dead_code, reason = "not every test is about cards")]
    pub gateway: StripeLab,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

pub async fn provider() -> Provider {
    let story = story("2026-03-01").await;
    let company = Company {
        name: "Fibra del Sur".to_owned(),
        country: "MX".to_owned(),
        currency: "USD".parse().unwrap(),
        time_zone: "America/Mexico_City".to_owned(),
        language: Language::Spanish,
    };
    store::company::save(&mut story.connection().await.unwrap(), &company).await.unwrap();
    let permit = story.may::<EditCustomers>();
    for (reference, name) in [("C00001", "Ana Pérez"), ("C00002", "Eva Ruiz")] {
        let form = CustomerForm {
            reference: reference.to_owned(),
            kind: "person".to_owned(),
            name: name.to_owned(),
            language: "es".to_owned(),
            ..CustomerForm::default()
        };
        customers::create(&story, &permit, &form).await.unwrap();
    }
    demo::add_people(&story, &story.may::<EditUsers>(), "C00001").await.unwrap();
    let edge = Edge {
        context: story.context.clone(),
        site: Site::without_scripts(),
        proxies: Proxies::default(),
        routers: Arc::new(MikroTik::default()),
        consoles: Arc::new(MikroTik::default()),
        gateway: Arc::new(Stripe::default()),
        settings: Arc::new([]),
        stop: CancellationToken::new(),
    };
    let gateway = take_cards(&story, &*edge.gateway).await;
    Provider { router: router(edge).unwrap(), story, gateway }
}

/// The secret of the webhook, in the tests.
pub const WEBHOOK_SECRET: &str = "whsec_story";

async fn take_cards(story: &Story, port: &dyn Gateway) -> StripeLab {
    let clock = story.context.clock.clone();
    let options = Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        now: Arc::new(move || clock.now().timestamp()),
        webhook: None,
        delivery: Delivery::Held,
    };
    let lab = StripeLab::start(options).await.unwrap();
    let keys = KeysForm {
        mode: "live".to_owned(),
        secret_key: "sk_live_story".to_owned(),
        webhook_secret: WEBHOOK_SECRET.to_owned(),
        api_url: lab.url(),
    };
    let permit = story.may::<EditGateway>();
    let keys = gateway::save_keys(story, &permit, &keys).await.unwrap();
    gateway::switch_on(story, port, &permit, keys).await.unwrap();
    lab
}

pub fn email_of(role: Role) -> String {
    let user = demo::users().into_iter().find(|user| user.role == role).unwrap();
    user.email.to_string()
}

impl Provider {
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 4 * 1024 * 1024).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Opens an answer that may have no end, as a browser does for a page of this `site`.
    #[allow(dead_code, reason = "not every test follows a line")]
    pub async fn follow(&self, path: &str, cookie: &str, site: &str) -> axum::response::Response {
        let request = Request::get(path).header(header::COOKIE, cookie).header("sec-fetch-site", site);
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    /// Opens a page as a browser without scripting does.
    pub async fn open(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, "text/html").header(header::COOKIE, cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form of the page `from` as a browser without scripting does.
    pub async fn submit(&self, function: &str, form: &str, from: &str, cookie: &str) -> Answer {
        let request = call(&Method::POST, function, form, cookie)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, format!("{ORIGIN}{from}"));
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    /// Calls a server function as our own scripts do.
    #[allow(dead_code, reason = "not every test calls functions")]
    pub async fn call(&self, method: &Method, function: &str, arguments: &str, cookie: &str) -> Answer {
        let request = call(method, function, arguments, cookie).header(header::ACCEPT, "application/json");
        let body = if *method == Method::GET { Body::empty() } else { Body::from(arguments.to_owned()) };
        self.send(request.body(body).unwrap()).await
    }

    /// Signs in; the session's cookie.
    pub async fn sign_in(&self, role: Role) -> String {
        self.sign_in_with(email_of(role).as_str()).await
    }

    async fn sign_in_with(&self, email: &str) -> String {
        let form = format!("email={email}&password={}", demo::PASSWORD);
        let answer = self.submit("/do/app/public/api/sign_in", &form, "/sign-in", "").await;
        answer.cookie("ramal_session").unwrap_or_else(|| panic!("{email}: {answer:?}"))
    }

    /// Signs in as somebody else of the customer with this reference.
    #[allow(dead_code, reason = "not every test has several people")]
    pub async fn sign_in_as_person(&self, customer: &str, right: PortalRight) -> String {
        let mut connection = self.story.connection().await.unwrap();
        let customer = store::customers::by_reference(&mut connection, customer).await.unwrap().unwrap();
        let own = email_of(Role::Customer).parse().unwrap();
        let hash = store::users::by_email(&mut connection, &own).await.unwrap().unwrap().password_hash.unwrap();
        let email = format!("{right}@example.com").parse().unwrap();
        let account = NewAccount {
            email: &email,
            name: "Beto Ruiz",
            role: Role::Customer,
            customer: Some(PortalAccess { customer, right }),
            language: Language::Spanish,
            created_at: self.story.clock.now(),
        };
        let id = store::users::add(&mut connection, account).await.unwrap();
        store::users::set_password(&mut connection, id, &hash).await.unwrap();
        self.sign_in_with(email.as_str()).await
    }
}

impl Answer {
    #[allow(dead_code, reason = "not every test looks at headers")]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The line that sets a cookie.
    pub fn set_cookie(&self, name: &str) -> Option<&str> {
        let lines = self.headers.get_all(header::SET_COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        lines.into_iter().find(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with('=')))
    }

    /// `name=value`, to be sent back.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.set_cookie(name).and_then(|line| line.split(';').next()).map(str::to_owned)
    }
}

fn call(method: &Method, function: &str, arguments: &str, cookie: &str) -> http::request::Builder {
    let address = if *method == Method::GET { format!("{function}?{arguments}") } else { function.to_owned() };
    Request::builder()
        .method(method)
        .uri(address)
        .header(header::ORIGIN, ORIGIN)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
}
