//! The adapter for Stripe against the stand-in, over the web: keys, lost answers, currencies, and the official shapes.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use std::sync::Arc;

use domain::gateway::{GatewayMode, Provider, RemoteState};
use domain::money::Money;
use lab::stripe::{Delivery, Fault, Options, StripeLab};
use serde_json::Value;
use server::adapters::stripe::Stripe;
use workflows::ports::Gateway;
use workflows::ports::gateway::{
    CheckoutState, GatewayAccess, GatewayFailure, NewCharge, NewCheckout, NewRemoteRefund, RemoteRefundState,
};

struct Shop {
    lab: StripeLab,
    stripe: Stripe,
    access: GatewayAccess,
}

async fn shop() -> Shop {
    let options = Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        now: Arc::new(|| 1_770_000_000),
        webhook: None,
        delivery: Delivery::Held,
    };
    let lab = StripeLab::start(options).await.unwrap();
    let access = GatewayAccess {
        provider: Provider::Stripe,
        mode: GatewayMode::Live,
        api_url: lab.url(),
        secret_key: "sk_live_story".to_owned().into(),
        webhook_secret: "whsec_story".to_owned().into(),
    };
    Shop { lab, stripe: Stripe::default(), access }
}

fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money::exact(amount.parse().unwrap(), currency.parse().unwrap()).unwrap()
}

fn checkout(key: &str, amount: Option<&str>, customer: Option<String>) -> NewCheckout {
    NewCheckout {
        key: key.to_owned(),
        amount: amount.map(money),
        description: "Fibra del Sur: F-1".to_owned(),
        saves_card: customer.is_some(),
        customer,
        language: "es-419",
        return_url: "https://ramal.test/done".to_owned(),
        cancel_url: "https://ramal.test/back".to_owned(),
    }
}

impl Shop {
    /// A saved card of a customer.
    async fn card(&self) -> (String, String) {
        let customer = self.stripe.add_customer(&self.access, "C00001", "Ana Peña").await.unwrap();
        let wanted = checkout("save", None, Some(customer.clone()));
        let session = self.stripe.open_checkout(&self.access, &wanted).await.unwrap().session;
        self.lab.press(&session, "good");
        let saved = self.stripe.checkout(&self.access, &session).await.unwrap();
        assert_eq!(saved.state, CheckoutState::Complete);
        (customer, saved.card.unwrap().remote)
    }

    async fn charge(
        &self,
        key: &str,
        amount: &str,
        (customer, card): &(String, String),
    ) -> Result<RemoteState, GatewayFailure> {
        let wanted = NewCharge {
            key: key.to_owned(),
            amount: money(amount),
            description: "Fibra del Sur".to_owned(),
            customer: customer.clone(),
            card: card.clone(),
        };
        Ok(self.stripe.charge(&self.access, &wanted).await?.state)
    }
}

#[tokio::test]
async fn a_lost_answer_is_found_again_with_the_same_key_and_charged_once() {
    let shop = shop().await;
    let card = shop.card().await;
    shop.lab.fail([Fault::LoseAnswer]);
    assert!(matches!(shop.charge("one", "27.50 USD", &card).await, Err(GatewayFailure::NotNow(_))));
    assert_eq!(shop.charge("one", "27.50 USD", &card).await, Ok(RemoteState::Succeeded));
    assert_eq!(shop.lab.charges(), 1);
    let found = shop.stripe.find_intent(&shop.access, &card.0, "one").await.unwrap().unwrap();
    assert_eq!(found.received, money("27.50 USD"));
    assert_eq!(shop.stripe.find_intent(&shop.access, &card.0, "two").await, Ok(None));
}

#[tokio::test]
async fn a_key_is_good_for_one_thing_only_and_a_refusal_does_nothing() {
    let shop = shop().await;
    let card = shop.card().await;
    shop.lab.fail([Fault::Refuse]);
    assert!(matches!(shop.charge("one", "27.50 USD", &card).await, Err(GatewayFailure::NotNow(_))));
    assert_eq!(shop.lab.charges(), 0);
    shop.charge("one", "27.50 USD", &card).await.unwrap();
    assert!(matches!(shop.charge("one", "30.00 USD", &card).await, Err(GatewayFailure::Refused(_))));
    assert_eq!(shop.lab.charges(), 1);
}

