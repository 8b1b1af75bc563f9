//! The whole story of a contract, and its topics.

use domain::timeline::Event;
use domain::views::collections::{OutageFilter, OutageForm};
use domain::views::timeline::{TimelineEntry, Topic};
use workflows::permit::{EditOutages, SeeContracts, SeeOutages};
use workflows::{contracts, outages};

use crate::provider::{provider, text};

#[tokio::test]
async fn the_story_tells_of_money_and_of_outages_and_is_narrowed_to_one_topic() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.it_is("2026-04-10");
    let place = format!("router-{}", provider.router);
    let form = OutageForm { place, reason: text("fibra rota"), ..OutageForm::default() };
    outages::report(&provider, &provider.may::<EditOutages>(), &form).await.unwrap();
    let down = outages::list(&provider, &provider.may::<SeeOutages>(), &OutageFilter::default()).await.unwrap();
    outages::end(&provider, &provider.may::<EditOutages>(), down.rows[0].id).await.unwrap();
    provider.pay(contract, "34.80", "a").await;

    let story =
        async |topic| contracts::story(&provider, &provider.may::<SeeContracts>(), contract, topic).await.unwrap();
    let has = |entries: &[TimelineEntry], wanted: fn(&Event) -> bool| entries.iter().any(|entry| wanted(&entry.event));
    let (began, over) = (
        |event: &Event| matches!(event, Event::OutageBegan { reason, .. } if reason == "fibra rota"),
        |event: &Event| matches!(event, Event::OutageOver { .. }),
    );
    let paid = |event: &Event| matches!(event, Event::PaymentReceived { .. });

    let network = story(Topic::Network).await;
    assert!(has(&network, began) && has(&network, over) && !has(&network, paid));
    let money = story(Topic::Money).await;
    assert!(has(&money, paid) && !has(&money, began));
    assert_eq!(story(Topic::Tickets).await, []);

    let all = provider.show(contract).await.timeline;
    assert!(has(&all, began) && has(&all, over) && has(&all, paid));
    let mut parts = 0;
    for topic in Topic::ALL.iter().copied() {
        parts += story(topic).await.len();
    }
    assert_eq!(parts, all.len(), "each entry belongs to one topic");
    assert!(all.iter().filter(|entry| began(&entry.event)).all(|entry| !entry.for_customer));
}
