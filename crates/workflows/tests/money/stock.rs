//! Equipment from the box to the customer's wall and back.

use domain::failure::{Failure, Problem};
use domain::stock::{EquipmentState, MoveKind, Ownership, StockError};
use domain::stock_receipt::GoodsProblem;
use domain::timeline::Event;
use domain::views::collection_orders::{CloseCollectionForm, CollectionOrderFilter};
use domain::views::contract_forms::{CloseForm, ServiceForm};
use domain::views::stock::{Judged, Located, StockCounts, StockFilter, StockStanding};
use domain::views::stock_forms::{InstallHereForm, ModelForm, MoveManyForm, SellForm, ToPlaceForm, WhyForm};
use workflows::permit::{
    CloseCollectionOrders, CloseContracts, EditStock, MoveStock, SeeCollectionOrders, SeeStock, SellEquipment,
};
use workflows::{collection_orders, contracts, stock};

use crate::depot::depot;
use crate::provider::{problems, refusal, suspension, text};

fn refused(error: StockError) -> Failure {
    error.into()
}

#[tokio::test]
async fn a_piece_goes_to_the_van_to_the_customer_and_back_and_its_history_says_so() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    let to_van = ToPlaceForm { to: depot.van.to_string(), reason: text("mañana en Centro") };
    stock::transfer(&depot.provider, &depot.may::<MoveStock>(), item, &to_van).await.unwrap();
    depot.install(item, contract).await.unwrap();
    assert_eq!(depot.onu_of(contract).await.as_deref(), Some("HWTC00000001"), "the service knows its ONU");
    depot.take_back(item).await.unwrap();
    assert_eq!(depot.onu_of(contract).await, None);
    let page = depot.piece_page(item).await;
    let moves: Vec<_> = page.moves.iter().map(|line| line.kind).collect();
    assert_eq!(moves, [MoveKind::TakenBack, MoveKind::Installed, MoveKind::Transferred, MoveKind::Received]);
    assert_eq!((page.moves[2].reason.as_str(), page.moves[3].reason.as_str()), ("mañana en Centro", "Entrega 7"));
    assert!(matches!(&page.row.located, Located::InStock { place } if place.id == depot.warehouse));
    let story = depot.show(contract).await.timeline;
    let told = story.iter().filter(|entry| matches!(entry.event, Event::Equipment { .. }));
    assert_eq!(told.count(), 2, "came and went");
}

#[tokio::test]
async fn two_who_install_the_same_onu_at_once_install_it_once() {
    let depot = depot("2026-04-01").await;
    let (ana, luis) = (depot.active("ana.lopez").await, depot.active("luis.paz").await);
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    let (one, other) = tokio::join!(depot.install(item, ana), depot.install(item, luis));
    let (won, lost) = if one.is_ok() { (ana, other) } else { (luis, one) };
    assert_eq!(refusal(lost), refused(StockError::Whereabouts { state: EquipmentState::Installed }));
    let page = depot.piece_page(item).await;
    assert!(matches!(&page.row.located, Located::Installed { contract, .. } if contract.id == won));
    assert_eq!(page.moves.len(), 2);
}

#[tokio::test]
async fn a_service_has_one_onu_whoever_is_faster_and_as_many_routers_as_it_likes() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    let first = depot.piece(depot.onu, "HWTC00000001").await;
    let second = depot.piece(depot.onu, "HWTC00000002").await;
    let (one, other) = tokio::join!(depot.install(first, contract), depot.install(second, contract));
    assert_ne!(one.is_ok(), other.is_ok(), "one of them");
    let lost = if one.is_ok() { other } else { one };
    assert_eq!(refusal(lost), refused(StockError::HasOnu));
    for serial in ["AX3-0001", "AX3-0002"] {
        let router = depot.piece(depot.router, serial).await;
        depot.install(router, contract).await.unwrap();
    }
    let serving = stock::of_contract(&depot.provider, &depot.may::<SeeStock>(), contract).await.unwrap();
    assert_eq!(serving.len(), 3);
}

