//! What the product calls.

use chrono::{DateTime, NaiveDate, Utc};
use domain::gateway::{GatewayMode, RemoteState};
use secrecy::SecretString;
use workflows::ports::Gateway;
use workflows::ports::gateway::{
    About, Asked, Checkout, CheckoutState, Forged, GatewayAccess, GatewayFailure, NewCharge, NewCheckout,
    NewRemoteRefund, RemoteIntent, RemoteMovement, RemoteRefund, RemoteRefundState, ToldEvent,
};

use super::Fake;

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
            let known = world.known(&wanted.key);
            let held = world.intents.get_mut(&wanted.intent).unwrap();
            if let Some(known) = held.refunds.iter().find(|one| Some(&one.refund) == known.as_ref()) {
                return Ok(known.clone());
            }
            let made = RemoteRefund {
                refund: format!("re_{}", held.refunds.len()),
                reference: Some(wanted.key.clone()),
                amount: wanted.amount,
                state: RemoteRefundState::Succeeded,
            };
            held.refunds.push(made.clone());
            world.keys.insert(wanted.key.clone(), made.refund.clone());
            Ok(made)
        }))
    }

    fn forget_card<'a>(&'a self, _: &'a GatewayAccess, _: &'a str) -> Asked<'a, ()> {
        Box::pin(self.call(|_| Ok(())))
    }

    /// Charges are of whatever days are asked for.
    fn movements<'a>(&'a self, _: &'a GatewayAccess, from: NaiveDate, to: NaiveDate) -> Asked<'a, Vec<RemoteMovement>> {
        Box::pin(self.call(move |world| {
            let charges = world.intents.values().filter_map(|held| {
                let (of, fee) = (held.charge.clone()?, held.fee?);
                Some(RemoteMovement { of, amount: held.received, fee })
            });
            let others = world.moved.iter().filter(|(on, _)| (from..=to).contains(on)).map(|(_, moved)| moved.clone());
            Ok(charges.chain(others).collect())
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
