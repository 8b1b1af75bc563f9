//! Who has which address: given, kept back, let go of, and never twice.

use domain::calendar::BillingMode;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{AddressPoolId, ContractId};
use domain::views::contract_forms::{CloseForm, ServiceForm};
use domain::views::pools::{AddressFilter, AddressHolder, PoolDetail, PoolFilter, PoolForm, ReservationForm};
use workflows::permit::{CloseContracts, EditPools, SeePools};
use workflows::{contracts, pools};

use crate::provider::{Provider, add_router, problems, provider, refusal, text};

fn network(provider: &Provider, name: &str, network: &str) -> PoolForm {
    PoolForm { name: text(name), router: provider.router.to_string(), network: text(network), ..PoolForm::default() }
}

async fn create(provider: &Provider, form: &PoolForm) -> workflows::Result<AddressPoolId> {
    pools::create(provider, &provider.may::<EditPools>(), form).await
}

async fn show(provider: &Provider, pool: AddressPoolId) -> PoolDetail {
    pools::show(provider, &provider.may::<SeePools>(), pool, &AddressFilter::default()).await.unwrap()
}

async fn reserve(provider: &Provider, pool: AddressPoolId, address: &str) -> workflows::Result<()> {
    let form = ReservationForm { address: text(address), why: text("the router itself") };
    pools::reserve(provider, &provider.may::<EditPools>(), pool, &form).await
}

fn from(pool: AddressPoolId, provider: &Provider, user: &str) -> ServiceForm {
    ServiceForm { pool: pool.to_string(), ..provider.pppoe(user) }
}

fn at(ip: &str, provider: &Provider, user: &str) -> ServiceForm {
    ServiceForm { ip: text(ip), ..provider.pppoe(user) }
}

