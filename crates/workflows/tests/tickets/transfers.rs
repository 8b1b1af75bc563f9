//! A reported transfer brings back what a debt cut, for a while, where the policy says so.

use domain::ids::{ContractId, TransferReportId};
use domain::service::ServiceState;
use domain::timeline::{Event, LiftReason};
use domain::views::policies::PolicyForm;
use domain::views::transfers::TransferForm;
use workflows::permit::{EditPolicies, ReviewTransfers};
use workflows::{policies, portal, transfers};

use crate::provider::{Provider, provider, text};

impl Provider {
    async fn provisional(&self, days: &str, a_year: &str) {
        let mut connection = self.connection().await.unwrap();
        let policy = store::policies::get(&mut connection, self.policy).await.unwrap().policy;
        let form =
            PolicyForm { provisional_days: text(days), provisionals_a_year: text(a_year), ..PolicyForm::from(&policy) };
        policies::edit(self, &self.may::<EditPolicies>(), self.policy, &form).await.unwrap();
    }

    async fn transferred(&self, contract: ContractId, amount: &str, reference: &str) -> TransferReportId {
        let form = TransferForm {
            amount: text(amount),
            paid_on: self.context.clock.today().to_string(),
            bank: text("Banesco"),
            reference: text(reference),
            idempotency_key: text(reference),
            ..TransferForm::default()
        };
        let scope = self.scope(contract).await;
        transfers::report_mine(self, &scope, &form).await.unwrap()
    }

    async fn service(&self, contract: ContractId) -> ServiceState {
        self.show(contract).await.service
    }

    async fn reject(&self, report: TransferReportId) {
        transfers::reject(self, &self.may::<ReviewTransfers>(), report, "it did not arrive").await.unwrap();
    }
}

/// Due on 16 April, cut on the 26th.
async fn cut(days: &str, a_year: &str) -> (Provider, ContractId) {
    let provider = provider("2026-04-01").await;
    provider.provisional(days, a_year).await;
    let contract = provider.active("ana").await;
    provider.nights_up_to("2026-04-28").await;
    assert_eq!(provider.service(contract).await, ServiceState::Suspended);
    (provider, contract)
}

#[tokio::test]
async fn a_report_that_covers_what_is_late_reconnects_until_its_day_and_says_so() {
    let (provider, contract) = cut("2", "1").await;
    let report = provider.transferred(contract, "34.80", "77").await;
    assert_eq!(provider.service(contract).await, ServiceState::Active);
    let scope = provider.scope(contract).await;
    let home = portal::home(&provider, &scope).await.unwrap();
    assert_eq!(home.contracts[0].provisional_until.unwrap().to_string(), "2026-04-30");
    let why = provider.show(contract).await.timeline.into_iter().find_map(|entry| match entry.event {
        Event::HoldLifted { because, .. } => Some(because),
        _ => None,
    });
    assert!(matches!(why, Some(LiftReason::Provisional { .. })), "{why:?}");
    provider.nights_up_to("2026-04-30").await;
    assert_eq!(provider.service(contract).await, ServiceState::Active);
    transfers::approve(&provider, &provider.may::<ReviewTransfers>(), report).await.unwrap();
    provider.nights_up_to("2026-05-02").await;
    assert_eq!(provider.service(contract).await, ServiceState::Active, "it was paid");
}

#[tokio::test]
async fn nobody_stays_online_for_a_transfer_that_never_came() {
    let (provider, contract) = cut("2", "1").await;
    let report = provider.transferred(contract, "34.80", "77").await;
    provider.nights_up_to("2026-05-01").await;
    assert_eq!(provider.service(contract).await, ServiceState::Suspended, "its days are over");
    provider.reject(report).await;
    provider.transferred(contract, "34.80", "78").await;
    assert_eq!(provider.service(contract).await, ServiceState::Suspended, "once a year");
}

#[tokio::test]
async fn a_rejected_report_is_over_with_the_next_night() {
    let (provider, contract) = cut("5", "2").await;
    let report = provider.transferred(contract, "34.80", "77").await;
    provider.reject(report).await;
    provider.nights_up_to("2026-04-29").await;
    assert_eq!(provider.service(contract).await, ServiceState::Suspended);
}

#[tokio::test]
async fn less_than_what_is_late_brings_nothing_back_and_neither_does_a_policy_without_it() {
    let (provider, contract) = cut("2", "1").await;
    provider.transferred(contract, "34.79", "77").await;
    assert_eq!(provider.service(contract).await, ServiceState::Suspended);
    let (provider, contract) = cut("0", "1").await;
    provider.transferred(contract, "34.80", "77").await;
    assert_eq!(provider.service(contract).await, ServiceState::Suspended);
}
