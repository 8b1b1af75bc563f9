//! A reported transfer brings back what a debt cut, for a while, where the policy says so.

use domain::calendar::BillingMode;
use domain::ids::{ContractId, TransferReportId};
use domain::service::ServiceState;
use domain::timeline::{Event, LiftReason};
use domain::views::contract_forms::LineForm;
use domain::views::payments::NewPayment;
use domain::views::policies::PolicyForm;
use domain::views::transfers::TransferForm;
use workflows::permit::{EditContracts, EditPolicies, RecordPayments, ReviewTransfers};
use workflows::testing::date;
use workflows::{contracts, gateway, payments, policies, portal, transfers};

use crate::provider::{Provider, SQUARE, provider, text};

impl Provider {
    async fn provisional(&self, days: &str, a_year: &str) {
        let mut connection = self.connection().await.unwrap();
        let policy = store::policies::get(&mut connection, self.policy).await.unwrap().policy;
        let form =
            PolicyForm { provisional_days: text(days), provisionals_a_year: text(a_year), ..PolicyForm::from(&policy) };
        policies::edit(self, &self.may::<EditPolicies>(), self.policy, &form).await.unwrap();
    }

    /// Another contract of the same customer, for `price` a month.
    async fn another_of(&self, contract: ContractId, price: &str) -> ContractId {
        let customer = self.customer_of(contract).await;
        let another = self.draft(customer, self.address(customer, SQUARE).await).await;
        let line = LineForm { unit_price: text(price), ..self.line(BillingMode::Prepaid) };
        contracts::add_line(self, &self.may::<EditContracts>(), another, &line).await.unwrap();
        self.set_service(another, &self.pppoe("another")).await.unwrap();
        self.sign(another).await.unwrap();
        self.activate(another).await.unwrap();
        another
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

    async fn services(&self, contracts: [ContractId; 2]) -> [ServiceState; 2] {
        [self.service(contracts[0]).await, self.service(contracts[1]).await]
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

/// Two contracts of one customer, both cut: 34.80 is late of the first, `price` and its tax of the second.
async fn two_cut(price: &str) -> (Provider, [ContractId; 2]) {
    let provider = provider("2026-04-01").await;
    provider.provisional("5", "9").await;
    let first = provider.active("ana").await;
    let contracts = [first, provider.another_of(first, price).await];
    provider.nights_up_to("2026-04-28").await;
    assert_eq!(provider.services(contracts).await, [ServiceState::Suspended, ServiceState::Suspended]);
    (provider, contracts)
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

#[tokio::test]
async fn a_report_brings_back_the_contract_that_it_covers_and_no_night_or_payment_brings_back_another() {
    let (provider, contracts) = two_cut("500").await;
    let only_the_first = [ServiceState::Active, ServiceState::Suspended];
    provider.transferred(contracts[0], "34.80", "77").await;
    assert_eq!(provider.services(contracts).await, only_the_first);
    provider.nights_up_to("2026-04-29").await;
    assert_eq!(provider.services(contracts).await, only_the_first);
    let a_little = NewPayment {
        customer: provider.customer_of(contracts[0]).await.to_string(),
        amount: text("1.00"),
        method: text("cash"),
        idempotency_key: text("counter"),
        ..NewPayment::default()
    };
    payments::record(&provider, &provider.may::<RecordPayments>(), a_little).await.unwrap();
    assert_eq!(provider.services(contracts).await, only_the_first);

    let scope = provider.scope(contracts[0]).await;
    let home = portal::home(&provider, &scope).await.unwrap();
    let until: Vec<_> = home.contracts.iter().map(|contract| (contract.id, contract.provisional_until)).collect();
    assert_eq!(until, [(contracts[0], Some(date("2026-05-03"))), (contracts[1], None)]);
}

#[tokio::test]
async fn a_report_for_one_of_two_debts_brings_one_back_and_another_report_the_other() {
    let (provider, contracts) = two_cut("30").await;
    provider.transferred(contracts[0], "34.80", "77").await;
    assert_eq!(provider.services(contracts).await, [ServiceState::Active, ServiceState::Suspended]);
    provider.transferred(contracts[0], "34.80", "78").await;
    assert_eq!(provider.services(contracts).await, [ServiceState::Active, ServiceState::Active]);
    let (provider, contracts) = two_cut("30").await;
    provider.transferred(contracts[0], "69.60", "77").await;
    assert_eq!(provider.services(contracts).await, [ServiceState::Active, ServiceState::Active], "both at once");
}

#[tokio::test]
async fn a_report_whose_days_are_over_hides_none_that_waits_for_its_review() {
    let (provider, contract) = cut("2", "1").await;
    provider.transferred(contract, "34.80", "77").await;
    provider.it_is("2026-04-30");
    let fresh = provider.transferred(contract, "34.80", "78").await;
    provider.nights_up_to("2026-05-01").await;
    assert_eq!(provider.service(contract).await, ServiceState::Active);
    provider.reject(fresh).await;
    provider.nights_up_to("2026-05-02").await;
    assert_eq!(provider.service(contract).await, ServiceState::Suspended, "nothing else held the cut");
}

#[tokio::test]
async fn nobody_is_asked_to_pay_again_what_is_under_review() {
    let (provider, contract) = cut("0", "1").await;
    let scope = provider.scope(contract).await;
    let report = provider.transferred(contract, "34.80", "77").await;
    let home = portal::home(&provider, &scope).await.unwrap();
    assert!(home.waits_for_its_money(), "{home:?}");
    assert_eq!(home.on_its_way, home.owed);
    assert_eq!(gateway::offer(&provider, &scope).await.unwrap().on_its_way, home.owed);

    provider.reject(report).await;
    let home = portal::home(&provider, &scope).await.unwrap();
    assert!(!home.waits_for_its_money() && home.on_its_way.is_empty(), "{home:?}");
    assert!(gateway::offer(&provider, &scope).await.unwrap().on_its_way.is_empty());
}
