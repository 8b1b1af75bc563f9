//! Money that goes back: refunds onto cards, here and at the gateway, and what cardholders deny.

use domain::failure::{Blocker, Failure};
use domain::gateway::{DisputeState, EventState};
use domain::ids::PaymentId;
use domain::service::ServiceState;
use domain::views::gateway::{CardRefundForm, DisputeIs, EventFilter, ParkedBecause};
use domain::views::payments::{AllocationForm, AllocationLine, RefundForm};
use domain::views::statement::Span;
use workflows::permit::{AllocatePayments, RefundPayments, RepeatEvents, SeeGateway, SeePayments};
use workflows::{gateway, payments};

use crate::fake::Dies;
use crate::money::{journal, paid};
use crate::provider::{refusal, text};
use crate::{Shop, shop, usd};

impl Shop {
    /// What it pays is owed again, and it is unused.
    async fn let_go(&self, payment: PaymentId) {
        let paid = payments::show(&self.story, &self.may::<SeePayments>(), payment).await.unwrap().allocations;
        let nothing = AllocationLine { invoice: paid[0].invoice.to_string(), amount: String::new() };
        let form = AllocationForm { lines: vec![nothing] };
        payments::reallocate(&self.story, &self.may::<AllocatePayments>(), payment, &form).await.unwrap();
    }
}

fn refund(amount: &str) -> CardRefundForm {
    CardRefundForm { amount: text(amount), reason: text("paid twice"), idempotency_key: text("refund-1") }
}

#[tokio::test]
async fn a_refund_that_was_made_at_the_gateway_is_taken_from_what_the_payment_paid() {
    let shop = shop().await;
    let intent = paid(&shop).await;
    shop.port.refund_there(&intent, usd("4.80"));
    shop.told("evt_2", &intent).await;
    shop.told("evt_3", &intent).await;
    assert_eq!(shop.owed().await, usd("4.80"));
    assert_eq!(journal(&shop, "assets:card").await, "28.69");
}

#[tokio::test]
async fn money_goes_back_onto_the_card_once_and_comes_back_when_that_fails() {
    let shop = shop().await;
    let intent = paid(&shop).await;
    let permit = shop.may::<RefundPayments>();
    let payment = shop.payments().await[0].id;
    let nothing = gateway::refund_to_card(&shop.story, &permit, payment, &refund("1")).await;
    assert_eq!(refusal(nothing), Failure::Blocked { what: Blocker::NothingUnused });

    shop.let_go(payment).await;
    gateway::refund_to_card(&shop.story, &permit, payment, &refund("20.00")).await.unwrap();
    gateway::refund_to_card(&shop.story, &permit, payment, &refund("20.00")).await.unwrap();
    shop.work().await;
    shop.told("evt_2", &intent).await;
    let known = gateway::of_payment(&shop.story, &shop.may::<SeePayments>(), payment).await.unwrap().unwrap();
    assert_eq!(known.refunds.len(), 1);
    assert_eq!(known.refunds[0].remote.as_deref(), Some("re_0"));

    shop.port.refunds_fail(&intent);
    shop.told("evt_3", &intent).await;
    shop.told("evt_4", &intent).await;
    assert_eq!(shop.amounts().await, [usd("34.80"), usd("20.00")], "it is the customer's again");
    assert_eq!(journal(&shop, "assets:card").await, "33.49");
}

#[tokio::test]
async fn a_refund_that_is_repeated_after_the_gateway_forgot_its_key_gives_back_once() {
    let shop = shop().await;
    let intent = paid(&shop).await;
    let payment = shop.payments().await[0].id;
    shop.let_go(payment).await;
    gateway::refund_to_card(&shop.story, &shop.may::<RefundPayments>(), payment, &refund("20.00")).await.unwrap();
    // The payment is read, and the money goes back; the answer is lost.
    shop.port.die_at(shop.port.calls() + 2, Dies::After);
    let worker = shop.worker();
    tokio::select! {
        () = shop.port.died() => {}
        _ = worker.work_gateway() => panic!("it outlived the call"),
    }
    shop.port.forget_keys();
    shop.clock.advance(chrono::Duration::days(2));
    shop.work().await;
    assert_eq!(shop.port.refunds(&intent), 1);
    let known = gateway::of_payment(&shop.story, &shop.may::<SeePayments>(), payment).await.unwrap().unwrap();
    assert_eq!(known.refunds[0].remote.as_deref(), Some("re_0"));
}

