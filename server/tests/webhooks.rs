//! Events as the gateway sends them: over the web, signed, again and again, late and out of order; and forged ones.
//!
//! `WEBHOOK_EVENTS` says how many, 500 when it says nothing; `make test-webhooks` sends ten thousand.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

#[allow(dead_code, reason = "shared with other tests")]
mod provider;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use axum::body::Body;
use domain::ids::CustomerId;
use domain::portal::PortalAccess;
use domain::role::Role;
use domain::views::customers::CustomerForm;
use domain::views::gateway::PayForm;
use http::{Request, StatusCode};
use lab::stripe::sign;
use provider::{Provider, WEBHOOK_SECRET, provider};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use server::adapters::mail::Post;
use server::adapters::mikrotik::MikroTik;
use server::adapters::stripe::Stripe;
use workflows::jobs::Worker;
use workflows::permit::{Actor, EditCustomers, OwnerScope, SeeInvoices};
use workflows::{customers, gateway, reports};

/// How many events there are about, for each payment that somebody sets out to make.
const EVENTS_EACH: usize = 4;

/// Payments of a customer: each is of an invoice of 10.00.
const PER_CUSTOMER: usize = 5;

/// What somebody does at the gateway.
#[derive(Clone, Copy, Debug)]
enum Act {
    Pay,
    PayAtTheSecondTry,
    PaySlowly,
    FailSlowly,
    GoAway,
    PayAndGetBack,
    PayAndDeny { is_won: bool },
    PayAndDenyInPart,
}

const ACTS: [Act; 9] = [
    Act::Pay,
    Act::PayAtTheSecondTry,
    Act::PaySlowly,
    Act::FailSlowly,
    Act::GoAway,
    Act::PayAndGetBack,
    Act::PayAndDeny { is_won: true },
    Act::PayAndDeny { is_won: false },
    Act::PayAndDenyInPart,
];

/// One thing that changes what the gateway holds.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Press(&'static str),
    Settle { arrives: bool },
    Expire,
    GetBack(i64),
    Deny(i64),
    Decide { is_won: bool },
}

impl Act {
    fn deeds(self) -> Vec<Deed> {
        use Deed::{Decide, Deny, Expire, GetBack, Press, Settle};
        match self {
            Self::Pay => vec![Press("good")],
            Self::PayAtTheSecondTry => vec![Press("poor"), Press("good")],
            Self::PaySlowly => vec![Press("slow"), Settle { arrives: true }],
            Self::FailSlowly => vec![Press("slow"), Settle { arrives: false }],
            Self::GoAway => vec![Expire],
            Self::PayAndGetBack => vec![Press("good"), GetBack(350)],
            Self::PayAndDeny { is_won } => vec![Press("good"), Deny(1000), Decide { is_won }],
            Self::PayAndDenyInPart => vec![Press("good"), Deny(250)],
        }
    }
}

impl Provider {
    fn now(&self) -> i64 {
        self.story.context.clock.now().timestamp()
    }

    async fn send_event(&self, body: &str, signature: &str) -> StatusCode {
        let request = Request::post("/webhooks/stripe/live").header("stripe-signature", signature);
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await.status
    }

    async fn deliver(&self, event: &Value) {
        let body = event.to_string();
        let signature = sign(WEBHOOK_SECRET, &body, self.now());
        assert_eq!(self.send_event(&body, &signature).await, StatusCode::OK);
    }

    fn worker(&self) -> Worker {
        let folder = tempfile::tempdir().unwrap();
        let mailer = Post::to_folder(folder.path(), "Ramal <ramal@localhost>".parse().unwrap()).unwrap();
        Worker::new(self.story.context.clone(), Arc::new(MikroTik::default()), Arc::new(mailer))
            .with_gateway(Arc::new(Stripe::default()))
    }

    async fn work(&self) {
        let worker = self.worker();
        while worker.work_gateway().await.unwrap() {}
    }

