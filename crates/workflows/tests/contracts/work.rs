//! Work orders: from the signature to the visit, on the day and on another one, with and without a network.

use domain::calendar::BillingMode;
use domain::contract::ContractStateName;
use domain::failure::{Failure, Problem};
use domain::ids::{ContractId, UserId, WorkOrderId};
use domain::role::Role;
use domain::timeline::Event;
use domain::views::invoices::InvoiceFilter;
use domain::views::work::{WorkDetail, WorkFilter, WorkRow};
use domain::views::work_forms::{ReportForm, ScheduleForm, WorkForm};
use domain::work_order::{FailReason, Shift, VisitOutcome, WorkAction, WorkError, WorkKind, WorkState};
use workflows::permit::{Actor, DoWork, EditWork, Permit, SeeInvoices, SeeWork};
use workflows::testing::date;
use workflows::{invoices, work_orders};

use crate::provider::{Provider, problems, provider, refusal, text};

/// Somebody of the staff.
pub async fn staff(provider: &Provider, name: &str, role: Role) -> Actor {
    let account = store::users::NewAccount {
        email: &format!("{name}@example.com").parse().unwrap(),
        name,
        role,
        customer: None,
        language: domain::contact::Language::Spanish,
        created_at: provider.context.clock.now(),
    };
    let id = store::users::add(&mut provider.connection().await.unwrap(), account).await.unwrap();
    Actor::User { id, name: text(name), role, customer: None }
}

pub fn id(actor: &Actor) -> UserId {
    actor.user_id().unwrap()
}

/// A visit that went well, of an order that is as it was when it was assigned.
pub fn done(key: &str) -> ReportForm {
    ReportForm {
        version: text("2"),
        idempotency_key: format!("story-visit-{key}"),
        outcome: text("done"),
        note: text("conector nuevo"),
        signed_by: text("Ana Pérez"),
        ..ReportForm::default()
    }
}

impl Provider {
    /// The only order of a kind that a contract has.
    pub async fn work_of(&self, contract: ContractId, kind: WorkKind) -> WorkRow {
        let filter = WorkFilter { contract: Some(contract), kind: Some(kind), ..WorkFilter::default() };
        let mut rows = work_orders::list(self, &self.may::<SeeWork>(), &filter).await.unwrap().rows;
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    pub async fn assign(&self, order: WorkOrderId, technician: &Actor, on: &str) -> workflows::Result<()> {
        let form = ScheduleForm { technician: id(technician).to_string(), on: text(on), part: String::new() };
        work_orders::schedule(self, &self.may::<EditWork>(), order, &form).await
    }

    /// Somebody reports what they filled in themselves.
    pub async fn report(&self, by: &Actor, order: WorkOrderId, form: &ReportForm) -> workflows::Result<()> {
        let form = ReportForm { owner: self.email(by).await, ..form.clone() };
        self.send_report(by, order, &form).await
    }

    /// Somebody sends what lies on the phone.
    async fn send_report(&self, by: &Actor, order: WorkOrderId, form: &ReportForm) -> workflows::Result<()> {
        work_orders::report(self, &by.permit::<DoWork>().unwrap(), order, form).await
    }

    async fn email(&self, of: &Actor) -> String {
        let mut connection = self.connection().await.unwrap();
        store::users::find(&mut connection, id(of)).await.unwrap().email.to_string()
    }

    pub async fn order(&self, order: WorkOrderId) -> WorkDetail {
        work_orders::show(self, &self.may::<SeeWork>(), order).await.unwrap().order
    }

    async fn invoices_of(&self, contract: ContractId) -> Vec<String> {
        let filter = InvoiceFilter { contract: Some(contract), ..InvoiceFilter::default() };
        let list = invoices::list(self, &self.may::<SeeInvoices>(), &filter).await.unwrap();
        list.page.rows.into_iter().map(|row| row.total.to_string()).collect()
    }
}

#[tokio::test]
async fn finishing_an_installation_activates_bills_the_part_month_and_provisions_in_one_step() {
    let provider = provider("2026-03-09").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await;
    assert_eq!((order.state, order.on, order.version), (WorkState::Planned, None, 1), "signing made it");
    provider.assign(order.id, &technician, "2026-03-12").await.unwrap();
    provider.it_is("2026-03-12");
    let position = "17.061111, -96.722222";
    let report = ReportForm { position: text(position), serial: text("hwtc0001"), dbm: text("-19.5"), ..done("1") };
    provider.report(&technician, order.id, &report).await.unwrap();

    let page = provider.show(contract).await;
    assert_eq!(page.state.name(), ContractStateName::Active);
    assert_eq!(page.network.unwrap().onu_serial.as_deref(), Some("HWTC0001"));
    assert_eq!(page.address.facts.position.unwrap().to_string(), position);
    // 30.00 x 20 / 31 = 19.35, with 16 % tax 22.45.
    assert_eq!(provider.invoices_of(contract).await, ["22.45"]);
    assert_eq!(provider.waiting().await, 1, "the router is to hold it");
    let visited = |event: &Event| {
        let (work, outcome) = (WorkKind::Install, VisitOutcome::Done);
        *event == Event::Visited { order: order.id, work, outcome }
    };
    assert!(page.timeline.iter().any(|entry| visited(&entry.event)));
    let detail = provider.order(order.id).await;
    assert_eq!((detail.row.state, detail.visits.len()), (WorkState::Done, 1));
    let visit = &detail.visits[0];
    assert_eq!((visit.by.as_str(), visit.signed_by.as_str()), ("teo", "Ana Pérez"));
    assert_eq!(visit.reading.dbm.unwrap().to_string(), "-19.50");
    assert_eq!(visit.checks.len(), 5, "the checklist as it was");
    assert!(visit.checks.iter().all(|check| !check.done));
}

#[tokio::test]
async fn a_report_that_is_sent_twice_counts_once() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    for _ in 0..2 {
        provider.report(&technician, order, &done("once")).await.unwrap();
    }
    assert_eq!(provider.order(order).await.visits.len(), 1);
    assert_eq!(provider.invoices_of(contract).await.len(), 1);
    // Another report about the same visit is another one, of an order that is no more what it was.
    let again = provider.report(&technician, order, &done("twice")).await;
    assert_eq!(refusal(again), Failure::ChangedMeanwhile);
}

