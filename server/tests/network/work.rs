//! A technician who finishes an installation: the router holds the new customer.

use domain::calendar::BillingMode;
use domain::service::TechnicalState;
use domain::views::work::WorkFilter;
use domain::views::work_forms::{ReportForm, ScheduleForm};
use domain::work_order::WorkState;
use workflows::permit::Actor;
use workflows::{demo, work_orders};

use crate::town::{Town, assert_known_to_routers, form_of, secret, simulator, text};

#[path = "../../../crates/workflows/tests/contracts/provider.rs"]
#[allow(dead_code, reason = "shared with the stories of contracts")]
mod provider;

use provider::{Provider, provider as a_provider};

/// The demo's technician.
async fn technician(provider: &Provider) -> Actor {
    let customer = provider.customer("Eva Ruiz").await;
    let mut connection = provider.connection().await.unwrap();
    let reference = store::customers::get(&mut connection, customer).await.unwrap().reference;
    demo::add_people(provider, &provider.may(), &reference).await.unwrap();
    let email = "technician@demo.example".parse().unwrap();
    let account = store::users::by_email(&mut connection, &email).await.unwrap().unwrap();
    Actor::User { id: account.id, name: account.name, role: account.role, customer: None }
}

#[tokio::test]
async fn finishing_an_installation_has_the_router_serve_the_customer() {
    let (provider, simulator) = (a_provider("2026-03-12").await, simulator().await);
    // The provider's first router is nowhere.
    let mut connection = provider.connection().await.unwrap();
    store::testing::forget_waiting_jobs(&mut connection, provider.router).await.unwrap();
    drop(connection);
    let router = workflows::routers::create(&provider, &provider.may(), &form_of("R1", &simulator)).await.unwrap();
    let provider = Provider { router, ..provider };
    let technician = technician(&provider).await;
    let contract = provider.open("ana", BillingMode::Prepaid).await;
    let filter = WorkFilter { contract: Some(contract), ..WorkFilter::default() };
    let order = work_orders::list(&provider, &provider.may(), &filter).await.unwrap().rows[0].id;
    let form = ScheduleForm {
        technician: technician.user_id().unwrap().to_string(),
        on: "2026-03-12".to_owned(),
        part: String::new(),
    };
    work_orders::schedule(&provider, &provider.may(), order, &form).await.unwrap();
    let report = ReportForm {
        owner: "technician@demo.example".to_owned(),
        version: "2".to_owned(),
        idempotency_key: "a-visit-of-today".to_owned(),
        outcome: "done".to_owned(),
        signed_by: "Ana".to_owned(),
        ..ReportForm::default()
    };
    for _ in 0..2 {
        work_orders::report(&provider, &technician.permit().unwrap(), order, &report).await.unwrap();
    }
    let town = Town { story: provider.story, mailbox: std::sync::Arc::default() };
    town.work().await;

    assert_eq!(text(&secret(&simulator, "ana"), "profile"), "ramal-100000-50000");
    let detail = workflows::contracts::show(&town.story, &town.story.may(), contract).await.unwrap();
    assert_eq!(detail.network.unwrap().technical.state, TechnicalState::Active);
    assert_eq!(detail.money.owed.to_string(), "22.45", "20 of 31 days, once");
    let shown = work_orders::show(&town.story, &town.story.may(), order).await.unwrap().order;
    assert_eq!((shown.row.state, shown.visits.len()), (WorkState::Done, 1));
    assert_known_to_routers(&simulator);
}
