//! Late fees: once per invoice, explained, and never where something holds the cut.

use domain::collections::{CutoffPolicy, FeeCharge};
use domain::ids::ContractId;
use domain::timeline::Event;
use domain::views::collections::{OutageForm, PromiseForm};
use domain::views::credits::CreditForm;
use domain::views::policies::PolicyForm;
use domain::views::transfers::TransferForm;
use workflows::permit::{CreditInvoices, EditPolicies, EditPromises, ReportTransfers, SeeAccounts};
use workflows::testing::date;
use workflows::{accounts, invoices, outages, policies, promises, runs, transfers};

use crate::provider::{Provider, provider, text};
use crate::summary;

impl Provider {
    /// 5 % of what is open after 7 days, at most 10.00, for invoices due from 1 April on.
    async fn charges_late_fees(&self, edit: impl FnOnce(&mut PolicyForm)) {
        let mut form = PolicyForm {
            late_fee_after_days: text("7"),
            late_fee_percent: text("5"),
            late_fee_most: text("10"),
            late_fee_from: text("2026-04-01"),
            cut_on_fridays: true,
            cut_on_weekends: true,
            cut_on_holidays: true,
            ..PolicyForm::from(&CutoffPolicy::standard())
        };
        edit(&mut form);
        policies::edit(self, &self.may::<EditPolicies>(), self.policy, &form).await.unwrap();
    }

    /// Number, date and total of the fees of a contract.
    async fn fees(&self, contract: ContractId) -> Vec<(String, String, String)> {
        let mut fees = Vec::new();
        for row in self.invoices(contract).await {
            if self.invoice(row.id).await.late_fee.is_some() {
                fees.push(row);
            }
        }
        summary(&fees)
    }
}

/// Owes 34.80 that was due on 16 April; its fee is due on the 23rd.
async fn debtor() -> (Provider, ContractId) {
    let provider = provider("2026-04-01").await;
    provider.charges_late_fees(|_| ()).await;
    let contract = provider.active("ana").await;
    provider.nights_up_to("2026-04-22").await;
    (provider, contract)
}

#[tokio::test]
async fn a_late_invoice_costs_a_fee_once_and_the_fee_costs_none() {
    let (provider, contract) = debtor().await;
    assert_eq!(provider.fees(contract).await, []);
    let report = provider.night("2026-04-23").await;
    assert!(report.steps.contains(&("late_fees".to_owned(), 1, 1, 0)), "{report:?}");
    let fee = [(text("F-2026-000002"), text("2026-04-23"), text("1.74"))];
    assert_eq!(provider.fees(contract).await, fee);
    // The fee is itself due on 8 May, and late enough on the 15th; so is the invoice of May, due on the 16th, on the 23rd.
    provider.nights_up_to("2026-05-22").await;
    assert_eq!(provider.fees(contract).await, fee);
    provider.night("2026-05-23").await;
    assert_eq!(provider.fees(contract).await.len(), 2, "that of May's own invoice");
}

#[tokio::test]
async fn a_fee_explains_itself_on_its_invoice_on_the_late_one_and_in_the_story() {
    let (provider, contract) = debtor().await;
    provider.night("2026-04-23").await;
    let rows = provider.invoices(contract).await;
    let fee = rows.iter().find(|row| row.total.to_string() == "1.74").unwrap();
    let late = rows.iter().find(|row| row.total.to_string() == "34.80").unwrap();
    let shown = provider.invoice(fee.id).await;
    let evidence = shown.late_fee.clone().unwrap();
    assert_eq!((evidence.invoice, evidence.days_late, evidence.open.to_string()), (late.id, 7, text("34.80")));
    assert_eq!(evidence.charge, FeeCharge::Percent("5".parse().unwrap()));
    assert_eq!(shown.lines[0].description, "Recargo por mora: F-2026-000001, 7 días de atraso");
    assert_eq!(fee.due_on, Some(date("2026-05-08")));
    assert_eq!(provider.invoice(late.id).await.fee_charged, Some((fee.id, text("F-2026-000002"))));
    let story = provider.show(contract).await.timeline;
    assert!(story.iter().any(|entry| matches!(&entry.event, Event::LateFeeCharged { fee: id, .. } if *id == fee.id)));
}

#[tokio::test]
async fn a_night_that_is_run_again_or_by_two_at_once_charges_no_second_fee() {
    let (provider, contract) = debtor().await;
    provider.it_is("2026-04-23");
    let (permit, day) = (provider.may(), date("2026-04-23"));
    let (one, other) = tokio::join!(runs::run_day(&provider, &permit, day), runs::run_day(&provider, &permit, day),);
    assert!(one.is_ok() || other.is_ok());
    runs::run_day(&provider, &permit, day).await.unwrap();
    provider.nights_up_to("2026-04-25").await;
    assert_eq!(provider.fees(contract).await.len(), 1);
    let parked = store::runs::parked_on(&mut provider.connection().await.unwrap(), day).await.unwrap();
    assert!(parked.iter().all(|parked| parked.resolved), "{parked:?}");
}