#[tokio::test]
async fn amounts_reach_the_gateway_in_the_coins_of_their_currency() {
    let shop = shop().await;
    for (nth, (amount, minor)) in
        [("27.50 USD", 2750), ("2750 JPY", 2750), ("150000 PYG", 150_000), ("2.750 KWD", 2750)].into_iter().enumerate()
    {
        let wanted = checkout(&format!("key-{nth}"), Some(amount), None);
        let session = shop.stripe.open_checkout(&shop.access, &wanted).await.unwrap().session;
        assert_eq!(shop.lab.object(&session).unwrap()["amount_total"], minor, "{amount}");
        shop.lab.press(&session, "good");
        let intent = shop.stripe.checkout(&shop.access, &session).await.unwrap().intent.unwrap();
        let read = shop.stripe.intent(&shop.access, &intent).await.unwrap();
        assert_eq!((read.received, read.reference.unwrap()), (money(amount), wanted.key));
    }
}

#[tokio::test]
async fn a_refund_and_a_dispute_are_read_with_the_payment_and_all_of_it_is_on_the_account() {
    let shop = shop().await;
    let wanted = checkout("key", Some("27.50 USD"), None);
    let session = shop.stripe.open_checkout(&shop.access, &wanted).await.unwrap().session;
    shop.lab.press(&session, "good");
    let intent = shop.stripe.checkout(&shop.access, &session).await.unwrap().intent.unwrap();
    let refund = NewRemoteRefund { key: "back".to_owned(), intent: intent.clone(), amount: money("7.50 USD") };
    let made = shop.stripe.refund(&shop.access, &refund).await.unwrap();
    assert_eq!((made.state, made.reference.as_deref()), (RemoteRefundState::Succeeded, Some("back")));
    let dispute = shop.lab.dispute(&intent, 500).unwrap();
    let read = shop.stripe.intent(&shop.access, &intent).await.unwrap();
    assert_eq!((read.refunds, read.disputes.len()), (vec![made], 1));
    assert_eq!((read.disputes[0].fee, read.fee), (Some(money("15.00 USD")), Some(money("1.09 USD"))));
    shop.lab.close_dispute(&dispute, true);

    let day = "2026-02-02".parse().unwrap();
    let moved = shop.stripe.movements(&shop.access, day, day).await.unwrap();
    let mut amounts: Vec<String> = moved.iter().map(|one| one.amount.to_string()).collect();
    amounts.sort();
    assert_eq!(amounts, ["-7.50", "27.50"], "what moved forth and back again is nothing");
}

#[tokio::test]
async fn keys_are_checked_with_their_mode() {
    let shop = shop().await;
    assert_eq!(shop.stripe.check(&shop.access).await, Ok(()));
    let other = GatewayAccess { mode: GatewayMode::Test, ..shop.access.clone() };
    assert!(matches!(shop.stripe.check(&other).await, Err(GatewayFailure::Keys(_))));
    let unknown = GatewayAccess { secret_key: "nothing".to_owned().into(), ..shop.access.clone() };
    assert!(matches!(shop.stripe.check(&unknown).await, Err(GatewayFailure::Keys(_))));
    let away = GatewayAccess { api_url: "http://127.0.0.1:9".to_owned(), ..shop.access.clone() };
    assert!(matches!(shop.stripe.check(&away).await, Err(GatewayFailure::NotNow(_))));
}

#[tokio::test]
async fn the_stand_in_answers_in_the_official_shapes() {
    let shop = shop().await;
    let card = shop.card().await;
    let wanted = checkout("key", Some("27.50 USD"), None);
    let session = shop.stripe.open_checkout(&shop.access, &wanted).await.unwrap().session;
    shop.lab.press(&session, "good");
    let intent = shop.stripe.checkout(&shop.access, &session).await.unwrap().intent.unwrap();
    shop.lab.refund(&intent, 100);
    let dispute = shop.lab.dispute(&intent, 100).unwrap();
    let official: Value = serde_json::from_str(include_str!("../../crates/lab/data/stripe/objects.json")).unwrap();
    let charge = shop.lab.object(&intent).unwrap()["latest_charge"].as_str().unwrap().to_owned();
    for (shape, id) in [
        ("checkout.session", &session),
        ("payment_intent", &intent),
        ("charge", &charge),
        ("dispute", &dispute),
        ("customer", &card.0),
        ("payment_method", &card.1),
    ] {
        let made = shop.lab.object(id).unwrap();
        let missing: Vec<_> =
            official[shape].as_object().unwrap().keys().filter(|name| made.get(name.as_str()).is_none()).collect();
        assert!(missing.is_empty(), "{shape} lacks {missing:?}");
        assert_eq!(made["object"], official[shape]["object"]);
    }
    for event in shop.lab.take_events() {
        assert_eq!(event["object"], "event");
        assert!(event["data"]["object"]["object"].is_string() && event["livemode"] == true, "{event}");
    }
}
