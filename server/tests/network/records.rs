//! Routers as records: entered, changed, asked who they are.

use domain::failure::{Failure, Problem};
use domain::network::{Because, RouterIdentity};
use domain::service::TechnicalState::Active;
use domain::views::routers::{RouterFilter, RouterForm, RouterHealth};
use lab::routeros::{Options, Simulator};
use workflows::{Error, routers};

use crate::town::*;

#[tokio::test]
async fn a_router_says_who_it_is() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let identity = routers::probe(&town.story, &mikrotik(), &town.story.may(), router).await.unwrap().unwrap();

    assert_eq!(identity, RouterIdentity { board: "CHR".into(), version: "7.20.8 (stable)".into() });
    let shown = routers::show(&town.story, &town.story.may(), router).await.unwrap().router;
    assert_eq!((shown.row.identity, shown.row.health), (Some(identity), RouterHealth::Reached));
}

#[tokio::test]
async fn a_certificate_that_is_not_the_pinned_one_is_refused() {
    let town = town().await;
    let options = Options { user: "ramal".into(), password: ROUTER_PASSWORD.into(), tls: true, ..Options::default() };
    let simulator = Simulator::start(options).await.unwrap();
    let pinned = |name: &str, fingerprint: [u8; 32]| RouterForm {
        certificate: fingerprint.map(|byte| format!("{byte:02X}")).join(":"),
        ..form_of(name, &simulator)
    };
    let right = town.router_like(pinned("R1", simulator.fingerprint().unwrap())).await;
    let wrong = town.router_like(pinned("R2", [7; 32])).await;

    assert!(routers::probe(&town.story, &mikrotik(), &town.story.may(), right).await.unwrap().is_ok());
    let refused = routers::probe(&town.story, &mikrotik(), &town.story.may(), wrong).await.unwrap().unwrap_err();
    assert!(matches!(refused, Because::Unreachable { .. }), "{refused:?}");
}

#[tokio::test]
async fn all_mistakes_in_a_router_s_form_are_told_at_once() {
    let town = town().await;
    let form =
        RouterForm { port: "70000".into(), certificate: "abc".into(), mode: "maybe".into(), ..RouterForm::default() };
    let refused = routers::create(&town.story, &town.story.may(), &form).await.unwrap_err();

    let Error::Refused(Failure::Fields { fields }) = refused else { panic!("{refused}") };
    let told: Vec<(&str, &Problem)> = fields.iter().map(|field| (field.field.as_str(), &field.problem)).collect();
    let expected = [
        ("name", &Problem::Required),
        ("host", &Problem::Required),
        ("port", &Problem::OutOfRange),
        ("certificate", &Problem::NotAFingerprint),
        ("username", &Problem::Required),
        ("password", &Problem::Required),
        ("mode", &Problem::UnknownChoice),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_name_that_is_taken_is_told_in_the_form() {
    let (town, simulator) = (town().await, simulator().await);
    town.router("R1", &simulator).await;
    let refused = routers::create(&town.story, &town.story.may(), &form_of("R1", &simulator)).await.unwrap_err();
    let taken = Failure::field("name", Problem::Taken { by: "R1".into() });
    assert!(matches!(refused, Error::Refused(failure) if failure == taken));
}

#[tokio::test]
async fn editing_without_a_password_keeps_it_and_never_shows_it() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router("R1", &simulator).await;
    let mut form = routers::form(&town.story, &town.story.may(), router).await.unwrap();
    assert_eq!(form.password, "");
    form.name = "North tower".into();
    form.pppoe_pool = "customers".into();
    routers::edit(&town.story, &town.story.may(), router, &form).await.unwrap();

    assert!(routers::probe(&town.story, &mikrotik(), &town.story.may(), router).await.unwrap().is_ok());
    let shown = routers::show(&town.story, &town.story.may(), router).await.unwrap().router;
    assert_eq!((shown.row.name.as_str(), shown.pppoe_pool.as_deref()), ("North tower", Some("customers")));
    assert!(!serde_json::to_string(&shown).unwrap().contains(ROUTER_PASSWORD));
    assert!(!format!("{:?}", form_of("R1", &simulator)).contains(ROUTER_PASSWORD));
}

#[tokio::test]
async fn a_router_hands_out_addresses_as_its_record_says() {
    let (town, simulator) = (town().await, simulator().await);
    let form = RouterForm {
        pppoe_local_address: "10.0.0.1".into(),
        pppoe_pool: "customers".into(),
        ..form_of("R1", &simulator)
    };
    let router = town.router_like(form).await;
    town.subscriber("ana", router, None).await;
    town.work().await;

    let profile = &rows_with(&simulator, "/ppp/profile", "name", "ramal-51200-10240")[0];
    assert_eq!(text(profile, "local-address"), "10.0.0.1");
    assert_eq!(text(profile, "remote-address"), "customers");
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn a_router_that_goes_live_gets_its_customers_without_anything_else_being_asked() {
    let (town, simulator) = (town().await, simulator().await);
    let router = town.router_like(RouterForm { mode: "dry_run".into(), ..form_of("R1", &simulator) }).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    assert!(simulator.rows("/ppp/secret").is_empty(), "it was written down and not sent");

    let form = routers::form(&town.story, &town.story.may(), router).await.unwrap();
    routers::edit(&town.story, &town.story.may(), router, &RouterForm { mode: "live".into(), ..form }).await.unwrap();
    town.work().await;
    assert_eq!(simulator.rows("/ppp/secret").len(), 1);
    assert_eq!(town.state(ana).await, Active);
}

#[tokio::test]
async fn a_router_of_version_6_is_spoken_to_in_its_dialect() {
    let (town, simulator) = (town().await, simulator_of("6.42").await);
    let router = town.router("R1", &simulator).await;
    let ana = town.subscriber("ana", router, None).await;
    town.work().await;
    town.suspend(ana).await;
    town.work().await;
    town.restore(ana, "staff").await;
    town.work().await;

    assert_eq!(town.state(ana).await, Active);
    for profile in simulator.rows("/ppp/profile") {
        assert_eq!(text(&profile, "comment"), "", "profiles of version 6 have no comment");
    }
    assert_known_to_routers(&simulator);
}

#[tokio::test]
async fn routers_are_found_filtered_and_counted() {
    let (town, simulator) = (town().await, simulator().await);
    let first = town.router("North", &simulator).await;
    town.router("South", &simulator).await;
    town.subscriber("ana", first, None).await;
    let list = async |filter: RouterFilter| routers::list(&town.story, &town.story.may(), &filter).await.unwrap();

    let all = list(RouterFilter::default()).await;
    let counted: Vec<_> = all.rows.iter().map(|row| (row.name.as_str(), row.services, row.waiting)).collect();
    assert_eq!(counted, [("North", 1, 1), ("South", 0, 0)]);
    let found = list(RouterFilter { search: Some("sou".into()), ..RouterFilter::default() }).await;
    assert_eq!((found.total, found.rows[0].name.as_str()), (1, "South"));
    let reached = list(RouterFilter { health: Some(RouterHealth::Reached), ..RouterFilter::default() }).await;
    assert_eq!(reached.total, 0);
}
