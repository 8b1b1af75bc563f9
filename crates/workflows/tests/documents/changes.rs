//! What documents say of changes, leases and reconnections.

use domain::ids::{ContractId, PlanId};
use domain::invoice::DocumentKind;
use domain::views::changes::PlanChangeForm;
use domain::views::contract_forms::CloseForm;
use domain::views::leases::LeaseForm;
use domain::views::plans::PlanForm;
use workflows::permit::{
    CloseContracts, DecideChanges, EditPlans, EditQuotes, RequestChanges, SeeContracts, SeeInvoices, SeeQuotes,
};
use workflows::{changes, contracts, documents, leases, plans, quotes};

use crate::provider::{Provider, provider, text};
use crate::says;

pub async fn other_plan(provider: &Provider) -> PlanId {
    let mut connection = provider.connection().await.unwrap();
    let tax = store::plans::get(&mut connection, provider.plan).await.unwrap().facts.tax;
    let form = PlanForm {
        code: text("F200"),
        name: text("Fibra 200"),
        kind: text("internet"),
        down_mbps: text("200"),
        up_mbps: text("100"),
        price: text("45"),
        currency: text("USD"),
        tax: tax.to_string(),
        ..PlanForm::default()
    };
    plans::create(provider, &provider.may::<EditPlans>(), &form).await.unwrap()
}

async fn lease(provider: &Provider, contract: ContractId) -> domain::ids::LeaseId {
    let form = LeaseForm {
        line: provider.show(contract).await.lines[0].id.to_string(),
        equipment: text("ONU HG8245"),
        serial: text("48575443"),
        value: text("73"),
        commitment_end: text("2027-04-01"),
        plan_after: other_plan(provider).await.to_string(),
        price_after: text("20"),
    };
    leases::add(provider, &provider.may::<RequestChanges>(), contract, &form).await.unwrap()
}

#[tokio::test]
async fn a_credit_note_of_a_change_says_why_it_was_written_and_for_which_days() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let plan = other_plan(&provider).await.to_string();
    provider.it_is("2026-04-21");
    let line = provider.show(contract).await.lines[0].id.to_string();
    let form = PlanChangeForm { line, plan, timing: text("now") };
    changes::request_plan(&provider, &provider.may::<RequestChanges>(), contract, &form).await.unwrap();
    let rows = provider.invoices(contract).await;
    let note = rows.iter().find(|row| row.kind == DocumentKind::CreditNote).unwrap();
    let pdf = documents::invoice(&provider, &provider.staff::<SeeInvoices>(), note.id).await.unwrap();
    let days = "21 abr 2026 – 30 abr 2026";
    says(&pdf, &["Nota de crédito", "F-2026-000001", "Cambio de plan", days, "10 de 30 días × 30.00", "11.60 USD"]);
    let new = rows.iter().rfind(|row| row.kind == DocumentKind::Invoice).unwrap();
    let pdf = documents::invoice(&provider, &provider.staff::<SeeInvoices>(), new.id).await.unwrap();
    says(&pdf, &["Fibra 200", days, "10 de 30 días × 45.00", "17.40 USD"]);
}

#[tokio::test]
async fn a_contract_says_whose_the_leased_equipment_is_until_when_and_what_follows() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    lease(&provider, contract).await;
    let pdf = documents::contract(&provider, &provider.staff::<SeeContracts>(), contract).await.unwrap();
    says(&pdf, &["Fibra 100", "ONU HG8245 (48575443)", "hasta el 1 abr 2027", "«Fibra 200» por 20.00 USD"]);
}

#[tokio::test]
async fn an_invoice_of_a_buy_out_names_the_equipment_and_the_contract_sells_the_service_alone() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let lease = lease(&provider, contract).await;
    leases::buy_out(&provider, &provider.may::<DecideChanges>(), lease).await.unwrap();
    let rows = provider.invoices(contract).await;
    let new = rows.iter().rfind(|row| row.kind == DocumentKind::Invoice).unwrap();
    let pdf = documents::invoice(&provider, &provider.staff::<SeeInvoices>(), new.id).await.unwrap();
    says(&pdf, &["ONU HG8245", "73.00", "84.68"]);
    let pdf = documents::contract(&provider, &provider.staff::<SeeContracts>(), contract).await.unwrap();
    says(&pdf, &["Fibra 200", "20.00"]);
    assert!(!crate::said(&pdf).contains("Fibra 100"), "what is over is not sold any more");
}

#[tokio::test]
async fn a_reconnection_quote_says_what_it_pays_in_advance_and_until_when_it_can_be_paid() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let form = CloseForm { reason: text("moved away"), ..CloseForm::default() };
    contracts::close(&provider, &provider.may::<CloseContracts>(), contract, &form).await.unwrap();
    provider.it_is("2026-05-12");
    let quote = quotes::reconnect(&provider, &provider.may::<EditQuotes>(), contract).await.unwrap();
    let pdf = documents::quote(&provider, &provider.staff::<SeeQuotes>(), quote).await.unwrap();
    says(&pdf, &["12 may 2026 – 31 may 2026", "20 de 31 días × 30.00", "22.45 USD"]);
}
