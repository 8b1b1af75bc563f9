//! What was invoiced is taken back by a credit note, never by changing the invoice.

use domain::credit::CreditBecause;
use domain::failure::{Blocker, Failure, Problem};
use domain::invoice::DocumentKind;
use domain::service::ServiceState;
use domain::timeline::Event;
use domain::views::contract_forms::CloseForm;
use domain::views::credits::CreditForm;
use domain::views::invoices::{PaidWith, Standing};
use domain::views::payments::RefundForm;
use workflows::payments;
use workflows::permit::{CloseContracts, RefundPayments, VoidInvoices};
use workflows::testing::date;

use crate::everything;
use crate::provider::{Provider, problems, provider, refusal, text};

fn days_from(day: &str) -> CreditForm {
    CreditForm { how: text("days"), from: text(day), ..everything() }
}

#[tokio::test]
async fn a_full_credit_note_mirrors_the_invoice_and_settles_it() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let invoice = provider.first_invoice(contract).await;
    let note = provider.credit(invoice.row.id, &everything()).await.unwrap();
    assert_eq!(note.row.number, Some(text("NC-2026-000001")));
    assert_eq!((note.row.total, &note.lines), (invoice.row.total, &invoice.lines));
    assert_eq!(note.corrects, Some((invoice.row.id, text("F-2026-000001"))));
    let after = provider.document(invoice.row.id).await;
    assert_eq!((after.row.standing, after.paid_by[0].source), (Standing::Paid, PaidWith::CreditNote(note.row.id)));
    let told = Event::CreditNoteIssued {
        note: note.row.id,
        number: text("NC-2026-000001"),
        total: note.row.total,
        corrects: text("F-2026-000001"),
        because: CreditBecause::Decision { why: text("it was a mistake") },
    };
    assert!(provider.show(contract).await.timeline.iter().any(|entry| entry.event == told));
}

#[tokio::test]
async fn of_a_paid_invoice_the_credit_stays_the_customers() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.pay(contract, "34.80").await;
    let invoice = provider.first_invoice(contract).await;
    provider.credit(invoice.row.id, &days_from("2026-04-21")).await.unwrap();
    assert_eq!(provider.show(contract).await.money.credit.to_string(), "11.60");
    provider.nights_up_to("2026-05-01").await;
    let may = provider.documents(contract, DocumentKind::Invoice).await.remove(1);
    assert_eq!(may.row.open.to_string(), "23.20", "the credit pays the next invoice");
}

#[tokio::test]
async fn what_is_unused_of_a_credit_note_is_given_back_in_money_once() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.pay(contract, "34.80").await;
    let invoice = provider.first_invoice(contract).await;
    let note = provider.credit(invoice.row.id, &days_from("2026-04-21")).await.unwrap();
    let back = |amount: &str, key: &str| RefundForm {
        amount: text(amount),
        method: text("transfer"),
        reference: text("778899"),
        reason: text("moves away"),
        idempotency_key: text(key),
    };
    let permit = provider.may::<RefundPayments>();
    let refund = async |form: RefundForm| payments::refund_credit_note(&provider, &permit, note.row.id, &form).await;
    let most = note.row.total;
    assert_eq!(problems(refund(back("11.61", "a")).await), [(text("amount"), Problem::MoreThan { most })]);
    refund(back("11.60", "a")).await.unwrap();
    refund(back("11.60", "a")).await.unwrap();
    let after = provider.document(note.row.id).await;
    assert!(after.row.open.is_zero());
    assert_eq!(after.refunds.iter().map(|refund| refund.amount).collect::<Vec<_>>(), [most]);
    assert_eq!(refusal(refund(back("0.01", "b")).await), Failure::Blocked { what: Blocker::NothingUnused });
    assert!(provider.show(contract).await.money.credit.is_zero());
    let story = provider.show(contract).await.timeline;
    assert!(story.iter().any(|entry| matches!(&entry.event, Event::CreditRefunded { amount, .. } if *amount == most)));
    let of_invoice = payments::refund_credit_note(&provider, &permit, invoice.row.id, &back("1", "c")).await;
    assert_eq!(refusal(of_invoice), Failure::NotFound);
}

#[tokio::test]
async fn it_pays_the_invoice_that_it_corrects_before_older_ones() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-05-01").await;
    let invoices = provider.documents(contract, DocumentKind::Invoice).await;
    provider.credit(invoices[1].row.id, &everything()).await.unwrap();
    let open = [&invoices[0], &invoices[1]].map(|invoice| invoice.row.id);
    assert_eq!(provider.document(open[0]).await.row.open.to_string(), "34.80");
    assert_eq!(provider.document(open[1]).await.row.open.to_string(), "0.00");
}

