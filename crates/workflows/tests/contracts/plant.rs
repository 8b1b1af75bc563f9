//! The fibre plant: what is near, who gets a port, and when it is free again.

use domain::calendar::BillingMode;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{ContractId, CustomerId, NapId, PonPortId, SplitterPortId};
use domain::plant::{FillLevel, PortNow, Ways};
use domain::timeline::Event;
use domain::views::contract_forms::CloseForm;
use domain::views::contract_moves::MoveForm;
use domain::views::plant::{Feasibility, FeasibilityQuestion, NapDetail, NapFilter, PortHolder};
use domain::views::plant_forms::{
    CardForm, ConnectForm, NapForm, OltForm, PlantSettingsForm, ReserveForm, SplitterForm,
};
use workflows::permit::{
    CloseContracts, EditPlant, MoveContracts, ReservePorts, RunBusinessDay, SeeCustomers, SeePlant,
};
use workflows::{contracts, customers, plant, runs};

use crate::provider::{Provider, SQUARE, problems, provider, refusal, text};

/// A walk of 45 metres from the square.
const CORNER: &str = "17.0610, -96.7253";

/// The first PON port of a new OLT.
pub async fn pon(provider: &Provider, name: &str) -> PonPortId {
    let may = provider.may::<EditPlant>();
    let olt = OltForm { name: text(name), model: text("MA5800"), position: text(SQUARE) };
    let olt = plant::create_olt(provider, &may, &olt).await.unwrap();
    let card = CardForm { slot: text("1"), ports: text("8") };
    plant::add_card(provider, &may, olt, &card).await.unwrap();
    let olts = plant::list_olts(provider, &provider.may::<SeePlant>()).await.unwrap();
    olts.iter().find(|row| row.id == olt).unwrap().pons[0].id
}

async fn nap(provider: &Provider, name: &str, position: &str) -> NapId {
    let form = NapForm { name: text(name), position: text(position), capacity: text("16"), ..NapForm::default() };
    plant::create_nap(provider, &provider.may::<EditPlant>(), &form).await.unwrap()
}

pub fn splitter(ways: &str, nap: &str) -> SplitterForm {
    SplitterForm { ways: text(ways), nap: text(nap), ..SplitterForm::default() }
}

pub async fn hang(provider: &Provider, pon: PonPortId, form: &SplitterForm) -> workflows::Result<()> {
    plant::add_splitter(provider, &provider.may::<EditPlant>(), pon, form).await.map(drop)
}

/// A box with two ports at the corner, on a PON port of its own.
async fn small_box(provider: &Provider) -> NapId {
    let pon = pon(provider, "OLT-1").await;
    let nap = nap(provider, "NAP-1", CORNER).await;
    hang(provider, pon, &splitter("2", "NAP-1")).await.unwrap();
    nap
}

async fn show(provider: &Provider, nap: NapId) -> NapDetail {
    plant::show_nap(provider, &provider.may::<SeePlant>(), nap).await.unwrap()
}

async fn port(provider: &Provider, nap: NapId, number: usize) -> SplitterPortId {
    show(provider, nap).await.ports[number - 1].id
}

async fn code(provider: &Provider, contract: ContractId) -> String {
    provider.show(contract).await.code
}

async fn reserve(provider: &Provider, nap: NapId, who: &str) -> workflows::Result<String> {
    let form = ReserveForm { who: text(who), port: String::new() };
    let place = plant::reserve(provider, &provider.may::<ReservePorts>(), nap, &form).await?;
    Ok(place.to_string())
}

async fn connect(provider: &Provider, port: SplitterPortId, contract: ContractId) -> workflows::Result<String> {
    let form = ConnectForm { who: code(provider, contract).await, port: port.to_string() };
    Ok(plant::connect(provider, &provider.may::<EditPlant>(), &form).await?.to_string())
}

/// Which port the contract's page says, and whether it is only kept.
async fn has(provider: &Provider, contract: ContractId) -> Option<(i32, bool)> {
    provider.show(contract).await.port.map(|port| (port.number, port.reserved_until.is_some()))
}

