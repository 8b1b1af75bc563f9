//! From a late invoice to a cut, and back.

use domain::service::{HoldEffect, HoldEvidence, HoldReason, ServiceState};
use domain::timeline::{Event, LiftReason};

use crate::provider::{provider, text};

#[tokio::test]
async fn ten_days_past_due_the_service_is_suspended_with_its_evidence() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    // Due on 16 April.
    provider.nights_up_to("2026-04-25").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    provider.nights_up_to("2026-04-26").await;
    let page = provider.show(contract).await;
    assert_eq!(page.service, ServiceState::Suspended);
    let HoldEvidence::Overdue(evidence) = &page.holds[0].evidence else { panic!("{:?}", page.holds) };
    assert_eq!((evidence.days_late, evidence.after_days, evidence.debt.to_string()), (10, 10, text("34.80")));
    assert_eq!(evidence.invoices[0].number, "F-2026-000001");
    assert_eq!(provider.waiting().await, 1);
}

#[tokio::test]
async fn a_debt_that_grows_older_is_cut_harder_step_by_step() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    for (day, expected) in [
        ("2026-04-26", ServiceState::Suspended),
        ("2026-05-16", ServiceState::Disabled),
        ("2026-06-15", ServiceState::RemovalList),
    ] {
        provider.nights_up_to(day).await;
        assert_eq!(provider.show(contract).await.service, expected, "{day}");
    }
}

#[tokio::test]
async fn several_overdue_invoices_are_one_hold() {
    let provider = provider("2026-01-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-01-27").await;
    provider.nights_up_to("2026-02-10").await;
    let holds = provider.show(contract).await.holds;
    assert_eq!(holds.iter().map(|hold| hold.effect).collect::<Vec<_>>(), [HoldEffect::SoftCut]);
}

#[tokio::test]
async fn paying_restores_the_service_at_once_and_says_why() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-04-28").await;
    provider.pay(contract, "34.80", "counter-1").await;
    let page = provider.show(contract).await;
    assert_eq!(page.service, ServiceState::Active);
    let lifted =
        Event::HoldLifted { reason: HoldReason::Overdue, effect: HoldEffect::SoftCut, because: LiftReason::Paid };
    assert!(page.timeline.iter().any(|entry| entry.event == lifted));
}

#[tokio::test]
async fn a_payment_that_leaves_a_late_debt_restores_nothing() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-04-28").await;
    provider.pay(contract, "20.00", "counter-1").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Suspended);
}

#[tokio::test]
async fn a_rounding_balance_holds_the_cut() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.pay(contract, "34.79", "counter-1").await;
    provider.nights_up_to("2026-04-30").await;
    assert_eq!(provider.show(contract).await.money.overdue.to_string(), "0.01");
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
}

#[tokio::test]
async fn a_zero_balance_holds_the_cut() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.pay(contract, "34.80", "counter-1").await;
    provider.nights_up_to("2026-04-30").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    assert_eq!(provider.show(contract).await.holds, []);
}
