//! Suspended and restored by hand.

use domain::failure::{Blocker, Failure, Problem};
use domain::service::{HoldEvidence, HoldReason, ServiceState};
use domain::timeline::{Event, LiftReason};
use domain::views::bulk::{BulkAction, BulkForm, Chosen, SkipReason};
use domain::views::contract_forms::RestoreForm;
use domain::views::contracts::ContractFilter;
use domain::views::payments::NewPayment;
use workflows::permit::{LiftHolds, PlaceHolds, RecordPayments, RunBusinessDay, SeeContracts};
use workflows::testing::date;
use workflows::{bulk, contracts, payments, runs};

use crate::provider::{problems, provider, refusal, suspension, text};

#[tokio::test]
async fn a_suspension_keeps_why_and_says_so() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("pause", "soft_cut")).await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!(page.service, ServiceState::Suspended);
    assert_eq!(page.holds[0].evidence, HoldEvidence::Decision { why: text("so it was decided") });
    let changed = Event::ServiceStateChanged { from: ServiceState::Active, to: ServiceState::Suspended };
    assert!(page.timeline.iter().any(|entry| entry.event == changed && entry.for_customer));
}

#[tokio::test]
async fn lifting_a_staff_hold_leaves_an_abuse_hold() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("staff", "hard_cut")).await.unwrap();
    provider.suspend(contract, &suspension("abuse", "soft_cut")).await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Disabled);
    provider.restore(contract, "staff").await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!(page.service, ServiceState::Suspended);
    assert_eq!(page.holds.iter().map(|hold| hold.reason).collect::<Vec<_>>(), [HoldReason::Abuse]);
    provider.restore(contract, "abuse").await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
}

#[tokio::test]
async fn paying_the_bill_does_not_lift_an_abuse_hold() {
    let provider = provider("2026-03-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("abuse", "soft_cut")).await.unwrap();
    // Due on 16 March; the soft cut comes ten days later.
    provider.it_is("2026-03-26");
    runs::run_day(&provider, &provider.may::<RunBusinessDay>(), date("2026-03-26")).await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!(page.holds.len(), 2, "{:?}", page.holds);
    let payment = NewPayment {
        customer: page.customer.id.to_string(),
        amount: page.money.owed.to_string(),
        method: text("cash"),
        idempotency_key: text("counter-1"),
        ..NewPayment::default()
    };
    payments::record(&provider, &provider.may::<RecordPayments>(), payment).await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!(page.holds.iter().map(|hold| hold.reason).collect::<Vec<_>>(), [HoldReason::Abuse]);
    assert_eq!((page.service, page.money.owed.is_zero()), (ServiceState::Suspended, true));
}

#[tokio::test]
async fn a_debt_is_neither_cut_nor_forgiven_by_hand() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    let unknown = [(text("reason"), Problem::UnknownChoice)];
    assert_eq!(problems(provider.suspend(contract, &suspension("overdue", "soft_cut")).await), unknown);
    assert_eq!(problems(provider.restore(contract, "overdue").await), unknown);
}

#[tokio::test]
async fn the_same_hold_is_not_placed_twice_but_may_become_harder() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("staff", "soft_cut")).await.unwrap();
    let again = provider.suspend(contract, &suspension("staff", "soft_cut")).await;
    assert_eq!(refusal(again), Failure::Blocked { what: Blocker::AlreadyHeld });
    provider.suspend(contract, &suspension("staff", "hard_cut")).await.unwrap();
    let softer = provider.suspend(contract, &suspension("staff", "soft_cut")).await;
    assert_eq!(refusal(softer), Failure::Blocked { what: Blocker::AlreadyHeld });
    provider.restore(contract, "staff").await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    assert_eq!(refusal(provider.restore(contract, "staff").await), Failure::Blocked { what: Blocker::NotHeld });
}

#[tokio::test]
async fn several_changes_before_the_worker_comes_are_one_job() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("staff", "soft_cut")).await.unwrap();
    provider.restore(contract, "staff").await.unwrap();
    assert_eq!(provider.waiting().await, 1);
}

#[tokio::test]
async fn a_hold_that_changes_nothing_for_the_customer_enqueues_nothing() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("staff", "hard_cut")).await.unwrap();
    let before = provider.show(contract).await.timeline;
    provider.suspend(contract, &suspension("abuse", "soft_cut")).await.unwrap();
    let after = provider.show(contract).await.timeline;
    let changes = |timeline: &[domain::views::timeline::TimelineEntry]| {
        timeline.iter().filter(|entry| matches!(entry.event, Event::ServiceStateChanged { .. })).count()
    };
    assert_eq!(changes(&before), changes(&after));
    assert_eq!(after.len(), before.len() + 1, "the hold itself is told");
}

#[tokio::test]
async fn why_a_hold_was_lifted_is_told() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("pause", "hard_cut")).await.unwrap();
    let form = RestoreForm { reason: text("pause"), why: String::new() };
    let unexplained = contracts::restore(&provider, &provider.may::<LiftHolds>(), contract, &form).await;
    assert_eq!(problems(unexplained), [(text("why"), Problem::Required)]);
    provider.restore(contract, "pause").await.unwrap();
    let page = provider.show(contract).await;
    let because = LiftReason::Decision { why: text("it is over") };
    assert!(
        page.timeline
            .iter()
            .any(|entry| matches!(&entry.event, Event::HoldLifted { because: told, .. } if *told == because))
    );
}

#[tokio::test]
async fn many_are_held_and_lifted_at_once_and_those_that_cannot_be_are_named_before() {
    let provider = provider("2026-03-12").await;
    let (ana, eva) = (provider.active("ana.lopez").await, provider.active("eva.ruiz").await);
    provider.suspend(ana, &suspension("staff", "soft_cut")).await.unwrap();
    let look = async |action, chosen: Chosen| {
        let (permit, filter) = (provider.may::<SeeContracts>(), ContractFilter::default());
        bulk::preview_contracts(&provider, &permit, (action, None), &chosen, &filter).await.unwrap()
    };
    let preview = look(BulkAction::Hold, Chosen::Rows(vec![ana.0, eva.0])).await;
    assert_eq!(preview.targets.iter().map(|target| target.id).collect::<Vec<_>>(), [eva.0]);
    assert_eq!(preview.skipped.iter().map(|one| one.because).collect::<Vec<_>>(), [SkipReason::AlreadyHeld]);
    assert_eq!(look(BulkAction::Lift, Chosen::All).await.targets.len(), 1);

    let form = |why: &str| BulkForm { rows: format!("{ana},{eva}"), why: text(why) };
    let hold = provider.may::<PlaceHolds>();
    assert_eq!(problems(bulk::hold(&provider, &hold, &form("")).await), [(text("why"), Problem::Required)]);
    bulk::hold(&provider, &hold, &form("obras en la calle")).await.unwrap();
    assert_eq!(provider.show(eva).await.service, ServiceState::Suspended, "one that is held keeps nobody else from it");
    assert_eq!(look(BulkAction::Lift, Chosen::All).await.targets.len(), 2);
    bulk::lift(&provider, &provider.may::<LiftHolds>(), &form("las obras terminaron")).await.unwrap();
    for contract in [ana, eva] {
        assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    }
}
