//! Money received.

use domain::failure::Problem;
use domain::views::payments::NewPayment;
use workflows::payments as paying;
use workflows::permit::SeePayments;

use crate::provider::{problems, provider, text};

#[tokio::test]
async fn the_same_form_sent_twice_is_one_payment() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let first = provider.pay(contract, "34.80", "counter-1").await;
    assert_eq!(provider.pay(contract, "34.80", "counter-1").await, first);
    assert!(provider.show(contract).await.money.credit.is_zero());
}

#[tokio::test]
async fn an_overpayment_stays_credit_and_pays_the_next_invoice_by_itself() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.pay(contract, "50.00", "counter-1").await;
    let money = provider.show(contract).await.money;
    assert_eq!((money.owed.to_string(), money.credit.to_string()), (text("0.00"), text("15.20")));
    provider.night("2026-05-01").await;
    let money = provider.show(contract).await.money;
    assert_eq!((money.owed.to_string(), money.credit.to_string()), (text("19.60"), text("0.00")));
}

#[tokio::test]
async fn one_payment_pays_several_invoices_the_oldest_first() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.night("2026-05-01").await;
    let taken = provider.pay(contract, "40.00", "counter-1").await;
    let detail = paying::show(&provider, &provider.may::<SeePayments>(), taken.payment).await.unwrap();
    let paid: Vec<_> = detail.allocations.iter().map(|paid| (paid.number.as_str(), paid.amount.to_string())).collect();
    assert_eq!(paid, [("F-2026-000001", text("34.80")), ("F-2026-000002", text("5.20"))]);
    assert_eq!(taken.receipt, "R-2026-000001");
}

#[tokio::test]
async fn a_transfer_reported_twice_is_refused_with_the_receipt_that_has_it() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let transfer = |key: &str, customer: String| NewPayment {
        customer,
        amount: text("10.00"),
        method: text("transfer"),
        reference: text("BANK-77"),
        idempotency_key: text(key),
        ..NewPayment::default()
    };
    let customer = provider.customer_of(contract).await.to_string();
    provider.record(transfer("a", customer.clone())).await.unwrap();
    let again = provider.record(transfer("b", customer)).await;
    assert_eq!(problems(again), [(text("reference"), Problem::Taken { by: text("R-2026-000001") })]);
}

#[tokio::test]
async fn what_no_cashier_means_is_refused_at_its_fields() {
    let provider = provider("2026-04-01").await;
    let form = NewPayment {
        customer: text("x"),
        amount: text("-5"),
        method: text("barter"),
        received_on: text("2026-04-02"),
        ..NewPayment::default()
    };
    let refused = provider.record(form).await;
    let expected = [
        ("customer", Problem::UnknownChoice),
        ("amount", Problem::OutOfRange),
        ("method", Problem::UnknownChoice),
        ("received_on", Problem::OutOfRange),
        ("idempotency_key", Problem::Required),
    ];
    assert_eq!(problems(refused), expected.map(|(field, problem)| (text(field), problem)));
}

#[tokio::test]
async fn two_payments_at_once_never_pay_more_than_is_owed() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let (first, second) = tokio::join!(provider.pay(contract, "30.00", "a"), provider.pay(contract, "30.00", "b"));
    assert_ne!(first.payment, second.payment);
    let money = provider.show(contract).await.money;
    assert_eq!((money.owed.to_string(), money.credit.to_string()), (text("0.00"), text("25.20")));
}
