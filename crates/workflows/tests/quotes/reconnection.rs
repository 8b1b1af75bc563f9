//! Contracts that come back to life by a quote.

use domain::contract::ContractState;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::ContractId;
use domain::quote::QuoteStateName;
use domain::service::{ServiceState, TechnicalState};
use domain::timeline::Event;
use domain::views::contract_forms::CloseForm;
use domain::views::numbers::ReconnectionForm;
use workflows::permit::{CloseContracts, EditDocuments};
use workflows::testing::date;
use workflows::{contracts, numbers, quotes};

use crate::owed;
use crate::provider::{Provider, problems, provider, refusal, suspension, text};

/// Active since 1 April, never paid, hard cut on 16 May.
async fn hard_cut(provider: &Provider) -> ContractId {
    let contract = provider.active("ana.lopez").await;
    // A debt is cut step by step.
    provider.nights_up_to("2026-04-26").await;
    provider.nights_up_to("2026-05-16").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Disabled);
    contract
}

async fn close(provider: &Provider, contract: ContractId) {
    let form = CloseForm { reason: text("moved away"), ..CloseForm::default() };
    contracts::close(provider, &provider.may::<CloseContracts>(), contract, &form).await.unwrap();
}

async fn with_fee(provider: &Provider, fee: &str) {
    let form = ReconnectionForm { fee: text(fee), tax: String::new(), valid_days: text("7") };
    numbers::save_reconnection(provider, &provider.may::<EditDocuments>(), &form).await.unwrap();
}

#[tokio::test]
async fn a_reconnection_costs_a_fee_and_the_next_period() {
    let provider = provider("2026-04-01").await;
    with_fee(&provider, "10").await;
    let contract = hard_cut(&provider).await;
    let quote = provider.show_quote(provider.reconnect(contract).await.unwrap()).await;
    // May was billed already, and is owed: June is paid in advance. (10.00 + 30.00) x 1.16.
    let lines: Vec<_> = quote.lines.iter().map(|line| (line.line.description.as_str(), line.line.time)).collect();
    assert_eq!(lines[0], ("Reconexión", None));
    let (range, days, of) = lines[1].1.unwrap();
    assert_eq!((range.start(), range.end(), days, of), (date("2026-06-01"), date("2026-07-01"), 30, 30));
    assert_eq!(quote.row.total.to_string(), "46.40");
    assert_eq!(quote.old_debt.unwrap().to_string(), "69.60");
    assert_eq!(quote.row.valid_until, date("2026-05-23"));
}

#[tokio::test]
async fn confirming_it_switches_the_service_on_before_any_invoice_exists() {
    let provider = provider("2026-04-01").await;
    let contract = hard_cut(&provider).await;
    let quote = provider.reconnect(contract).await.unwrap();
    let mut connection = provider.connection().await.unwrap();
    // Invoices cannot be made now; the customer does not wait for them.
    store::testing::documents::set_pattern(&mut connection, "invoice", "{n:0}").await.unwrap();
    let before = provider.invoices(provider.show(contract).await.customer.id).await.len();
    let waiting = provider.waiting().await;
    provider.confirm(quote).await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!((page.service, page.holds.len()), (ServiceState::Active, 0));
    assert_eq!(page.network.unwrap().technical.wanted, TechnicalState::Active);
    assert!(provider.waiting().await >= waiting.max(1), "the router has its job");
    assert_eq!(provider.invoices(page.customer.id).await.len(), before);
    assert_eq!(provider.show_quote(quote).await.row.state, QuoteStateName::Accepted);
    assert!(page.timeline.iter().any(|entry| matches!(entry.event, Event::ServiceReconnected { .. })));
}

#[tokio::test]
async fn the_old_debt_stays_owed_and_does_not_cut_again_but_a_new_one_does() {
    let provider = provider("2026-04-01").await;
    let contract = hard_cut(&provider).await;
    let quote = provider.reconnect(contract).await.unwrap();
    provider.confirm(quote).await.unwrap();
    let customer = provider.show(contract).await.customer.id;
    let invoices = provider.invoices(customer).await;
    assert_eq!(owed(&invoices), [("34.80", "34.80"); 3].map(|(total, open)| (text(total), text(open))));
    provider.nights_up_to("2026-05-25").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    // May's invoice was due on the day of the reconnection; ten days later it cuts.
    provider.nights_up_to("2026-05-26").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Suspended);
}

#[tokio::test]
async fn the_quoted_period_is_not_billed_a_second_time() {
    let provider = provider("2026-04-01").await;
    let contract = hard_cut(&provider).await;
    let customer = provider.show(contract).await.customer.id;
    let quote = provider.reconnect(contract).await.unwrap();
    provider.pay_quote(quote, "34.80").await.unwrap();
    provider.nights_up_to("2026-07-02").await;
    // April, May, the quote's June, July: each once.
    let periods: Vec<_> =
        provider.invoices(customer).await.iter().map(|row| row.issued_on.unwrap().to_string()).collect();
    assert_eq!(periods, ["2026-04-01", "2026-05-01", "2026-05-16", "2026-07-01"]);
    let line = &provider.show(contract).await.lines[0];
    assert_eq!(line.dates.billed_through, Some(date("2026-08-01")));
}

