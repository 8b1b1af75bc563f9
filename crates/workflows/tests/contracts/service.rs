//! User, MAC, address and secret.

use domain::calendar::BillingMode;
use domain::failure::{Failure, Problem};
use domain::ids::ContractId;
use domain::role::Role;
use domain::views::audit::AuditFilter;
use domain::views::contract_forms::{CloseForm, ServiceForm};
use secrecy::ExposeSecret;
use workflows::permit::{Actor, CloseContracts, SeeAudit, SeeServiceSecrets};
use workflows::{audit, contracts};

use crate::provider::{Provider, add_router, problems, provider, refusal, text};

fn full(provider: &Provider, user: &str) -> ServiceForm {
    ServiceForm {
        mac: text("81-61-e5-a4-0f-de"),
        ip: text("100.64.0.7"),
        onu_serial: text("hwtc12345678"),
        ..provider.pppoe(user)
    }
}

async fn secret(provider: &Provider, contract: ContractId) -> String {
    let permit = provider.may::<SeeServiceSecrets>();
    contracts::reveal_secret(provider, &permit, contract).await.unwrap().expose_secret().to_owned()
}

async fn close(provider: &Provider, contract: ContractId) {
    let form = CloseForm { reason: text("moved away"), ..CloseForm::default() };
    contracts::close(provider, &provider.may::<CloseContracts>(), contract, &form).await.unwrap();
}

#[tokio::test]
async fn what_another_contract_uses_is_refused_with_that_contract_s_code() {
    let provider = provider("2026-03-12").await;
    let first = provider.open("ana.lopez", BillingMode::Prepaid).await;
    provider.set_service(first, &full(&provider, "ana.lopez")).await.unwrap();
    let code = provider.show(first).await.code;
    let second = provider.open("luis.diaz", BillingMode::Prepaid).await;
    let by = || Problem::Taken { by: code.clone() };
    let expected = ["pppoe_user", "mac", "ip", "onu_serial"].map(|field| (text(field), by()));
    assert_eq!(problems(provider.set_service(second, &full(&provider, "ana.lopez")).await), expected);
    let only_mac = ServiceForm { mac: text("8161.e5a4.0fde"), ..provider.pppoe("luis.diaz") };
    assert_eq!(problems(provider.set_service(second, &only_mac).await), [(text("mac"), by())]);
}

#[tokio::test]
async fn two_who_take_the_same_user_at_the_same_moment_are_one_and_a_clear_answer() {
    let provider = provider("2026-03-12").await;
    let first = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let second = provider.open("luis.diaz", BillingMode::Prepaid).await;
    let form = provider.pppoe("nuevo");
    let (one, other) = tokio::join!(provider.set_service(first, &form), provider.set_service(second, &form));
    let refused = if one.is_ok() { other } else { one };
    let problems = problems(refused);
    assert!(matches!(&problems[..], [(field, Problem::Taken { .. })] if field == "pppoe_user"), "{problems:?}");
}

#[tokio::test]
async fn the_same_address_may_be_used_at_another_router() {
    let provider = provider("2026-03-12").await;
    let first = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let second = provider.open("luis.diaz", BillingMode::Prepaid).await;
    let at = |user: &str, router: String| ServiceForm { ip: text("100.64.0.7"), router, ..provider.pppoe(user) };
    provider.set_service(first, &at("ana.lopez", provider.router.to_string())).await.unwrap();
    let south = add_router(&provider, "sur").await;
    provider.set_service(second, &at("luis.diaz", south.to_string())).await.unwrap();
}

#[tokio::test]
async fn closing_releases_user_and_mac() {
    let provider = provider("2026-03-12").await;
    let first = provider.active("ana.lopez").await;
    provider.set_service(first, &full(&provider, "ana.lopez")).await.unwrap();
    let second = provider.open("luis.diaz", BillingMode::Prepaid).await;
    assert_eq!(problems(provider.set_service(second, &full(&provider, "ana.lopez")).await).len(), 4);
    close(&provider, first).await;
    provider.set_service(second, &full(&provider, "ana.lopez")).await.unwrap();
    let network = provider.show(first).await.network.unwrap();
    assert!(network.released_at.is_some());
    assert_eq!(network.pppoe_user.as_deref(), Some("ana.lopez"), "the closed contract still says what it had");
}

#[tokio::test]
async fn a_password_is_made_when_none_is_typed_and_kept_when_the_field_is_left_blank() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let made = secret(&provider, contract).await;
    assert_eq!(made.len(), 12);
    provider.set_service(contract, &full(&provider, "ana.lopez")).await.unwrap();
    assert_eq!(secret(&provider, contract).await, made);
    let typed = ServiceForm { pppoe_password: text("otra-clave"), ..provider.pppoe("ana.lopez") };
    provider.set_service(contract, &typed).await.unwrap();
    assert_eq!(secret(&provider, contract).await, "otra-clave");
}

#[tokio::test]
async fn a_service_that_becomes_dhcp_has_no_password_any_more() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let dhcp = ServiceForm { access: text("dhcp"), pppoe_user: String::new(), ..full(&provider, "") };
    provider.set_service(contract, &dhcp).await.unwrap();
    let permit = provider.may::<SeeServiceSecrets>();
    assert_eq!(refusal(contracts::reveal_secret(&provider, &permit, contract).await), Failure::NotFound);
}

#[tokio::test]
async fn each_showing_of_a_secret_is_audited_and_no_audit_holds_one() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let typed = ServiceForm { pppoe_password: text("otra-clave"), ..full(&provider, "ana.lopez") };
    provider.set_service(contract, &typed).await.unwrap();
    secret(&provider, contract).await;
    let lines = audit::list(&provider, &provider.may::<SeeAudit>(), &AuditFilter::default()).await.unwrap().rows;
    assert_eq!(lines.iter().filter(|line| line.verb == "see_service_secrets").count(), 1);
    assert!(!format!("{lines:?}").contains("otra-clave"));
    let change = lines.iter().find(|line| line.verb == "edit_services").unwrap();
    let field = |name: &str| change.changes.iter().find(|change| change.field == name).unwrap();
    assert_eq!(field("mac").before, None);
    assert_eq!(field("mac").after.as_deref(), Some("81:61:E5:A4:0F:DE"));
    assert_eq!(field("new_password").after.as_deref(), Some("true"));
}

#[tokio::test]
async fn support_does_not_see_secrets() {
    let support = Actor::User { id: 1.into(), name: text("Sara"), role: Role::Support, customer: None };
    let refused = support.permit::<SeeServiceSecrets>().unwrap_err();
    assert_eq!(refused, Failure::Forbidden { verb: text("see_service_secrets") });
}

#[tokio::test]
async fn a_service_that_moves_to_another_router_is_set_up_there_and_removed_here() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    assert_eq!(provider.waiting().await, 1);
    let south = add_router(&provider, "sur").await;
    let moved = ServiceForm { router: south.to_string(), ..provider.pppoe("ana.lopez") };
    provider.set_service(contract, &moved).await.unwrap();
    assert_eq!(provider.waiting().await, 2, "one at each router");
}

#[tokio::test]
async fn a_router_that_does_not_exist_is_told_at_its_field() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let form = ServiceForm { router: text("999"), ..provider.pppoe("ana.lopez") };
    assert_eq!(problems(provider.set_service(contract, &form).await), [(text("router"), Problem::UnknownChoice)]);
}
