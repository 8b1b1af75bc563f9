//! What went wrong in systems like this one: a story for each, named after what somebody met. Those that belong to a part
//! of the product stand with it.

use chrono::{DateTime, Utc};
use domain::failure::Problem;
use domain::service::ServiceState;
use domain::views::contract_forms::ServiceForm;
use domain::views::quotes::{QuoteForm, QuoteLineForm};
use workflows::clock::Clock;
use workflows::permit::{ConfirmQuotes, EditQuotes, RunBusinessDay};
use workflows::{quotes, runs};

use crate::provider::{Provider, problems, provider, text};

impl Provider {
    async fn issued_on(&self, contract: domain::ids::ContractId) -> Vec<String> {
        let rows = self.invoices(contract).await;
        rows.iter().filter_map(|row| row.issued_on).map(|date| date.to_string()).collect()
    }
}

#[tokio::test]
async fn a_time_zone_ahead_of_or_behind_utc_bills_neither_early_nor_twice_nor_never_again() {
    // Around midnight of each month's end, also where clocks are set forward at midnight, and over a leap day.
    for (zone, hours_ahead) in [("Pacific/Auckland", 13), ("America/Mexico_City", -6), ("America/Santiago", -3)] {
        let mut provider = provider("2028-01-31").await;
        let at = |day: &str, hour: i64| -> DateTime<Utc> {
            let midnight: DateTime<Utc> = format!("{day}T00:00:00Z").parse().unwrap();
            midnight + chrono::Duration::hours(hour - hours_ahead)
        };
        provider.story.context.clock = Clock::hand_set(zone, at("2028-01-31", 12)).unwrap();
        let contract = provider.active("ana").await;
        let permit = provider.may::<RunBusinessDay>();
        for day in ["2028-01-31", "2028-02-01", "2028-02-29", "2028-03-01", "2028-03-31", "2028-04-01"] {
            // Early and late in the day, by summer time or not.
            for hour in [2, 2, 22] {
                provider.clock.set(at(day, hour));
                runs::catch_up(&provider, &permit).await.unwrap();
            }
        }
        assert_eq!(
            provider.issued_on(contract).await,
            ["2028-01-31", "2028-02-01", "2028-03-01", "2028-04-01"],
            "{zone}"
        );
    }
}

#[tokio::test]
async fn a_manual_invoice_does_not_push_the_next_automatic_one_a_month_on() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.it_is("2026-04-20");
    let permit = provider.may::<EditQuotes>();
    let customer = provider.customer_of(contract).await;
    let form = QuoteForm {
        customer: customer.to_string(),
        contract: contract.to_string(),
        valid_until: text("2026-04-30"),
        ..QuoteForm::default()
    };
    let quote = quotes::draft(&provider, &permit, &form).await.unwrap();
    let tax = quotes::choices(&provider, &permit, customer).await.unwrap().taxes[0].id.to_string();
    let line = QuoteLineForm { description: text("Antena"), unit_price: text("100"), tax, ..QuoteLineForm::default() };
    quotes::add_line(&provider, &permit, quote, &line).await.unwrap();
    quotes::send(&provider, &permit, quote).await.unwrap();
    quotes::accept(&provider, &provider.may::<ConfirmQuotes>(), quote).await.unwrap();
    // Confirming it twice makes no second invoice.
    let _ = quotes::accept(&provider, &provider.may::<ConfirmQuotes>(), quote).await;
    provider.nights_up_to("2026-05-01").await;
    assert_eq!(provider.issued_on(contract).await, ["2026-04-01", "2026-04-20", "2026-05-01"]);
}

#[tokio::test]
async fn months_billed_while_suspended_do_not_all_appear_at_once_on_reactivation() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    for day in ["2026-04-26", "2026-05-01", "2026-06-01", "2026-07-01"] {
        provider.nights_up_to(day).await;
    }
    let months = ["2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01"];
    assert_eq!(provider.issued_on(contract).await, months, "each in its own month, cut or not");
    assert_ne!(provider.show(contract).await.service, ServiceState::Active);
    provider.it_is("2026-07-10");
    provider.pay(contract, "139.20", "counter-1").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    provider.nights_up_to("2026-07-31").await;
    assert_eq!(provider.issued_on(contract).await, months, "and none when it comes back");
}

#[tokio::test]
async fn marking_paid_twice_moves_no_date_and_a_form_sent_twice_makes_one_payment() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let first = provider.pay(contract, "34.80", "form-1").await;
    assert_eq!(provider.pay(contract, "34.80", "form-1").await, first);
    provider.pay(contract, "34.80", "form-2").await;
    provider.nights_up_to("2026-05-01").await;
    assert_eq!(provider.issued_on(contract).await, ["2026-04-01", "2026-05-01"]);
    assert!(provider.show(contract).await.money.owed.is_zero(), "the second one paid May");
}

#[tokio::test]
async fn suspending_frees_neither_the_onu_nor_the_address_and_paying_puts_the_service_back() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let equipment = ServiceForm {
        onu_serial: text("HWTC1A2B3C4D"),
        mac: text("AA:BB:CC:00:11:22"),
        ip: text("10.0.0.7"),
        ..provider.pppoe("ana")
    };
    provider.set_service(contract, &equipment).await.unwrap();
    for day in ["2026-04-26", "2026-05-16", "2026-06-15"] {
        provider.nights_up_to(day).await;
    }
    assert_eq!(provider.show(contract).await.service, ServiceState::RemovalList, "as cut as can be");
    let other = provider.open("luis", domain::calendar::BillingMode::Prepaid).await;
    let taken = ServiceForm { onu_serial: text("HWTC1A2B3C4D"), ..provider.pppoe("luis") };
    let refused = problems(provider.set_service(other, &taken).await);
    assert!(matches!(&refused[..], [(field, Problem::Taken { .. })] if field == "onu_serial"), "{refused:?}");
    provider.pay(contract, "104.40", "counter-1").await;
    let network = provider.show(contract).await.network.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    assert_eq!(network.onu_serial.as_deref(), Some("HWTC1A2B3C4D"));
}