async fn told(provider: &Provider, contract: ContractId) -> Vec<PortNow> {
    let timeline = provider.show(contract).await.timeline;
    let told = timeline.iter().rev().filter_map(|entry| match entry.event {
        Event::Port { now, .. } => Some(now),
        _ => None,
    });
    told.collect()
}

async fn asked(provider: &Provider, at: &str) -> Feasibility {
    let question = FeasibilityQuestion { at: text(at), address: None };
    plant::feasibility(provider, &provider.may::<SeePlant>(), &question).await.unwrap()
}

fn blocked(what: Blocker) -> Failure {
    Failure::Blocked { what }
}

#[tokio::test]
async fn a_box_s_ports_are_those_of_its_splitters_and_a_cascade_loses_light_twice() {
    let provider = provider("2026-03-12").await;
    let pon = pon(&provider, "OLT-1").await;
    let nap = nap(&provider, "NAP-1", CORNER).await;
    hang(&provider, pon, &splitter("4", "")).await.unwrap();
    let see = provider.may::<SeePlant>();
    let first = plant::show_pon(&provider, &see, pon).await.unwrap().splitters.remove(0);
    assert_eq!((first.path.as_slice(), first.open.len()), (&[Ways::Four][..], 4));
    let below = SplitterForm { port: first.open[0].0.to_string(), ..splitter("8", "nap-1") };
    hang(&provider, pon, &below).await.unwrap();
    assert_eq!(refusal(hang(&provider, pon, &below).await), blocked(Blocker::PortTaken), "one thing hangs on a port");
    let on_pon = refusal(hang(&provider, pon, &splitter("8", "NAP-1")).await);
    assert_eq!(on_pon, blocked(Blocker::PortTaken), "and on a PON port");

    let shown = show(&provider, nap).await;
    assert_eq!((shown.nap.fill.ports, shown.ports.len()), (8, 8));
    assert_eq!(shown.splitters[0].path, [Ways::Four, Ways::Eight]);
    assert_eq!(shown.splitters[0].loss(Some(2_000)).to_string(), "18.50");
    assert_eq!(shown.splitters[0].pon.to_string(), "OLT-1 1/0");
    let pon = plant::show_pon(&provider, &see, pon).await.unwrap();
    assert_eq!((pon.fill.ports, pon.splitters[0].taken, pon.splitters[1].parent), (8, 1, Some((first.id, 1))));
}

#[tokio::test]
async fn a_box_takes_no_more_ports_than_fit_in_it_and_keeps_its_numbers() {
    let provider = provider("2026-03-12").await;
    let pon = pon(&provider, "OLT-1").await;
    let nap = nap(&provider, "NAP-1", CORNER).await;
    hang(&provider, pon, &splitter("8", "")).await.unwrap();
    let see = provider.may::<SeePlant>();
    let open = plant::show_pon(&provider, &see, pon).await.unwrap().splitters.remove(0).open;
    let on = |nth: usize, ways: &str| SplitterForm { port: open[nth].0.to_string(), ..splitter(ways, "NAP-1") };
    for nth in 0..2 {
        hang(&provider, pon, &on(nth, "8")).await.unwrap();
    }
    let numbers: Vec<i32> = show(&provider, nap).await.ports.iter().map(|port| port.number).collect();
    assert_eq!(numbers, (1..=16).collect::<Vec<_>>());
    assert_eq!(refusal(hang(&provider, pon, &on(2, "2")).await), blocked(Blocker::NoRoomInBox));
    let nowhere = SplitterForm { nap: text("NAP-99"), ..on(2, "2") };
    assert_eq!(problems(hang(&provider, pon, &nowhere).await), [(text("nap"), Problem::UnknownChoice)]);

    let may = provider.may::<EditPlant>();
    let smaller = NapForm { name: text("NAP-1"), position: text(CORNER), capacity: text("8"), ..NapForm::default() };
    assert_eq!(refusal(plant::edit_nap(&provider, &may, nap, &smaller).await), blocked(Blocker::NoRoomInBox));
    let shown = show(&provider, nap).await;
    plant::remove_splitter(&provider, &may, shown.splitters[0].id).await.unwrap();
    let first = show(&provider, nap).await.ports[0].number;
    assert_eq!(first, 9, "what is written on the pole stays true");
    assert_eq!(refusal(plant::remove_nap(&provider, &may, nap).await), blocked(Blocker::InUse));
    plant::remove_splitter(&provider, &may, shown.splitters[1].id).await.unwrap();
    plant::remove_nap(&provider, &may, nap).await.unwrap();
}

