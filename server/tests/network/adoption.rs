//! Rows of another system become ours: only those that somebody chose, only their comment, and the customer notices nothing.

use domain::failure::{Blocker, Failure};
use domain::ids::{AdoptionId, RouterId, ScanRowId};
use domain::network::{Certainty, ScanEffect};
use domain::service::TechnicalState::{Active, Unprovisioned};
use domain::views::adoptions::{Adoptable, AdoptableFilter, AdoptionDetail, AdoptionOutcome};
use lab::routeros::{Fault, Simulator};
use workflows::{Error, adoptions, scans};

use crate::town::*;

impl Town {
    /// Reads the router, and whose its foreign rows are.
    async fn adoptable(&self, router: RouterId) -> Adoptable {
        scans::request(&self.story, &self.story.may(), router, ScanEffect::Look).await.unwrap();
        self.work().await;
        adoptions::adoptable(&self.story, &self.story.may(), router, &AdoptableFilter::default()).await.unwrap()
    }

    async fn adopt(&self, router: RouterId, rows: &[ScanRowId]) -> AdoptionId {
        adoptions::adopt(&self.story, &self.story.may(), router, rows).await.unwrap()
    }

    async fn adoption(&self, id: AdoptionId) -> AdoptionDetail {
        adoptions::show(&self.story, &self.story.may(), id).await.unwrap()
    }
}

/// What the old panel left of Ana: her own password and address, and a profile that is not ours.
fn seed_ana(simulator: &Simulator) {
    simulator.seed("/ppp/profile", &[("name", "plan-50")]).unwrap();
    let ana = [
        ("name", "ana"),
        ("password", "the-password-in-her-router"),
        ("service", "pppoe"),
        ("profile", "plan-50"),
        ("remote-address", "10.9.0.7"),
        ("comment", "Customer ana | ana@example.com"),
    ];
    simulator.seed("/ppp/secret", &ana).unwrap();
}

