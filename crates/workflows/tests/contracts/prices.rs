//! What a line costs: discounts, courtesies and billing days.

use domain::contract::{ContractStateName, LifecycleError};
use domain::discount::{Lasting, Reduction};
use domain::failure::{Failure, Problem};
use domain::ids::ContractId;
use domain::timeline::Event;
use domain::views::contract_forms::{CloseForm, DiscountForm, LineForm};
use domain::views::dashboard::DashboardFilter;
use domain::views::invoices::{InvoiceDetail, InvoiceFilter, Standing};
use workflows::permit::{CloseContracts, EditContracts, GiveDiscounts, RunBusinessDay, SeeDashboard, SeeInvoices};
use workflows::testing::date;
use workflows::{contracts, dashboard, invoices, runs};

use crate::provider::{Provider, SQUARE, problems, provider, refusal, text};

/// A monthly line, in advance.
fn monthly(provider: &Provider) -> LineForm {
    provider.line(domain::calendar::BillingMode::Prepaid)
}

fn discounted(provider: &Provider, kind: &str, value: &str) -> LineForm {
    LineForm { discount: off(kind, value), ..monthly(provider) }
}

fn off(kind: &str, value: &str) -> DiscountForm {
    let (discount, discount_value, discount_reason) = (text(kind), text(value), text("Bienvenida"));
    DiscountForm { discount, discount_value, discount_reason, ..DiscountForm::default() }
}

fn for_two_periods(kind: &str, value: &str) -> DiscountForm {
    DiscountForm { discount_lasts: text("periods"), discount_periods: text("2"), ..off(kind, value) }
}

async fn add(provider: &Provider, contract: ContractId, line: &LineForm) -> workflows::Result<()> {
    contracts::add_line(provider, &provider.may::<EditContracts>(), contract, line).await.map(drop)
}

async fn draft(provider: &Provider) -> ContractId {
    let customer = provider.customer("Ana").await;
    provider.draft(customer, provider.address(customer, SQUARE).await).await
}

async fn active(provider: &Provider, line: &LineForm) -> ContractId {
    let contract = draft(provider).await;
    add(provider, contract, line).await.unwrap();
    provider.set_service(contract, &provider.pppoe("ana.lopez")).await.unwrap();
    provider.sign(contract).await.unwrap();
    provider.activate(contract).await.unwrap();
    contract
}

/// Each night in turn, unless it was missed.
async fn nights(provider: &Provider, days: &[&str]) {
    for day in days {
        provider.it_is(day);
        runs::run_day(provider, &provider.may::<RunBusinessDay>(), date(day)).await.unwrap();
    }
}

/// Oldest first.
async fn invoices_of(provider: &Provider, contract: ContractId) -> Vec<InvoiceDetail> {
    let filter = InvoiceFilter { contract: Some(contract), ..InvoiceFilter::default() };
    let permit = provider.may::<SeeInvoices>();
    let mut rows = invoices::list(provider, &permit, &filter).await.unwrap().page.rows;
    rows.sort_by_key(|row| row.id);
    let mut found = Vec::new();
    for row in rows {
        found.push(invoices::show(provider, &permit, row.id).await.unwrap());
    }
    found
}

async fn totals(provider: &Provider, contract: ContractId) -> Vec<String> {
    invoices_of(provider, contract).await.iter().map(|invoice| invoice.row.total.to_string()).collect()
}

#[tokio::test]
async fn a_discount_for_two_periods_is_on_the_invoices_with_its_reason_and_then_over() {
    let provider = provider("2026-03-12").await;
    let line = LineForm { discount: for_two_periods("percent", "50"), ..monthly(&provider) };
    let contract = active(&provider, &line).await;
    nights(&provider, &["2026-04-01", "2026-05-01", "2026-06-01"]).await;
    // 15.00 x 20 / 31 = 9.68, with 16 % tax 11.23; then two months at half, and one in full.
    assert_eq!(totals(&provider, contract).await, ["11.23", "17.40", "17.40", "34.80"]);
    let invoices = invoices_of(&provider, contract).await;
    let line = &invoices[1].lines[0];
    let half = Reduction::Percent("50".parse().unwrap());
    assert_eq!((line.discount, line.discount_reason.as_str()), (half, "Bienvenida"));
    assert_eq!((invoices[3].lines[0].discount, invoices[3].lines[0].discount_reason.as_str()), (Reduction::NONE, ""));
}

#[tokio::test]
async fn a_discount_survives_nights_that_were_missed() {
    let provider = provider("2026-03-01").await;
    let line = LineForm { discount: for_two_periods("amount", "5"), ..monthly(&provider) };
    let contract = active(&provider, &line).await;
    nights(&provider, &["2026-05-20"]).await;
    // (30.00 - 5.00) x 1.16 for March and April, and 30.00 x 1.16 for May.
    assert_eq!(totals(&provider, contract).await, ["29.00", "29.00", "34.80"]);
    let discount = provider.show(contract).await.lines.remove(0).discount.unwrap();
    assert_eq!(discount.lasting, Lasting::Until(date("2026-05-01")));
}