#[tokio::test]
async fn what_one_technician_filled_in_is_not_sent_as_anothers() {
    let provider = provider("2026-03-12").await;
    let (teo, ada) = (staff(&provider, "teo", Role::Technician).await, staff(&provider, "ada", Role::Technician).await);
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    provider.assign(order, &teo, "2026-03-12").await.unwrap();
    let kept = ReportForm { owner: text("teo@example.com"), ..done("1") };
    let as_ada = refusal(provider.send_report(&ada, order, &kept).await);
    assert_eq!(as_ada, Failure::Anothers { owner: text("teo@example.com") });
    let unnamed = provider.send_report(&ada, order, &done("1")).await;
    assert_eq!(problems(unnamed), [(text("owner"), Problem::Required)]);
    let detail = provider.order(order).await;
    assert_eq!((detail.row.state, detail.visits.len()), (WorkState::Assigned, 0));

    // Nothing was used up: it goes through once its owner is there again, and is theirs also when the answer got lost.
    provider.send_report(&teo, order, &kept).await.unwrap();
    assert_eq!(provider.order(order).await.visits[0].by, "teo");
    assert!(matches!(refusal(provider.send_report(&ada, order, &kept).await), Failure::Anothers { .. }));
    provider.send_report(&teo, order, &kept).await.unwrap();
    assert_eq!(provider.order(order).await.visits.len(), 1);
}

#[tokio::test]
async fn two_copies_of_a_report_at_the_same_moment_count_once() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    let form = done("once");
    let (one, other) =
        tokio::join!(provider.report(&technician, order, &form), provider.report(&technician, order, &form));
    one.unwrap();
    other.unwrap();
    assert_eq!(provider.order(order).await.visits.len(), 1);
    assert_eq!(provider.invoices_of(contract).await.len(), 1);
}

