//! A gateway in memory, that can be made to die before or after any of its calls.

mod port;

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, Utc};
use domain::gateway::{Decline, DisputeState, RemoteState};
use domain::money::{Currency, Money};
use tokio::sync::Notify;
use workflows::ports::gateway::{
    Checkout, CheckoutState, GatewayFailure, RemoteCard, RemoteDispute, RemoteIntent, RemoteMovement, RemoteRefund,
    RemoteRefundState,
};

/// When the caller dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dies {
    /// Nothing was done.
    Before,
    /// It was done, and the answer is lost.
    After,
}

#[derive(Default)]
struct World {
    sessions: HashMap<String, Checkout>,
    intents: HashMap<String, RemoteIntent>,
    /// What was answered for a key: a session, an intent or a refund.
    keys: HashMap<String, String>,
    amounts: HashMap<String, Money>,
    calls: usize,
    dies: Option<(usize, Dies)>,
    /// After which call somebody pays, and on which page.
    pays: Option<(usize, String)>,
    charges: usize,
    decline: Option<Decline>,
    fails: Option<GatewayFailure>,
    /// What the gateway keeps of a payment is told later than the payment.
    fees_come_later: bool,
    /// What moved on the account beside charges, and when.
    moved: Vec<(NaiveDate, RemoteMovement)>,
    /// Keys were forgotten, as after a day.
    forgets: bool,
    next: usize,
}

#[derive(Default)]
pub struct Fake {
    world: Mutex<World>,
    dead: Notify,
}

impl World {
    fn id(&mut self, prefix: &str) -> String {
        self.next += 1;
        format!("{prefix}_{}", self.next)
    }

    fn known(&self, key: &str) -> Option<String> {
        self.keys.get(key).cloned().filter(|_| !self.forgets)
    }

    fn intent(&mut self, key: &str, amount: Money) -> RemoteIntent {
        let intent = self.id("pi");
        let made = RemoteIntent {
            intent: intent.clone(),
            reference: Some(key.to_owned()),
            state: RemoteState::Waiting(None),
            received: Money::zero(amount.currency()),
            charge: None,
            fee: None,
            refunds: Vec::new(),
            disputes: Vec::new(),
            customer: None,
            card: None,
        };
        self.amounts.insert(intent.clone(), amount);
        self.intents.insert(intent, made.clone());
        made
    }

    fn succeed(&mut self, intent: &str) {
        let (amount, charge) = (self.amounts[intent], self.id("ch"));
        let fee = (!self.fees_come_later).then(|| fee(amount.currency()));
        let held = self.intents.get_mut(intent).unwrap();
        if held.state != RemoteState::Succeeded {
            held.state = RemoteState::Succeeded;
            (held.received, held.charge, held.fee) = (amount, Some(charge), fee);
            self.charges += 1;
        }
    }

    fn pay(&mut self, session: &str) {
        let intent = self.sessions[session].intent.clone().unwrap();
        self.succeed(&intent);
        self.sessions.get_mut(session).unwrap().state = CheckoutState::Complete;
    }
}

fn fee(currency: Currency) -> Money {
    Money::new("1.31".parse().unwrap(), currency)
}

pub fn card() -> RemoteCard {
    RemoteCard {
        remote: "pm_1".to_owned(),
        brand: "visa".to_owned(),
        last4: "4242".to_owned(),
        expires_month: 12,
        expires_year: 2030,
    }
}

impl Fake {
    /// Every call passes here. One that its caller does not outlive never returns.
    async fn call<T>(&self, work: impl FnOnce(&mut World) -> Result<T, GatewayFailure>) -> Result<T, GatewayFailure> {
        let (dies, done) = {
            let mut world = self.world.lock().unwrap();
            world.calls += 1;
            if let Some(failure) = world.fails.clone() {
                return Err(failure);
            }
            let calls = world.calls;
            let dies = world.dies.filter(|(at, _)| *at == calls).map(|(_, dies)| dies);
            let done = if dies == Some(Dies::Before) { None } else { Some(work(&mut world)) };
            if let Some((_, session)) = world.pays.take_if(|(after, _)| *after == calls) {
                world.pay(&session);
            }
            (dies, done)
        };
        match (dies, done) {
            (None, Some(done)) => done,
            _ => {
                self.dead.notify_one();
                std::future::pending().await
            }
        }
    }

    pub fn die_at(&self, call: usize, dies: Dies) {
        self.world.lock().unwrap().dies = Some((call, dies));
    }

    /// Waits until a call has died.
    pub async fn died(&self) {
        self.dead.notified().await;
    }

    pub fn calls(&self) -> usize {
        self.world.lock().unwrap().calls
    }

    pub fn charges(&self) -> usize {
        self.world.lock().unwrap().charges
    }

    pub fn sessions(&self) -> usize {
        self.world.lock().unwrap().sessions.len()
    }

    pub fn be_away(&self, is_away: bool) {
        self.world.lock().unwrap().fails = is_away.then(|| GatewayFailure::NotNow("away".to_owned()));
    }

    /// Whoever calls is not let in any more, or is again.
    pub fn revoke_keys(&self, are_revoked: bool) {
        self.world.lock().unwrap().fails = are_revoked.then(|| GatewayFailure::Keys("revoked".to_owned()));
    }

