//! What is due becomes an invoice, once.

use domain::billing::ParkReason;
use domain::calendar::BillingMode;
use domain::failure::{Blocker, Failure};
use domain::views::invoices::Standing;
use store::testing::periods::{bill_period, unbill_period};
use workflows::permit::VoidInvoices;
use workflows::testing::date;

use crate::provider::{provider, refusal};
use crate::summary;

fn row(number: &str, issued: &str, total: &str) -> (String, String, String) {
    (number.to_owned(), issued.to_owned(), total.to_owned())
}

#[tokio::test]
async fn the_first_part_month_is_invoiced_by_days_and_says_so_on_its_line() {
    let provider = provider("2026-04-21").await;
    let contract = provider.active("ana.lopez").await;
    let invoices = provider.invoices(contract).await;
    assert_eq!(summary(&invoices), [row("F-2026-000001", "2026-04-21", "11.60")]);
    let detail = provider.invoice(invoices[0].id).await;
    let (period, days, of) = detail.lines[0].time.unwrap();
    assert_eq!(
        (period.start().to_string(), period.end().to_string()),
        ("2026-04-21".to_owned(), "2026-05-01".to_owned())
    );
    assert_eq!((days, of), (10, 30));
    assert_eq!(detail.row.due_on.unwrap().to_string(), "2026-05-06", "fifteen days by the policy");
}

#[tokio::test]
async fn each_month_is_invoiced_on_its_first_day_and_a_postpaid_one_after_its_last() {
    let provider = provider("2026-01-01").await;
    let prepaid = provider.active("ana.lopez").await;
    let postpaid = provider.open("luis.mora", BillingMode::Postpaid).await;
    provider.activate(postpaid).await.unwrap();
    for day in ["2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"] {
        provider.nights_up_to(day).await;
    }
    let dates = |rows: Vec<domain::views::invoices::InvoiceRow>| {
        rows.iter().map(|row| row.issued_on.unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(dates(provider.invoices(prepaid).await), ["2026-01-01", "2026-02-01", "2026-03-01"]);
    assert_eq!(dates(provider.invoices(postpaid).await), ["2026-02-01", "2026-03-01"]);
}

#[tokio::test]
async fn a_day_that_is_run_twice_changes_nothing() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.night("2026-05-01").await;
    let before = provider.invoices(contract).await;
    assert!(provider.night("2026-05-01").await.already_done);
    assert_eq!(provider.invoices(contract).await, before);
}

#[tokio::test]
async fn numbers_have_no_gap_when_two_runs_bill_at_once() {
    let provider = provider("2026-04-01").await;
    let mut contracts = Vec::new();
    for user in ["ana", "luis", "eva", "raul"] {
        contracts.push(provider.active(user).await);
    }
    provider.it_is("2026-05-01");
    let permit = provider.may::<workflows::permit::RunBusinessDay>();
    let run = || workflows::runs::run_day(&provider, &permit, date("2026-05-01"));
    let (first, second) = tokio::join!(run(), run());
    first.unwrap();
    second.unwrap();
    let mut numbers = Vec::new();
    for contract in contracts {
        let invoices = provider.invoices(contract).await;
        assert_eq!(invoices.len(), 2);
        numbers.extend(invoices.into_iter().filter_map(|invoice| invoice.number));
    }
    numbers.sort();
    let expected: Vec<_> = (1..=8).map(|n| format!("F-2026-{n:06}")).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn one_contract_that_cannot_be_billed_is_parked_and_the_others_are_billed() {
    let provider = provider("2026-04-01").await;
    let broken = provider.active("ana.lopez").await;
    let sound = provider.active("luis.mora").await;
    // Somebody billed May by hand before: the database refuses to bill it again.
    let taken = provider.invoices(broken).await[0].id;
    let mut connection = provider.connection().await.unwrap();
    bill_period(&mut connection, broken, taken, date("2026-05-01"), date("2026-06-01")).await.unwrap();
    let report = provider.night("2026-05-01").await;
    assert!(report.steps.contains(&("billing".to_owned(), 2, 1, 1)), "{report:?}");
    assert_eq!(provider.invoices(sound).await.len(), 2);
    assert_eq!(provider.invoices(broken).await.len(), 1);
    let parked = store::runs::newest_parked(&mut connection, 2).await.unwrap();
    let parked: Vec<_> = parked.into_iter().map(|one| (one.contract.id, one.because)).collect();
    assert_eq!(parked, [(broken, ParkReason::PeriodAlreadyBilled)]);
    // Mended, it is billed the next night.
    unbill_period(&mut connection, broken, date("2026-05-01")).await.unwrap();
    provider.night("2026-05-02").await;
    assert_eq!(provider.invoices(broken).await.len(), 2);
    assert_eq!(store::runs::newest_parked(&mut connection, 2).await.unwrap(), []);
}

#[tokio::test]
async fn a_voided_invoice_keeps_its_number_and_its_period_is_billed_again() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let invoice = provider.invoices(contract).await[0].id;
    let permit = provider.may::<VoidInvoices>();
    workflows::invoices::void(&provider, &permit, invoice, "wrong plan").await.unwrap();
    provider.night("2026-04-02").await;
    let invoices = provider.invoices(contract).await;
    assert_eq!(
        summary(&invoices),
        [row("F-2026-000001", "2026-04-01", "34.80"), row("F-2026-000002", "2026-04-02", "34.80")]
    );
    assert_eq!((invoices[0].standing, invoices[1].standing), (Standing::Void, Standing::Open));
}

#[tokio::test]
async fn an_invoice_that_something_paid_is_not_voided() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.pay(contract, "5.00", "counter-1").await;
    let invoice = provider.invoices(contract).await[0].id;
    let refused = workflows::invoices::void(&provider, &provider.may::<VoidInvoices>(), invoice, "mistake").await;
    assert_eq!(refusal(refused), Failure::Blocked { what: Blocker::HasAllocations });
}
