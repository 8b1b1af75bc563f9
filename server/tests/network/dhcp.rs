//! What a suspension, a restore and an end do to a DHCP customer.

use domain::service::TechnicalState::{Active, Cut, Suspended, Unprovisioned};

use crate::town::*;

const MAC: &str = "02:AA:00:00:00:01";

fn lease(simulator: &lab::routeros::Simulator) -> routeros::Row {
    let mut found = rows_with(simulator, "/ip/dhcp-server/lease", "mac-address", MAC);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[tokio::test]
async fn a_suspension_never_takes_the_speed_limit_away() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.dhcp_subscriber(MAC, router, Some("10.8.0.5")).await;
    town.work().await;
    assert_eq!(text(&lease(&simulator), "rate-limit"), "10240k/51200k");
    assert_eq!(town.state(ana).await, Active);
    simulator.bind_lease(MAC, "10.8.0.5").unwrap();
    town.suspend(ana).await;
    town.work().await;

    assert_eq!(text(&lease(&simulator), "rate-limit"), "256k/256k");
    assert_eq!(text(&lease(&simulator), "disabled"), "false");
    assert!(is_listed(&simulator, "10.8.0.5"));
    assert_eq!(town.state(ana).await, Suspended);
    town.restore(ana, "staff").await;
    town.work().await;
    assert_eq!(text(&lease(&simulator), "rate-limit"), "10240k/51200k");
    assert!(!is_listed(&simulator, "10.8.0.5"));
    assert_eq!(town.state(ana).await, Active);
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_hard_cut_blocks_the_equipment_and_an_end_removes_the_lease() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.dhcp_subscriber(MAC, router, Some("10.8.0.5")).await;
    town.cut_hard(ana).await;
    town.work().await;
    assert_eq!(town.state(ana).await, Cut);
    assert!(simulator.bind_lease(MAC, "10.8.0.5").is_err());
    town.close(ana).await;
    town.work().await;

    assert!(simulator.rows("/ip/dhcp-server/lease").is_empty());
    assert!(!is_listed(&simulator, "10.8.0.5"));
    assert_eq!(town.state(ana).await, Unprovisioned);
}

#[tokio::test]
async fn what_a_customer_who_leaves_had_under_way_ends_with_its_lease() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.dhcp_subscriber(MAC, router, None).await;
    town.work().await;
    simulator.bind_lease(MAC, "10.8.0.77").unwrap();
    for address in ["10.8.0.77", "10.8.0.78"] {
        simulator.seed("/ip/firewall/connection", &[("src-address", &format!("{address}:40000"))]).unwrap();
    }
    town.close(ana).await;
    town.work().await;

    assert!(simulator.rows("/ip/dhcp-server/lease").is_empty());
    let under_way = simulator.rows("/ip/firewall/connection");
    assert_eq!(under_way.iter().map(|row| text(row, "src-address")).collect::<Vec<_>>(), ["10.8.0.78:40000"]);
    assert_eq!(town.state(ana).await, Unprovisioned);
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn equipment_that_is_bound_from_the_pool_is_cut_at_its_present_address() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let ana = town.dhcp_subscriber(MAC, router, None).await;
    town.work().await;
    simulator.bind_lease(MAC, "10.8.0.77").unwrap();
    town.suspend(ana).await;
    town.work().await;

    assert_eq!(town.state(ana).await, Suspended);
    assert_eq!(text(&lease(&simulator), "address-lists"), "ramal-cut");
    assert_known_to_routers(&simulator);
}
