//! What the gateway was read to hold becomes money: once, and whatever comes of it later.

use domain::failure::Problem;
use domain::gateway::IntentState;
use domain::message::Purpose;
use domain::service::ServiceState;
use domain::views::accounts::JournalFilter;
use domain::views::gateway::{EventFilter, IntentFilter, ParkedBecause, PayForm};
use domain::views::statement::Span;
use workflows::gateway;
use workflows::permit::{RunBusinessDay, SeeAccounts, SeeGateway, SeePayments};
use workflows::ports::gateway::Forged;
use workflows::{accounts, runs};

use crate::provider::{problems, text};
use crate::{Shop, shop, usd};

#[tokio::test]
async fn a_cut_customer_who_pays_by_card_is_reconnected_in_the_same_transaction() {
    let shop = shop().await;
    shop.nights_up_to("2026-04-28").await;
    assert_eq!(shop.show(shop.contract).await.service, ServiceState::Suspended);
    let id = shop.begin("form-1").await;
    let session = shop.port.newest_session();
    assert_eq!(shop.checkout(id).await.url, Some(format!("https://pay.example/{session}")));

    shop.port.press_pay(&session);
    shop.told("evt_1", &session).await;
    let page = shop.show(shop.contract).await;
    assert_eq!((page.service, page.money.owed), (ServiceState::Active, usd("0")));
    let checkout = shop.checkout(id).await;
    assert_eq!((checkout.state, checkout.limited), (IntentState::Paid, 0));
    assert_eq!(checkout.payment.unwrap().name, shop.payments().await[0].receipt);
}

#[tokio::test]
async fn however_often_and_in_whatever_order_it_is_told_it_is_one_payment() {
    let shop = shop().await;
    shop.begin("form-1").await;
    let session = shop.port.newest_session();
    let intent = shop.port.press_pay(&session);
    for (event, about) in [("evt_2", &intent), ("evt_1", &session), ("evt_2", &intent), ("evt_3", &intent)] {
        shop.told(event, about).await;
    }
    assert_eq!(shop.amounts().await, [usd("34.80")]);
    let events = gateway::events(&shop.story, &shop.may::<SeeGateway>(), &EventFilter::default()).await.unwrap();
    assert_eq!(events.rows.iter().map(|row| row.deliveries).sum::<i32>(), 4);
    assert_eq!(events.total, 3);
}

#[tokio::test]
async fn what_is_forged_is_not_even_stored_and_what_is_of_the_other_mode_touches_nothing() {
    let shop = shop().await;
    shop.begin("form-1").await;
    let session = shop.port.newest_session();
    shop.port.press_pay(&session);
    assert_eq!(shop.hear("evt_1", &session, "forged").await.unwrap(), Err(Forged::WrongSignature));
    let body = format!("evt_2 {session} test");
    let mode = domain::gateway::GatewayMode::Live;
    gateway::receive(&shop.story, &*shop.port, mode, "genuine", body.as_bytes()).await.unwrap().unwrap();
    shop.work().await;
    assert!(shop.payments().await.is_empty());
    let events = gateway::events(&shop.story, &shop.may::<SeeGateway>(), &EventFilter::default()).await.unwrap();
    assert_eq!(events.rows.len(), 1);
    assert_eq!(events.rows[0].because, Some(ParkedBecause::OtherMode));
}

#[tokio::test]
async fn a_method_that_takes_days_pays_when_the_money_is_there() {
    let shop = shop().await;
    let id = shop.begin("form-1").await;
    let session = shop.port.newest_session();
    let intent = shop.port.press_slow(&session);
    shop.told("evt_1", &session).await;
    assert_eq!(shop.state(id).await, IntentState::Processing);
    assert!(shop.payments().await.is_empty(), "a page that is complete is not money");
    let offer = gateway::offer(&shop.story, &shop.scope).await.unwrap();
    assert_eq!(offer.on_its_way, [usd("34.80")]);

    shop.port.succeed(&intent);
    shop.told("evt_2", &session).await;
    assert_eq!((shop.state(id).await, shop.owed().await), (IntentState::Paid, usd("0")));
}