#[tokio::test]
async fn no_discount_is_larger_than_the_price() {
    let provider = provider("2026-03-12").await;
    let contract = draft(&provider).await;
    let answer = add(&provider, contract, &discounted(&provider, "amount", "30.01")).await;
    assert_eq!(problems(answer), [(text("discount_value"), Problem::OutOfRange)]);
    add(&provider, contract, &discounted(&provider, "amount", "30")).await.unwrap();
}

#[tokio::test]
async fn a_courtesy_is_billed_for_nothing_and_is_never_a_debt_or_a_cut() {
    let provider = provider("2026-03-01").await;
    let contract = active(&provider, &discounted(&provider, "courtesy", "")).await;
    nights(&provider, &["2026-04-01", "2026-05-01", "2026-06-01"]).await;
    let invoices = invoices_of(&provider, contract).await;
    assert_eq!(invoices.len(), 4, "it is billed as everybody is");
    for invoice in &invoices {
        let line = &invoice.lines[0];
        assert_eq!((line.discount, line.unit_price.to_string().as_str()), (Reduction::Courtesy, "30"));
        assert_eq!((invoice.row.total.to_string().as_str(), invoice.row.standing), ("0.00", Standing::Paid));
    }
    let page = provider.show(contract).await;
    assert!(page.holds.is_empty() && page.money.owed.is_zero());
}

#[tokio::test]
async fn courtesies_are_counted_apart_from_the_revenue() {
    let provider = provider("2026-03-01").await;
    let contract = draft(&provider).await;
    add(&provider, contract, &monthly(&provider)).await.unwrap();
    add(&provider, contract, &discounted(&provider, "percent", "10")).await.unwrap();
    add(&provider, contract, &discounted(&provider, "courtesy", "")).await.unwrap();
    provider.set_service(contract, &provider.pppoe("ana.lopez")).await.unwrap();
    provider.sign(contract).await.unwrap();
    provider.activate(contract).await.unwrap();
    let filter = DashboardFilter::default();
    let figures = dashboard::show(&provider, &provider.may::<SeeDashboard>(), &filter).await.unwrap().recurring;
    let recurring = &figures.now[0];
    assert_eq!((recurring.revenue.to_string(), recurring.courtesy.to_string()), (text("57.00"), text("30.00")));
    assert_eq!(recurring.courtesies, 1);
}

async fn give(provider: &Provider, contract: ContractId, form: &DiscountForm) -> workflows::Result<()> {
    let line = provider.show(contract).await.lines[0].id;
    contracts::set_discount(provider, &provider.may::<GiveDiscounts>(), line, form).await
}

#[tokio::test]
async fn a_discount_on_an_active_line_begins_with_the_next_period() {
    let provider = provider("2026-03-01").await;
    let contract = active(&provider, &monthly(&provider)).await;
    provider.it_is("2026-03-20");
    give(&provider, contract, &for_two_periods("percent", "50")).await.unwrap();
    nights(&provider, &["2026-04-01", "2026-05-01", "2026-06-01"]).await;
    assert_eq!(totals(&provider, contract).await, ["34.80", "17.40", "17.40", "34.80"]);
    let page = provider.show(contract).await;
    assert!(page.timeline.iter().any(|entry| matches!(&entry.event, Event::DiscountChanged { discount: Some(_), .. })));
}

#[tokio::test]
async fn a_discount_that_is_taken_away_leaves_what_was_issued() {
    let provider = provider("2026-03-01").await;
    let contract = active(&provider, &discounted(&provider, "percent", "50")).await;
    give(&provider, contract, &DiscountForm::default()).await.unwrap();
    nights(&provider, &["2026-04-01"]).await;
    assert_eq!(totals(&provider, contract).await, ["17.40", "34.80"]);
}

#[tokio::test]
async fn a_discount_on_an_active_line_is_no_larger_than_its_price() {
    let provider = provider("2026-03-01").await;
    let contract = active(&provider, &monthly(&provider)).await;
    let answer = give(&provider, contract, &off("amount", "31")).await;
    assert_eq!(problems(answer), [(text("discount_value"), Problem::OutOfRange)]);
}

#[tokio::test]
async fn a_contract_that_is_over_gets_no_discount() {
    let provider = provider("2026-03-01").await;
    let contract = active(&provider, &monthly(&provider)).await;
    let form = CloseForm { reason: text("moved away"), ..CloseForm::default() };
    contracts::close(&provider, &provider.may::<CloseContracts>(), contract, &form).await.unwrap();
    let error = LifecycleError::NotAllowed { state: ContractStateName::Closed, event: text("discount") };
    assert_eq!(refusal(give(&provider, contract, &off("courtesy", "")).await), Failure::Lifecycle { error });
}
