//! A customer's word.

use domain::collections::{HeldBack, PromiseOutcome};
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{ContractId, PromiseId};
use domain::portal::PortalAccess;
use domain::role::Role;
use domain::service::{HoldEffect, HoldReason, ServiceState};
use domain::timeline::{Event, LiftReason};
use domain::views::collections::PromiseForm;
use workflows::permit::{Actor, EditPromises, OwnerScope};
use workflows::{portal, promises};

use crate::provider::{Provider, problems, provider, refusal, text};

fn promise(amount: &str, until: &str) -> PromiseForm {
    PromiseForm { amount: text(amount), until: text(until) }
}

impl Provider {
    async fn promise(&self, contract: ContractId, amount: &str, until: &str) -> workflows::Result<PromiseId> {
        promises::make(self, &self.may::<EditPromises>(), contract, &promise(amount, until)).await
    }

    async fn outcome(&self, contract: ContractId) -> Option<PromiseOutcome> {
        self.show(contract).await.promise.unwrap().outcome
    }

    pub async fn scope(&self, contract: ContractId) -> OwnerScope {
        let customer = self.customer_of(contract).await;
        let actor = Actor::User {
            id: self.portal_user(customer).await,
            name: text("Ana"),
            role: Role::Customer,
            customer: Some(PortalAccess::owner(customer)),
        };
        actor.owner_scope().unwrap()
    }

    async fn portal_user(&self, customer: domain::ids::CustomerId) -> domain::ids::UserId {
        store::testing::documents::portal_user(&mut self.connection().await.unwrap(), customer).await.unwrap()
    }
}

/// Due on 16 April, to be cut on the 26th.
async fn debtor() -> (Provider, ContractId) {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.nights_up_to("2026-04-24").await;
    (provider, contract)
}

#[tokio::test]
async fn a_promise_holds_the_cut() {
    let (provider, contract) = debtor().await;
    provider.promise(contract, "34.80", "2026-04-30").await.unwrap();
    provider.nights_up_to("2026-04-30").await;
    let page = provider.show(contract).await;
    assert_eq!(page.service, ServiceState::Active);
    let held_back = page.held_back.unwrap();
    assert!(matches!(held_back.because[..], [HeldBack::Promise { .. }]));
    assert_eq!(held_back.evidence.due_since().unwrap().to_string(), "2026-04-26");
}

#[tokio::test]
async fn a_broken_promise_is_seen_and_cuts() {
    let (provider, contract) = debtor().await;
    provider.promise(contract, "34.80", "2026-04-30").await.unwrap();
    provider.nights_up_to("2026-05-01").await;
    assert_eq!(provider.outcome(contract).await, Some(PromiseOutcome::Broken));
    let page = provider.show(contract).await;
    assert_eq!(page.service, ServiceState::Suspended);
    let broken = |event: &Event| matches!(event, Event::PromiseEnded { outcome: PromiseOutcome::Broken, .. });
    assert!(page.timeline.iter().any(|entry| broken(&entry.event)));
}

#[tokio::test]
async fn a_promise_is_kept_by_paying_and_holds_what_is_left_until_its_date() {
    let (provider, contract) = debtor().await;
    provider.promise(contract, "20.00", "2026-04-30").await.unwrap();
    provider.pay(contract, "20.00", "counter-1").await;
    provider.nights_up_to("2026-04-30").await;
    assert_eq!(provider.outcome(contract).await, None);
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    provider.nights_up_to("2026-05-01").await;
    assert_eq!(provider.outcome(contract).await, Some(PromiseOutcome::Kept));
    assert_eq!(provider.show(contract).await.service, ServiceState::Suspended, "the rest is still owed");
}

#[tokio::test]
async fn paying_everything_keeps_the_promise_at_once() {
    let (provider, contract) = debtor().await;
    provider.promise(contract, "34.80", "2026-04-30").await.unwrap();
    provider.pay(contract, "34.80", "counter-1").await;
    assert_eq!(provider.outcome(contract).await, Some(PromiseOutcome::Kept));
}

#[tokio::test]
async fn a_promise_restores_what_the_debt_had_cut_and_nothing_else() {
    let (provider, contract) = debtor().await;
    provider.nights_up_to("2026-04-26").await;
    provider.suspend(contract, &crate::provider::suspension("abuse", "soft_cut")).await.unwrap();
    provider.promise(contract, "34.80", "2026-04-30").await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!(page.holds.iter().map(|hold| hold.reason).collect::<Vec<_>>(), [HoldReason::Abuse]);
    let (reason, effect) = (HoldReason::Overdue, HoldEffect::SoftCut);
    let lifted = Event::HoldLifted { reason, effect, because: LiftReason::Promised };
    assert!(page.timeline.iter().any(|entry| entry.event == lifted));
}

#[tokio::test]
async fn a_promise_that_is_cancelled_holds_nothing() {
    let (provider, contract) = debtor().await;
    provider.promise(contract, "34.80", "2026-04-30").await.unwrap();
    promises::cancel(&provider, &provider.may::<EditPromises>(), contract).await.unwrap();
    provider.nights_up_to("2026-04-26").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Suspended);
    let again = promises::cancel(&provider, &provider.may::<EditPromises>(), contract).await;
    assert_eq!(refusal(again), Failure::NotFound);
}

#[tokio::test]
async fn a_promise_is_no_longer_and_no_larger_than_the_policy_and_the_debt_allow() {
    let (provider, contract) = debtor().await;
    for (amount, until, field) in [
        ("34.80", "2026-05-02", "until"),
        ("34.80", "2026-04-23", "until"),
        ("34.81", "2026-04-30", "amount"),
        ("0", "2026-04-30", "amount"),
    ] {
        let refused = problems(provider.promise(contract, amount, until).await);
        assert_eq!(refused, [(field.to_owned(), Problem::OutOfRange)], "{amount} until {until}");
    }
    provider.promise(contract, "34.80", "2026-05-01").await.unwrap();
    let second = provider.promise(contract, "34.80", "2026-04-30").await;
    assert_eq!(refusal(second), Failure::Blocked { what: Blocker::NoMorePromises }, "one at a time");
}

#[tokio::test]
async fn after_so_many_promises_in_a_year_there_are_no_more() {
    let (provider, contract) = debtor().await;
    for day in ["2026-04-24", "2026-04-25", "2026-04-26", "2026-04-27"] {
        provider.it_is(day);
        provider.promise(contract, "1.00", day).await.unwrap();
        provider.nights_up_to(&workflows::testing::date(day).succ_opt().unwrap().to_string()).await;
    }
    let fifth = provider.promise(contract, "1.00", "2026-04-30").await;
    assert_eq!(refusal(fifth), Failure::Blocked { what: Blocker::NoMorePromises });
}

#[tokio::test]
async fn nobody_promises_what_is_not_late() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let refused = provider.promise(contract, "34.80", "2026-04-05").await;
    assert_eq!(refusal(refused), Failure::Blocked { what: Blocker::NothingLate });
}

#[tokio::test]
async fn customers_promise_for_themselves_and_for_nobody_else() {
    let (provider, contract) = debtor().await;
    let anothers = provider.active("luis").await;
    let scope = provider.scope(contract).await;
    let form = promise("34.80", "2026-04-30");
    assert_eq!(refusal(portal::promise(&provider, &scope, anothers, &form).await), Failure::NotFound);
    portal::promise(&provider, &scope, contract, &form).await.unwrap();
    provider.nights_up_to("2026-04-30").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
}