    /// A customer with invoices, and what their pages work through.
    async fn payer(&self, nth: usize, invoices: usize) -> OwnerScope {
        let reference = format!("P{nth:05}");
        let form = CustomerForm {
            reference: reference.clone(),
            kind: "person".to_owned(),
            name: reference.clone(),
            language: "es".to_owned(),
            ..CustomerForm::default()
        };
        let customer: CustomerId =
            customers::create(&self.story, &self.story.may::<EditCustomers>(), &form).await.unwrap();
        let mut connection = self.story.connection().await.unwrap();
        for invoice in 0..invoices {
            store::testing::documents::issue(&mut connection, &format!("F-{nth}-{invoice}"), &reference).await.unwrap();
        }
        let id = store::testing::documents::portal_user(&mut connection, customer).await.unwrap();
        let actor =
            Actor::User { id, name: reference, role: Role::Customer, customer: Some(PortalAccess::owner(customer)) };
        actor.owner_scope().unwrap()
    }

    /// Sets out to pay one invoice. Answers the session's name.
    async fn set_out(&self, scope: &OwnerScope, nth: usize) -> String {
        let offer = gateway::offer(&self.story, scope).await.unwrap();
        let form = PayForm {
            invoices: vec![offer.owed[nth].invoice.to_string()],
            automatic: false,
            idempotency_key: format!("{}-{nth}", scope.customer()),
        };
        let id = gateway::pay(&self.story, &Stripe::default(), scope, &form, "I agree").await.unwrap();
        let url = gateway::checkout(&self.story, scope, id).await.unwrap().url.unwrap();
        url.rsplit('/').next().unwrap().to_owned()
    }

    /// Does one thing at the gateway. Answers what the gateway tells of it, in order.
    fn do_at_gateway(&self, session: &str, deed: Deed) -> Vec<Value> {
        let lab = &self.gateway;
        let intent = || lab.object(session).unwrap()["payment_intent"].as_str().unwrap().to_owned();
        match deed {
            Deed::Press(card) => lab.press(session, card),
            Deed::Settle { arrives } => lab.settle_slow(&intent(), arrives),
            Deed::Expire => lab.expire(session),
            Deed::GetBack(amount) => lab.refund(&intent(), amount),
            Deed::Deny(amount) => _ = lab.dispute(&intent(), amount).unwrap(),
            Deed::Decide { is_won } => lab.close_dispute(&lab.dispute_of(&intent()).unwrap(), is_won),
        }
        lab.take_events()
    }

    /// What each customer owes, or has as credit; and what each account of the books comes to.
    async fn money(&self) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
        let balances = reports::balances(&self.story, &self.story.may::<SeeInvoices>()).await.unwrap();
        let balances = balances.into_iter().map(|(reference, balance)| (reference, balance.to_string()));
        let filter = domain::views::accounts::JournalFilter {
            from: Some("2020-01-01".parse().unwrap()),
            to: Some("2030-01-01".parse().unwrap()),
            ..Default::default()
        };
        let accounts = workflows::accounts::accounts(&self.story, &self.story.may(), &filter).await.unwrap();
        let accounts = accounts.rows.into_iter().map(|row| (row.account, row.closing.to_string()));
        (balances.collect(), accounts.collect())
    }
}

fn how_many() -> usize {
    std::env::var("WEBHOOK_EVENTS").ok().and_then(|text| text.parse().ok()).unwrap_or(500)
}

/// Everybody sets out and acts; the same for every provider with the same number. `tell` hears what the gateway tells of each
/// deed before the next is done. Answers how many events there were.
async fn all_that_happens(provider: &Provider, events: usize, mut tell: impl AsyncFnMut(Vec<Value>)) -> usize {
    let (mut nth, mut acts, mut count) = (0, 0, 0);
    while count < events {
        let scope = provider.payer(nth, PER_CUSTOMER).await;
        let mut sessions = Vec::new();
        for invoice in 0..PER_CUSTOMER {
            sessions.push(provider.set_out(&scope, invoice).await);
        }
        for session in sessions {
            for deed in ACTS[acts % ACTS.len()].deeds() {
                let told = provider.do_at_gateway(&session, deed);
                count += told.len();
                tell(told).await;
            }
            acts += 1;
        }
        nth += 1;
    }
    assert!(acts * EVENTS_EACH >= events / 2, "{count} events");
    count
}

