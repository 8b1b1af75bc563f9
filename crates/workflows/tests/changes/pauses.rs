//! A customer's holiday.

use domain::failure::{Blocker, Failure};
use domain::ids::ContractId;
use domain::invoice::DocumentKind;
use domain::role::Role;
use domain::service::ServiceState;
use domain::views::changes::PauseForm;
use workflows::changes;
use workflows::permit::{DecideChanges, RequestChanges};

use crate::provider::{Provider, provider, refusal, text};

async fn pause(provider: &Provider, contract: ContractId, from: &str, until: &str, fee: &str) {
    let fee_description = if fee.is_empty() { String::new() } else { text("Línea reservada") };
    let form = PauseForm { from: text(from), until: text(until), fee: text(fee), fee_description };
    changes::request_pause(provider, &provider.may::<RequestChanges>(), contract, &form).await.unwrap();
}

async fn days(provider: &Provider, contract: ContractId) -> Vec<(String, String, String)> {
    let billed = provider.billed(contract).await;
    billed.into_iter().map(|(day, _, days, total)| (day, days, total)).collect()
}

fn rows(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    rows.iter().map(|(day, days, total)| (text(day), text(days), text(total))).collect()
}

#[tokio::test]
async fn months_of_a_pause_do_not_appear_on_reactivation() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.pay(contract, "34.80").await;
    provider.nights_up_to("2026-04-01").await;
    provider.it_is("2026-04-10");
    pause(&provider, contract, "2026-04-16", "2026-07-21", "").await;
    provider.nights_up_to("2026-04-15").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    provider.nights_up_to("2026-04-16").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Disabled);
    provider.nights_up_to("2026-07-20").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Disabled);
    provider.nights_up_to("2026-07-21").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    provider.nights_up_to("2026-08-01").await;
    assert_eq!(
        days(&provider, contract).await,
        rows(&[
            ("2026-04-01", "30/30", "34.80"),
            ("2026-07-21", "11/31", "12.35"),
            ("2026-08-01", "31/31", "34.80"),
            ("2026-04-16", "-15/30", "-17.40"),
        ])
    );
}

#[tokio::test]
async fn a_pause_with_a_fee_is_billed_the_fee_and_nothing_else() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-04-01").await;
    pause(&provider, contract, "2026-04-16", "2026-05-16", "6").await;
    provider.nights_up_to("2026-05-16").await;
    let fees: Vec<_> = provider.billed(contract).await.into_iter().filter(|row| row.1 == "Línea reservada").collect();
    let fees: Vec<_> = fees.into_iter().map(|(day, _, days, total)| (day, days, total)).collect();
    assert_eq!(fees, rows(&[("2026-04-16", "15/30", "3.48"), ("2026-05-01", "15/31", "3.36")]));
}

#[tokio::test]
async fn whoever_comes_back_sooner_is_served_and_billed_from_that_day() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    pause(&provider, contract, "", "2026-07-01", "").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Disabled);
    provider.nights_up_to("2026-05-10").await;
    provider.it_is("2026-05-11");
    changes::end_pause(&provider, &provider.may::<DecideChanges>(), contract).await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    provider.nights_up_to("2026-07-02").await;
    let starts: Vec<_> = days(&provider, contract).await.into_iter().map(|(day, days, _)| (day, days)).collect();
    assert_eq!(
        starts,
        [
            ("2026-04-01", "30/30"),
            ("2026-05-11", "21/31"),
            ("2026-06-01", "30/30"),
            ("2026-07-01", "31/31"),
            ("2026-04-01", "-30/30")
        ]
        .map(|(day, days)| (text(day), text(days)))
    );
}

#[tokio::test]
async fn lifting_the_pause_by_hand_brings_the_bills_back_too() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    pause(&provider, contract, "", "2026-07-01", "").await;
    provider.it_is("2026-04-11");
    provider.restore(contract, "pause").await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    let last = provider.documents(contract, DocumentKind::Invoice).await.pop().unwrap();
    assert_eq!(last.row.total.to_string(), "23.20", "11 to 30 April");
}

#[tokio::test]
async fn a_pause_that_is_approved_late_begins_on_that_day_and_one_that_would_be_over_is_refused() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let support = crate::staff(&provider, Role::Support).await.permit::<RequestChanges>().unwrap();
    let form = PauseForm { from: text("2026-04-06"), until: text("2026-04-16"), ..PauseForm::default() };
    let change = changes::request_pause(&provider, &support, contract, &form).await.unwrap();
    provider.it_is("2026-04-16");
    let late = changes::approve(&provider, &provider.may::<DecideChanges>(), change).await;
    assert_eq!(refusal(late), Failure::Blocked { what: Blocker::PauseOver });
    provider.it_is("2026-04-11");
    changes::approve(&provider, &provider.may::<DecideChanges>(), change).await.unwrap();
    provider.nights_up_to("2026-05-01").await;
    assert_eq!(
        days(&provider, contract).await,
        rows(&[
            ("2026-04-01", "30/30", "34.80"),
            ("2026-04-16", "15/30", "17.40"),
            ("2026-05-01", "31/31", "34.80"),
            ("2026-04-11", "-20/30", "-23.20"),
        ]),
        "the days from 6 to 10 April were served"
    );
}

#[tokio::test]
async fn a_plan_that_changes_during_a_pause_is_the_one_that_the_customer_comes_back_to() {
    let provider = provider("2026-04-01").await;
    let (contract, faster) = (provider.active("ana.lopez").await, provider.faster().await);
    pause(&provider, contract, "", "2026-07-01", "").await;
    provider.nights_up_to("2026-05-10").await;
    provider.change_plan(contract, faster, "now").await.unwrap();
    provider.it_is("2026-05-11");
    changes::end_pause(&provider, &provider.may::<DecideChanges>(), contract).await.unwrap();
    provider.nights_up_to("2026-07-02").await;
    let billed: Vec<_> = provider.billed(contract).await.into_iter().map(|(day, plan, ..)| (day, plan)).collect();
    assert_eq!(
        billed[1..4],
        [("2026-05-11", "Fibra 200"), ("2026-06-01", "Fibra 200"), ("2026-07-01", "Fibra 200")]
            .map(|(day, plan)| (text(day), text(plan)))
    );
}