#[tokio::test]
async fn the_nearest_box_with_a_free_port_serves_an_address() {
    let provider = provider("2026-03-12").await;
    let near = small_box(&provider).await;
    let far = nap(&provider, "NAP-2", "17.0640, -96.7253").await;
    let answer = asked(&provider, SQUARE).await;
    assert!(answer.is_possible());
    let found: Vec<_> = answer.naps.iter().map(|found| (found.nap.id, found.metres)).collect();
    assert_eq!(found, [(near, 44)], "those within 300 m only");

    let ana = provider.open("ana", BillingMode::Prepaid).await;
    let by_contract = asked(&provider, &code(&provider, ana).await.to_lowercase()).await;
    assert_eq!((by_contract.naps, by_contract.reserve_for), (answer.naps, code(&provider, ana).await));
    let customer = provider.show(ana).await.customer;
    let by_customer = asked(&provider, &customer.reference).await;
    assert_eq!((by_customer.position.is_some(), by_customer.reserve_for), (true, customer.reference));
    assert!(asked(&provider, "nobody").await.unknown);

    let away = asked(&provider, "17.0700, -96.7253").await;
    assert!(!away.is_possible());
    assert_eq!(away.naps.first().map(|found| (found.nap.id, found.metres)), Some((far, 667)), "what is missing");
    let form = PlantSettingsForm { longest_drop_metres: text("40"), reservation_days: text("7") };
    plant::change_settings(&provider, &provider.may::<EditPlant>(), &form).await.unwrap();
    assert!(!asked(&provider, SQUARE).await.is_possible(), "a shorter drop does not reach");
}

#[tokio::test]
async fn of_two_hundred_who_ask_for_the_last_free_port_one_gets_it() {
    let provider = provider("2026-03-12").await;
    let nap = small_box(&provider).await;
    let ana = provider.active("ana").await;
    connect(&provider, port(&provider, nap, 1).await, ana).await.unwrap();
    let mut references = Vec::new();
    for number in 0..200 {
        let customer = provider.customer(&format!("Seller's customer {number}")).await;
        references.push(reference_of(&provider, customer).await);
    }
    let asking = references.iter().map(|reference| reserve(&provider, nap, reference));
    let answers = futures::future::join_all(asking).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1, "{won:?}");
    assert_eq!(won.into_iter().next().unwrap().unwrap(), "NAP-1/2");
    assert_eq!(lost.len(), 199);
    for answer in lost {
        assert_eq!(refusal(answer), blocked(Blocker::NoPortFree));
    }
    assert_eq!(show(&provider, nap).await.nap.fill.level(), FillLevel::Full);
    let filter = NapFilter { fill: Some(FillLevel::Full), ..NapFilter::default() };
    let (full, _) = plant::list_naps(&provider, &provider.may::<SeePlant>(), &filter).await.unwrap();
    assert_eq!(full.total, 1);
}

async fn reference_of(provider: &Provider, customer: CustomerId) -> String {
    customers::show(provider, &provider.may::<SeeCustomers>(), customer).await.unwrap().reference
}

