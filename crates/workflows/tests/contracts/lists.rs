//! Lists: what a search finds, what a filter leaves, in which order.

use domain::contract::ContractStateName;
use domain::ids::{AddressId, SectorId};
use domain::service::ServiceState;
use domain::views::contract_forms::ServiceForm;
use domain::views::contract_moves::MoveForm;
use domain::views::contracts::{ContractFilter, ContractSort};
use domain::views::customers::{AddressForm, CustomerFilter, CustomerForm, CustomerSort, Debt};
use domain::views::list::{Direction, PageNumber};
use domain::views::sectors::SectorForm;
use workflows::permit::{EditCustomers, EditSectors, MoveContracts, SeeContracts, SeeCustomers};
use workflows::{addresses, contracts, customers, sectors};

use crate::provider::{Provider, SQUARE, person, provider, street, suspension, text};

async fn names(provider: &Provider, filter: &CustomerFilter) -> Vec<String> {
    let page = customers::list(provider, &provider.may::<SeeCustomers>(), filter).await.unwrap();
    assert_eq!(page.total, i64::try_from(page.rows.len()).unwrap());
    page.rows.into_iter().map(|row| row.name).collect()
}

async fn contracts_of(provider: &Provider, filter: &ContractFilter) -> Vec<String> {
    let page = contracts::list(provider, &provider.may::<SeeContracts>(), filter).await.unwrap();
    assert_eq!(page.total, i64::try_from(page.rows.len()).unwrap());
    page.rows.into_iter().map(|row| row.customer.name).collect()
}

#[tokio::test]
async fn customers_are_found_by_words_in_any_order_whatever_their_case_and_accents() {
    let provider = provider("2026-03-12").await;
    let ana = CustomerForm {
        tax_id: text("LOGA800101QX2"),
        email: text("ana@example.com"),
        phone: text("+529511234567"),
        ..person("Ana López García")
    };
    customers::create(&provider, &provider.may::<EditCustomers>(), &ana).await.unwrap();
    provider.customer("Luis Díaz 100%").await;
    for (search, expected) in [
        ("lopez ana", vec!["Ana López García"]),
        ("LÓPEZ", vec!["Ana López García"]),
        ("loga80", vec!["Ana López García"]),
        ("ANA@example", vec!["Ana López García"]),
        ("951 123", vec!["Ana López García"]),
        ("CLI00002", vec!["Luis Díaz 100%"]),
        ("100%", vec!["Luis Díaz 100%"]),
        ("0%", vec!["Luis Díaz 100%"]),
        ("0% x", vec!["Luis Díaz 100%"]),
        ("lopez luis", vec![]),
        ("", vec!["Ana López García", "Luis Díaz 100%"]),
    ] {
        let filter = CustomerFilter { search: Some(text(search)), ..CustomerFilter::default() };
        assert_eq!(names(&provider, &filter).await, expected, "{search}");
    }
}

#[tokio::test]
async fn contracts_are_found_by_what_a_technician_reads_off_a_device() {
    let provider = provider("2026-03-12").await;
    let ana = provider.active("ana.lopez").await;
    provider.active("luis.diaz").await;
    let form = ServiceForm {
        mac: text("81:61:E5:A4:0F:DE"),
        ip: text("100.64.0.7"),
        onu_serial: text("HWTC12345678"),
        ..provider.pppoe("ana.lopez")
    };
    provider.set_service(ana, &form).await.unwrap();
    for search in ["C00001", "c00001", "81:61:e5", "100.64.0.7", "hwtc1234", "ANA.LOPEZ", "CLI00001"] {
        let filter = ContractFilter { search: Some(text(search)), ..ContractFilter::default() };
        assert_eq!(contracts_of(&provider, &filter).await, ["ana.lopez"], "{search}");
    }
    let by_street = ContractFilter { search: Some(text("juarez av.")), ..ContractFilter::default() };
    assert_eq!(contracts_of(&provider, &by_street).await.len(), 2);
}

