//! Keys, and what holds without them.

use domain::failure::{Blocker, Failure, Problem};
use domain::views::gateway::{KeysForm, PayForm};
use workflows::gateway;
use workflows::permit::{EditGateway, SeeGateway};

use crate::provider::{problems, refusal, text};
use crate::shop;

fn keys(mode: &str, key: &str) -> KeysForm {
    KeysForm { mode: text(mode), secret_key: text(key), webhook_secret: text("whsec_x"), api_url: String::new() }
}

#[tokio::test]
async fn a_key_of_the_other_mode_is_refused_and_no_key_is_ever_shown() {
    let shop = shop().await;
    let permit = shop.may::<EditGateway>();
    let wrong = gateway::save_keys(&shop.story, &permit, &keys("test", "sk_live_story")).await;
    assert_eq!(problems(wrong), [(text("secret_key"), Problem::NotAKey)]);
    gateway::save_keys(&shop.story, &permit, &keys("test", "sk_test_abcdefgh")).await.unwrap();
    let shown = gateway::settings(&shop.story, &shop.may::<SeeGateway>()).await.unwrap();
    let hints: Vec<_> = shown.gateways.iter().map(|gateway| gateway.key_hint.as_str()).collect();
    assert_eq!(hints, ["sk_test_…efgh", "sk_live_…tory"]);
    let audit = workflows::audit::list(&shop.story, &shop.may(), &Default::default()).await.unwrap();
    assert!(!format!("{audit:?}").contains("sk_test_abcdefgh"));
}

#[tokio::test]
async fn test_keys_take_no_money_outside_of_a_demo() {
    let shop = shop().await;
    let permit = shop.may::<EditGateway>();
    let test = gateway::save_keys(&shop.story, &permit, &keys("test", "sk_test_abcdefgh")).await.unwrap();
    let refused = gateway::switch_on(&shop.story, &*shop.port, &permit, test).await;
    assert_eq!(refusal(refused), Failure::Blocked { what: Blocker::TestKeys });
}

#[tokio::test]
async fn switched_off_nothing_of_cards_is_left_and_what_is_on_its_way_still_arrives() {
    let shop = shop().await;
    shop.begin("form-1").await;
    let session = shop.port.newest_session();
    let shown = gateway::settings(&shop.story, &shop.may::<SeeGateway>()).await.unwrap();
    gateway::switch_off(&shop.story, &shop.may::<EditGateway>(), shown.gateways[0].id).await.unwrap();
    let offer = gateway::offer(&shop.story, &shop.scope).await.unwrap();
    assert!(!offer.by_card && !gateway::cards(&shop.story, &shop.scope).await.unwrap().by_card);
    let form = PayForm { invoices: vec![offer.owed[0].invoice.to_string()], ..PayForm::default() };
    assert_eq!(refusal(shop.pay(&form).await), Failure::Blocked { what: Blocker::CardsOff });

    shop.port.press_pay(&session);
    shop.told("evt_1", &session).await;
    assert_eq!(shop.payments().await.len(), 1);
}
