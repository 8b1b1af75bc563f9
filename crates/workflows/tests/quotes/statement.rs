//! What a customer owed, what changed it, what they owe.

use domain::failure::Failure;
use domain::statement::MovementKind;
use domain::views::payments::{RefundForm, ReversalForm};
use domain::views::statement::Span;
use workflows::documents::{Reader, statement, statement_pdf};
use workflows::payments;
use workflows::permit::SeeInvoices;
use workflows::testing::date;

use crate::provider::{provider, refusal, text};

#[tokio::test]
async fn a_statement_begins_with_what_was_owed_and_ends_with_what_is() {
    let provider = provider("2026-03-01").await;
    let contract = provider.active("ana").await;
    let ana = provider.show(contract).await.customer.id;
    provider.nights_up_to("2026-04-01").await;
    provider.it_is("2026-04-05");
    provider.pay(ana, "50.00").await;
    let span = Span { from: Some(date("2026-04-01")), to: Some(date("2026-04-30")) };
    let staff = Reader::Staff(provider.may::<SeeInvoices>());
    let account = statement(&provider, &staff, ana, &span).await.unwrap().accounts.remove(0);
    assert_eq!(account.opening.to_string(), "34.80");
    let balances: Vec<_> = account.entries.iter().map(|entry| entry.balance.to_string()).collect();
    assert_eq!(balances, ["69.60", "19.60"]);
    let pdf = statement_pdf(&provider, &staff, ana, &span).await.unwrap();
    let said = pdf_extract::extract_text_from_mem(&pdf.bytes).unwrap();
    for part in ["Saldo anterior", "34.80", "Factura F-2026-000002", "Pago R-2026-000001", "19.60 USD"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[tokio::test]
async fn a_statement_tells_of_money_that_went_back_and_of_payments_that_bounced() {
    let provider = provider("2026-03-01").await;
    let contract = provider.active("ana").await;
    let ana = provider.show(contract).await.customer.id;
    let first = provider.pay(ana, "50.00").await.payment;
    let second = provider.pay(ana, "20.00").await.payment;
    let back = RefundForm {
        amount: text("15.20"),
        method: text("cash"),
        reason: text("paid too much"),
        idempotency_key: text("back"),
        ..RefundForm::default()
    };
    payments::refund(&provider, &provider.may(), first, &back).await.unwrap();
    provider.it_is("2026-03-02");
    let bounced = ReversalForm { on: text("2026-03-02"), reason: text("no funds"), ..ReversalForm::default() };
    payments::reverse(&provider, &provider.may(), second, &bounced).await.unwrap();
    let span = Span { from: Some(date("2026-03-01")), to: Some(date("2026-03-31")) };
    let staff = Reader::Staff(provider.may::<SeeInvoices>());
    let account = statement(&provider, &staff, ana, &span).await.unwrap().accounts.remove(0);
    let told: Vec<_> = account.entries.iter().map(|entry| (entry.movement.kind, entry.balance.to_string())).collect();
    let expected = [
        (MovementKind::Invoice, "34.80"),
        (MovementKind::Payment, "-15.20"),
        (MovementKind::Refund, "0.00"),
        (MovementKind::Payment, "-20.00"),
        (MovementKind::Reversal, "0.00"),
    ];
    assert_eq!(told, expected.map(|(kind, balance)| (kind, text(balance))));
}

#[tokio::test]
async fn a_customer_reads_their_own_statement_and_no_others() {
    let provider = provider("2026-03-01").await;
    let (ana, luis) = (provider.customer("Ana").await, provider.customer("Luis").await);
    let own = Reader::Customer((**provider.signed_in(ana).await).clone());
    assert!(statement(&provider, &own, ana, &Span::default()).await.unwrap().accounts[0].entries.is_empty());
    assert_eq!(refusal(statement(&provider, &own, luis, &Span::default()).await), Failure::NotFound);
}