#[tokio::test]
async fn however_events_are_sent_the_money_is_that_of_one_delivery_each_in_order() {
    let events = how_many();
    let orderly = provider().await;
    all_that_happens(&orderly, events, async |told| {
        for event in &told {
            orderly.deliver(event).await;
            orderly.work().await;
        }
    })
    .await;
    let unruly = provider().await;
    let mut happened = Vec::new();
    all_that_happens(&unruly, events, async |told| happened.extend(told)).await;
    let forged = send_in_disorder(&unruly, &happened).await;
    assert!(forged * 100 >= happened.len(), "a hundredth is forged");
    let (one, other) = (orderly.money().await, unruly.money().await);
    assert_eq!(one.0, other.0, "what customers owe");
    assert_eq!(one.1, other.1, "what stands in the books");
    assert!(other.1.contains_key("expenses:gateway_fees"), "{:?}", other.1);
}

/// Each one to five times, shuffled; a tenth days late, a hundredth forged besides. Answers how many were.
async fn send_in_disorder(provider: &Provider, events: &[Value]) -> usize {
    let mut chance = StdRng::seed_from_u64(20_260_401);
    let mut deliveries: Vec<&Value> = Vec::new();
    for event in events {
        deliveries.extend(std::iter::repeat_n(event, chance.random_range(1..=5)));
    }
    deliveries.shuffle(&mut chance);
    let late = deliveries.split_off(deliveries.len() * 9 / 10);
    let mut forged = 0;
    for (nth, event) in deliveries.iter().enumerate() {
        provider.deliver(event).await;
        if nth % 33 == 0 {
            forged += 1;
            forge(provider, event, nth).await;
        }
        if nth % 50 == 0 {
            provider.work().await;
        }
    }
    provider.work().await;
    provider.story.context.clock.advance(chrono::Duration::days(2));
    for event in late {
        provider.deliver(event).await;
    }
    provider.work().await;
    forged
}

/// Events that somebody else made up: of a payment that never was, or of one that is known, signed by another or long ago.
async fn forge(provider: &Provider, like: &Value, nth: usize) {
    let mut made_up = like.clone();
    made_up["id"] = json!(format!("evt_forged_{nth}"));
    let body = made_up.to_string();
    let signatures = [
        sign("whsec_guessed", &body, provider.now()),
        sign(WEBHOOK_SECRET, &like.to_string(), provider.now()),
        sign(WEBHOOK_SECRET, &body, provider.now() - 301),
        String::new(),
    ];
    let status = provider.send_event(&body, &signatures[nth % signatures.len()]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn exactly_what_stripes_own_library_signs_is_believed() {
    let provider = provider().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end");
    let output = Command::new("node")
        .arg("stripe-signatures.mjs")
        .arg(provider.now().to_string())
        .arg(WEBHOOK_SECRET)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let signed: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(signed.len() >= 12);
    for one in signed {
        let (body, header) = (one["body"].as_str().unwrap(), one["header"].as_str().unwrap());
        let expected = if one["genuine"] == json!(true) { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        assert_eq!(provider.send_event(body, header).await, expected, "{one}");
    }
}

#[tokio::test]
async fn a_webhook_needs_no_session_and_gives_nothing_away() {
    let provider = provider().await;
    let post = async |path: &str| provider.send(Request::post(path).body(Body::from("{}")).unwrap()).await;
    assert_eq!(post("/webhooks/stripe/live").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(post("/webhooks/stripe/test").await.status, StatusCode::NOT_FOUND, "nobody entered test keys");
    assert_eq!(post("/webhooks/stripe/other").await.status, StatusCode::NOT_FOUND);
    assert_eq!(post("/webhooks/stripe/live").await.text, "");
    let long = Request::post("/webhooks/stripe/live").body(Body::from(vec![b'x'; 600 * 1024])).unwrap();
    assert_eq!(provider.send(long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}
