//! A morning's work given out: several orders in one go, and a route in the order that somebody typed.

use domain::calendar::BillingMode;
use domain::failure::{Failure, Problem};
use domain::ids::WorkOrderId;
use domain::role::Role;
use domain::views::audit::AuditFilter;
use domain::views::work_dispatch::{AssignForm, RouteForm};
use domain::work_order::{DayPart, Shift, WorkAction, WorkError, WorkKind, WorkState};
use workflows::permit::{Actor, EditWork, SeeAudit};
use workflows::testing::date;
use workflows::{audit, bulk, work_orders};

use super::work::{id, staff};
use crate::provider::{Provider, problems, provider, refusal, text};

const TODAY: &str = "2026-03-12";

fn assignment(orders: &[WorkOrderId], technician: &Actor) -> AssignForm {
    AssignForm {
        orders: orders.iter().map(|order| (format!("i{order}"), text("true"))).collect(),
        technician: id(technician).to_string(),
        on: text(TODAY),
        part: String::new(),
    }
}

fn numbers(places: &[(WorkOrderId, u32)]) -> RouteForm {
    RouteForm { places: places.iter().map(|(order, place)| (format!("i{order}"), place.to_string())).collect() }
}

impl Provider {
    /// As many installations that wait for a day.
    async fn installations(&self, count: usize) -> Vec<WorkOrderId> {
        let mut orders = Vec::new();
        for number in 0..count {
            let contract = self.open(&format!("cliente.{number}"), BillingMode::Prepaid).await;
            orders.push(self.work_of(contract, WorkKind::Install).await.id);
        }
        orders
    }

    /// The orders of a technician's day as the board shows them.
    async fn route(&self, technician: &Actor) -> Vec<WorkOrderId> {
        let board = work_orders::board(self, &self.may(), Some(date(TODAY)), None, None).await.unwrap();
        let route = board.routes.into_iter().find(|route| route.technician.id == id(technician));
        route.map(|route| route.stops.iter().map(|row| row.id).collect()).unwrap_or_default()
    }

    /// How often something was written down about a kind of record.
    async fn audited(&self, subject: &str) -> usize {
        let filter = AuditFilter { subject: Some(text(subject)), ..AuditFilter::default() };
        audit::list(self, &self.may::<SeeAudit>(), &filter).await.unwrap().rows.len()
    }
}

#[tokio::test]
async fn several_orders_that_wait_are_given_to_one_technician_in_one_go() {
    let provider = provider(TODAY).await;
    let teo = staff(&provider, "teo", Role::Technician).await;
    let orders = provider.installations(3).await;
    provider.assign(orders[2], &teo, TODAY).await.unwrap();
    let before = provider.audited("work_order").await;
    let form = assignment(&orders[..2], &teo);
    let told = work_orders::assign_many(&provider, &provider.may(), &form).await.unwrap();
    assert_eq!(told, None, "there is nothing to tell");
    assert_eq!(provider.route(&teo).await, [orders[2], orders[0], orders[1]], "at the end of the route");
    assert_eq!(provider.audited("work_order").await, before + 2, "each has its own line");
    let row = provider.order(orders[0]).await.row;
    assert_eq!((row.state, row.part, row.version), (WorkState::Assigned, DayPart::Any, 2));
}

#[tokio::test]
async fn what_happened_to_an_order_meanwhile_is_told_and_the_others_are_given_all_the_same() {
    let provider = provider(TODAY).await;
    let (teo, eva) = (staff(&provider, "teo", Role::Technician).await, staff(&provider, "eva", Role::Noc).await);
    let orders = provider.installations(4).await;
    provider.assign(orders[0], &eva, TODAY).await.unwrap();
    work_orders::cancel(&provider, &provider.may::<EditWork>(), orders[1], "se fue con otro").await.unwrap();

    let permit = eva.permit::<EditWork>().unwrap();
    let run = work_orders::assign_many(&provider, &permit, &assignment(&orders, &teo)).await.unwrap().unwrap();
    let results = bulk::show(&provider, &eva, run).await.unwrap().results;
    let not = |state| Some(Failure::Work { error: WorkError::NotAllowed { state, action: WorkAction::Schedule } });
    let told: Vec<_> = results.into_iter().map(|result| (result.id, result.failure)).collect();
    let expected = [
        (orders[0].0, not(WorkState::Assigned)),
        (orders[1].0, not(WorkState::Cancelled)),
        (orders[2].0, None),
        (orders[3].0, None),
    ];
    assert_eq!(told, expected);
    assert_eq!(provider.route(&eva).await, [orders[0]], "whoever had it keeps it");
    assert_eq!(provider.route(&teo).await, [orders[2], orders[3]]);
    assert_eq!(provider.order(orders[1]).await.row.state, WorkState::Cancelled);
    assert_eq!(refusal(bulk::show(&provider, &teo, run).await), Failure::NotFound, "it is told to who did it");
}

#[tokio::test]
async fn a_day_that_is_over_is_given_out_again_and_keeps_the_promised_part_of_the_day() {
    let provider = provider("2026-03-11").await;
    let (teo, eva) = (staff(&provider, "teo", Role::Technician).await, staff(&provider, "eva", Role::Noc).await);
    let orders = provider.installations(2).await;
    let morning = AssignForm { on: text("2026-03-11"), part: text("morning"), ..assignment(&orders, &eva) };
    work_orders::assign_many(&provider, &provider.may(), &morning).await.unwrap();
    provider.it_is(TODAY);
    let told = work_orders::assign_many(&provider, &provider.may(), &assignment(&orders, &teo)).await.unwrap();
    assert_eq!(told, None);
    assert_eq!(provider.route(&teo).await, orders);
    let row = provider.order(orders[0]).await.row;
    assert_eq!((row.part, row.version), (DayPart::Morning, 3));
}

