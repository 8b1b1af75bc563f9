//! From a late invoice to a cut, and back.

use domain::collections::CutoffPolicy;
use domain::failure::Failure;
use domain::ids::{CollectionOrderId, ContractId};
use domain::service::{HoldEffect, HoldEvidence, HoldReason, ServiceState};
use domain::timeline::{Event, LiftReason};
use domain::views::collection_orders::{
    CloseCollectionForm, CollectionOrderFilter, CollectionOrderRow, CollectionOutcome,
};
use domain::views::policies::PolicyForm;
use workflows::permit::{CloseCollectionOrders, EditPolicies, SeeCollectionOrders};
use workflows::{collection_orders, policies};

use crate::provider::{Provider, provider, text};

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
async fn a_policy_may_slow_a_connection_down_before_it_cuts_it() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let form = PolicyForm {
        throttle_after_days: text("6"),
        cut_on_fridays: true,
        cut_on_weekends: true,
        ..PolicyForm::from(&CutoffPolicy::standard())
    };
    policies::edit(&provider, &provider.may::<EditPolicies>(), provider.policy, &form).await.unwrap();
    for (day, expected) in [
        ("2026-04-21", ServiceState::Active),
        ("2026-04-22", ServiceState::Throttled),
        ("2026-04-25", ServiceState::Throttled),
        ("2026-04-26", ServiceState::Suspended),
    ] {
        provider.nights_up_to(day).await;
        assert_eq!(provider.show(contract).await.service, expected, "{day}");
    }
    provider.pay(contract, "34.80", "counter-1").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Active, "both holds are lifted");
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

/// Due on 16 April: the equipment is to be collected from 15 June on.
async fn on_the_removal_list() -> (Provider, ContractId) {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    for day in ["2026-04-26", "2026-05-16", "2026-06-15"] {
        provider.nights_up_to(day).await;
    }
    (provider, contract)
}

async fn orders(provider: &Provider) -> Vec<CollectionOrderRow> {
    let filter = CollectionOrderFilter::default();
    collection_orders::list(provider, &provider.may::<SeeCollectionOrders>(), &filter).await.unwrap().rows
}

async fn close(provider: &Provider, order: CollectionOrderId) -> workflows::Result<()> {
    let form =
        CloseCollectionForm { outcome: text("collected"), note: text("in the van"), ..CloseCollectionForm::default() };
    collection_orders::close(provider, &provider.may::<CloseCollectionOrders>(), order, &form).await
}

#[tokio::test]
async fn the_removal_list_orders_the_equipment_to_be_collected_once() {
    let (provider, contract) = on_the_removal_list().await;
    provider.nights_up_to("2026-06-20").await;
    let orders = orders(&provider).await;
    let opened: Vec<_> = orders.iter().map(|order| (order.contract.id, order.opened_on.to_string())).collect();
    assert_eq!(opened, [(contract, text("2026-06-15"))]);
}

#[tokio::test]
async fn closing_the_collection_is_seen_on_the_contract() {
    let (provider, contract) = on_the_removal_list().await;
    let order = orders(&provider).await[0].id;
    close(&provider, order).await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!(page.collection.unwrap().outcome, Some(CollectionOutcome::Collected));
    let closed = |event: &Event| matches!(event, Event::CollectionClosed { .. });
    assert!(page.timeline.iter().any(|entry| closed(&entry.event)));
    assert_eq!(crate::provider::refusal(close(&provider, order).await), Failure::NotFound, "only once");
}

#[tokio::test]
async fn who_pays_keeps_the_equipment() {
    let (provider, contract) = on_the_removal_list().await;
    let owed = provider.show(contract).await.money.owed.to_string();
    provider.pay(contract, &owed, "counter-1").await;
    assert_eq!(orders(&provider).await[0].outcome, Some(CollectionOutcome::NotNeeded));
}