#[tokio::test]
async fn a_declined_card_leaves_the_page_open_and_says_why() {
    let shop = shop().await;
    let id = shop.begin("form-1").await;
    let session = shop.port.newest_session();
    let intent = shop.port.press_declined(&session, "insufficient_funds");
    shop.told("evt_1", &intent).await;
    let checkout = shop.checkout(id).await;
    assert_eq!(checkout.decline.unwrap().code, "insufficient_funds");
    assert!(checkout.state == IntentState::Open && checkout.url.is_some());
    shop.port.expire(&session);
    shop.told("evt_2", &session).await;
    assert_eq!(shop.state(id).await, IntentState::Expired);
}

#[tokio::test]
async fn a_better_card_while_a_refusal_is_read_is_a_payment_and_no_refusal() {
    let shop = shop().await;
    let id = shop.begin("form-1").await;
    let session = shop.port.newest_session();
    let intent = shop.port.press_declined(&session, "insufficient_funds");
    shop.port.press_pay_after(shop.port.calls() + 1, &session);
    shop.told("evt_1", &intent).await;
    assert_eq!((shop.state(id).await, shop.owed().await), (IntentState::Paid, usd("0")));
}

#[tokio::test]
async fn the_chosen_invoice_is_paid_first_and_the_rest_stays_owed() {
    let shop = shop().await;
    shop.nights_up_to("2026-05-01").await;
    let offer = gateway::offer(&shop.story, &shop.scope).await.unwrap();
    let newest = offer.owed.last().unwrap().invoice;
    let form = PayForm { invoices: vec![newest.to_string()], automatic: false, idempotency_key: text("form-1") };
    shop.pay(&form).await.unwrap();
    let session = shop.port.newest_session();
    shop.port.press_pay(&session);
    shop.told("evt_1", &session).await;
    let left = gateway::offer(&shop.story, &shop.scope).await.unwrap().owed;
    assert_eq!(left.len(), 1);
    assert_ne!(left[0].invoice, newest);

    let nothing = PayForm { invoices: vec![newest.to_string()], ..form };
    assert_eq!(problems(shop.pay(&nothing).await), [(text("invoices"), Problem::Required)]);
}

pub async fn paid(shop: &Shop) -> String {
    shop.begin("form-1").await;
    let session = shop.port.newest_session();
    let intent = shop.port.press_pay(&session);
    shop.told("evt_1", &session).await;
    intent
}