#[tokio::test]
async fn history_is_not_changed_and_nothing_is_moved_behind_it() {
    let depot = depot("2026-04-01").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    let mut connection = depot.connection().await.unwrap();
    let refused = |answer: store::Result<()>| matches!(answer, Err(store::Error::Refused { .. }));
    assert!(refused(store::testing::stock::rewrite_history(&mut connection, item).await));
    assert!(refused(store::testing::stock::forget_history(&mut connection, item).await));
    assert!(refused(store::testing::stock::put_elsewhere(&mut connection, item, depot.van).await));
    let page = depot.piece_page(item).await;
    assert!(matches!(&page.row.located, Located::InStock { place } if place.id == depot.warehouse));
    assert_eq!(page.moves[0].reason, "Entrega 7");
}

#[tokio::test]
async fn what_is_damaged_in_a_bulk_waits_as_it_was_typed_until_it_is_mended() {
    let depot = depot("2026-04-01").await;
    let known = depot.piece(depot.onu, "HWTC00000001").await;
    let typed = "serie;mac;modelo\nHWTC00000001;;\nhwtc00000002;02AA00000002;\nHW;;\nHWTC00000003;nada;\n\
                 HWTC00000004;;Sagem X\nHWTC00000002;;\nAX3-0001;02AA00000009;ax3";
    let receipt = depot.draft(depot.onu, typed).await;
    let page = stock::show_receipt(&depot.provider, &depot.may::<EditStock>(), receipt).await.unwrap();
    let wrong: Vec<_> = page.lines.iter().filter_map(|line| wrong(line.number, &line.judged)).collect();
    assert_eq!(
        wrong,
        [
            (2, GoodsProblem::KnownSerial { item: known }),
            (4, GoodsProblem::NoSerial),
            (5, GoodsProblem::NotAMac { typed: text("nada") }),
            (6, GoodsProblem::UnknownModel { typed: text("Sagem X") }),
            (7, GoodsProblem::Twice { line: 3 }),
        ]
    );
    assert_eq!(depot.counts().await.in_stock, 1, "nothing was received by looking");
    assert_eq!(depot.receive(receipt).await, (2, 5));
    let router = depot.piece_page(depot.find("02aa00000009").await).await.row;
    assert_eq!((router.serial.as_str(), router.model.id), ("AX3-0001", depot.router), "found by its MAC");
    let page = stock::show_receipt(&depot.provider, &depot.may::<EditStock>(), receipt).await.unwrap();
    let left = "serie;mac;modelo\nHWTC00000001;;\nHW;;\nHWTC00000003;nada;\nHWTC00000004;;Sagem X\nHWTC00000002;;";
    assert_eq!((page.rest.as_str(), page.received), (left, 2));
    let mended = "serie;mac;modelo\nHWTC00000003;02AA00000003;\nHWTC00000004;;HG8145V5";
    stock::edit_receipt(&depot.provider, &depot.may::<EditStock>(), receipt, mended).await.unwrap();
    assert_eq!(depot.receive(receipt).await, (2, 0));
    assert_eq!(depot.counts().await.in_stock, 5);
}

fn wrong(number: usize, judged: &Judged) -> Option<(usize, GoodsProblem)> {
    match judged {
        Judged::Wrong { problem } => Some((number, problem.clone())),
        Judged::Fine { .. } => None,
    }
}

#[tokio::test]
async fn a_serial_is_one_piece_also_when_two_receive_it_at_once() {
    let depot = depot("2026-04-01").await;
    let (one, other) = (depot.draft(depot.onu, "HWTC00000001").await, depot.draft(depot.onu, "hwtc00000001").await);
    let permit = depot.may::<EditStock>();
    let (one, other) =
        tokio::join!(stock::receive(&depot.provider, &permit, one), stock::receive(&depot.provider, &permit, other));
    let received: usize = [one, other].into_iter().flatten().map(|(received, _)| received).sum();
    assert_eq!((received, depot.counts().await.in_stock), (1, 1));
}