#[tokio::test]
async fn a_dispute_takes_the_money_back_with_the_hold_and_one_that_is_won_returns_both() {
    let shop = shop().await;
    let intent = paid(&shop).await;
    shop.nights_up_to("2026-04-28").await;
    shop.port.dispute(&intent, usd("34.80"), DisputeState::Open);
    shop.told("evt_2", &intent).await;
    let page = shop.show(shop.contract).await;
    assert_eq!((page.service, page.money.owed), (ServiceState::Suspended, usd("34.80")));
    assert_eq!(shop.payments().await[0].reversed_on, Some("2026-04-28".parse().unwrap()));
    shop.told("evt_3", &intent).await;

    shop.port.dispute(&intent, usd("34.80"), DisputeState::Won);
    for event in ["evt_4", "evt_5"] {
        shop.told(event, &intent).await;
    }
    let page = shop.show(shop.contract).await;
    assert_eq!((page.service, page.money.owed), (ServiceState::Active, usd("0")));
    assert_eq!(shop.amounts().await, [usd("34.80"), usd("34.80")]);
    let disputes = gateway::disputes(&shop.story, &shop.may::<SeeGateway>(), None).await.unwrap();
    assert_eq!((disputes.len(), disputes[0].state), (1, DisputeState::Won));
    assert!(disputes[0].returned.is_some());
}

#[tokio::test]
async fn a_part_that_is_denied_leaves_the_rest_paid() {
    let shop = shop().await;
    let intent = paid(&shop).await;
    shop.port.dispute(&intent, usd("10.00"), DisputeState::Open);
    shop.told("evt_2", &intent).await;
    shop.told("evt_3", &intent).await;
    assert_eq!(shop.owed().await, usd("10.00"));
    assert_eq!(shop.amounts().await, [usd("34.80"), usd("24.80")]);
}

#[tokio::test]
async fn a_dispute_about_what_was_given_back_in_part_waits_for_a_person() {
    let shop = shop().await;
    let intent = paid(&shop).await;
    shop.port.refund_there(&intent, usd("4.80"));
    shop.told("evt_2", &intent).await;
    shop.port.dispute(&intent, usd("30.00"), DisputeState::Open);
    shop.told("evt_3", &intent).await;
    let events = gateway::events(&shop.story, &shop.may::<SeeGateway>(), &EventFilter::default()).await.unwrap();
    let parked = events.rows.iter().find(|row| row.remote == "evt_3").unwrap();
    assert_eq!(parked.because, Some(ParkedBecause::HasRefunds));
    gateway::repeat_event(&shop.story, &shop.may::<RepeatEvents>(), parked.id).await.unwrap();
    let again = gateway::repeat_event(&shop.story, &shop.may::<RepeatEvents>(), parked.id).await;
    assert_eq!(refusal(again), Failure::Blocked { what: Blocker::EventNotParked });
    shop.work().await;

    // The person takes back by hand what is left, and repeats the event.
    let payment = shop.payments().await[0].id;
    shop.let_go(payment).await;
    let by_hand = RefundForm {
        amount: text("30.00"),
        method: text("other"),
        reference: text("dp_1"),
        reason: text("denied at the bank"),
        idempotency_key: text("by-hand"),
    };
    payments::refund(&shop.story, &shop.may::<RefundPayments>(), payment, &by_hand).await.unwrap();
    gateway::repeat_event(&shop.story, &shop.may::<RepeatEvents>(), parked.id).await.unwrap();
    shop.work().await;
    let filter = EventFilter { state: Some(EventState::Parked), ..EventFilter::default() };
    let parked = gateway::events(&shop.story, &shop.may::<SeeGateway>(), &filter).await.unwrap();
    assert_eq!((parked.total, shop.owed().await), (0, usd("34.80")));
    shop.port.dispute(&intent, usd("30.00"), DisputeState::Won);
    shop.told("evt_4", &intent).await;
    assert_eq!(shop.owed().await, usd("4.80"));
}

#[tokio::test]
async fn a_question_of_the_bank_that_ends_without_money_moving_is_over() {
    let shop = shop().await;
    let intent = paid(&shop).await;
    for (event, state) in [("evt_2", DisputeState::Inquiry), ("evt_3", DisputeState::Closed)] {
        shop.port.dispute(&intent, usd("34.80"), state);
        shop.told(event, &intent).await;
    }
    assert_eq!(shop.owed().await, usd("0"));
    let undecided = gateway::disputes(&shop.story, &shop.may::<SeeGateway>(), Some(DisputeIs::Open)).await.unwrap();
    assert!(undecided.is_empty());
}

#[tokio::test]
async fn a_dispute_that_is_won_later_is_still_in_the_report_of_the_days_when_it_took_the_money() {
    let shop = shop().await;
    let intent = paid(&shop).await;
    shop.it_is("2026-04-28");
    let opened_at = shop.clock.now();
    for (day, event, amount, state) in
        [("2026-04-28", "evt_2", "-34.80", DisputeState::Open), ("2026-05-10", "evt_3", "34.80", DisputeState::Won)]
    {
        shop.it_is(day);
        shop.port.dispute_since(opened_at, &intent, usd("34.80"), state);
        shop.port.moves(day, "dp_1", usd(amount));
        shop.told(event, &intent).await;
    }
    let span = Span { from: Some("2026-04-01".parse().unwrap()), to: Some("2026-04-30".parse().unwrap()) };
    let report = gateway::reconcile(&shop.story, &*shop.port, &shop.may::<SeeGateway>(), &span).await.unwrap();
    let compared = report.compared.unwrap();
    assert_eq!((compared.agreed, compared.differences.len()), (2, 0), "{compared:?}");
}
