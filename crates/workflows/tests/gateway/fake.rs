//! A gateway in memory, that can be made to die before or after any of its calls.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, Utc};
use domain::gateway::{Decline, DisputeState, GatewayMode, RemoteState};
use domain::money::{Currency, Money};
use secrecy::SecretString;
use tokio::sync::Notify;
use workflows::ports::Gateway;
use workflows::ports::gateway::{
    About, Asked, Checkout, CheckoutState, Forged, GatewayAccess, GatewayFailure, NewCharge, NewCheckout,
    NewRemoteRefund, RemoteCard, RemoteDispute, RemoteIntent, RemoteMovement, RemoteRefund, RemoteRefundState,
    ToldEvent,
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
    is_away: bool,
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
        let fee = Money::new("1.31".parse().unwrap(), amount.currency());
        let held = self.intents.get_mut(intent).unwrap();
        if held.state != RemoteState::Succeeded {
            held.state = RemoteState::Succeeded;
            (held.received, held.charge, held.fee) = (amount, Some(charge), Some(fee));
            self.charges += 1;
        }
    }

    fn pay(&mut self, session: &str) {
        let intent = self.sessions[session].intent.clone().unwrap();
        self.succeed(&intent);
        self.sessions.get_mut(session).unwrap().state = CheckoutState::Complete;
    }
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
            if world.is_away {
                return Err(GatewayFailure::NotNow("away".to_owned()));
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
        self.world.lock().unwrap().is_away = is_away;
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
        let decline = Decline { code: code.to_owned(), words: "No.".to_owned() };
        self.with_intent(&intent, |held| held.state = RemoteState::Waiting(Some(decline)));
        intent
    }

    /// Somebody pays by a method that takes days.
    pub fn press_slow(&self, session: &str) -> String {
        let intent = self.open_intent(session);
        self.with_intent(&intent, |held| held.state = RemoteState::Processing);
        self.world.lock().unwrap().sessions.get_mut(session).unwrap().state = CheckoutState::Complete;
        intent
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

    pub fn refunds_fail(&self, intent: &str) {
        self.with_intent(intent, |held| held.refunds.iter_mut().for_each(|one| one.state = RemoteRefundState::Failed));
    }

    pub fn dispute(&self, intent: &str, amount: Money, state: DisputeState) {
        let dispute = RemoteDispute {
            dispute: "dp_1".to_owned(),
            amount,
            reason: "fraudulent".to_owned(),
            state,
            fee: Some(Money::new("15".parse().unwrap(), Currency::USD)),
            opened_at: DateTime::UNIX_EPOCH,
            due_by: None,
        };
        self.with_intent(intent, |held| held.disputes = vec![dispute]);
    }
}