#[tokio::test]
async fn a_period_that_was_billed_meanwhile_is_refused() {
    let provider = provider("2026-04-01").await;
    let form = ReconnectionForm { fee: text("0"), tax: String::new(), valid_days: text("30") };
    numbers::save_reconnection(&provider, &provider.may::<EditDocuments>(), &form).await.unwrap();
    let contract = hard_cut(&provider).await;
    let quote = provider.reconnect(contract).await.unwrap();
    provider.nights_up_to("2026-06-01").await;
    let refused = refusal(provider.confirm(quote).await);
    assert_eq!(refused, Failure::Blocked { what: Blocker::PeriodBilled });
    assert_eq!(provider.show(contract).await.service, ServiceState::Disabled, "a refusal changes nothing");
    assert_eq!(provider.show_quote(quote).await.row.state, QuoteStateName::Sent);
}

#[tokio::test]
async fn from_the_removal_list_it_works_too() {
    let provider = provider("2026-04-01").await;
    let contract = hard_cut(&provider).await;
    provider.nights_up_to("2026-06-15").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::RemovalList);
    let quote = provider.reconnect(contract).await.unwrap();
    provider.pay_quote(quote, "34.80").await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
}

#[tokio::test]
async fn a_closed_contract_is_revived_with_what_it_had() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.it_is("2026-04-20");
    close(&provider, contract).await;
    provider.it_is("2026-05-12");
    let quote = provider.reconnect(contract).await.unwrap();
    // 30.00 x 20 / 31 = 19.35, with 16 % tax 22.45.
    assert_eq!(provider.show_quote(quote).await.row.total.to_string(), "22.45");
    provider.pay_quote(quote, "22.45").await.unwrap();
    let page = provider.show(contract).await;
    let again = ContractState::Active { signed_on: date("2026-04-01"), activated_on: date("2026-05-12") };
    assert_eq!((page.state, page.service), (again, ServiceState::Active));
    let dates = page.lines[0].dates;
    assert_eq!((dates.starts_on, dates.ends_on), (Some(date("2026-05-12")), None));
    assert_eq!(dates.next_invoice_on, Some(date("2026-06-01")));
    assert_eq!(page.network.unwrap().released_at, None);
}

#[tokio::test]
async fn a_user_that_somebody_else_has_by_now_is_told_and_another_can_be_set() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    close(&provider, contract).await;
    let luis = provider.active("ana.lopez").await;
    let by = provider.show(luis).await.code;
    let quote = provider.reconnect(contract).await.unwrap();
    assert_eq!(provider.show_quote(quote).await.taken, [(text("pppoe_user"), by.clone())]);
    assert_eq!(problems(provider.confirm(quote).await), [(text("pppoe_user"), Problem::Taken { by })]);
    provider.set_service(contract, &provider.pppoe("ana.lopez.2")).await.unwrap();
    provider.confirm(quote).await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
}

#[tokio::test]
async fn money_does_not_lift_an_abuse_hold() {
    let provider = provider("2026-04-01").await;
    let contract = hard_cut(&provider).await;
    let quote = provider.reconnect(contract).await.unwrap();
    provider.suspend(contract, &suspension("abuse", "hard_cut")).await.unwrap();
    let held = Failure::Blocked { what: Blocker::HeldForAnotherReason };
    assert_eq!(refusal(provider.confirm(quote).await), held);
    assert_eq!(refusal(provider.pay_quote(quote, "34.80").await), held);
    assert_eq!(refusal(provider.reconnect(contract).await), held);
}

#[tokio::test]
async fn a_customer_who_owes_does_not_reconnect_by_a_word() {
    let provider = provider("2026-04-01").await;
    let contract = hard_cut(&provider).await;
    let quote = provider.reconnect(contract).await.unwrap();
    let customer = provider.show(contract).await.customer.id;
    let refused = quotes::accept_own(&provider, &provider.signed_in(customer).await, quote).await;
    assert_eq!(refusal(refused), Failure::Blocked { what: Blocker::PaymentNeeded });
}

#[tokio::test]
async fn asking_twice_is_one_quote_and_a_service_that_works_needs_none() {
    let provider = provider("2026-04-01").await;
    let working = provider.active("luis").await;
    assert!(matches!(refusal(provider.reconnect(working).await), Failure::Lifecycle { .. }));
    let contract = hard_cut(&provider).await;
    let first = provider.reconnect(contract).await.unwrap();
    assert_eq!(provider.reconnect(contract).await.unwrap(), first);
}
