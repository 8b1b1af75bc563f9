//! Whoever calls the gateway may die before or after any call. Nothing is charged twice, and nothing is forgotten.

use domain::gateway::IntentState;

use crate::fake::Dies;
use crate::{Shop, shop, usd};

/// A worker that dies at a call, if one of its calls is that; the next one takes over when its lease is over.
async fn work_and_die(shop: &Shop) {
    let worker = shop.worker();
    tokio::select! {
        () = shop.port.died() => {}
        done = async { while worker.work_gateway().await.unwrap() {} } => done,
    }
    for _ in 0..3 {
        shop.clock.advance(chrono::Duration::minutes(11));
        shop.work().await;
    }
}

#[tokio::test]
async fn an_automatic_payment_is_charged_once_wherever_its_worker_dies() {
    for dies in [Dies::Before, Dies::After] {
        // It charges; after a death it looks first, and then charges.
        for nth in 1..=2 {
            let shop = shop().await;
            shop.save_card().await;
            shop.nights_up_to("2026-04-16").await;
            shop.port.die_at(shop.port.calls() + nth, dies);
            work_and_die(&shop).await;
            assert_eq!(shop.port.charges(), 1, "{dies:?} call {nth}");
            assert_eq!(shop.amounts().await, [usd("34.80")], "{dies:?} call {nth}");
            assert_eq!(shop.owed().await, usd("0"));
        }
    }
}

#[tokio::test]
async fn a_gateway_that_forgot_the_key_meanwhile_is_asked_before_it_is_charged_again() {
    let shop = shop().await;
    shop.save_card().await;
    shop.nights_up_to("2026-04-16").await;
    shop.port.die_at(shop.port.calls() + 1, Dies::After);
    let worker = shop.worker();
    tokio::select! {
        () = shop.port.died() => {}
        _ = worker.work_gateway() => panic!("it outlived the call"),
    }
    shop.port.forget_keys();
    shop.clock.advance(chrono::Duration::days(2));
    shop.work().await;
    assert_eq!((shop.port.charges(), shop.amounts().await), (1, vec![usd("34.80")]));
}

#[tokio::test]
async fn a_page_is_opened_once_wherever_the_one_who_opens_it_dies() {
    for dies in [Dies::Before, Dies::After] {
        // The customer is made known, and the page is opened.
        for nth in 1..=2 {
            let shop = shop().await;
            let form = shop.form("form-1", true).await;
            shop.port.die_at(nth, dies);
            tokio::select! {
                () = shop.port.died() => {}
                _ = shop.pay(&form) => panic!("it outlived the call"),
            }
            let id = shop.pay(&form).await.unwrap();
            assert_eq!(shop.port.sessions(), 1, "{dies:?} call {nth}");
            let session = shop.port.newest_session();
            shop.port.press_pay(&session);
            shop.told("evt_1", &session).await;
            assert_eq!(shop.state(id).await, IntentState::Paid);
            assert_eq!((shop.port.charges(), shop.amounts().await), (1, vec![usd("34.80")]));
        }
    }
}

#[tokio::test]
async fn an_event_is_done_once_wherever_its_worker_dies() {
    for dies in [Dies::Before, Dies::After] {
        // The page is read, and the payment.
        for nth in 1..=2 {
            let shop = shop().await;
            shop.begin("form-1").await;
            let session = shop.port.newest_session();
            shop.port.press_pay(&session);
            shop.hear("evt_1", &session, "genuine").await.unwrap().unwrap();
            shop.port.die_at(shop.port.calls() + nth, dies);
            work_and_die(&shop).await;
            assert_eq!(shop.amounts().await, [usd("34.80")], "{dies:?} call {nth}");
        }
    }
}