pub async fn journal(shop: &Shop, account: &str) -> String {
    let filter = JournalFilter::default();
    let accounts = accounts::accounts(&shop.story, &shop.may::<SeeAccounts>(), &filter).await.unwrap();
    let found = accounts.rows.into_iter().find(|row| row.account == account);
    found.map(|row| row.closing.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn what_the_gateway_keeps_is_in_the_books() {
    let shop = shop().await;
    paid(&shop).await;
    assert_eq!(journal(&shop, "expenses:gateway_fees").await, "1.31");
    assert_eq!(journal(&shop, "assets:card").await, "33.49");
    let payment = shop.payments().await[0].id;
    let known = gateway::of_payment(&shop.story, &shop.may::<SeePayments>(), payment).await.unwrap().unwrap();
    assert_eq!(known.fee, Some(usd("1.31")));
}

#[tokio::test]
async fn a_fee_that_is_told_after_its_payment_is_booked_by_its_event_or_by_the_night() {
    for is_told in [true, false] {
        let shop = shop().await;
        shop.port.fees_come_later();
        let intent = paid(&shop).await;
        assert_eq!(journal(&shop, "assets:card").await, "34.80");
        shop.port.tell_fee(&intent);
        if is_told {
            shop.told("evt_fee", &intent).await;
        } else {
            shop.nights_up_to("2026-04-02").await;
            shop.work().await;
        }
        assert_eq!(journal(&shop, "expenses:gateway_fees").await, "1.31", "told: {is_told}");
    }
}

#[tokio::test]
async fn who_counted_on_money_that_did_not_come_is_told() {
    let shop = shop().await;
    shop.can_be_written_to().await;
    let id = shop.begin("form-1").await;
    let session = shop.port.newest_session();
    let intent = shop.port.press_slow(&session);
    shop.told("evt_1", &session).await;
    assert!(shop.letters(Purpose::PaymentFailed).await.is_empty());
    shop.port.bounce(&intent, "insufficient_funds");
    for event in ["evt_2", "evt_3"] {
        shop.told(event, &intent).await;
    }
    assert_eq!(shop.state(id).await, IntentState::Failed);
    let letters = shop.letters(Purpose::PaymentFailed).await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("34.80 USD") && letters[0].contains("no hay fondos suficientes"), "{letters:?}");
}

#[tokio::test]
async fn a_page_that_could_not_be_opened_is_given_up_after_a_day() {
    let shop = shop().await;
    shop.port.be_away(true);
    let form = shop.form("form-1", false).await;
    shop.pay(&form).await.unwrap_err();
    shop.port.be_away(false);
    let states = async || {
        let filter = IntentFilter::default();
        let rows = gateway::intents(&shop.story, &shop.may::<SeeGateway>(), &filter).await.unwrap().rows;
        rows.into_iter().map(|row| row.state).collect::<Vec<_>>()
    };
    assert_eq!(states().await, [IntentState::Created]);
    shop.nights_up_to("2026-04-03").await;
    shop.work().await;
    assert_eq!(states().await, [IntentState::Cancelled]);
}

#[tokio::test]
async fn a_gateway_that_is_away_loses_no_event() {
    let shop = shop().await;
    shop.begin("form-1").await;
    let session = shop.port.newest_session();
    shop.port.press_pay(&session);
    shop.port.be_away(true);
    shop.told("evt_1", &session).await;
    assert!(shop.payments().await.is_empty());
    shop.port.be_away(false);
    shop.clock.advance(chrono::Duration::minutes(2));
    shop.work().await;
    assert_eq!(shop.amounts().await, [usd("34.80")]);
}

#[tokio::test]
async fn what_no_event_told_is_asked_for_by_the_page_and_by_the_night() {
    let shop = shop().await;
    let id = shop.begin("form-1").await;
    let session = shop.port.newest_session();
    shop.port.press_pay(&session);
    shop.clock.advance(chrono::Duration::seconds(10));
    assert_eq!(shop.state(id).await, IntentState::Open);
    shop.work().await;
    assert_eq!(shop.state(id).await, IntentState::Paid);

    let second = shop.begin_quietly().await;
    let session = shop.port.newest_session();
    shop.port.press_pay(&session);
    shop.it_is("2026-05-02");
    runs::catch_up(&shop.story, &shop.may::<RunBusinessDay>()).await.unwrap();
    shop.work().await;
    assert_eq!(shop.checkout(second).await.state, IntentState::Paid);
}

impl Shop {
    /// For the next invoice.
    async fn begin_quietly(&self) -> domain::ids::PaymentIntentId {
        self.nights_up_to("2026-05-01").await;
        self.begin("form-2").await
    }
}

#[tokio::test]
async fn both_sides_are_compared_and_what_differs_is_listed() {
    let shop = shop().await;
    paid(&shop).await;
    let permit = shop.may::<SeeGateway>();
    let report = gateway::reconcile(&shop.story, &*shop.port, &permit, &Span::default()).await.unwrap();
    let compared = report.compared.unwrap();
    assert_eq!((compared.agreed, compared.differences.len()), (1, 0));
    assert_eq!(compared.fees, [usd("1.31")]);

    // Its event never comes.
    shop.nights_up_to("2026-05-01").await;
    shop.begin("form-2").await;
    shop.port.press_pay(&shop.port.newest_session());
    let span = Span { from: Some("2026-04-01".parse().unwrap()), to: Some("2026-05-01".parse().unwrap()) };
    let report = gateway::reconcile(&shop.story, &*shop.port, &permit, &span).await.unwrap();
    let compared = report.compared.unwrap();
    assert_eq!((compared.agreed, compared.differences.len()), (1, 1));
    assert_eq!((compared.differences[0].ours, compared.differences[0].theirs), (None, Some(usd("34.80"))));
}