#[tokio::test]
async fn an_order_that_the_office_cancelled_meanwhile_is_a_conflict_and_nothing_is_activated() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    work_orders::cancel(&provider, &provider.may::<EditWork>(), order, "se fue con otro").await.unwrap();

    let unseen = provider.report(&technician, order, &done("1")).await;
    assert_eq!(refusal(unseen), Failure::ChangedMeanwhile, "the phone has an older one");
    let now = provider.order(order).await.row;
    assert_eq!((now.state, now.reason.as_str(), now.version), (WorkState::Cancelled, "se fue con otro", 3));
    let seen = ReportForm { version: text("3"), ..done("1") };
    let (state, action) = (WorkState::Cancelled, WorkAction::Finish);
    let refused = refusal(provider.report(&technician, order, &seen).await);
    assert_eq!(refused, Failure::Work { error: WorkError::NotAllowed { state, action } });
    assert_eq!(provider.show(contract).await.state.name(), ContractStateName::Open);
    assert!(provider.order(order).await.visits.is_empty());

    // The work was done all the same: the office takes it up again, and the same report goes through.
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    let sent_again = ReportForm { version: text("4"), ..done("1") };
    provider.report(&technician, order, &sent_again).await.unwrap();
    assert_eq!(provider.show(contract).await.state.name(), ContractStateName::Active);
}

#[tokio::test]
async fn the_key_of_another_orders_report_is_no_obstacle() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    for user in ["ana.lopez", "beto.ruiz"] {
        let contract = provider.open(user, BillingMode::Prepaid).await;
        let order = provider.work_of(contract, WorkKind::Install).await.id;
        provider.assign(order, &technician, "2026-03-12").await.unwrap();
        provider.report(&technician, order, &done("the same")).await.unwrap();
        assert_eq!(provider.order(order).await.row.state, WorkState::Done, "{user}");
    }
}

#[tokio::test]
async fn a_visit_that_came_to_nothing_is_scheduled_again() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    let nobody = ReportForm { outcome: text("failed"), reason: text("nobody_home"), ..done("1") };
    provider.report(&technician, order, &nobody).await.unwrap();
    let detail = provider.order(order).await;
    assert_eq!((detail.row.state, detail.visits[0].reason), (WorkState::Failed, Some(FailReason::NobodyHome)));
    assert_eq!(provider.show(contract).await.state.name(), ContractStateName::Open);

    provider.it_is("2026-03-13");
    let past = provider.assign(order, &technician, "2026-03-12").await;
    assert_eq!(problems(past), [(text("on"), Problem::InThePast)]);
    provider.assign(order, &technician, "2026-03-14").await.unwrap();
    provider.it_is("2026-03-14");
    let report = ReportForm { version: text("4"), ..done("2") };
    provider.report(&technician, order, &report).await.unwrap();
    let detail = provider.order(order).await;
    assert_eq!((detail.row.state, detail.visits.len()), (WorkState::Done, 2));
    assert_eq!(provider.show(contract).await.state.name(), ContractStateName::Active);
}

#[tokio::test]
async fn an_installation_without_a_service_is_refused_and_the_order_stays() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let customer = provider.customer("Ana").await;
    let address = provider.address(customer, "").await;
    let contract = provider.draft(customer, address).await;
    let line = provider.line(BillingMode::Prepaid);
    workflows::contracts::add_line(&provider, &provider.may(), contract, &line).await.unwrap();
    provider.sign(contract).await.unwrap();
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    let nowhere = refusal(provider.report(&technician, order, &done("1")).await);
    assert!(matches!(nowhere, Failure::Lifecycle { .. }), "{nowhere:?}");
    let located = ReportForm { position: text("17.06, -96.72"), ..done("1") };
    let without = refusal(provider.report(&technician, order, &located).await);
    assert_eq!(without, Failure::Blocked { what: domain::failure::Blocker::NoService });
    assert_eq!(provider.order(order).await.row.state, WorkState::Assigned);
    provider.set_service(contract, &provider.pppoe("ana")).await.unwrap();
    provider.report(&technician, order, &located).await.unwrap();
    assert_eq!(provider.show(contract).await.state.name(), ContractStateName::Active);
}

#[tokio::test]
async fn starting_changes_nothing_that_a_phone_without_a_network_would_trip_over() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let order = provider.work_of(contract, WorkKind::Install).await.id;
    let permit: Permit<DoWork> = technician.permit().unwrap();
    assert!(work_orders::start(&provider, &permit, order).await.is_err(), "nobody was sent");
    provider.assign(order, &technician, "2026-03-12").await.unwrap();
    work_orders::start(&provider, &permit, order).await.unwrap();
    assert_eq!(provider.order(order).await.row.state, WorkState::UnderWay);
    provider.report(&technician, order, &done("1")).await.unwrap();
}

