//! Saved cards pay what is due, with their owners' consent, and never twice.

use domain::gateway::{IntentKind, IntentState};
use domain::views::gateway::{IntentFilter, IntentRow};
use domain::views::payments::NewPayment;
use workflows::gateway;
use workflows::payments;
use workflows::permit::{RecordPayments, SeeGateway};

use crate::provider::text;
use crate::{Shop, shop, usd};

impl Shop {
    /// Automatic payments, oldest first: the day they were begun on, and what became of them.
    async fn tries(&self) -> Vec<(String, IntentState)> {
        let filter = IntentFilter { kind: Some(IntentKind::Automatic), ..IntentFilter::default() };
        let mut rows = gateway::intents(&self.story, &self.may::<SeeGateway>(), &filter).await.unwrap().rows;
        rows.sort_by_key(|row| row.id);
        let told = |row: &IntentRow| (self.clock.date_of(row.created_at).to_string(), row.state);
        rows.iter().map(told).collect()
    }

    /// Each night from the first day of April to the last, with the work that it leaves.
    async fn nights(&self, days: std::ops::RangeInclusive<u32>) {
        for day in days {
            self.nights_up_to(&format!("2026-04-{day:02}")).await;
            self.work().await;
        }
    }
}

#[tokio::test]
async fn a_card_pays_on_the_due_day_and_a_night_that_runs_twice_charges_once() {
    let shop = shop().await;
    shop.save_card().await;
    shop.nights(2..=15).await;
    assert_eq!(shop.port.charges(), 0, "nothing is due yet");
    shop.night("2026-04-16").await;
    shop.night("2026-04-16").await;
    shop.work().await;
    shop.night("2026-04-16").await;
    shop.work().await;
    assert_eq!((shop.port.charges(), shop.amounts().await), (1, vec![usd("34.80")]));
    assert_eq!(shop.owed().await, usd("0"));
    assert_eq!(shop.tries().await, [(text("2026-04-16"), IntentState::Paid)]);
}

#[tokio::test]
async fn a_declined_card_is_tried_again_by_the_rule_and_then_no_more() {
    let shop = shop().await;
    shop.save_card().await;
    shop.port.decline(Some("insufficient_funds"));
    shop.nights(2..=26).await;
    let days: Vec<String> = shop.tries().await.into_iter().map(|(day, _)| day).collect();
    assert_eq!(days, ["2026-04-16", "2026-04-18", "2026-04-22"]);
    let cards = gateway::cards(&shop.story, &shop.scope).await.unwrap();
    let (on, decline) = cards.automatic.unwrap().declined.unwrap();
    assert_eq!((on.to_string(), decline.code), (text("2026-04-22"), text("insufficient_funds")));
}

#[tokio::test]
async fn a_card_with_money_again_pays_at_the_next_try() {
    let shop = shop().await;
    shop.save_card().await;
    shop.port.decline(Some("insufficient_funds"));
    shop.nights(2..=17).await;
    shop.port.decline(None);
    shop.nights(18..=20).await;
    let states: Vec<IntentState> = shop.tries().await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states, [IntentState::Failed, IntentState::Paid]);
    assert!(gateway::cards(&shop.story, &shop.scope).await.unwrap().automatic.unwrap().declined.is_none());
}

#[tokio::test]
async fn a_stolen_card_is_tried_once() {
    let shop = shop().await;
    shop.save_card().await;
    shop.port.decline(Some("stolen_card"));
    shop.nights(2..=28).await;
    assert_eq!(shop.tries().await.len(), 1);
}

#[tokio::test]
async fn without_consent_nothing_is_charged_not_even_what_was_set_out_already() {
    let shop = shop().await;
    shop.save_card().await;
    shop.nights_up_to("2026-04-16").await;
    gateway::withdraw(&shop.story, &shop.scope).await.unwrap();
    shop.work().await;
    assert_eq!(shop.port.charges(), 0);
    assert_eq!(shop.tries().await, [(text("2026-04-16"), IntentState::Cancelled)]);
    shop.nights(17..=20).await;
    assert_eq!(shop.port.charges(), 0);
}

#[tokio::test]
async fn a_removed_card_is_not_charged() {
    let shop = shop().await;
    shop.save_card().await;
    let card = gateway::cards(&shop.story, &shop.scope).await.unwrap().cards[0].id;
    gateway::remove_card(&shop.story, &*shop.port, &shop.scope, card).await.unwrap();
    shop.nights(15..=20).await;
    assert_eq!(shop.port.charges(), 0);
    assert!(gateway::cards(&shop.story, &shop.scope).await.unwrap().cards.is_empty());
}

#[tokio::test]
async fn who_paid_at_the_counter_meanwhile_is_not_charged_as_well() {
    let shop = shop().await;
    shop.save_card().await;
    shop.nights_up_to("2026-04-16").await;
    let form = NewPayment {
        customer: shop.customer.to_string(),
        amount: text("34.80"),
        method: text("cash"),
        idempotency_key: text("counter"),
        ..NewPayment::default()
    };
    payments::record(&shop.story, &shop.may::<RecordPayments>(), form).await.unwrap();
    shop.work().await;
    assert_eq!(shop.port.charges(), 0);
    assert_eq!(shop.tries().await, [(text("2026-04-16"), IntentState::Cancelled)]);
}

#[tokio::test]
async fn nights_that_were_missed_charge_once_and_today() {
    let shop = shop().await;
    shop.save_card().await;
    shop.nights_up_to("2026-04-25").await;
    shop.work().await;
    assert_eq!(shop.tries().await, [(text("2026-04-25"), IntentState::Paid)]);
}