#[tokio::test]
async fn two_sellers_cannot_name_the_same_port_and_nobody_gets_two() {
    let provider = provider("2026-03-12").await;
    let nap = small_box(&provider).await;
    let (ana, luis) =
        (provider.open("ana", BillingMode::Prepaid).await, provider.open("luis", BillingMode::Prepaid).await);
    let first = port(&provider, nap, 1).await;
    let form = |who: String| ReserveForm { who, port: first.to_string() };
    let may = provider.may::<ReservePorts>();
    plant::reserve(&provider, &may, nap, &form(code(&provider, ana).await)).await.unwrap();
    let second = plant::reserve(&provider, &may, nap, &form(code(&provider, luis).await)).await;
    assert_eq!(refusal(second), blocked(Blocker::PortTaken));
    let again = reserve(&provider, nap, &code(&provider, ana).await).await;
    assert_eq!(refusal(again), blocked(Blocker::HasPort));
    assert_eq!(problems(reserve(&provider, nap, "nobody").await), [(text("who"), Problem::UnknownChoice)]);
    assert_eq!(refusal(connect(&provider, first, luis).await), blocked(Blocker::PortTaken), "it is kept for Ana");
    plant::release(&provider, &may, first).await.unwrap();
    connect(&provider, first, luis).await.unwrap();
    let other = port(&provider, nap, 2).await;
    assert_eq!(refusal(connect(&provider, other, luis).await), blocked(Blocker::HasPort));
    assert_eq!(refusal(connect(&provider, first, ana).await), blocked(Blocker::PortTaken));
    assert_eq!(told(&provider, ana).await, [PortNow::Reserved, PortNow::Released]);
}

#[tokio::test]
async fn activating_a_contract_connects_the_port_that_was_kept_for_it() {
    let provider = provider("2026-03-12").await;
    let nap = small_box(&provider).await;
    let ana = provider.open("ana", BillingMode::Prepaid).await;
    assert_eq!(reserve(&provider, nap, &code(&provider, ana).await).await.unwrap(), "NAP-1/1");
    assert_eq!(has(&provider, ana).await, Some((1, true)));
    provider.activate(ana).await.unwrap();
    assert_eq!(has(&provider, ana).await, Some((1, false)));
    assert_eq!(told(&provider, ana).await, [PortNow::Reserved, PortNow::Connected]);

    // Kept for the customer before there was a contract.
    let luis = provider.open("luis", BillingMode::Prepaid).await;
    let reference = provider.show(luis).await.customer.reference;
    reserve(&provider, nap, &reference).await.unwrap();
    provider.activate(luis).await.unwrap();
    assert_eq!(has(&provider, luis).await, Some((2, false)));
    let ports = show(&provider, nap).await.ports;
    assert!(ports.iter().all(|port| matches!(port.holder, PortHolder::Service { .. })), "{ports:?}");
}

#[tokio::test]
async fn a_contract_that_is_connected_elsewhere_keeps_no_other_port_from_others() {
    let provider = provider("2026-03-12").await;
    let nap = small_box(&provider).await;
    let ana = provider.active("ana").await;
    assert_eq!(reserve(&provider, nap, &code(&provider, ana).await).await.unwrap(), "NAP-1/1");
    connect(&provider, port(&provider, nap, 2).await, ana).await.unwrap();
    assert_eq!(has(&provider, ana).await, Some((2, false)));
    assert_eq!(show(&provider, nap).await.nap.fill.free(), 1, "the one that was kept is free again");
}

#[tokio::test]
async fn a_reservation_is_over_at_its_moment_and_a_night_says_so() {
    let provider = provider("2026-03-12").await;
    let nap = small_box(&provider).await;
    let (ana, luis) =
        (provider.open("ana", BillingMode::Prepaid).await, provider.open("luis", BillingMode::Prepaid).await);
    reserve(&provider, nap, &code(&provider, ana).await).await.unwrap();
    provider.it_is("2026-03-18");
    assert_eq!(has(&provider, ana).await, Some((1, true)));
    provider.it_is("2026-03-19");
    assert_eq!(has(&provider, ana).await, None, "whoever reads sees it free, whatever the nights did");
    assert_eq!(show(&provider, nap).await.nap.fill.free(), 2);
    assert_eq!(reserve(&provider, nap, &code(&provider, luis).await).await.unwrap(), "NAP-1/1", "it is Luis's now");
    provider.activate(ana).await.unwrap();
    assert_eq!(has(&provider, ana).await, None, "what is over connects nobody");

    provider.it_is("2026-03-27");
    let night = runs::run_day(&provider, &provider.may::<RunBusinessDay>(), provider.clock.today()).await.unwrap();
    assert!(night.steps.contains(&(text("plant"), 1, 1, 0)), "{night:?}");
    assert_eq!(told(&provider, luis).await, [PortNow::Reserved, PortNow::Expired]);
}

