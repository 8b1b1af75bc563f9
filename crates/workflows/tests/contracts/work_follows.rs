//! Work orders follow contracts, tickets and the removal list, and these follow the visits.

use domain::calendar::BillingMode;
use domain::contract::ContractStateName;
use domain::failure::Failure;
use domain::ids::{ContractId, TicketId};
use domain::role::Role;
use domain::service::ServiceState;
use domain::stock::EquipmentState;
use domain::ticket::TicketState;
use domain::views::collection_orders::{CloseCollectionForm, CollectionOrderFilter, CollectionOutcome};
use domain::views::contract_forms::CloseForm;
use domain::views::contract_moves::{HolderForm, MoveForm};
use domain::views::stock::{StockFilter, StockStanding};
use domain::views::stock_forms::{ModelForm, PlaceForm, ReceiptForm};
use domain::views::ticket_forms::{FaultForm, MessageForm};
use domain::views::tickets::TicketDetail;
use domain::views::work_forms::{ReportForm, WorkForm};
use domain::work_order::{WorkKind, WorkState};
use workflows::permit::{
    Actor, AnswerTickets, ChangeHolders, CloseCollectionOrders, CloseContracts, EditStock, EditWork, MoveContracts,
    OpenTickets, SeeCollectionOrders, SeeStock, SeeTickets,
};
use workflows::{collection_orders, contracts, stock, tickets, work_orders};

use super::work::{done, staff};
use crate::provider::{Provider, problems, provider, refusal, suspension, text};

impl Provider {
    async fn fault(&self, contract: ContractId) -> TicketId {
        let form = FaultForm {
            contract: contract.to_string(),
            category: text("1"),
            body: text("the light is red"),
            idempotency_key: format!("fault-{contract}"),
            ..FaultForm::default()
        };
        let customer = self.show(contract).await.customer.id;
        tickets::open(self, &self.may::<OpenTickets>(), customer, &form).await.unwrap()
    }

    async fn ticket(&self, ticket: TicketId) -> TicketDetail {
        tickets::show(self, &self.may::<SeeTickets>(), ticket).await.unwrap().ticket
    }
}

fn repair(contract: ContractId, ticket: TicketId) -> WorkForm {
    WorkForm { contract: contract.to_string(), kind: text("repair"), ticket: ticket.to_string(), ..WorkForm::default() }
}

#[tokio::test]
async fn a_repair_answers_and_resolves_its_ticket() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let contract = provider.active("ana.lopez").await;
    let ticket = provider.fault(contract).await;
    let permit = provider.may::<EditWork>();
    let order = work_orders::create(&provider, &permit, &repair(contract, ticket)).await.unwrap();
    assert!(work_orders::create(&provider, &permit, &repair(contract, ticket)).await.is_err(), "one is enough");
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    let nobody = ReportForm { outcome: text("failed"), reason: text("nobody_home"), ..done("1") };
    provider.report(&technician, order, &nobody).await.unwrap();
    let after = provider.ticket(ticket).await;
    assert!(after.row.state.is_open() && after.entries.last().unwrap().internal, "staff read what came of it");
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    provider.report(&technician, order, &ReportForm { version: text("4"), ..done("2") }).await.unwrap();
    let after = provider.ticket(ticket).await;
    assert_eq!(after.row.state, TicketState::Resolved);
    let answer = after.entries.iter().find(|entry| !entry.internal && entry.body == "conector nuevo");
    assert_eq!(answer.unwrap().author, "teo");
}

#[tokio::test]
async fn nobody_goes_for_a_fault_that_was_resolved_from_the_desk() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    let ticket = provider.fault(contract).await;
    let order = work_orders::create(&provider, &provider.may::<EditWork>(), &repair(contract, ticket)).await.unwrap();
    let solved = MessageForm { body: text("reinicie"), action: text("resolve"), ..MessageForm::default() };
    tickets::answer(&provider, &provider.may::<AnswerTickets>(), ticket, &solved).await.unwrap();
    let row = provider.order(order).await.row;
    assert_eq!((row.state, row.reason.as_str()), (WorkState::Cancelled, ""));
    let other = provider.active("eva.ruiz").await;
    let another = work_orders::create(&provider, &provider.may::<EditWork>(), &repair(other, ticket)).await;
    assert_eq!(problems(another)[0].0, "ticket");
}

