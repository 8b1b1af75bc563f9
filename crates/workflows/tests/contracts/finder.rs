//! Finding records of all kinds by what people know of them.

use domain::calendar::BillingMode;
use domain::ids::UserId;
use domain::role::Role;
use domain::views::contract_forms::ServiceForm;
use domain::views::finder::{Found, Kind, SHOWN, Target};
use workflows::finder;
use workflows::permit::{Actor, Permit, Search};

use crate::provider::{Provider, SQUARE, add_router, provider, text};

async fn find(provider: &Provider, typed: &str) -> Found {
    finder::find(provider, &provider.may::<Search>(), typed, SHOWN).await.unwrap()
}

fn kinds(found: &Found) -> Vec<Kind> {
    found.groups.iter().map(|group| group.kind).collect()
}

fn permit_of(role: Role) -> Permit<Search> {
    let actor = Actor::User { id: UserId(1), name: text("Ana"), role, customer: None };
    actor.permit().unwrap()
}

#[tokio::test]
async fn a_name_is_found_without_its_accents_with_what_belongs_to_it() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Inés Núñez").await;
    let address = provider.address(customer, SQUARE).await;
    let contract = provider.draft(customer, address).await;
    let found = find(&provider, "nunez ines").await;
    assert_eq!(kinds(&found), [Kind::Customer, Kind::Contract]);
    let of_contract = &found.groups[1].hits[0];
    assert_eq!((of_contract.to, of_contract.contract), (Target::Contract(contract), Some(contract)));
    assert_eq!(of_contract.detail, "Inés Núñez · Av. Juárez 10");
}

#[tokio::test]
async fn a_number_that_was_typed_whole_comes_first() {
    let provider = provider("2026-03-12").await;
    provider.open("c00001.lopez", BillingMode::Prepaid).await;
    let found = find(&provider, "c00001").await;
    let first = &found.groups[0];
    assert_eq!((first.kind, first.hits[0].name.as_str(), first.hits[0].exact), (Kind::Contract, "C00001", true));
    assert!(kinds(&found).contains(&Kind::Device), "its user has the number as a part: {found:?}");
}

#[tokio::test]
async fn a_mac_is_found_in_any_spelling_and_a_serial_in_any_case() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let form =
        ServiceForm { mac: text("81-61-e5-a4-0f-de"), onu_serial: text("hwtc12345678"), ..provider.pppoe("ana.lopez") };
    provider.set_service(contract, &form).await.unwrap();
    for typed in ["8161.e5a4.0fde", "81:61:E5:A4:0F:DE", "HWTC12345678", "hwtc12345678", "ana.lopez"] {
        let found = find(&provider, typed).await;
        let device = found.groups.iter().find(|group| group.kind == Kind::Device).unwrap();
        assert_eq!((device.hits[0].contract, device.hits[0].exact), (Some(contract), true), "{typed}");
    }
    assert!(kinds(&find(&provider, "12345678").await).contains(&Kind::Device));
}

#[tokio::test]
async fn a_street_leads_to_the_contract_there_and_a_router_is_found_by_its_name() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let found = find(&provider, "juarez").await;
    let street = found.groups.iter().find(|group| group.kind == Kind::Address).unwrap();
    assert_eq!(street.hits[0].to, Target::Contract(contract));
    let south = add_router(&provider, "torre-sur").await;
    assert_eq!(find(&provider, "torre").await.groups[0].hits[0].to, Target::Router(south));
}

#[tokio::test]
async fn two_letters_find_only_whole_numbers_and_nothing_finds_nothing() {
    let provider = provider("2026-03-12").await;
    provider.customer("Al").await;
    for typed in ["al", "", "  ", "%%%", "zzz"] {
        assert_eq!(find(&provider, typed).await, Found::default(), "{typed:?}");
    }
}

#[tokio::test]
async fn nobody_finds_what_they_may_not_see() {
    let provider = provider("2026-03-12").await;
    provider.open("norte.lopez", BillingMode::Prepaid).await;
    let found = async |role| kinds(&finder::find(&provider, &permit_of(role), "norte", SHOWN).await.unwrap());
    assert!(found(Role::Noc).await.contains(&Kind::Router));
    // A technician and billing see no routers.
    for role in [Role::Technician, Role::Billing] {
        let kinds = found(role).await;
        assert!(kinds.contains(&Kind::Device) && !kinds.contains(&Kind::Router), "{role}: {kinds:?}");
    }
}