#[tokio::test]
async fn an_onu_that_served_before_there_was_a_stock_is_received_where_it_serves() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    let service = ServiceForm { onu_serial: text("HWTC00000001"), ..depot.pppoe("ana.lopez") };
    depot.set_service(contract, &service).await.unwrap();
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    let page = depot.piece_page(item).await;
    assert!(matches!(&page.row.located, Located::Installed { contract: serves, .. } if serves.id == contract));
}

#[tokio::test]
async fn the_onu_that_is_typed_at_a_service_is_installed_and_stays_until_it_is_taken_back() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    let with = |serial: &str| ServiceForm { onu_serial: text(serial), ..depot.pppoe("ana.lopez") };
    depot.set_service(contract, &with("hwtc00000001")).await.unwrap();
    assert_eq!(depot.piece_page(item).await.custody.whereabouts.state(), EquipmentState::Installed);
    let kept = problems(depot.set_service(contract, &with("")).await);
    assert_eq!(kept, [(text("onu_serial"), Problem::HasOnu { serial: text("HWTC00000001") })]);
    depot.take_back(item).await.unwrap();
    depot.set_service(contract, &with("")).await.unwrap();
}

#[tokio::test]
async fn a_serial_that_nothing_has_is_said_at_the_field_unless_it_is_the_customers_own() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    let form = InstallHereForm { serial: text("HWTC99999999"), ..InstallHereForm::default() };
    let answer = stock::install_here(&depot.provider, &depot.may::<MoveStock>(), contract, &form).await;
    assert_eq!(problems(answer), [(text("serial"), Problem::NotInStock)]);
    let own = InstallHereForm { own_model: depot.onu.to_string(), ..form };
    stock::install_here(&depot.provider, &depot.may::<MoveStock>(), contract, &own).await.unwrap();
    let page = depot.piece_page(depot.find("HWTC99999999").await).await;
    assert_eq!((page.row.ownership, page.moves[1].kind), (Ownership::Customer, MoveKind::Brought));
}

#[tokio::test]
async fn when_a_lease_ends_the_equipment_is_the_customers_and_does_not_come_back() {
    let depot = depot("2026-01-01").await;
    let contract = depot.active("ana.lopez").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    depot.lease(contract, "hwtc00000001").await;
    depot.install(item, contract).await.unwrap();
    assert_eq!(depot.piece_page(item).await.row.ownership, Ownership::Leased);
    depot.nights_up_to("2027-01-01").await;
    let page = depot.piece_page(item).await;
    assert_eq!((page.row.ownership, page.moves[0].kind), (Ownership::Customer, MoveKind::Passed));
    let theirs = refused(StockError::NotOurs { ownership: Ownership::Customer });
    assert_eq!(refusal(depot.take_back(item).await), theirs);
    let why = WhyForm { reason: text("bought another") };
    stock::leave(&depot.provider, &depot.may::<MoveStock>(), item, &why).await.unwrap();
    assert!(matches!(depot.piece_page(item).await.row.located, Located::WithCustomer { .. }));
}

#[tokio::test]
async fn a_lease_that_ends_with_its_contract_leaves_equipment_that_must_come_back() {
    let depot = depot("2026-01-01").await;
    let contract = depot.active("ana.lopez").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    depot.install(item, contract).await.unwrap();
    depot.lease(contract, "HWTC00000001").await;
    assert_eq!(depot.piece_page(item).await.row.ownership, Ownership::Leased, "what serves already is leased at once");
    depot.it_is("2026-01-20");
    let close = CloseForm { reason: text("moved away"), ..CloseForm::default() };
    contracts::close(&depot.provider, &depot.may::<CloseContracts>(), contract, &close).await.unwrap();
    let page = depot.piece_page(item).await;
    assert_eq!((page.row.ownership, page.row.comes_back), (Ownership::Ours, true));
    assert_eq!(depot.counts().await.comes_back, 1);
    assert_eq!(depot.show(contract).await.collection.unwrap().outcome, None, "somebody goes for it");
    let other = depot.piece(depot.onu, "HWTC00000002").await;
    assert_eq!(refusal(depot.install(other, contract).await), refused(StockError::ContractClosed));
    depot.take_back(item).await.unwrap();
    assert_eq!((depot.counts().await.comes_back, depot.piece_page(item).await.row.comes_back), (0, false));
}