#[tokio::test]
async fn a_fault_that_desk_and_technician_resolve_at_once_is_resolved_by_one_of_them() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let (edit, answer) = (provider.may::<EditWork>(), provider.may::<AnswerTickets>());
    for user in ["ana.lopez", "eva.ruiz", "luis.paz"] {
        let contract = provider.active(user).await;
        let ticket = provider.fault(contract).await;
        let order = work_orders::create(&provider, &edit, &repair(contract, ticket)).await.unwrap();
        provider.assign(order, &technician, "2026-03-12").await.unwrap();
        let solved = MessageForm { body: text("reinicie"), action: text("resolve"), ..MessageForm::default() };
        let mended = done(user);
        let (desk, visit) = tokio::join!(
            tickets::answer(&provider, &answer, ticket, &solved),
            provider.report(&technician, order, &mended),
        );
        assert_ne!(desk.is_ok(), visit.is_ok(), "{desk:?} {visit:?}");
        let state = if visit.is_ok() { WorkState::Done } else { WorkState::Cancelled };
        // Whoever was later is told so, in a sentence.
        refusal(desk.and(visit));
        assert_eq!(provider.ticket(ticket).await.row.state, TicketState::Resolved);
        assert_eq!(provider.order(order).await.row.state, state);
    }
}

#[tokio::test]
async fn what_is_activated_by_hand_or_closed_needs_no_visit() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    assert_eq!(provider.work_of(contract, WorkKind::Install).await.state, WorkState::Cancelled);
    let open = provider.open("eva.ruiz", BillingMode::Prepaid).await;
    let form = CloseForm { reason: text("changed their mind"), ..CloseForm::default() };
    contracts::close(&provider, &provider.may::<CloseContracts>(), open, &form).await.unwrap();
    assert_eq!(provider.work_of(open, WorkKind::Install).await.state, WorkState::Cancelled);
}

#[tokio::test]
async fn a_change_of_address_sends_somebody_to_the_new_one() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    let customer = provider.show(contract).await.customer.id;
    let address = provider.address(customer, "17.09, -96.70").await;
    let form = MoveForm { address: address.to_string(), router: String::new() };
    contracts::relocate(&provider, &provider.may::<MoveContracts>(), contract, &form).await.unwrap();
    let order = provider.work_of(contract, WorkKind::Move).await;
    assert_eq!((order.state, order.position.unwrap().to_string()), (WorkState::Planned, text("17.09, -96.7")));
}

#[tokio::test]
async fn whoever_was_at_the_former_address_without_a_network_finds_out_and_nothing_is_activated() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    let customer = provider.show(contract).await.customer.id;
    let address = provider.address(customer, "17.09, -96.70").await;
    let form = MoveForm { address: address.to_string(), router: String::new() };
    contracts::relocate(&provider, &provider.may::<MoveContracts>(), contract, &form).await.unwrap();

    let there = ReportForm { position: text("17.061111, -96.722222"), ..done("1") };
    assert_eq!(refusal(provider.report(&technician, order, &there).await), Failure::ChangedMeanwhile);
    let page = provider.show(contract).await;
    assert_eq!(page.state.name(), ContractStateName::Open);
    assert_eq!(page.address.facts.position.unwrap().to_string(), "17.09, -96.7", "and nobody moved the new house");
    let row = provider.order(order).await.row;
    assert_eq!((row.state, row.version), (WorkState::Assigned, 3), "it waits for them at the new one");
}

#[tokio::test]
async fn a_removal_takes_the_equipment_back_and_closes_its_collection() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("staff", "removal")).await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::RemovalList);
    let order = provider.work_of(contract, WorkKind::Removal).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    provider.report(&technician, order, &done("1")).await.unwrap();
    let filter = CollectionOrderFilter::default();
    let list = collection_orders::list(&provider, &provider.may::<SeeCollectionOrders>(), &filter).await.unwrap();
    let collection = &list.rows[0];
    assert_eq!(collection.outcome, Some(CollectionOutcome::Collected));
    assert_eq!(collection.closed_by.as_deref(), Some("teo"));
}

#[tokio::test]
async fn equipment_that_office_and_technician_bring_at_once_is_brought_by_one_of_them() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let permit = provider.may::<CloseCollectionOrders>();
    for user in ["ana.lopez", "eva.ruiz", "luis.paz"] {
        let contract = provider.active(user).await;
        provider.suspend(contract, &suspension("staff", "removal")).await.unwrap();
        let order = provider.work_of(contract, WorkKind::Removal).await.id;
        provider.assign(order, &technician, "2026-03-12").await.unwrap();
        // The newest.
        let filter = CollectionOrderFilter::default();
        let list = collection_orders::list(&provider, &provider.may::<SeeCollectionOrders>(), &filter).await.unwrap();
        let form = CloseCollectionForm { outcome: text("returned"), ..CloseCollectionForm::default() };
        let brought = done(user);
        let (office, visit) = tokio::join!(
            collection_orders::close(&provider, &permit, list.rows[0].id, &form),
            provider.report(&technician, order, &brought),
        );
        assert_ne!(office.is_ok(), visit.is_ok(), "{office:?} {visit:?}");
        let state = if visit.is_ok() { WorkState::Done } else { WorkState::Cancelled };
        refusal(office.and(visit));
        assert_eq!(provider.order(order).await.row.state, state);
    }
}

