//! A demo's days.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use chrono::Duration;
use domain::contact::Language;
use domain::failure::{Failure, Problem};
use domain::password::Password;
use domain::settings::Company;
use domain::views::account::Credentials;
use domain::views::customers::CustomerForm;
use workflows::auth::{self, Visitor};
use workflows::clock::Clock;
use workflows::testing::{Story, story};
use workflows::{Error, customers, demo};

async fn company() -> Story {
    let story = story("2026-03-01").await;
    let company = Company {
        name: "Fibra del Sur".to_owned(),
        country: "MX".to_owned(),
        currency: "MXN".parse().unwrap(),
        time_zone: "UTC".to_owned(),
        language: Language::Spanish,
    };
    store::company::save(&mut story.connection().await.unwrap(), &company).await.unwrap();
    story
}

async fn a_demo() -> Story {
    let mut story = company().await;
    story.context.clock = Clock::shifted("UTC", Duration::zero()).unwrap();
    demo::begin(&story, &story.may(), "2026-03-01T12:00:00Z".parse().unwrap()).await.unwrap();
    story
}

async fn refusal(story: &Story, days: i64) -> Failure {
    match demo::advance(story, &story.may(), days).await {
        Err(Error::Refused(failure)) => failure,
        other => panic!("expected a refusal: {other:?}"),
    }
}

#[tokio::test]
async fn moving_a_demo_on_runs_each_night_of_the_way() {
    let story = a_demo().await;
    let nights = demo::advance(&story, &story.may(), 7).await.unwrap();
    assert_eq!(nights.len(), 7);
    assert_eq!(story.clock.today().to_string(), "2026-03-08");
}

#[tokio::test]
async fn whoever_is_signed_in_comes_along_when_a_demo_moves_on() {
    let story = a_demo().await;
    let form = CustomerForm {
        reference: "C00001".to_owned(),
        kind: "person".to_owned(),
        name: "Ana Pérez".to_owned(),
        language: "es".to_owned(),
        ..CustomerForm::default()
    };
    customers::create(&story, &story.may(), &form).await.unwrap();
    demo::add_people(&story, &story.may(), "C00001").await.unwrap();
    let visitor = Visitor { address: "192.0.2.1".parse().unwrap(), user_agent: String::new() };
    let email = demo::users().remove(0).email.to_string();
    let credentials = Credentials { email, password: Password::new(demo::PASSWORD) };
    let session = auth::sign_in(&story, &visitor, &credentials).await.unwrap();

    demo::advance(&story, &story.may(), 15).await.unwrap();
    assert!(auth::who(&story, &session.token.text()).await.unwrap().is_some());
}

#[tokio::test]
async fn only_a_demo_moves_on_and_two_months_at_most() {
    assert_eq!(refusal(&company().await, 1).await, Failure::NotFound);
    let demo = a_demo().await;
    for days in [0, -1, 63] {
        assert_eq!(refusal(&demo, days).await, Failure::field("days", Problem::OutOfRange), "{days}");
    }
}
