//! Equipment that is bought by renting it.

use domain::failure::Problem;
use domain::ids::{ContractId, LeaseId, PlanId};
use domain::invoice::DocumentKind;
use domain::leasing::LeaseState;
use domain::timeline::Event;
use domain::views::contract_forms::CloseForm;
use domain::views::leases::{LeaseFilter, LeaseForm, LeaseRow};
use domain::views::plans::PlanForm;
use workflows::permit::{DecideChanges, EditPlans, EditQuotes, RequestChanges, SeeContracts, SeeQuotes};
use workflows::testing::date;
use workflows::{leases, quotes};

use crate::provider::{Provider, problems, provider, text};

/// The service alone, for 20.00.
async fn alone(provider: &Provider) -> PlanId {
    let plan = PlanForm {
        code: text("S100"),
        name: text("Fibra 100 sin equipo"),
        kind: text("internet"),
        down_mbps: text("100"),
        up_mbps: text("50"),
        price: text("20"),
        currency: text("USD"),
        tax: provider.plan_tax().await,
        ..PlanForm::default()
    };
    workflows::plans::create(provider, &provider.may::<EditPlans>(), &plan).await.unwrap()
}

/// An ONU for 73.00, paid off in a year: 0.20 a day.
async fn lease(provider: &Provider, contract: ContractId) -> LeaseId {
    add(provider, contract, alone(provider).await).await.unwrap()
}

async fn add(provider: &Provider, contract: ContractId, plan_after: PlanId) -> workflows::Result<LeaseId> {
    let form = LeaseForm { plan_after: plan_after.to_string(), ..form(provider, contract).await };
    leases::add(provider, &provider.may::<RequestChanges>(), contract, &form).await
}

async fn form(provider: &Provider, contract: ContractId) -> LeaseForm {
    LeaseForm {
        line: provider.show(contract).await.lines[0].id.to_string(),
        equipment: text("ONU HG8245"),
        value: text("73"),
        commitment_end: text("2027-01-01"),
        ..LeaseForm::default()
    }
}

async fn row(provider: &Provider, contract: ContractId) -> LeaseRow {
    let filter = LeaseFilter { contract: Some(contract), ..LeaseFilter::default() };
    leases::list(provider, &provider.may::<SeeContracts>(), &filter).await.unwrap().rows.remove(0)
}

async fn newest(provider: &Provider, contract: ContractId) -> Vec<(String, String)> {
    let invoice = provider.documents(contract, DocumentKind::Invoice).await.pop().unwrap();
    invoice.lines.into_iter().map(|line| (line.description, line.total.to_string())).collect()
}

#[tokio::test]
async fn at_the_end_the_equipment_is_the_customers_and_the_service_alone_is_billed() {
    let provider = provider("2026-01-01").await;
    let contract = provider.active("ana.lopez").await;
    lease(&provider, contract).await;
    provider.nights_up_to("2026-12-16").await;
    assert!(!told(&provider, contract).await);
    provider.nights_up_to("2026-12-17").await;
    assert!(told(&provider, contract).await, "fifteen days before");
    provider.nights_up_to("2027-01-01").await;
    assert_eq!(row(&provider, contract).await.state, LeaseState::Passed { on: date("2027-01-01") });
    assert_eq!(newest(&provider, contract).await, [(text("Fibra 100 sin equipo"), text("23.20"))]);
    assert!(provider.documents(contract, DocumentKind::CreditNote).await.is_empty());
}

async fn told(provider: &Provider, contract: ContractId) -> bool {
    let is_notice = |event: &Event| matches!(event, Event::LeaseEndsSoon { .. });
    provider.show(contract).await.timeline.iter().any(|entry| is_notice(&entry.event))
}

