//! Transfers that customers report.

use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{CustomerId, TransferReportId};
use domain::message::{Channel, MessageState, Purpose};
use domain::service::ServiceState;
use domain::transfer::{TransferState, Urgency};
use domain::views::payments::NewPayment;
use domain::views::transfers::{TransferDetail, TransferFilter, TransferForm};
use workflows::permit::{ReportTransfers, ReviewTransfers, SeePayments};
use workflows::transfers;

use crate::messages::Outbox;
use crate::provider::{Provider, problems, provider, refusal, text};

fn transfer(amount: &str, reference: &str, paid_on: &str) -> TransferForm {
    TransferForm {
        amount: text(amount),
        paid_on: text(paid_on),
        bank: text("Banesco"),
        reference: text(reference),
        idempotency_key: format!("form-{reference}"),
        ..TransferForm::default()
    }
}

impl Provider {
    async fn report(&self, customer: CustomerId, form: &TransferForm) -> workflows::Result<TransferReportId> {
        transfers::report(self, &self.may::<ReportTransfers>(), customer, form).await
    }

    async fn approve(&self, report: TransferReportId) -> workflows::Result<domain::views::payments::PaymentTaken> {
        transfers::approve(self, &self.may::<ReviewTransfers>(), report).await
    }

    async fn reject(&self, report: TransferReportId, reason: &str) -> workflows::Result<()> {
        transfers::reject(self, &self.may::<ReviewTransfers>(), report, reason).await
    }

    async fn transfer(&self, report: TransferReportId) -> TransferDetail {
        transfers::show(self, &self.may::<SeePayments>(), report).await.unwrap()
    }
}

#[tokio::test]
async fn approving_a_transfer_pays_the_debt_and_brings_the_service_back_at_once() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-04-28").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Suspended);
    let customer = provider.customer_of(contract).await;
    let report = provider.report(customer, &transfer("34.80", "0077-A", "2026-04-27")).await.unwrap();
    let waiting = provider.transfer(report).await;
    assert_eq!((waiting.row.state, waiting.row.urgency), (TransferState::InReview, Some(Urgency::Fresh)));
    assert_eq!(waiting.counter.unwrap().debt().to_string(), "34.80");

    let taken = provider.approve(report).await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    let approved = provider.transfer(report).await.row;
    assert_eq!((approved.state, approved.payment.unwrap().name), (TransferState::Approved, taken.receipt.clone()));
    assert_eq!(provider.approve(report).await.unwrap(), taken, "approved twice is one payment");
    assert!(provider.show(contract).await.money.credit.is_zero());
}

#[tokio::test]
async fn the_same_reference_reported_twice_is_refused_however_it_is_typed() {
    let provider = provider("2026-04-01").await;
    let ana = provider.customer_of(provider.active("ana.lopez").await).await;
    let beto = provider.customer_of(provider.active("beto.ruiz").await).await;
    let report = provider.report(ana, &transfer("10.00", "0077-A", "2026-04-01")).await.unwrap();
    assert_eq!(provider.report(ana, &transfer("10.00", "0077-A", "2026-04-01")).await.unwrap(), report, "one form");

    let again = TransferForm { idempotency_key: text("other"), ..transfer("10.00", " 77 a", "2026-04-01") };
    let taken = |by: &str| vec![(text("reference"), Problem::Taken { by: text(by) })];
    assert_eq!(problems(provider.report(beto, &again).await), taken(&report.code()));
    let at_the_counter = NewPayment {
        customer: ana.to_string(),
        amount: text("10.00"),
        method: text("transfer"),
        reference: text("77A"),
        idempotency_key: text("counter"),
        ..NewPayment::default()
    };
    assert_eq!(problems(provider.record(at_the_counter.clone()).await), taken(&report.code()));

    let receipt = provider.approve(report).await.unwrap().receipt;
    assert_eq!(problems(provider.report(beto, &again).await), taken(&receipt));
    assert_eq!(problems(provider.record(at_the_counter).await), taken(&receipt));
}

#[tokio::test]
async fn a_rejected_transfer_pays_nothing_says_why_and_may_be_reported_again() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let customer = provider.customer_of(contract).await;
    let report = provider.report(customer, &transfer("34.80", "77", "2026-04-01")).await.unwrap();
    assert_eq!(problems(provider.reject(report, " ").await), [(text("reason"), Problem::Required)]);
    provider.reject(report, "It is not in the account").await.unwrap();

    let rejected = provider.transfer(report).await.row;
    assert_eq!(rejected.reject_reason.as_deref(), Some("It is not in the account"));
    assert_eq!(provider.show(contract).await.money.owed.to_string(), "34.80");
    let decided = Failure::Blocked { what: Blocker::AlreadyDecided };
    assert_eq!(refusal(provider.approve(report).await), decided);
    assert_eq!(refusal(provider.reject(report, "again").await), decided);
    let again = TransferForm { idempotency_key: text("other"), ..transfer("34.80", "77", "2026-04-01") };
    let second = provider.report(customer, &again).await.unwrap();
    assert_ne!(second, report);
}

#[tokio::test]
async fn the_queue_has_the_least_time_left_first_and_flags_what_waits_too_long() {
    let provider = provider("2026-04-01").await;
    let customer = provider.customer_of(provider.active("ana.lopez").await).await;
    for (day, reference) in [("2026-04-01", "1"), ("2026-04-02", "2"), ("2026-04-03", "3")] {
        provider.it_is(day);
        provider.report(customer, &transfer("10.00", reference, day)).await.unwrap();
    }
    let filter = TransferFilter { state: Some(TransferState::InReview), ..TransferFilter::default() };
    let queue = transfers::list(&provider, &provider.may::<SeePayments>(), &filter).await.unwrap();
    let found: Vec<_> = queue.page.rows.iter().map(|row| (row.reference.as_str(), row.urgency.unwrap())).collect();
    assert_eq!(found, [("1", Urgency::Late), ("2", Urgency::Soon), ("3", Urgency::Fresh)]);
    assert_eq!((queue.in_review, queue.late), (3, 1));
}

#[tokio::test]
async fn whoever_reported_a_transfer_is_told_why_it_was_rejected_and_that_it_was_found() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let customer = provider.can_be_reached(contract, "mail").await;
    provider.prefers(customer, "mail", true).await;
    let report = provider.report(customer, &transfer("34.80", "77", "2026-04-01")).await.unwrap();
    provider.reject(report, "It is not in the account").await.unwrap();
    let again = TransferForm { idempotency_key: text("other"), ..transfer("34.80", "77", "2026-04-01") };
    let again = provider.report(customer, &again).await.unwrap();
    let receipt = provider.approve(again).await.unwrap().receipt;
    provider.approve(again).await.unwrap();

    let sent = Outbox::default();
    provider.post(&sent).await;
    let told = [Purpose::TransferRejected, Purpose::TransferApproved];
    assert_eq!(provider.told().await, told.map(|purpose| (purpose, Channel::Mail, MessageState::Sent)));
    let mails = sent.mails.lock().unwrap().clone();
    for (subject, says) in [
        ("We could not record your transfer of 34.80 USD", "It is not in the account"),
        ("We received your transfer of 34.80 USD", receipt.as_str()),
    ] {
        let mail = mails.iter().find(|mail| mail.subject == subject).unwrap();
        assert!(mail.body.contains(says) && mail.body.contains("https://ramal.test/portal/transfers"), "{}", mail.body);
    }
}