#[tokio::test]
async fn what_must_come_back_follows_its_contract_and_whose_it_is() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    depot.install(item, contract).await.unwrap();
    depot.piece(depot.router, "AX3-0001").await;
    let due = StockFilter { standing: Some(StockStanding::ComesBack), ..StockFilter::default() };
    let due = async || {
        let list = stock::list(&depot.provider, &depot.may::<SeeStock>(), &due).await.unwrap();
        assert_eq!(list.page.total, i64::try_from(list.page.rows.len()).unwrap(), "the figure is the list");
        list.page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert!(due().await.is_empty());
    depot.suspend(contract, &suspension("staff", "removal")).await.unwrap();
    assert_eq!(due().await, [item]);
    depot.restore(contract, "staff").await.unwrap();
    assert!(due().await.is_empty(), "the contract goes on");
    depot.suspend(contract, &suspension("staff", "removal")).await.unwrap();
    let form = SellForm { price: text("50.00"), tax: depot.tax().await, ..SellForm::default() };
    stock::sell(&depot.provider, &depot.may::<SellEquipment>(), item, &form).await.unwrap();
    assert!(due().await.is_empty(), "it was sold");
}

#[tokio::test]
async fn closing_a_contract_sends_for_what_is_ours_and_for_nothing_else() {
    let depot = depot("2026-04-01").await;
    for (user, serial, sold) in [("ana.lopez", "HWTC00000001", false), ("luis.paz", "HWTC00000002", true)] {
        let contract = depot.active(user).await;
        let item = depot.piece(depot.onu, serial).await;
        depot.install(item, contract).await.unwrap();
        if sold {
            let form = SellForm { price: text("50.00"), tax: depot.tax().await, ..SellForm::default() };
            stock::sell(&depot.provider, &depot.may::<SellEquipment>(), item, &form).await.unwrap();
        }
        let close = CloseForm { reason: text("moved away"), ..CloseForm::default() };
        contracts::close(&depot.provider, &depot.may::<CloseContracts>(), contract, &close).await.unwrap();
        assert_eq!(depot.show(contract).await.collection.is_some(), !sold, "{user}");
    }
}

#[tokio::test]
async fn what_was_collected_is_back_in_stock_where_it_was_brought() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    depot.install(item, contract).await.unwrap();
    for day in ["2026-04-26", "2026-05-16", "2026-06-15"] {
        depot.nights_up_to(day).await;
    }
    let due = StockFilter { standing: Some(StockStanding::ComesBack), ..StockFilter::default() };
    let rows = stock::list(&depot.provider, &depot.may::<SeeStock>(), &due).await.unwrap().page.rows;
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [item]);
    let filter = CollectionOrderFilter::default();
    let orders = collection_orders::list(&depot.provider, &depot.may::<SeeCollectionOrders>(), &filter).await.unwrap();
    let (order, permit) = (orders.rows[0].id, depot.may::<CloseCollectionOrders>());
    let nowhere = CloseCollectionForm { outcome: text("collected"), ..CloseCollectionForm::default() };
    let answer = collection_orders::close(&depot.provider, &permit, order, &nowhere).await;
    assert_eq!(problems(answer), [(text("place"), Problem::Required)]);
    let brought = CloseCollectionForm { place: depot.van.to_string(), note: text("estaba en casa"), ..nowhere };
    collection_orders::close(&depot.provider, &permit, order, &brought).await.unwrap();
    let page = depot.piece_page(item).await;
    assert!(matches!(&page.row.located, Located::InStock { place } if place.id == depot.van));
    assert_eq!((page.moves[0].kind, page.moves[0].reason.as_str()), (MoveKind::TakenBack, "estaba en casa"));
    assert_eq!(depot.onu_of(contract).await, None, "the service is without it, should it come back to life");
}