#[tokio::test]
async fn a_technician_sees_the_own_day_in_the_order_of_the_route_and_what_was_left_over() {
    let provider = provider("2026-03-12").await;
    let (teo, eva) = (staff(&provider, "teo", Role::Technician).await, staff(&provider, "eva", Role::Noc).await);
    let positions = ["17.10, -96.72", "17.01, -96.72", "17.05, -96.72"];
    let mut orders = Vec::new();
    for (number, position) in positions.iter().enumerate() {
        let customer = provider.customer(&format!("Ana {number}")).await;
        let address = provider.address(customer, position).await;
        let contract = provider.draft(customer, address).await;
        let line = provider.line(BillingMode::Prepaid);
        workflows::contracts::add_line(&provider, &provider.may(), contract, &line).await.unwrap();
        provider.sign(contract).await.unwrap();
        orders.push(provider.work_of(contract, WorkKind::Install).await.id);
    }
    for order in &orders {
        provider.assign(*order, &teo, "2026-03-12").await.unwrap();
    }
    let day = async |who: &Actor| {
        let day = work_orders::my_day(&provider, &who.permit::<DoWork>().unwrap(), None).await.unwrap();
        let ids = |rows: Vec<WorkRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        (ids(day.stops), ids(day.late))
    };
    assert_eq!(day(&teo).await, (orders.clone(), vec![]));
    assert_eq!(day(&eva).await, (vec![], vec![]));
    let permit = provider.may::<EditWork>();
    work_orders::suggest(&provider, &permit, id(&teo), date("2026-03-12")).await.unwrap();
    assert_eq!(day(&teo).await.0, [orders[0], orders[2], orders[1]], "from the first to the nearest");
    work_orders::shift(&provider, &permit, orders[1], Shift::Earlier).await.unwrap();
    work_orders::shift(&provider, &permit, orders[0], Shift::Earlier).await.unwrap();
    assert_eq!(day(&teo).await.0, [orders[0], orders[1], orders[2]]);
    provider.assign(orders[0], &eva, "2026-03-13").await.unwrap();
    work_orders::unschedule(&provider, &permit, orders[1]).await.unwrap();
    provider.it_is("2026-03-13");
    assert_eq!(day(&teo).await, (vec![], vec![orders[2]]), "yesterday's");
    assert_eq!(day(&eva).await, (vec![orders[0]], vec![]));
    let board = work_orders::board(&provider, &provider.may(), None, None, None).await.unwrap();
    let waiting: Vec<_> = board.to_schedule.iter().map(|row| row.id).collect();
    assert_eq!(waiting, [orders[1], orders[2]], "without a day, and of a day that is over");
    assert_eq!((board.routes.len(), board.routes[0].stops[0].id), (1, orders[0]));
}

#[tokio::test]
async fn an_order_by_hand_is_for_a_contract_that_has_none_like_it() {
    let provider = provider("2026-03-12").await;
    let teo = staff(&provider, "teo", Role::Technician).await;
    let billing = staff(&provider, "bea", Role::Billing).await;
    let contract = provider.active("ana.lopez").await;
    let form = |kind: &str, technician: &Actor| WorkForm {
        contract: contract.to_string(),
        kind: text(kind),
        note: text("otro cuarto"),
        technician: id(technician).to_string(),
        on: text("2026-03-13"),
        part: text("morning"),
        ..WorkForm::default()
    };
    let permit = provider.may::<EditWork>();
    let unfit = work_orders::create(&provider, &permit, &form("move", &billing)).await;
    assert_eq!(problems(unfit), [(text("technician"), Problem::UnknownChoice)]);
    for kind in ["move", "repair"] {
        work_orders::create(&provider, &permit, &form(kind, &teo)).await.unwrap();
        let again = work_orders::create(&provider, &permit, &form(kind, &teo)).await;
        assert_eq!(refusal(again), Failure::Blocked { what: domain::failure::Blocker::WorkUnderWay }, "{kind}");
    }
    assert!(billing.permit::<EditWork>().is_err() && billing.permit::<DoWork>().is_err());
}