#[tokio::test]
async fn each_filter_leaves_what_it_says() {
    let provider = provider("2026-03-01").await;
    let cut = provider.active("ana.lopez").await;
    provider.suspend(cut, &suspension("staff", "soft_cut")).await.unwrap();
    provider.open("luis.diaz", domain::calendar::BillingMode::Prepaid).await;
    let none = ContractFilter::default;
    for (filter, expected) in [
        (ContractFilter { state: Some(ContractStateName::Open), ..none() }, vec!["luis.diaz"]),
        (ContractFilter { service: Some(ServiceState::Suspended), ..none() }, vec!["ana.lopez"]),
        (ContractFilter { plan: Some(provider.plan), ..none() }, vec!["ana.lopez", "luis.diaz"]),
        (ContractFilter { plan: Some(99.into()), ..none() }, vec![]),
        (ContractFilter { sector: Some(99.into()), ..none() }, vec![]),
        (ContractFilter { policy: Some(provider.policy), ..none() }, vec!["ana.lopez", "luis.diaz"]),
        (ContractFilter { router: Some(provider.router), ..none() }, vec!["ana.lopez", "luis.diaz"]),
        (ContractFilter { debt: Some(Debt::Owes), ..none() }, vec!["ana.lopez"]),
        (ContractFilter { debt: Some(Debt::Overdue), ..none() }, vec![]),
        (ContractFilter { debt: Some(Debt::Nothing), ..none() }, vec!["luis.diaz"]),
    ] {
        assert_eq!(contracts_of(&provider, &filter).await, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn a_contract_is_in_the_sector_of_its_address_also_when_it_moves_and_when_the_address_is_told_to_be_elsewhere() {
    let provider = provider("2026-03-01").await;
    let ana = provider.active("ana.lopez").await;
    let sector = async |name: &str| {
        sectors::create(&provider, &provider.may::<EditSectors>(), &SectorForm { name: text(name) }).await.unwrap()
    };
    let (center, south) = (sector("Centro").await, sector("Sur").await);
    let is_in = async |address: AddressId, sector: SectorId| {
        let form = AddressForm { sector: sector.to_string(), ..street(SQUARE) };
        addresses::edit(&provider, &provider.may::<EditCustomers>(), address, &form).await.unwrap();
    };
    let contracts_in = async |sector: SectorId| {
        contracts_of(&provider, &ContractFilter { sector: Some(sector), ..ContractFilter::default() }).await
    };
    assert!(contracts_in(center).await.is_empty());
    let page = provider.show(ana).await;
    is_in(page.address.id, center).await;
    assert_eq!(contracts_in(center).await, ["ana.lopez"]);

    let new = provider.address(page.customer.id, SQUARE).await;
    is_in(new, south).await;
    assert_eq!((contracts_in(center).await.len(), contracts_in(south).await.len()), (1, 0), "nobody lives there yet");
    let form = MoveForm { address: new.to_string(), router: String::new() };
    contracts::relocate(&provider, &provider.may::<MoveContracts>(), ana, &form).await.unwrap();
    assert_eq!((contracts_in(center).await.len(), contracts_in(south).await.len()), (0, 1));
}

#[tokio::test]
async fn a_debt_is_overdue_the_day_after_it_was_due() {
    let provider = provider("2026-03-01").await;
    provider.active("ana.lopez").await;
    let filter = CustomerFilter { debt: Some(Debt::Overdue), ..CustomerFilter::default() };
    provider.it_is("2026-03-16");
    assert_eq!(names(&provider, &filter).await, Vec::<String>::new());
    provider.it_is("2026-03-17");
    let page = customers::list(&provider, &provider.may::<SeeCustomers>(), &filter).await.unwrap();
    let row = &page.rows[0];
    assert_eq!(row.overdue_since, Some(workflows::testing::date("2026-03-16")));
    assert_eq!(row.balance.iter().map(ToString::to_string).collect::<Vec<_>>(), ["34.80"]);
    assert_eq!((row.active_contracts, row.cut_contracts), (1, 0));
}

#[tokio::test]
async fn every_order_has_both_directions_and_no_row_twice() {
    let provider = provider("2026-03-01").await;
    for user in ["carla", "ana", "berta"] {
        provider.active(user).await;
    }
    provider.open("zoe", domain::calendar::BillingMode::Prepaid).await;
    for sort in ContractSort::ALL {
        let filter = |direction| ContractFilter { sort: *sort, direction, ..ContractFilter::default() };
        for direction in [Direction::Up, Direction::Down] {
            let mut found = contracts_of(&provider, &filter(direction)).await;
            found.sort();
            assert_eq!(found, ["ana", "berta", "carla", "zoe"], "{sort} {direction:?}");
        }
    }
    let by = |sort, direction| CustomerFilter { sort, direction, ..CustomerFilter::default() };
    assert_eq!(names(&provider, &by(CustomerSort::Name, Direction::Down)).await, ["zoe", "carla", "berta", "ana"]);
    assert_eq!(names(&provider, &by(CustomerSort::Reference, Direction::Up)).await, ["carla", "ana", "berta", "zoe"]);
    let by_customer = ContractFilter { sort: ContractSort::Customer, ..ContractFilter::default() };
    assert_eq!(contracts_of(&provider, &by_customer).await, ["ana", "berta", "carla", "zoe"]);
}

#[tokio::test]
async fn a_page_past_the_end_is_empty_and_knows_the_total() {
    let provider = provider("2026-03-01").await;
    provider.customer("Ana").await;
    let filter = CustomerFilter { page: PageNumber::page(7), ..CustomerFilter::default() };
    let page = customers::list(&provider, &provider.may::<SeeCustomers>(), &filter).await.unwrap();
    assert_eq!((page.rows.len(), page.total, page.number), (0, 1, 7));
}