#[tokio::test]
async fn the_database_refuses_a_second_fee_and_a_fee_on_a_fee() {
    let (provider, contract) = debtor().await;
    provider.night("2026-04-23").await;
    let rows = provider.invoices(contract).await;
    let fee = rows.iter().find(|row| row.total.to_string() == "1.74").unwrap().id;
    let evidence = provider.invoice(fee).await.late_fee.unwrap();
    let amount = evidence.amount(domain::tax::TaxRate::NONE).unwrap().unwrap();
    let mut connection = provider.connection().await.unwrap();
    for (number, on) in [("F-second", evidence.invoice), ("F-on-fee", fee)] {
        let evidence = domain::collections::LateFeeEvidence { invoice: on, ..evidence.clone() };
        let again = store::late_fees::NewFee {
            number,
            customer: provider.customer_of(contract).await,
            contract,
            issued_on: date("2026-04-24"),
            due_on: date("2026-04-24"),
            at: provider.clock.now(),
            description: "again",
            amount: &amount,
            evidence: &evidence,
        };
        assert!(store::late_fees::issue(&mut connection, &again).await.is_err(), "{number}");
    }
}

#[tokio::test]
async fn who_paid_but_for_a_rounding_balance_is_charged_no_fee() {
    let (provider, contract) = debtor().await;
    provider.charges_late_fees(|form| form.minimum_debt = String::new()).await;
    provider.pay(contract, "34.77", "counter-1").await;
    provider.nights_up_to("2026-04-30").await;
    assert_eq!(provider.fees(contract).await, []);
}

#[tokio::test]
async fn a_promise_holds_the_fee_until_its_date() {
    let (provider, contract) = debtor().await;
    let form = PromiseForm { amount: text("34.80"), until: text("2026-04-25") };
    promises::make(&provider, &provider.may::<EditPromises>(), contract, &form).await.unwrap();
    provider.nights_up_to("2026-04-25").await;
    assert_eq!(provider.fees(contract).await, []);
    provider.night("2026-04-26").await;
    assert_eq!(provider.fees(contract).await.len(), 1);
}

#[tokio::test]
async fn a_transfer_under_review_holds_the_fee() {
    let (provider, contract) = debtor().await;
    let form = TransferForm {
        amount: text("34.80"),
        paid_on: text("2026-04-22"),
        bank: text("Banco Azul"),
        reference: text("778899"),
        idempotency_key: text("report-1"),
        ..TransferForm::default()
    };
    let customer = provider.customer_of(contract).await;
    transfers::report(&provider, &provider.may::<ReportTransfers>(), customer, &form).await.unwrap();
    provider.night("2026-04-23").await;
    assert_eq!(provider.fees(contract).await, []);
}

#[tokio::test]
async fn a_reported_outage_holds_the_fee() {
    let (provider, contract) = debtor().await;
    let place = format!("router-{}", provider.router);
    let form = OutageForm { place, reason: text("fibra rota"), ..OutageForm::default() };
    outages::report(&provider, &provider.may(), &form).await.unwrap();
    provider.night("2026-04-23").await;
    assert_eq!(provider.fees(contract).await, []);
}

#[tokio::test]
async fn a_silent_feed_of_payments_charges_nobody() {
    let provider = provider("2026-04-01").await;
    provider.charges_late_fees(|_| ()).await;
    let (ana, luis) = (provider.active("ana").await, provider.active("luis").await);
    for day in 1..=19 {
        provider.it_is(&format!("2026-04-{day:02}"));
        provider.pay(luis, "5.00", &format!("counter-{day}")).await;
    }
    provider.nights_up_to("2026-04-23").await;
    assert_eq!(provider.fees(ana).await, []);
    provider.pay(luis, "5.00", "counter-20").await;
    provider.night("2026-04-24").await;
    assert_eq!(provider.fees(ana).await.len(), 1);
}

#[tokio::test]
async fn a_waived_fee_does_not_come_again_and_the_books_know_it() {
    let (provider, contract) = debtor().await;
    provider.night("2026-04-23").await;
    let rows = provider.invoices(contract).await;
    let fee = rows.iter().find(|row| row.total.to_string() == "1.74").unwrap().id;
    let form = CreditForm { how: text("everything"), why: text("a good customer"), ..CreditForm::default() };
    invoices::credit(&provider, &provider.may::<CreditInvoices>(), fee, &form).await.unwrap();
    assert!(provider.invoice(fee).await.row.open.is_zero());
    provider.nights_up_to("2026-04-29").await;
    assert_eq!(provider.fees(contract).await.len(), 1);
    let filter = domain::views::accounts::JournalFilter::default();
    let books = accounts::accounts(&provider, &provider.may::<SeeAccounts>(), &filter).await.unwrap();
    let fees = books.rows.iter().find(|row| row.account == "income:late_fees").unwrap();
    assert!(fees.closing.is_zero(), "{fees:?}");
}

#[tokio::test]
async fn a_new_rule_does_not_fall_on_old_debts_and_a_tax_is_on_top() {
    let (provider, contract) = debtor().await;
    let tax = store::taxes::choices(&mut provider.connection().await.unwrap()).await.unwrap()[0].id;
    let rule = |from: &'static str| {
        move |form: &mut PolicyForm| {
            form.late_fee_from = text(from);
            form.late_fee_tax = tax.to_string();
        }
    };
    provider.charges_late_fees(rule("2026-04-17")).await;
    provider.night("2026-04-23").await;
    assert_eq!(provider.fees(contract).await, []);
    provider.charges_late_fees(rule("2026-04-16")).await;
    provider.night("2026-04-24").await;
    let total: Vec<_> = provider.fees(contract).await.into_iter().map(|(.., total)| total).collect();
    assert_eq!(total, ["2.02"], "1.74 and 16 %");
}
