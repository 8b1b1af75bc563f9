//! What would be sent, before it is: computed by reading the router, which is not changed by it.

use domain::network::Because;
use domain::service::TechnicalState::Active;
use lab::routeros::Fault;
use server::adapters::mikrotik::MikroTik;
use workflows::routers;

use crate::town::*;

fn port() -> MikroTik {
    mikrotik()
}

#[tokio::test]
async fn a_service_s_commands_are_shown_before_they_are_sent_with_secrets_masked() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    let may = town.story.may();
    let preview = routers::preview_service(&town.story, &port(), &may, ana.contract).await.unwrap().unwrap();
    let commands = &preview.shown[0].commands;
    assert!(commands[0].starts_with("/ppp/profile/add"), "{commands:?}");
    assert!(commands[1].starts_with("/ppp/secret/add") && commands[1].contains("password=***"), "{commands:?}");
    assert_eq!((preview.services, preview.changing, preview.commands), (1, 1, 2));
    assert!(simulator.rows("/ppp/secret").is_empty(), "nothing was sent");

    town.work().await;
    let exchanges = town.detail(town.job().await.id).await.exchanges;
    let sent: Vec<String> = exchanges.into_iter().map(|exchange| exchange.command).collect();
    assert_eq!(&sent, commands, "what was shown is what is sent");
}

#[tokio::test]
async fn a_router_s_preview_is_empty_once_it_obeyed_and_tells_what_is_in_the_way() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    simulator.seed("/ppp/secret", &[("name", "eva"), ("password", "theirs")]).unwrap();
    let ana = town.subscriber("ana", router, None).await;
    town.subscriber("eva", router, None).await;
    town.work().await;
    assert_eq!(town.state(ana).await, Active);

    let preview = routers::preview_router(&town.story, &port(), &town.story.may(), router).await.unwrap().unwrap();
    assert_eq!((preview.services, preview.changing, preview.commands), (2, 1, 0));
    assert!(matches!(preview.shown[0].because, Some(Because::Foreign { .. })));
}

#[tokio::test]
async fn the_connections_that_many_cuts_would_end_are_read_once_and_each_is_shown_with_its_customer() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let addresses = ["10.9.0.5", "10.9.0.6", "10.9.0.7"];
    let mut customers = Vec::new();
    for (number, address) in addresses.into_iter().enumerate() {
        customers.push(town.subscriber(&format!("user{number}"), router, Some(address)).await);
    }
    town.work().await;
    for (customer, address) in customers.into_iter().zip(addresses) {
        town.suspend(customer).await;
        simulator.seed("/ip/firewall/connection", &[("src-address", &format!("{address}:40000"))]).unwrap();
    }
    let before = sent(&simulator, "/ip/firewall/connection/print");
    let preview = routers::preview_router(&town.story, &port(), &town.story.may(), router).await.unwrap().unwrap();

    assert_eq!(sent(&simulator, "/ip/firewall/connection/print") - before, 1);
    let ending = |command: &&String| command.starts_with("/ip/firewall/connection/remove");
    let ended: Vec<usize> = preview.shown.iter().map(|one| one.commands.iter().filter(ending).count()).collect();
    assert_eq!(ended, [1, 1, 1]);
    assert_eq!(simulator.rows("/ip/firewall/connection").len(), 3, "nothing was ended");
}

#[tokio::test]
async fn a_router_that_does_not_answer_is_told_and_its_breaker_is_left_alone() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    simulator.set_fault("refuse".parse::<Fault>().unwrap());
    let preview = routers::preview_router(&town.story, &port(), &town.story.may(), router).await.unwrap();
    assert!(matches!(preview, Err(Because::Unreachable { .. })), "{preview:?}");
    let page = routers::show(&town.story, &town.story.may(), router).await.unwrap();
    assert_eq!(page.router.failing, None);
}