#[tokio::test]
async fn closing_and_moving_let_go_of_the_port() {
    let provider = provider("2026-03-12").await;
    let nap = small_box(&provider).await;
    let (ana, luis) = (provider.active("ana").await, provider.active("luis").await);
    for (number, contract) in [(1, ana), (2, luis)] {
        connect(&provider, port(&provider, nap, number).await, contract).await.unwrap();
    }
    let form = CloseForm { reason: text("moved away"), ..CloseForm::default() };
    contracts::close(&provider, &provider.may::<CloseContracts>(), ana, &form).await.unwrap();
    let customer = provider.show(luis).await.customer.id;
    let address = provider.address(customer, CORNER).await;
    let form = MoveForm { address: address.to_string(), router: String::new() };
    contracts::relocate(&provider, &provider.may::<MoveContracts>(), luis, &form).await.unwrap();
    assert_eq!(show(&provider, nap).await.nap.fill.free(), 2);
    for contract in [ana, luis] {
        assert_eq!(has(&provider, contract).await, None);
        assert_eq!(told(&provider, contract).await, [PortNow::Connected, PortNow::Released]);
    }
}

#[tokio::test]
async fn a_contract_that_is_closed_while_it_is_connected_or_kept_a_port_has_none() {
    let provider = provider("2026-03-12").await;
    let nap = small_box(&provider).await;
    let first = port(&provider, nap, 1).await;
    let may = provider.may::<CloseContracts>();
    let form = CloseForm { reason: text("moved away"), ..CloseForm::default() };
    for user in ["ana", "luis", "eva"] {
        let active = provider.active(user).await;
        let (connected, closed) =
            tokio::join!(connect(&provider, first, active), contracts::close(&provider, &may, active, &form));
        closed.unwrap();
        let open = provider.open(&format!("{user}.b"), BillingMode::Prepaid).await;
        let called = code(&provider, open).await;
        let (kept, closed) =
            tokio::join!(reserve(&provider, nap, &called), contracts::close(&provider, &may, open, &form));
        closed.unwrap();
        // It was let go of, or it was too late for it and somebody was told so.
        for late in [connected, kept].into_iter().filter(Result::is_err) {
            refusal(late);
        }
        for contract in [active, open] {
            assert_eq!(has(&provider, contract).await, None, "{user}");
        }
        assert_eq!(show(&provider, nap).await.nap.fill.free(), 2, "{user}");
    }
}

#[tokio::test]
async fn a_port_that_serves_somebody_keeps_its_splitter() {
    let provider = provider("2026-03-12").await;
    let nap = small_box(&provider).await;
    let ana = provider.active("ana").await;
    let first = port(&provider, nap, 1).await;
    connect(&provider, first, ana).await.unwrap();
    let may = provider.may::<EditPlant>();
    let splitter = show(&provider, nap).await.splitters[0].id;
    assert_eq!(refusal(plant::remove_splitter(&provider, &may, splitter).await), blocked(Blocker::InUse));
    assert_eq!(show(&provider, nap).await.ports.len(), 2, "and nothing of it is gone");
    plant::disconnect(&provider, &may, ana).await.unwrap();
    assert_eq!(refusal(plant::disconnect(&provider, &may, ana).await), Failure::NotFound);
    plant::remove_splitter(&provider, &may, splitter).await.unwrap();
}