#[tokio::test]
async fn never_more_than_was_invoiced() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let invoice = provider.first_invoice(contract).await.row.id;
    let line = invoices_line(&provider, invoice).await;
    let amounts = |amount: &str| CreditForm {
        how: text("amounts"),
        amounts: [(line.clone(), text(amount))].into(),
        ..everything()
    };
    let field = format!("amounts.{line}");
    assert_eq!(problems(provider.credit(invoice, &amounts("34.81")).await), [(field.clone(), Problem::OutOfRange)]);
    provider.credit(invoice, &amounts("30.00")).await.unwrap();
    assert_eq!(problems(provider.credit(invoice, &amounts("5.00")).await), [(field, Problem::OutOfRange)]);
    let rest = provider.credit(invoice, &everything()).await.unwrap();
    assert_eq!(rest.row.total.to_string(), "4.80");
    assert_eq!(problems(provider.credit(invoice, &everything()).await), [(text("how"), Problem::OutOfRange)]);
}

async fn invoices_line(provider: &Provider, invoice: domain::ids::InvoiceId) -> String {
    let permit = provider.may::<workflows::permit::CreditInvoices>();
    let creditable = workflows::invoices::creditable(provider, &permit, invoice).await.unwrap();
    creditable.lines[0].id.to_string()
}

#[tokio::test]
async fn days_that_were_given_back_are_billed_again_only_when_asked_for() {
    for (bill_again, expected) in [(false, vec!["2026-04-01"]), (true, vec!["2026-04-01", "2026-04-21"])] {
        let provider = provider("2026-04-01").await;
        let contract = provider.active("ana.lopez").await;
        let invoice = provider.first_invoice(contract).await.row.id;
        provider.credit(invoice, &CreditForm { bill_again, ..days_from("2026-04-21") }).await.unwrap();
        provider.nights_up_to("2026-04-22").await;
        let starts: Vec<_> = provider
            .documents(contract, DocumentKind::Invoice)
            .await
            .iter()
            .map(|invoice| invoice.lines[0].time.unwrap().0.start().to_string())
            .collect();
        assert_eq!(starts, expected);
    }
}

#[tokio::test]
async fn a_credited_debt_restores_the_service() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-04-28").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Suspended);
    let invoice = provider.first_invoice(contract).await.row.id;
    provider.credit(invoice, &everything()).await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
}

#[tokio::test]
async fn a_credit_note_is_neither_voided_nor_credited_and_needs_its_reason() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let invoice = provider.first_invoice(contract).await.row.id;
    let without = CreditForm { why: text(" "), ..everything() };
    assert_eq!(problems(provider.credit(invoice, &without).await), [(text("why"), Problem::Required)]);
    let note = provider.credit(invoice, &everything()).await.unwrap().row.id;
    assert_eq!(refusal(provider.credit(note, &everything()).await), Failure::DocumentIssued);
    let voided = workflows::invoices::void(&provider, &provider.may::<VoidInvoices>(), note, "no").await;
    assert_eq!(refusal(voided), Failure::DocumentIssued);
}

async fn close(provider: &Provider, contract: domain::ids::ContractId, credit: bool) {
    let form = CloseForm { reason: text("moved away"), credit, ..CloseForm::default() };
    workflows::contracts::close(provider, &provider.may::<CloseContracts>(), contract, &form).await.unwrap();
}

#[tokio::test]
async fn closing_gives_back_what_was_paid_in_advance() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.it_is("2026-04-21");
    let permit = provider.may::<CloseContracts>();
    let offered = workflows::contracts::closing_credit(&provider, &permit, contract, date("2026-04-21")).await.unwrap();
    assert_eq!(offered.to_string(), "11.60");
    close(&provider, contract, true).await;
    let note = provider.documents(contract, DocumentKind::CreditNote).await.remove(0);
    assert_eq!((note.row.total.to_string(), note.because), (text("11.60"), Some(CreditBecause::ContractClosed)));
    provider.nights_up_to("2026-06-02").await;
    assert_eq!(provider.documents(contract, DocumentKind::Invoice).await.len(), 1);
}

#[tokio::test]
async fn closing_gives_nothing_back_when_it_was_not_asked_for() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.it_is("2026-04-21");
    close(&provider, contract, false).await;
    assert!(provider.documents(contract, DocumentKind::CreditNote).await.is_empty());
}