    /// Payments are made without their fees from now on.
    pub fn fees_come_later(&self) {
        self.world.lock().unwrap().fees_come_later = true;
    }

    /// What it kept of a payment is known now.
    pub fn tell_fee(&self, intent: &str) {
        self.with_intent(intent, |held| held.fee = Some(fee(held.received.currency())));
    }

    pub fn forget_keys(&self) {
        self.world.lock().unwrap().forgets = true;
    }

    /// Saved cards are declined from now on, or not any more.
    pub fn decline(&self, code: Option<&str>) {
        let decline = code.map(|code| Decline { code: code.to_owned(), words: "No.".to_owned() });
        self.world.lock().unwrap().decline = decline;
    }

    pub fn newest_session(&self) -> String {
        let world = self.world.lock().unwrap();
        let mut sessions: Vec<_> = world.sessions.keys().cloned().collect();
        sessions.sort();
        sessions.pop().unwrap()
    }

    pub fn newest_intent(&self) -> String {
        let world = self.world.lock().unwrap();
        let numbered = world.intents.keys().max_by_key(|id| id.trim_start_matches("pi_").parse::<u32>().unwrap());
        numbered.unwrap().clone()
    }

    fn with_intent(&self, intent: &str, change: impl FnOnce(&mut RemoteIntent)) {
        change(self.world.lock().unwrap().intents.get_mut(intent).unwrap());
    }

    /// Somebody pays on the page. Answers the payment's name.
    pub fn press_pay(&self, session: &str) -> String {
        let intent = self.open_intent(session);
        self.world.lock().unwrap().pay(session);
        intent
    }

    /// Somebody who was declined pays with a better card, right after that call.
    pub fn press_pay_after(&self, call: usize, session: &str) {
        self.world.lock().unwrap().pays = Some((call, session.to_owned()));
    }

    /// Somebody tries to pay on the page, and is declined.
    pub fn press_declined(&self, session: &str, code: &str) -> String {
        let intent = self.open_intent(session);
        self.bounce(&intent, code);
        intent
    }

    /// Somebody pays by a method that takes days.
    pub fn press_slow(&self, session: &str) -> String {
        let intent = self.open_intent(session);
        self.with_intent(&intent, |held| held.state = RemoteState::Processing);
        self.world.lock().unwrap().sessions.get_mut(session).unwrap().state = CheckoutState::Complete;
        intent
    }

    /// What was on its way does not come.
    pub fn bounce(&self, intent: &str, code: &str) {
        let decline = Decline { code: code.to_owned(), words: "No.".to_owned() };
        self.with_intent(intent, |held| held.state = RemoteState::Waiting(Some(decline)));
    }

    pub fn succeed(&self, intent: &str) {
        self.world.lock().unwrap().succeed(intent);
    }

    fn open_intent(&self, session: &str) -> String {
        let mut world = self.world.lock().unwrap();
        let held = world.sessions[session].clone();
        if let Some(intent) = held.intent {
            return intent;
        }
        let (key, amount) = (held.reference.unwrap(), world.amounts[session]);
        let intent = world.intent(&key, amount).intent;
        world.sessions.get_mut(session).unwrap().intent = Some(intent.clone());
        intent
    }

    pub fn save_card(&self, session: &str) {
        let mut world = self.world.lock().unwrap();
        let held = world.sessions.get_mut(session).unwrap();
        (held.state, held.card) = (CheckoutState::Complete, Some(card()));
    }

    pub fn expire(&self, session: &str) {
        self.world.lock().unwrap().sessions.get_mut(session).unwrap().state = CheckoutState::Expired;
    }

    /// Made at the gateway, and not by us.
    pub fn refund_there(&self, intent: &str, amount: Money) {
        let refund = RemoteRefund {
            refund: "re_there".to_owned(),
            reference: None,
            amount,
            state: RemoteRefundState::Succeeded,
        };
        self.with_intent(intent, |held| held.refunds.push(refund));
    }

    pub fn moves(&self, on: &str, of: &str, amount: Money) {
        let movement = RemoteMovement { of: of.to_owned(), amount, fee: Money::zero(amount.currency()) };
        self.world.lock().unwrap().moved.push((on.parse().unwrap(), movement));
    }

    pub fn refunds(&self, intent: &str) -> usize {
        self.world.lock().unwrap().intents[intent].refunds.len()
    }

    pub fn refunds_fail(&self, intent: &str) {
        self.with_intent(intent, |held| held.refunds.iter_mut().for_each(|one| one.state = RemoteRefundState::Failed));
    }

    pub fn dispute(&self, intent: &str, amount: Money, state: DisputeState) {
        self.dispute_since(DateTime::UNIX_EPOCH, intent, amount, state);
    }

    pub fn dispute_since(&self, opened_at: DateTime<Utc>, intent: &str, amount: Money, state: DisputeState) {
        let dispute = RemoteDispute {
            dispute: "dp_1".to_owned(),
            amount,
            reason: "fraudulent".to_owned(),
            state,
            fee: Some(Money::new("15".parse().unwrap(), Currency::USD)),
            opened_at,
            due_by: None,
        };
        self.with_intent(intent, |held| held.disputes = vec![dispute]);
    }
}