#[tokio::test]
async fn an_adopted_customer_keeps_password_and_address_and_what_changes_was_shown() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    seed_ana(&simulator);
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    assert_eq!(town.state(ana).await, Unprovisioned, "the row is somebody else's");

    let found = town.adoptable(router).await;
    assert_eq!((found.certain, found.probable, found.unmatched), (1, 0, 0));
    let row = &found.rows.rows[0];
    assert_eq!(row.left_by.as_deref(), Some("PHPNuxBill"));
    assert_eq!(row.takes_address.as_deref(), Some("10.9.0.7"));
    let changing: Vec<&str> = row.changes.iter().map(|change| change.attribute.as_str()).collect();
    assert_eq!(changing, ["profile"], "{:?}", row.changes);

    let adoption = town.adopt(router, &[row.id]).await;
    town.work().await;
    let detail = town.adoption(adoption).await;
    assert_eq!(detail.rows[0].outcome, Some(AdoptionOutcome::Adopted));
    assert_eq!(detail.rows[0].comment, "Customer ana | ana@example.com", "it is kept");
    let secret = secret(&simulator, "ana");
    assert_eq!(text(&secret, "password"), "the-password-in-her-router");
    assert_eq!(text(&secret, "remote-address"), "10.9.0.7");
    assert_eq!(text(&secret, "profile"), "ramal-51200-10240");
    assert!(text(&secret, "comment").starts_with("ramal:secret:"));
    assert_eq!(town.state(ana).await, Active);
    assert_eq!(simulator.rows("/ppp/secret").len(), 1);
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn the_queue_of_another_system_becomes_the_only_one_of_its_customer() {
    let (town, simulator) = (town().await, simulator().await);
    let mut form = form_of("R1", &simulator);
    form.limit_by = "queue".into();
    let router = town.router_like(form).await;
    let mac = "02:00:00:00:00:07";
    let lease = [("mac-address", mac), ("address", "10.8.0.5"), ("rate-limit", "5M/25M"), ("comment", "ucrm_7")];
    simulator.seed("/ip/dhcp-server/lease", &lease).unwrap();
    let queue = [("name", "ucrm_7"), ("target", "10.8.0.5/32"), ("max-limit", "5M/25M"), ("comment", "ucrm_7")];
    simulator.seed("/queue/simple", &queue).unwrap();
    let ana = town.dhcp_subscriber(mac, router, Some("10.8.0.5")).await;

    let found = town.adoptable(router).await;
    assert_eq!((found.certain, found.probable, found.unmatched), (2, 0, 0));
    let shown = found.rows.rows.iter().find(|row| row.name == "ucrm_7").unwrap();
    let changing: Vec<&str> = shown.changes.iter().map(|change| change.attribute.as_str()).collect();
    assert_eq!(changing, ["max-limit", "name"], "{:?}", shown.changes);
    let chosen: Vec<ScanRowId> = found.rows.rows.iter().map(|row| row.id).collect();
    town.adopt(router, &chosen).await;
    town.work().await;

    let queues = simulator.rows("/queue/simple");
    assert_eq!(queues.len(), 1, "{queues:?}");
    assert_eq!(text(&queues[0], "max-limit"), "10240000/51200000");
    assert!(text(&queues[0], "comment").starts_with("ramal:queue:"));
    let leases = simulator.rows("/ip/dhcp-server/lease");
    assert_eq!((leases.len(), text(&leases[0], "rate-limit")), (1, String::new()), "{leases:?}");
    assert_eq!(town.state(ana).await, Active);
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn only_what_was_chosen_is_touched_and_nothing_twice() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    seed_ana(&simulator);
    simulator.seed("/ppp/secret", &[("name", "eva"), ("password", "hers")]).unwrap();
    simulator.seed("/ppp/secret", &[("name", "nobody"), ("password", "x")]).unwrap();
    town.subscriber("ana", router, None).await;
    town.subscriber("eva", router, None).await;
    town.work().await;
    let found = town.adoptable(router).await;
    assert_eq!((found.certain, found.unmatched), (2, 1));
    let (eva, nobody) = (secret(&simulator, "eva"), secret(&simulator, "nobody"));
    let ana: Vec<ScanRowId> = found.rows.rows.iter().filter(|row| row.name == "ana").map(|row| row.id).collect();
    town.adopt(router, &ana).await;
    town.work().await;

    assert_eq!((secret(&simulator, "eva"), secret(&simulator, "nobody")), (eva, nobody));
    let again = adoptions::adopt(&town.story, &town.story.may(), router, &ana).await;
    assert!(matches!(again, Err(Error::Refused(_))), "it is ours already");
    let unmatched: Vec<ScanRowId> =
        found.rows.rows.iter().filter(|row| row.certainty == Certainty::Unmatched).map(|row| row.id).collect();
    let refused = adoptions::adopt(&town.story, &town.story.may(), router, &unmatched).await;
    assert!(matches!(refused, Err(Error::Refused(_))), "it is nobody's");
}

#[tokio::test]
async fn a_row_that_changed_since_it_was_shown_is_left() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    seed_ana(&simulator);
    town.subscriber("ana", router, None).await;
    town.work().await;
    let found = town.adoptable(router).await;
    simulator.change_row("/ppp/secret", "name", "ana", &[("comment", "somebody else's now")]).unwrap();
    let before = secret(&simulator, "ana");
    let adoption = town.adopt(router, &[found.rows.rows[0].id]).await;
    town.work().await;

    assert_eq!(town.adoption(adoption).await.rows[0].outcome, Some(AdoptionOutcome::Changed));
    assert_eq!(secret(&simulator, "ana"), before);
}

#[tokio::test]
async fn a_reply_that_is_lost_after_a_row_was_tagged_adopts_it_once() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    seed_ana(&simulator);
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    let found = town.adoptable(router).await;
    let adoption = town.adopt(router, &[found.rows.rows[0].id]).await;
    simulator.set_fault("lose-reply:1".parse::<Fault>().unwrap());
    town.work().await;

    assert_eq!(town.adoption(adoption).await.rows[0].outcome, Some(AdoptionOutcome::Adopted));
    assert_eq!(text(&secret(&simulator, "ana"), "password"), "the-password-in-her-router");
    assert_eq!(town.state(ana).await, Active);
}

#[tokio::test]
async fn on_a_dry_run_nothing_is_adopted() {
    let (town, simulator) = (town().await, simulator().await);
    let mut form = form_of("R1", &simulator);
    form.mode = "dry_run".into();
    let router = town.router_like(form).await;
    seed_ana(&simulator);
    town.subscriber("ana", router, None).await;
    let found = town.adoptable(router).await;
    let refused = adoptions::adopt(&town.story, &town.story.may(), router, &[found.rows.rows[0].id]).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Blocked { what: Blocker::RouterDryRun }))));
}
