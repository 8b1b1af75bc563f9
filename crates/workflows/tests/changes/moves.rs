//! Another address, another holder.

use domain::contract::ContractStateName;
use domain::failure::Problem;
use domain::invoice::DocumentKind;
use domain::service::ServiceState;
use domain::views::contract_moves::{HolderForm, MoveForm};
use workflows::contracts;
use workflows::permit::{ChangeHolders, MoveContracts};

use crate::provider::{SQUARE, add_router, problems, provider, text};

#[tokio::test]
async fn the_service_moves_with_the_customer_and_the_router_that_it_leaves_is_cleared() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let customer = provider.show(contract).await.customer.id;
    let (address, south) = (provider.address(customer, SQUARE).await, add_router(&provider, "sur").await);
    let before = provider.waiting().await;
    let form = MoveForm { address: address.to_string(), router: south.to_string() };
    contracts::relocate(&provider, &provider.may::<MoveContracts>(), contract, &form).await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!((page.address.id, page.network.unwrap().router.id), (address, south));
    assert_eq!(provider.waiting().await, before + 1, "one job for each router");
    assert_eq!(provider.documents(contract, DocumentKind::CreditNote).await.len(), 0);
}

#[tokio::test]
async fn nobody_moves_to_another_customers_address() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let other = provider.customer("luis").await;
    let address = provider.address(other, SQUARE).await.to_string();
    let form = MoveForm { address, router: String::new() };
    let answer = contracts::relocate(&provider, &provider.may::<MoveContracts>(), contract, &form).await;
    assert_eq!(problems(answer), [(text("address"), Problem::UnknownChoice)]);
}

#[tokio::test]
async fn each_holder_pays_for_their_own_days_and_debts_stay_with_the_old_one() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let heir = provider.customer("Eva").await;
    provider.it_is("2026-04-21");
    let form = HolderForm { customer: heir.to_string(), on: String::new() };
    let new = contracts::change_holder(&provider, &provider.may::<ChangeHolders>(), contract, &form).await.unwrap();
    let (old, page) = (provider.show(contract).await, provider.show(new).await);
    assert_eq!((old.state.name(), page.state.name()), (ContractStateName::Closed, ContractStateName::Active));
    assert_eq!(old.money.owed.to_string(), "23.20", "1 to 20 April");
    assert_eq!((page.customer.id, page.money.owed.to_string()), (heir, text("11.60")), "21 to 30 April");
    assert_eq!((page.service, page.network.is_some(), old.network.is_some()), (ServiceState::Active, true, false));
    provider.nights_up_to("2026-05-01").await;
    assert_eq!(provider.documents(contract, DocumentKind::Invoice).await.len(), 1);
    assert_eq!(provider.documents(new, DocumentKind::Invoice).await.len(), 2);
}
