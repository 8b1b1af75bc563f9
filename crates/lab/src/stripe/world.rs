//! What the stand-in holds, and what happens in it.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use super::fault::Fault;
use super::keys::Keys;
use super::objects::{example, number, set, text, with};

/// How a card behaves: by the number that real test cards have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// 4242: pays.
    Good,
    /// 0341: is saved, and declined afterwards.
    Poor,
    /// 0069: has expired.
    Expired,
}

impl Card {
    pub fn last4(self) -> &'static str {
        match self {
            Self::Good => "4242",
            Self::Poor => "0341",
            Self::Expired => "0069",
        }
    }

    fn of(method: &Value) -> Self {
        match method.pointer("/card/last4").and_then(Value::as_str) {
            Some("0341") => Self::Poor,
            Some("0069") => Self::Expired,
            _ => Self::Good,
        }
    }

    /// Its code and words when it is declined.
    fn decline(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Good => None,
            Self::Poor => Some(("insufficient_funds", "Your card has insufficient funds.")),
            Self::Expired => Some(("expired_card", "Your card has expired.")),
        }
    }
}

/// Everything by its id, in the order of its making.
#[derive(Default)]
pub struct World {
    pub objects: BTreeMap<String, Value>,
    pub keys: Keys,
    pub faults: VecDeque<Fault>,
    /// Events that were not handed out for delivery yet.
    pub events: VecDeque<Value>,
    /// Payments that succeeded, ever.
    pub charges: u64,
    pub now: i64,
    counter: u64,
}

impl World {
    pub fn id(&mut self, prefix: &str) -> String {
        self.counter += 1;
        format!("{prefix}_lab{:010}", self.counter)
    }

    pub fn get(&self, id: &str) -> Option<&Value> {
        self.objects.get(id)
    }

    pub fn put(&mut self, object: Value) -> Value {
        self.objects.insert(text(&object, "id").to_owned(), object.clone());
        object
    }

    /// All of a kind, the newest first.
    pub fn all(&self, kind: &str) -> Vec<&Value> {
        let mut all: Vec<&Value> = self.objects.values().filter(|object| text(object, "object") == kind).collect();
        all.sort_by_key(|object| {
            std::cmp::Reverse(text(object, "id").rsplit('_').next().unwrap_or_default().to_owned())
        });
        all
    }

    pub fn tell(&mut self, kind: &str, object: &Value) {
        let id = self.id("evt");
        let live = object.get("livemode").cloned().unwrap_or(json!(false));
        let event = with(
            example("event"),
            [
                ("id", json!(id)),
                ("type", json!(kind)),
                ("created", json!(self.now)),
                ("livemode", live),
                ("data", json!({ "object": object })),
            ],
        );
        self.events.push_back(event);
    }

    /// A method of payment, kept for a customer when there is one.
    pub fn add_method(&mut self, card: Card, customer: &Value, live: bool) -> String {
        let id = self.id("pm");
        let mut method = with(
            example("payment_method"),
            [
                ("id", json!(id)),
                ("customer", customer.clone()),
                ("livemode", json!(live)),
                ("created", json!(self.now)),
            ],
        );
        if let Some(details) = method.get_mut("card") {
            set(details, [("last4", json!(card.last4()))]);
        }
        self.put(method);
        id
    }

    /// Charges the payment now. False when the card is declined.
    pub fn charge(&mut self, intent: &str, method: &str) -> bool {
        let card = self.get(method).map_or(Card::Good, Card::of);
        let Some(mut object) = self.get(intent).cloned() else { return false };
        set(&mut object, [("payment_method", json!(method))]);
        if let Some((code, message)) = card.decline() {
            let error =
                json!({ "type": "card_error", "code": "card_declined", "decline_code": code, "message": message });
            set(&mut object, [("status", json!("requires_payment_method")), ("last_payment_error", error)]);
            let object = self.put(object);
            self.tell("payment_intent.payment_failed", &object);
            return false;
        }
        self.put(object);
        self.succeed(intent);
        true
    }

