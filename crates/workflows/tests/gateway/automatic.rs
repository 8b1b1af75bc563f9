//! Saved cards pay what is due, with their owners' consent, and never twice.

use domain::gateway::{DisputeState, IntentKind, IntentState};
use domain::message::Purpose;
use domain::service::ServiceState;
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

    async fn pay_at_the_counter(&self) {
        let form = NewPayment {
            customer: self.customer.to_string(),
            amount: text("34.80"),
            method: text("cash"),
            idempotency_key: text("counter"),
            ..NewPayment::default()
        };
        payments::record(&self.story, &self.may::<RecordPayments>(), form).await.unwrap();
    }

    /// The night sets out to charge, and the gateway does not answer.
    async fn asked_in_vain(&self) {
        self.port.be_away(true);
        self.nights_up_to("2026-04-16").await;
        self.work().await;
        self.port.be_away(false);
        self.clock.advance(chrono::Duration::hours(8));
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
    shop.pay_at_the_counter().await;
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

#[tokio::test]
async fn a_card_that_could_not_be_asked_at_night_is_asked_when_the_gateway_answers_again() {
    let shop = shop().await;
    shop.save_card().await;
    shop.asked_in_vain().await;
    shop.work().await;
    assert_eq!((shop.port.charges(), shop.owed().await), (1, usd("0")));
}

#[tokio::test]
async fn who_withdraws_or_pays_while_the_gateway_does_not_answer_is_not_charged_when_it_does() {
    for withdraws in [true, false] {
        let shop = shop().await;
        shop.save_card().await;
        shop.asked_in_vain().await;
        match withdraws {
            true => gateway::withdraw(&shop.story, &shop.scope).await.unwrap(),
            false => shop.pay_at_the_counter().await,
        }
        shop.work().await;
        assert_eq!(shop.port.charges(), 0, "withdraws: {withdraws}");
        assert_eq!(shop.tries().await, [(text("2026-04-16"), IntentState::Cancelled)]);
    }
}

#[tokio::test]
async fn a_gateway_that_lets_nobody_in_leaves_nothing_on_its_way_and_a_later_night_charges() {
    let shop = shop().await;
    shop.save_card().await;
    shop.port.revoke_keys(true);
    shop.nights_up_to("2026-04-16").await;
    shop.work().await;
    assert_eq!(shop.tries().await, [(text("2026-04-16"), IntentState::Cancelled)]);
    assert!(gateway::offer(&shop.story, &shop.scope).await.unwrap().on_its_way.is_empty());
    shop.port.revoke_keys(false);
    shop.nights(17..=17).await;
    assert_eq!((shop.port.charges(), shop.owed().await), (1, usd("0")));
}

#[tokio::test]
async fn who_denies_a_payment_is_not_charged_by_itself_again() {
    let shop = shop().await;
    shop.save_card().await;
    shop.nights(16..=16).await;
    let intent = shop.port.newest_intent();
    shop.port.dispute(&intent, usd("34.80"), DisputeState::Open);
    shop.told("evt_denied", &intent).await;
    shop.nights(17..=30).await;
    assert_eq!((shop.port.charges(), shop.owed().await), (1, usd("34.80")));
    assert!(gateway::cards(&shop.story, &shop.scope).await.unwrap().automatic.is_none());
}

#[tokio::test]
async fn what_was_given_back_is_not_charged_by_itself_again_and_the_next_invoice_is() {
    let shop = shop().await;
    shop.save_card().await;
    shop.nights(16..=16).await;
    let intent = shop.port.newest_intent();
    shop.port.refund_there(&intent, usd("4.80"));
    shop.told("evt_given_back", &intent).await;
    shop.nights(17..=30).await;
    assert_eq!((shop.port.charges(), shop.owed().await), (1, usd("4.80")));
    shop.nights_up_to("2026-05-20").await;
    shop.work().await;
    assert_eq!(shop.port.charges(), 2);
}

#[tokio::test]
async fn a_new_card_is_told_by_its_own_tries() {
    let shop = shop().await;
    shop.can_be_written_to().await;
    shop.save_card().await;
    shop.port.decline(Some("insufficient_funds"));
    shop.nights(2..=26).await;
    let told = shop.letters(Purpose::CardDeclined).await;
    assert_eq!(told.len(), 3);
    assert!(told[1].contains("otra vez") && told[2].contains("No volveremos"), "{told:?}");
    assert!(told.iter().all(|letter| letter.contains("no hay fondos suficientes")), "{told:?}");

    let card = gateway::cards(&shop.story, &shop.scope).await.unwrap().cards[0].id;
    gateway::pay_automatically(&shop.story, &shop.scope, card, "I agree").await.unwrap();
    shop.nights(27..=27).await;
    let told = shop.letters(Purpose::CardDeclined).await;
    assert!(told[3].contains("otra vez"), "{told:?}");
}

#[tokio::test]
async fn a_gateway_that_does_not_answer_for_days_holds_no_cut_and_charges_what_is_still_owed_when_it_does() {
    let shop = shop().await;
    shop.save_card().await;
    shop.port.be_away(true);
    shop.nights(16..=17).await;
    assert_eq!(gateway::offer(&shop.story, &shop.scope).await.unwrap().on_its_way, [usd("34.80")]);
    shop.nights(18..=28).await;
    assert!(gateway::offer(&shop.story, &shop.scope).await.unwrap().on_its_way.is_empty());
    assert_eq!(shop.show(shop.contract).await.service, ServiceState::Suspended);
    shop.port.be_away(false);
    shop.nights(29..=29).await;
    assert_eq!((shop.port.charges(), shop.owed().await), (1, usd("0")));
    assert_eq!(shop.show(shop.contract).await.service, ServiceState::Active);
}