/// An ONU in the technician's van.
async fn onu_in_the_van(provider: &Provider, technician: &Actor, serial: &str) {
    let permit = provider.may::<EditStock>();
    let model = ModelForm { kind: text("onu"), maker: text("Huawei"), name: text("HG8145V5") };
    let model = stock::add_model(provider, &permit, &model).await.unwrap();
    let technician = technician.user_id().unwrap().to_string();
    let van = PlaceForm { kind: text("van"), name: text("Furgón 1"), technician };
    let van = stock::add_place(provider, &permit, &van).await.unwrap();
    let receipt =
        ReceiptForm { model: model.to_string(), place: van.to_string(), lines: text(serial), ..ReceiptForm::default() };
    let receipt = stock::draft(provider, &permit, &receipt).await.unwrap();
    stock::receive(provider, &permit, receipt).await.unwrap();
}

async fn whereabouts(provider: &Provider, serial: &str) -> EquipmentState {
    let mut connection = provider.connection().await.unwrap();
    let item = store::stock::by_serial(&mut connection, &serial.parse().unwrap()).await.unwrap().unwrap();
    store::stock::get(&mut connection, item).await.unwrap().custody.whereabouts.state()
}

#[tokio::test]
async fn an_onu_goes_from_the_van_to_the_customer_and_a_removal_brings_it_back_to_stock() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    onu_in_the_van(&provider, &technician, "HWTC0001").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    let report = ReportForm { serial: text("hwtc0001"), ..done("1") };
    provider.report(&technician, order, &report).await.unwrap();
    assert_eq!(whereabouts(&provider, "HWTC0001").await, EquipmentState::Installed);

    provider.suspend(contract, &suspension("staff", "removal")).await.unwrap();
    let order = provider.work_of(contract, WorkKind::Removal).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    provider.report(&technician, order, &done("2")).await.unwrap();
    assert_eq!(whereabouts(&provider, "HWTC0001").await, EquipmentState::InStock, "into the own van");
    assert_eq!(provider.show(contract).await.network.unwrap().onu_serial, None);
}

#[tokio::test]
async fn nobody_goes_for_equipment_that_was_brought_or_that_the_customer_keeps() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("staff", "removal")).await.unwrap();
    let filter = CollectionOrderFilter::default();
    let list = collection_orders::list(&provider, &provider.may::<SeeCollectionOrders>(), &filter).await.unwrap();
    let form = CloseCollectionForm { outcome: text("returned"), ..CloseCollectionForm::default() };
    let permit = provider.may::<CloseCollectionOrders>();
    collection_orders::close(&provider, &permit, list.rows[0].id, &form).await.unwrap();
    assert_eq!(provider.work_of(contract, WorkKind::Removal).await.state, WorkState::Cancelled);

    let kept = provider.active("eva.ruiz").await;
    provider.suspend(kept, &suspension("staff", "removal")).await.unwrap();
    provider.restore(kept, "staff").await.unwrap();
    assert_eq!(provider.work_of(kept, WorkKind::Removal).await.state, WorkState::Cancelled);
}

#[tokio::test]
async fn equipment_that_was_to_be_fetched_stays_with_the_new_holder() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    onu_in_the_van(&provider, &technician, "HWTC0001").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    let report = ReportForm { serial: text("hwtc0001"), ..done("1") };
    provider.report(&technician, order, &report).await.unwrap();
    let to_fetch = async || {
        let filter = StockFilter { standing: Some(StockStanding::ComesBack), ..StockFilter::default() };
        stock::list(&provider, &provider.may::<SeeStock>(), &filter).await.unwrap().page.total
    };
    provider.suspend(contract, &suspension("staff", "removal")).await.unwrap();
    assert_eq!(to_fetch().await, 1);

    provider.it_is("2026-03-20");
    let heir = provider.customer("Eva").await;
    let form = HolderForm { customer: heir.to_string(), on: String::new() };
    let new = contracts::change_holder(&provider, &provider.may::<ChangeHolders>(), contract, &form).await.unwrap();
    assert_eq!(provider.show(new).await.service, ServiceState::Active);
    assert_eq!(to_fetch().await, 0, "it serves the new holder");
    assert_eq!(provider.work_of(contract, WorkKind::Removal).await.state, WorkState::Cancelled);
    let filter = CollectionOrderFilter::default();
    let list = collection_orders::list(&provider, &provider.may::<SeeCollectionOrders>(), &filter).await.unwrap();
    assert_eq!(list.rows[0].outcome, Some(CollectionOutcome::NotNeeded));
}