    /// The money came.
    pub fn succeed(&mut self, intent: &str) {
        let Some(object) = self.get(intent).cloned() else { return };
        if text(&object, "status") == "succeeded" {
            return;
        }
        self.charges += 1;
        let charge = self.id("ch");
        let amount = number(&object, "amount");
        let movement = self.move_money("charge", &charge, amount, 30 + amount * 29 / 1000, &object);
        let made = with(
            example("charge"),
            [
                ("id", json!(charge)),
                ("amount", json!(amount)),
                ("amount_captured", json!(amount)),
                ("captured", json!(true)),
                ("currency", object["currency"].clone()),
                ("created", json!(self.now)),
                ("customer", object["customer"].clone()),
                ("livemode", object["livemode"].clone()),
                ("payment_intent", json!(intent)),
                ("payment_method", object["payment_method"].clone()),
                ("balance_transaction", json!(movement)),
                ("metadata", object["metadata"].clone()),
            ],
        );
        let made = self.put(made);
        let done = with(
            object,
            [
                ("status", json!("succeeded")),
                ("amount_received", json!(amount)),
                ("latest_charge", json!(charge)),
                ("last_payment_error", Value::Null),
            ],
        );
        let done = self.put(done);
        self.tell("charge.succeeded", &made);
        self.tell("payment_intent.succeeded", &done);
    }

    /// A movement on the account. Answers its name.
    pub fn move_money(&mut self, kind: &str, source: &str, amount: i64, fee: i64, like: &Value) -> String {
        let id = self.id("txn");
        let movement = with(
            example("balance_transaction"),
            [
                ("id", json!(id)),
                ("type", json!(kind)),
                ("source", json!(source)),
                ("amount", json!(amount)),
                ("fee", json!(fee)),
                ("net", json!(amount - fee)),
                ("currency", like["currency"].clone()),
                ("created", json!(self.now)),
            ],
        );
        self.put(movement);
        id
    }

    /// Gives some of a payment back.
    pub fn refund(&mut self, intent: &str, amount: i64, metadata: Value) -> Option<Value> {
        let payment = self.get(intent)?.clone();
        let charge = self.get(text(&payment, "latest_charge"))?.clone();
        if amount <= 0 || number(&charge, "amount_refunded") + amount > number(&charge, "amount") {
            return None;
        }
        let id = self.id("re");
        let movement = self.move_money("refund", &id, -amount, 0, &payment);
        let refund = with(
            example("refund"),
            [
                ("id", json!(id)),
                ("amount", json!(amount)),
                ("currency", payment["currency"].clone()),
                ("charge", charge["id"].clone()),
                ("payment_intent", json!(intent)),
                ("balance_transaction", json!(movement)),
                ("created", json!(self.now)),
                ("metadata", metadata),
                ("livemode", payment["livemode"].clone()),
            ],
        );
        let refund = self.put(refund);
        let refunded = number(&charge, "amount_refunded") + amount;
        let whole = refunded == number(&charge, "amount");
        let charge = self.put(with(charge, [("amount_refunded", json!(refunded)), ("refunded", json!(whole))]));
        self.tell("charge.refunded", &charge);
        Some(refund)
    }

    /// A cardholder denies a payment, or a part of it.
    pub fn dispute(&mut self, intent: &str, amount: i64, reason: &str) -> Option<String> {
        let payment = self.get(intent)?.clone();
        let charge = self.get(text(&payment, "latest_charge"))?.clone();
        let id = self.id("dp");
        let movement = self.move_money("adjustment", &id, -amount, 1500, &payment);
        let movement = self.get(&movement)?.clone();
        let dispute = with(
            example("dispute"),
            [
                ("id", json!(id)),
                ("amount", json!(amount)),
                ("currency", payment["currency"].clone()),
                ("charge", charge["id"].clone()),
                ("payment_intent", json!(intent)),
                ("created", json!(self.now)),
                ("reason", json!(reason)),
                ("status", json!("needs_response")),
                ("balance_transactions", json!([movement])),
                ("livemode", payment["livemode"].clone()),
            ],
        );
        let dispute = self.put(dispute);
        self.put(with(charge, [("disputed", json!(true))]));
        self.tell("charge.dispute.created", &dispute);
        self.tell("charge.dispute.funds_withdrawn", &dispute);
        Some(id)
    }

    /// The bank has decided.
    pub fn close_dispute(&mut self, dispute: &str, won: bool) {
        let Some(object) = self.get(dispute).cloned() else { return };
        let status = if won { "won" } else { "lost" };
        let object = self.put(with(object, [("status", json!(status))]));
        if won {
            self.move_money("adjustment", dispute, number(&object, "amount"), 0, &object);
            self.tell("charge.dispute.funds_reinstated", &object);
        }
        self.tell("charge.dispute.closed", &object);
    }
}
