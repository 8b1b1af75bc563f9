//! What becomes of a payment after it was taken.

use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{CustomerId, PaymentId};
use domain::money::{Currency, Money};
use domain::service::{HoldEvidence, ServiceState};
use domain::timeline::Event;
use domain::views::payments::{AllocationForm, AllocationLine, PaymentDetail, RefundForm, ReversalForm};
use workflows::payments as paying;
use workflows::permit::{AllocatePayments, RefundPayments, ReversePayments, SeeInvoices, SeePayments};

use crate::provider::{Provider, problems, provider, refusal, text};

fn usd(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::USD)
}

fn cash_back(amount: &str, key: &str) -> RefundForm {
    RefundForm {
        amount: text(amount),
        method: text("cash"),
        reason: text("paid twice"),
        idempotency_key: text(key),
        ..RefundForm::default()
    }
}

fn bounced(on: &str) -> ReversalForm {
    ReversalForm { on: text(on), reason: text("no funds"), fee: text("2.50") }
}

impl Provider {
    async fn payment(&self, payment: PaymentId) -> PaymentDetail {
        paying::show(self, &self.may::<SeePayments>(), payment).await.unwrap()
    }

    async fn refund(&self, payment: PaymentId, form: &RefundForm) -> workflows::Result<()> {
        paying::refund(self, &self.may::<RefundPayments>(), payment, form).await
    }

    async fn reverse(&self, payment: PaymentId, form: &ReversalForm) -> workflows::Result<()> {
        paying::reverse(self, &self.may::<ReversePayments>(), payment, form).await
    }

    async fn reallocate(&self, payment: PaymentId, amounts: &[(i64, &str)]) -> workflows::Result<()> {
        let line =
            |(invoice, amount): &(i64, &str)| AllocationLine { invoice: invoice.to_string(), amount: text(amount) };
        let form = AllocationForm { lines: amounts.iter().map(line).collect() };
        paying::reallocate(self, &self.may::<AllocatePayments>(), payment, &form).await
    }

    /// By the report that other systems are compared with.
    async fn balance(&self, customer: CustomerId) -> Money {
        let reference = store::customers::get(&mut self.connection().await.unwrap(), customer).await.unwrap().reference;
        let balances = workflows::reports::balances(self, &self.may::<SeeInvoices>()).await.unwrap();
        balances.into_iter().find(|(found, _)| *found == reference).unwrap().1
    }
}

#[tokio::test]
async fn an_overpayment_is_given_back_once_and_never_more_than_is_unused() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let payment = provider.pay(contract, "50.00", "counter-1").await.payment;
    let too_much = provider.refund(payment, &cash_back("15.21", "a")).await;
    assert_eq!(problems(too_much), [(text("amount"), Problem::MoreThan { most: usd("15.20") })]);

    provider.refund(payment, &cash_back("10.00", "a")).await.unwrap();
    provider.refund(payment, &cash_back("10.00", "a")).await.unwrap();
    let shown = provider.payment(payment).await;
    assert_eq!((shown.row.unused, shown.refunds.len()), (usd("5.20"), 1));
    assert_eq!(provider.show(contract).await.money.credit, usd("5.20"));
    assert_eq!(provider.balance(shown.row.customer).await, usd("-5.20"));

    provider.refund(payment, &cash_back("5.20", "b")).await.unwrap();
    let nothing = Failure::Blocked { what: Blocker::NothingUnused };
    assert_eq!(refusal(provider.refund(payment, &cash_back("0.01", "c")).await), nothing);
    let has_refunds = Failure::Blocked { what: Blocker::HasRefunds };
    assert_eq!(refusal(provider.reverse(payment, &bounced("2026-04-01")).await), has_refunds);
}

#[tokio::test]
async fn a_bounced_payment_puts_the_cut_back_at_once_and_says_why() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-04-28").await;
    let payment = provider.pay(contract, "34.80", "counter-1").await.payment;
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);

    provider.reverse(payment, &bounced("2026-04-28")).await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!((page.service, page.money.owed), (ServiceState::Suspended, usd("34.80")));
    let HoldEvidence::Overdue(evidence) = &page.holds[0].evidence else { panic!("{:?}", page.holds) };
    assert_eq!((evidence.days_late, evidence.debt), (12, usd("34.80")));
    let told = |event: &Event| matches!(event, Event::PaymentReversed { reason, .. } if reason == "no funds");
    assert!(page.timeline.iter().any(|entry| told(&entry.event)));

    let shown = provider.payment(payment).await;
    assert_eq!((shown.allocations.len(), shown.row.unused), (0, usd("0")));
    assert_eq!(shown.reversal.as_ref().and_then(|reversal| reversal.fee), Some(usd("2.50")));
    assert_eq!(provider.balance(shown.row.customer).await, usd("34.80"));
    provider.reverse(payment, &bounced("2026-04-28")).await.unwrap();
    assert_eq!(provider.show(contract).await.money.owed, usd("34.80"), "bounced twice is bounced once");
}

#[tokio::test]
async fn other_credit_pays_what_a_bounced_payment_had_paid() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let bad = provider.pay(contract, "34.80", "a").await.payment;
    let good = provider.pay(contract, "20.00", "b").await.payment;
    provider.reverse(bad, &bounced("2026-04-01")).await.unwrap();
    assert_eq!(provider.show(contract).await.money.owed, usd("14.80"));
    assert_eq!(provider.payment(good).await.row.unused, usd("0"));
}

#[tokio::test]
async fn a_payment_pays_the_invoices_that_a_person_chose() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.night("2026-05-01").await;
    let payment = provider.pay(contract, "34.80", "counter-1").await.payment;
    let invoices = provider.invoices(contract).await;
    let (first, second) = (invoices[0].id.0, invoices[1].id.0);

    provider.reallocate(payment, &[(first, ""), (second, "30.00")]).await.unwrap();
    let shown = provider.payment(payment).await;
    let paid: Vec<_> = shown.allocations.iter().map(|paid| (paid.invoice.0, paid.amount)).collect();
    assert_eq!((paid, shown.row.unused), (vec![(second, usd("30.00"))], usd("4.80")));
    let refused = provider.reallocate(payment, &[(first, "34.81"), (second, "30.00")]).await;
    assert_eq!(problems(refused)[0], (text("lines.0.amount"), Problem::MoreThan { most: usd("34.80") }));
    let refused = provider.reallocate(payment, &[(first, "20.00"), (second, "30.00")]).await;
    assert_eq!(problems(refused), [(text("total"), Problem::MoreThan { most: usd("34.80") })]);
    let refused = provider.reallocate(payment, &[(999, "1.00")]).await;
    assert_eq!(problems(refused)[0], (text("lines.0.amount"), Problem::UnknownChoice));
}

#[tokio::test]
async fn an_overpayment_and_one_transfer_for_several_invoices_leave_nothing_to_mend_by_hand() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.night("2026-05-01").await;
    provider.pay(contract, "100.00", "transfer").await;
    let money = provider.show(contract).await.money;
    assert_eq!((money.owed, money.credit), (usd("0"), usd("30.40")));
    let invoices = provider.invoices(contract).await;
    assert!(invoices.iter().all(|invoice| invoice.open.is_zero()), "{invoices:?}");
}