#[tokio::test]
async fn nothing_is_given_where_the_form_is_wrong() {
    let provider = provider(TODAY).await;
    let teo = staff(&provider, "teo", Role::Technician).await;
    let billing = staff(&provider, "bea", Role::Billing).await;
    let orders = provider.installations(2).await;
    let (permit, unknown) = (provider.may::<EditWork>(), [(text("technician"), Problem::UnknownChoice)]);
    let unfit = work_orders::assign_many(&provider, &permit, &assignment(&orders, &billing)).await;
    assert_eq!(problems(unfit), unknown);
    let none = work_orders::assign_many(&provider, &permit, &assignment(&[], &teo)).await;
    assert_eq!(problems(none), [(text("orders"), Problem::UnknownChoice)]);
    // One that does not exist leaves the whole undone.
    let strange = [orders[0], WorkOrderId(999_999)];
    let strange = work_orders::assign_many(&provider, &permit, &assignment(&strange, &teo)).await;
    assert_eq!(refusal(strange), Failure::NotFound);
    assert!(provider.route(&teo).await.is_empty());
    assert!(billing.permit::<EditWork>().is_err());
}

#[tokio::test]
async fn a_route_is_put_in_the_order_of_its_numbers() {
    let provider = provider(TODAY).await;
    let teo = staff(&provider, "teo", Role::Technician).await;
    let orders = provider.installations(3).await;
    let permit = provider.may::<EditWork>();
    work_orders::assign_many(&provider, &permit, &assignment(&orders, &teo)).await.unwrap();
    let typed = numbers(&[(orders[0], 3), (orders[1], 1), (orders[2], 2)]);
    let gone = work_orders::arrange(&provider, &permit, id(&teo), date(TODAY), &typed).await.unwrap();
    assert!(gone.is_empty());
    assert_eq!(provider.route(&teo).await, [orders[1], orders[2], orders[0]]);
    assert_eq!(provider.audited("work_route").await, 1);
    assert_eq!(provider.order(orders[0]).await.row.version, 2, "a phone without a network does not trip over it");
    let blank = RouteForm { places: [(format!("i{}", orders[0]), String::new())].into() };
    let blank = work_orders::arrange(&provider, &permit, id(&teo), date(TODAY), &blank).await;
    assert_eq!(problems(blank), [(format!("places.i{}", orders[0]), Problem::Required)]);
    let nobody = work_orders::arrange(&provider, &permit, id(&teo), date("2026-03-13"), &typed).await;
    assert_eq!(refusal(nobody), Failure::NotFound);
}

#[tokio::test]
async fn what_left_a_route_while_it_was_numbered_is_told_and_what_came_to_it_is_at_its_end() {
    let provider = provider(TODAY).await;
    let (teo, eva) = (staff(&provider, "teo", Role::Technician).await, staff(&provider, "eva", Role::Noc).await);
    let orders = provider.installations(4).await;
    let permit = provider.may::<EditWork>();
    work_orders::assign_many(&provider, &permit, &assignment(&orders[..3], &teo)).await.unwrap();
    let typed = numbers(&[(orders[0], 3), (orders[1], 2), (orders[2], 1)]);
    provider.assign(orders[1], &eva, TODAY).await.unwrap();
    provider.assign(orders[3], &teo, TODAY).await.unwrap();
    let gone = work_orders::arrange(&provider, &permit, id(&teo), date(TODAY), &typed).await.unwrap();
    assert_eq!(gone, [orders[1]]);
    assert_eq!(provider.route(&teo).await, [orders[2], orders[0], orders[3]]);
    assert_eq!(provider.route(&eva).await, [orders[1]], "whoever has it keeps it");
}

#[tokio::test]
async fn two_who_shift_stops_of_a_route_at_once_wait_for_each_other_and_nothing_is_lost() {
    let provider = provider(TODAY).await;
    let teo = staff(&provider, "teo", Role::Technician).await;
    let orders = provider.installations(4).await;
    let permit = provider.may::<EditWork>();
    work_orders::assign_many(&provider, &permit, &assignment(&orders, &teo)).await.unwrap();
    for _ in 0..10 {
        let (one, other) = tokio::join!(
            work_orders::shift(&provider, &permit, orders[3], Shift::Earlier),
            work_orders::shift(&provider, &permit, orders[0], Shift::Later),
        );
        one.unwrap();
        other.unwrap();
        // Whoever was first: the outer ones have come inside.
        assert_eq!(provider.route(&teo).await, [orders[1], orders[0], orders[3], orders[2]]);
        work_orders::shift(&provider, &permit, orders[0], Shift::Earlier).await.unwrap();
        work_orders::shift(&provider, &permit, orders[3], Shift::Later).await.unwrap();
        assert_eq!(provider.route(&teo).await, orders);
    }
    // Pressed twice, it goes two places.
    let (one, again) = tokio::join!(
        work_orders::shift(&provider, &permit, orders[3], Shift::Earlier),
        work_orders::shift(&provider, &permit, orders[3], Shift::Earlier),
    );
    one.unwrap();
    again.unwrap();
    assert_eq!(provider.route(&teo).await, [orders[0], orders[3], orders[1], orders[2]]);
}