#[tokio::test]
async fn buying_it_out_charges_the_rest_once() {
    let provider = provider("2026-01-01").await;
    let contract = provider.active("ana.lopez").await;
    let lease = lease(&provider, contract).await;
    provider.nights_up_to("2026-11-01").await;
    // 61 days are left: 12.20, and its tax.
    assert_eq!(row(&provider, contract).await.owed.to_string(), "12.20");
    leases::buy_out(&provider, &provider.may::<DecideChanges>(), lease).await.unwrap();
    assert_eq!(row(&provider, contract).await.state, LeaseState::BoughtOut { on: date("2026-11-01") });
    let mut lines = newest(&provider, contract).await;
    lines.sort();
    assert_eq!(lines, [(text("Fibra 100 sin equipo"), text("23.20")), (text("ONU HG8245"), text("14.15"))]);
    provider.nights_up_to("2026-12-01").await;
    assert_eq!(newest(&provider, contract).await, [(text("Fibra 100 sin equipo"), text("23.20"))]);
}

#[tokio::test]
async fn who_cancels_early_gives_the_equipment_back_or_pays_the_rest() {
    for (keeps_equipment, state, invoices) in [
        (false, LeaseState::Returned { on: date("2026-11-01") }, 11),
        (true, LeaseState::BoughtOut { on: date("2026-11-01") }, 12),
    ] {
        let provider = provider("2026-01-01").await;
        let contract = provider.active("ana.lopez").await;
        lease(&provider, contract).await;
        provider.nights_up_to("2026-11-01").await;
        provider.close(contract, CloseForm { keeps_equipment, ..CloseForm::default() }).await;
        assert_eq!(row(&provider, contract).await.state, state);
        let collected: Vec<_> = provider.collections().await.into_iter().map(|order| order.equipment).collect();
        assert_eq!(collected, if keeps_equipment { vec![] } else { vec![text("ONU HG8245")] });
        assert_eq!(provider.documents(contract, DocumentKind::Invoice).await.len(), invoices);
    }
}

#[tokio::test]
async fn a_line_charges_for_one_lease_at_a_time() {
    let provider = provider("2026-01-01").await;
    let contract = provider.active("ana.lopez").await;
    lease(&provider, contract).await;
    let plan = provider.plan;
    assert_eq!(problems(add(&provider, contract, plan).await), [(text("line"), Problem::UnknownChoice)]);
}

#[tokio::test]
async fn the_service_alone_begins_on_the_day_that_was_agreed_also_when_the_nights_come_late() {
    let (january, rest) = (("2026-01-01", "31/31", "34.80"), ("2026-02-15", "14/28", "11.60"));
    let march = ("2026-03-01", "31/31", "23.20");
    let in_time = vec![january, ("2026-02-01", "28/28", "34.80"), rest, march, ("2026-02-15", "-14/28", "-17.40")];
    let late = vec![january, ("2026-02-01", "14/28", "17.40"), rest, march];
    for (first_night, expected) in [("2026-01-02", in_time), ("2026-03-01", late)] {
        let provider = provider("2026-01-01").await;
        let contract = provider.active("ana.lopez").await;
        let plan_after = alone(&provider).await.to_string();
        let form = LeaseForm { commitment_end: text("2026-02-15"), plan_after, ..form(&provider, contract).await };
        leases::add(&provider, &provider.may::<RequestChanges>(), contract, &form).await.unwrap();
        provider.nights_up_to(first_night).await;
        provider.nights_up_to("2026-03-01").await;
        assert_eq!(row(&provider, contract).await.state, LeaseState::Passed { on: date("2026-02-15") });
        let billed = provider.billed(contract).await.into_iter().map(|(day, _, days, total)| (day, days, total));
        let expected = expected.iter().map(|(day, days, total)| (text(day), text(days), text(total)));
        assert_eq!(billed.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_contract_that_is_revived_after_its_lease_goes_on_with_the_service_alone() {
    let provider = provider("2026-01-01").await;
    let contract = provider.active("ana.lopez").await;
    lease(&provider, contract).await;
    provider.nights_up_to("2026-03-01").await;
    provider.close(contract, CloseForm { keeps_equipment: true, ..CloseForm::default() }).await;
    provider.it_is("2026-05-01");
    let quote = quotes::reconnect(&provider, &provider.may::<EditQuotes>(), contract).await.unwrap();
    let quote = quotes::show(&provider, &provider.may::<SeeQuotes>(), quote).await.unwrap();
    let lines: Vec<_> =
        quote.lines.iter().map(|line| (line.line.description.clone(), line.line.total.to_string())).collect();
    assert_eq!(lines, [(text("Fibra 100 sin equipo"), text("23.20"))]);
}