#[tokio::test]
async fn what_is_sold_is_invoiced_and_serves_on() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    depot.install(item, contract).await.unwrap();
    let form = SellForm { price: text("50.00"), tax: depot.tax().await, ..SellForm::default() };
    let sold = stock::sell(&depot.provider, &depot.may::<SellEquipment>(), item, &form).await.unwrap();
    let invoice = depot.invoice(sold).await;
    assert_eq!(invoice.lines[0].description, "Huawei HG8145V5 HWTC00000001");
    assert_eq!(invoice.lines[0].total.to_string(), "58.00");
    let page = depot.piece_page(item).await;
    assert_eq!((page.row.ownership, page.custody.whereabouts.state()), (Ownership::Sold, EquipmentState::Installed));
    assert_eq!(depot.onu_of(contract).await.as_deref(), Some("HWTC00000001"));
    let again = stock::sell(&depot.provider, &depot.may::<SellEquipment>(), item, &form).await;
    assert_eq!(refusal(again), refused(StockError::NotOurs { ownership: Ownership::Sold }));
}

#[tokio::test]
async fn what_was_sold_is_given_back_into_the_warehouse_and_its_invoice_stays_as_it_is() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    depot.install(item, contract).await.unwrap();
    let (permit, to) = (depot.may::<EditStock>(), depot.warehouse.to_string());
    let back = ToPlaceForm { to: to.clone(), reason: text("no le sirvió") };
    let ours = stock::give_back(&depot.provider, &permit, item, &back).await;
    assert_eq!(refusal(ours), refused(StockError::NotSold { ownership: Ownership::Ours }));
    let form = SellForm { price: text("50.00"), tax: depot.tax().await, ..SellForm::default() };
    let sold = stock::sell(&depot.provider, &depot.may::<SellEquipment>(), item, &form).await.unwrap();
    let before = depot.invoice(sold).await;
    let why = stock::give_back(&depot.provider, &permit, item, &ToPlaceForm { to, ..ToPlaceForm::default() }).await;
    assert_eq!(problems(why), [(text("reason"), Problem::Required)]);
    stock::give_back(&depot.provider, &permit, item, &back).await.unwrap();

    let page = depot.piece_page(item).await;
    assert!(matches!(&page.row.located, Located::InStock { place } if place.id == depot.warehouse));
    assert_eq!(page.row.ownership, Ownership::Ours);
    assert_eq!((page.moves[0].kind, page.moves[0].reason.as_str()), (MoveKind::Returned, "no le sirvió"));
    assert_eq!(page.moves[1].reason, before.row.number.clone().unwrap(), "the sale is still told");
    assert_eq!(depot.onu_of(contract).await, None, "the service is without it");
    let after = depot.invoice(sold).await;
    assert_eq!((after.row, after.lines), (before.row, before.lines), "no money moved");
    let story = depot.show(contract).await.timeline;
    let returned = |event: &Event| matches!(event, Event::Equipment { what: MoveKind::Returned, .. });
    assert!(story.iter().any(|entry| returned(&entry.event)));
    depot.install(item, contract).await.unwrap();
    let twice = stock::give_back(&depot.provider, &permit, item, &back).await;
    assert_eq!(refusal(twice), refused(StockError::NotSold { ownership: Ownership::Ours }));
}