async fn address(provider: &Provider, contract: ContractId) -> String {
    provider.show(contract).await.network.unwrap().ip.map(|ip| ip.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn the_next_free_address_is_given_and_releasing_it_frees_it() {
    let provider = provider("2026-03-12").await;
    let pool = create(&provider, &network(&provider, "Centro", "10.8.0.0/29")).await.unwrap();
    reserve(&provider, pool, "10.8.0.1").await.unwrap();
    let (ana, luis) = (provider.active("ana").await, provider.open("luis", BillingMode::Prepaid).await);
    provider.set_service(ana, &from(pool, &provider, "ana")).await.unwrap();
    provider.set_service(luis, &from(pool, &provider, "luis")).await.unwrap();
    assert_eq!((address(&provider, ana).await, address(&provider, luis).await), (text("10.8.0.2"), text("10.8.0.3")));
    let shown = show(&provider, pool).await;
    assert_eq!((shown.pool.given, shown.pool.reserved, shown.pool.free), (2, 1, 3));
    assert_eq!(shown.next_free.unwrap().to_string(), "10.8.0.4");
    let code = provider.show(ana).await.code;
    let holders: Vec<_> = shown.addresses.rows.into_iter().map(|row| row.holder).collect();
    assert!(matches!(&holders[0], AddressHolder::Reserved { why, .. } if why == "the router itself"), "{holders:?}");
    assert!(matches!(&holders[1], AddressHolder::Service { contract_code, .. } if *contract_code == code));

    let form = CloseForm { reason: text("moved away"), ..CloseForm::default() };
    contracts::close(&provider, &provider.may::<CloseContracts>(), ana, &form).await.unwrap();
    assert_eq!(show(&provider, pool).await.next_free.unwrap().to_string(), "10.8.0.2");
}

#[tokio::test]
async fn an_address_that_nobody_can_have_is_refused_by_the_database_and_told_at_the_field() {
    let provider = provider("2026-03-12").await;
    let form = PoolForm {
        dynamic_from: text("10.8.0.100"),
        dynamic_to: text("10.8.0.200"),
        dynamic_name: text("clientes"),
        ..network(&provider, "Centro", "10.8.0.0/24")
    };
    let pool = create(&provider, &form).await.unwrap();
    reserve(&provider, pool, "10.8.0.1").await.unwrap();
    let ana = provider.open("ana", BillingMode::Prepaid).await;
    for (ip, problem) in [
        ("10.8.0.1", Problem::Reserved),
        ("10.8.0.150", Problem::HandedOut),
        ("10.8.0.0", Problem::OutsideNetwork),
        ("10.8.0.255", Problem::OutsideNetwork),
    ] {
        let refused = provider.set_service(ana, &at(ip, &provider, "ana")).await;
        assert_eq!(problems(refused), [(text("ip"), problem)], "{ip}");
    }
    provider.set_service(ana, &at("10.8.0.99", &provider, "ana")).await.unwrap();
    assert_eq!(problems(reserve(&provider, pool, "10.8.0.99").await), [(text("address"), Problem::AlreadyGiven)]);
    assert_eq!(problems(reserve(&provider, pool, "10.8.0.1").await), [(text("address"), Problem::Reserved)]);
    assert_eq!(problems(reserve(&provider, pool, "10.9.0.1").await), [(text("address"), Problem::OutsideNetwork)]);
    let over_ana = PoolForm { dynamic_from: text("10.8.0.90"), ..form };
    let refused = pools::edit(&provider, &provider.may::<EditPools>(), pool, &over_ana).await;
    assert_eq!(problems(refused), [(text("dynamic_from"), Problem::AlreadyGiven)]);
}

#[tokio::test]
async fn what_the_router_hands_out_is_not_reserved_and_what_is_reserved_is_not_handed_out() {
    let provider = provider("2026-03-12").await;
    let form = PoolForm {
        dynamic_from: text("10.8.0.100"),
        dynamic_to: text("10.8.0.200"),
        dynamic_name: text("clientes"),
        ..network(&provider, "Centro", "10.8.0.0/24")
    };
    let pool = create(&provider, &form).await.unwrap();
    for address in ["10.8.0.100", "10.8.0.150", "10.8.0.200"] {
        let refused = reserve(&provider, pool, address).await;
        assert_eq!(problems(refused), [(text("address"), Problem::HandedOut)], "{address}");
    }
    for address in ["10.8.0.99", "10.8.0.201"] {
        reserve(&provider, pool, address).await.unwrap();
    }
    let edit = async |form: &PoolForm| pools::edit(&provider, &provider.may::<EditPools>(), pool, form).await;
    for wider in [
        PoolForm { dynamic_from: text("10.8.0.99"), ..form.clone() },
        PoolForm { dynamic_to: text("10.8.0.201"), ..form.clone() },
    ] {
        assert_eq!(problems(edit(&wider).await), [(text("dynamic_from"), Problem::Reserved)]);
    }
    edit(&PoolForm { dynamic_to: text("10.8.0.180"), ..form }).await.unwrap();
    reserve(&provider, pool, "10.8.0.190").await.unwrap();
}

#[tokio::test]
async fn many_who_take_the_next_address_at_once_get_one_each_until_none_is_left() {
    let provider = provider("2026-03-12").await;
    let pool = create(&provider, &network(&provider, "Centro", "10.8.0.0/29")).await.unwrap();
    let mut contracts = Vec::new();
    for number in 0..8 {
        contracts.push(provider.open(&format!("user{number}"), BillingMode::Prepaid).await);
    }
    let forms: Vec<ServiceForm> = (0..8).map(|number| from(pool, &provider, &format!("user{number}"))).collect();
    let taking = contracts.iter().zip(&forms).map(|(contract, form)| provider.set_service(*contract, form));
    let answers = futures::future::join_all(taking).await;
    let (given, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(given.len(), 6, "as many as the network has");
    for answer in refused {
        assert_eq!(problems(answer), [(text("pool"), Problem::NoneFree)]);
    }
    let shown = show(&provider, pool).await;
    assert_eq!((shown.pool.free, shown.next_free), (0, None));
}

#[tokio::test]
async fn networks_of_one_router_do_not_overlap_and_those_of_two_may() {
    let provider = provider("2026-03-12").await;
    create(&provider, &network(&provider, "Centro", "10.8.0.0/24")).await.unwrap();
    let part = network(&provider, "Parte", "10.8.0.128/25");
    assert_eq!(problems(create(&provider, &part).await), [(text("network"), Problem::NetworkOverlaps)]);
    let twin = network(&provider, "Centro", "10.9.0.0/24");
    assert_eq!(problems(create(&provider, &twin).await), [(text("name"), Problem::Taken { by: text("Centro") })]);
    let south = add_router(&provider, "sur").await;
    let elsewhere = PoolForm { router: south.to_string(), ..part };
    create(&provider, &elsewhere).await.unwrap();
}

#[tokio::test]
async fn a_network_of_another_router_gives_nothing_here() {
    let provider = provider("2026-03-12").await;
    let south = add_router(&provider, "sur").await;
    let form = PoolForm { router: south.to_string(), ..network(&provider, "Sur", "10.8.0.0/24") };
    let pool = create(&provider, &form).await.unwrap();
    let ana = provider.open("ana", BillingMode::Prepaid).await;
    let refused = provider.set_service(ana, &from(pool, &provider, "ana")).await;
    assert_eq!(problems(refused), [(text("pool"), Problem::OfAnotherRouter)]);
    let unknown = ServiceForm { pool: text("999"), ..provider.pppoe("ana") };
    let refused = provider.set_service(ana, &unknown).await;
    assert_eq!(problems(refused), [(text("pool"), Problem::UnknownChoice)]);
}

#[tokio::test]
async fn a_network_is_removed_when_nobody_has_an_address_of_it() {
    let provider = provider("2026-03-12").await;
    let pool = create(&provider, &network(&provider, "Centro", "10.8.0.0/24")).await.unwrap();
    let ana = provider.open("ana", BillingMode::Prepaid).await;
    provider.set_service(ana, &from(pool, &provider, "ana")).await.unwrap();
    let may = provider.may::<EditPools>();
    let refused = refusal(pools::remove(&provider, &may, pool).await);
    assert_eq!(refused, Failure::Blocked { what: Blocker::InUse });
    provider.set_service(ana, &provider.pppoe("ana")).await.unwrap();
    pools::remove(&provider, &may, pool).await.unwrap();
    let left = pools::list(&provider, &provider.may::<SeePools>(), &PoolFilter::default()).await.unwrap();
    assert_eq!(left.total, 0);
}

#[tokio::test]
async fn a_prefix_of_version_6_is_one_service_s_alone() {
    let provider = provider("2026-03-12").await;
    let (ana, luis) =
        (provider.open("ana", BillingMode::Prepaid).await, provider.open("luis", BillingMode::Prepaid).await);
    let with = |user: &str, prefix: &str| ServiceForm { ipv6_prefix: text(prefix), ..provider.pppoe(user) };
    provider.set_service(ana, &with("ana", "2001:db8::/48")).await.unwrap();
    let code = provider.show(ana).await.code;
    let refused = provider.set_service(luis, &with("luis", "2001:db8:0:7::/64")).await;
    assert_eq!(problems(refused), [(text("ipv6_prefix"), Problem::Taken { by: code })], "it lies within the other");
    provider.set_service(luis, &with("luis", "2001:db8:1::/48")).await.unwrap();
    assert_eq!(provider.show(luis).await.network.unwrap().ipv6_prefix.unwrap().to_string(), "2001:db8:1::/48");
}

#[tokio::test]
async fn one_onu_serves_one_service() {
    let provider = provider("2026-03-12").await;
    let (ana, luis) =
        (provider.open("ana", BillingMode::Prepaid).await, provider.open("luis", BillingMode::Prepaid).await);
    let with = |user: &str| ServiceForm { onu_serial: text("HWTC12345678"), ..provider.pppoe(user) };
    let (ana_s, luis_s) = (with("ana"), with("luis"));
    let (one, other) = tokio::join!(provider.set_service(ana, &ana_s), provider.set_service(luis, &luis_s));
    let refused = problems(if one.is_ok() { other } else { one });
    assert!(matches!(&refused[..], [(field, Problem::Taken { .. })] if field == "onu_serial"), "{refused:?}");
}