impl Gateway for Fake {
    fn check<'a>(&'a self, _: &'a GatewayAccess) -> Asked<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn add_customer<'a>(&'a self, _: &'a GatewayAccess, reference: &'a str, _: &'a str) -> Asked<'a, String> {
        Box::pin(self.call(move |_| Ok(format!("cus_{reference}"))))
    }

    fn open_checkout<'a>(&'a self, _: &'a GatewayAccess, wanted: &'a NewCheckout) -> Asked<'a, Checkout> {
        Box::pin(self.call(|world| {
            if let Some(session) = world.known(&wanted.key) {
                return Ok(world.sessions[&session].clone());
            }
            let session = world.id("cs");
            let made = Checkout {
                session: session.clone(),
                reference: Some(wanted.key.clone()),
                url: Some(format!("https://pay.example/{session}")),
                intent: None,
                state: CheckoutState::Open,
                card: None,
            };
            world.keys.insert(wanted.key.clone(), session.clone());
            if let Some(amount) = wanted.amount {
                world.amounts.insert(session.clone(), amount);
            }
            world.sessions.insert(session, made.clone());
            Ok(made)
        }))
    }

    fn checkout<'a>(&'a self, _: &'a GatewayAccess, session: &'a str) -> Asked<'a, Checkout> {
        let missing = || GatewayFailure::Refused("no such session".to_owned());
        Box::pin(self.call(move |world| world.sessions.get(session).cloned().ok_or_else(missing)))
    }

    fn charge<'a>(&'a self, _: &'a GatewayAccess, wanted: &'a NewCharge) -> Asked<'a, RemoteIntent> {
        Box::pin(self.call(|world| {
            if let Some(intent) = world.known(&wanted.key) {
                return Ok(world.intents[&intent].clone());
            }
            let intent = world.intent(&wanted.key, wanted.amount).intent;
            world.keys.insert(wanted.key.clone(), intent.clone());
            match world.decline.clone() {
                Some(decline) => {
                    world.intents.get_mut(&intent).unwrap().state = RemoteState::Waiting(Some(decline));
                }
                None => world.succeed(&intent),
            }
            Ok(world.intents[&intent].clone())
        }))
    }

    fn intent<'a>(&'a self, _: &'a GatewayAccess, intent: &'a str) -> Asked<'a, RemoteIntent> {
        let missing = || GatewayFailure::Refused("no such payment".to_owned());
        Box::pin(self.call(move |world| world.intents.get(intent).cloned().ok_or_else(missing)))
    }

    fn find_intent<'a>(
        &'a self,
        _: &'a GatewayAccess,
        _: &'a str,
        reference: &'a str,
    ) -> Asked<'a, Option<RemoteIntent>> {
        Box::pin(self.call(move |world| {
            Ok(world.intents.values().find(|held| held.reference.as_deref() == Some(reference)).cloned())
        }))
    }

    fn refund<'a>(&'a self, _: &'a GatewayAccess, wanted: &'a NewRemoteRefund) -> Asked<'a, RemoteRefund> {
        Box::pin(self.call(|world| {
            let held = world.intents.get_mut(&wanted.intent).unwrap();
            if let Some(known) = held.refunds.iter().find(|one| one.reference.as_ref() == Some(&wanted.key)) {
                return Ok(known.clone());
            }
            let made = RemoteRefund {
                refund: format!("re_{}", held.refunds.len()),
                reference: Some(wanted.key.clone()),
                amount: wanted.amount,
                state: RemoteRefundState::Succeeded,
            };
            held.refunds.push(made.clone());
            Ok(made)
        }))
    }

    fn forget_card<'a>(&'a self, _: &'a GatewayAccess, _: &'a str) -> Asked<'a, ()> {
        Box::pin(self.call(|_| Ok(())))
    }

    fn movements<'a>(&'a self, _: &'a GatewayAccess, _: NaiveDate, _: NaiveDate) -> Asked<'a, Vec<RemoteMovement>> {
        Box::pin(self.call(|world| {
            let charges = world.intents.values().filter_map(|held| {
                let (of, fee) = (held.charge.clone()?, held.fee?);
                Some(RemoteMovement { of, amount: held.received, fee })
            });
            Ok(charges.collect())
        }))
    }

    fn hear(&self, _: &SecretString, signature: &str, body: &[u8], now: DateTime<Utc>) -> Result<ToldEvent, Forged> {
        if signature != "genuine" {
            return Err(Forged::WrongSignature);
        }
        let text = str::from_utf8(body).unwrap();
        let mut words = text.split(' ');
        let (event, mode) = (words.next().unwrap().to_owned(), words.nth(1).unwrap());
        let mode = if mode == "live" { GatewayMode::Live } else { GatewayMode::Test };
        Ok(ToldEvent { event, kind: "story".to_owned(), mode, happened_at: now })
    }

    fn about(&self, body: &str) -> About {
        let about = body.split(' ').nth(1).unwrap().to_owned();
        match about.split('_').next() {
            Some("cs") => About::Session(about),
            Some("pi") => About::Intent(about),
            _ => About::Other,
        }
    }
}