#[tokio::test]
async fn what_is_written_off_says_why_and_may_turn_up_again() {
    let depot = depot("2026-04-01").await;
    let item = depot.piece(depot.router, "AX3-0001").await;
    let permit = depot.may::<EditStock>();
    let nothing = stock::write_off(&depot.provider, &permit, item, &WhyForm::default()).await;
    assert_eq!(problems(nothing), [(text("reason"), Problem::Required)]);
    let why = WhyForm { reason: text("fell off the roof") };
    stock::write_off(&depot.provider, &permit, item, &why).await.unwrap();
    assert_eq!(depot.counts().await, StockCounts { written_off: 1, ..StockCounts::default() });
    let found = ToPlaceForm { to: depot.van.to_string(), ..ToPlaceForm::default() };
    stock::find(&depot.provider, &permit, item, &found).await.unwrap();
    assert_eq!(depot.counts().await, StockCounts { in_stock: 1, ..StockCounts::default() });
}

#[tokio::test]
async fn a_van_is_loaded_with_all_that_was_scanned_or_with_nothing() {
    let depot = depot("2026-04-01").await;
    let contract = depot.active("ana.lopez").await;
    for serial in ["HWTC00000001", "HWTC00000002", "HWTC00000003"] {
        depot.piece(depot.onu, serial).await;
    }
    depot.install(depot.find("HWTC00000003").await, contract).await.unwrap();
    let load = |lines: &str| MoveManyForm { to: depot.van.to_string(), lines: text(lines), ..MoveManyForm::default() };
    let permit = depot.may::<MoveStock>();
    for (lines, problem) in [
        ("HWTC00000001\nHWTC00000003", Problem::NotOnShelf { serial: text("HWTC00000003") }),
        ("HWTC00000001\nHWTC00000009", Problem::NotOnShelf { serial: text("HWTC00000009") }),
        ("HWTC00000001\nH", Problem::BadLine { line: 2 }),
    ] {
        let answer = stock::transfer_many(&depot.provider, &permit, &load(lines)).await;
        assert_eq!(problems(answer), [(text("lines"), problem)], "{lines}");
    }
    let in_van = StockFilter { place: Some(depot.van), ..StockFilter::default() };
    let count = || async { stock::list(&depot.provider, &depot.may(), &in_van).await.unwrap().page.total };
    assert_eq!(count().await, 0, "nothing of a load that was refused");
    let twice = load("HWTC00000001\nhwtc00000002\nHWTC00000001");
    for _ in 0..2 {
        stock::transfer_many(&depot.provider, &permit, &twice).await.unwrap();
    }
    assert_eq!(count().await, 2);
}

#[tokio::test]
async fn a_place_is_given_up_when_it_is_empty_and_a_model_keeps_its_kind() {
    let depot = depot("2026-04-01").await;
    let item = depot.piece(depot.onu, "HWTC00000001").await;
    let permit = depot.may::<EditStock>();
    let full = stock::archive_place(&depot.provider, &permit, depot.warehouse).await;
    assert!(matches!(refusal(full), Failure::Blocked { .. }));
    stock::archive_place(&depot.provider, &permit, depot.van).await.unwrap();
    let to_van = ToPlaceForm { to: depot.van.to_string(), ..ToPlaceForm::default() };
    let gone = stock::transfer(&depot.provider, &depot.may::<MoveStock>(), item, &to_van).await;
    assert_eq!(refusal(gone), refused(StockError::PlaceArchived));
    let as_router = ModelForm { kind: text("router"), maker: text("Huawei"), name: text("HG8145V5") };
    let kept = stock::edit_model(&depot.provider, &permit, depot.onu, &as_router).await;
    assert_eq!(problems(kept), [(text("kind"), Problem::HasPieces)]);
    let twice = ModelForm { kind: text("onu"), maker: text("HUAWEI"), name: text("hg8145v5") };
    let taken = stock::add_model(&depot.provider, &permit, &twice).await;
    assert_eq!(problems(taken), [(text("name"), Problem::Taken { by: text("hg8145v5") })]);
}
