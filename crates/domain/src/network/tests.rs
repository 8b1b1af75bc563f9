//! What a router should hold, as tables: every way from one state to another, stopped anywhere.

mod base;
mod limits;
mod model;
mod scan;

use std::net::IpAddr;

use model::Model;

use super::*;
use crate::contact::Mac;
use crate::ids::ServiceId;
use crate::plan::Speed;
use crate::service::TechnicalState;

const SOLD: Provision = at(51_200, 10_240);
const UPGRADED: Provision = at(102_400, 20_480);
const ALL: [Provision; 5] = [Provision::Absent, SOLD, UPGRADED, Provision::Suspended, Provision::Cut];

const fn at(down_kbps: u32, up_kbps: u32) -> Provision {
    Provision::Active(Rate { sold: Speed { down_kbps, up_kbps }, burst: None })
}

fn wanted(provision: Provision, address: Option<&str>) -> ServiceWanted {
    let address = address.map(|address| address.parse::<IpAddr>().unwrap());
    let password = Password { plain: "clave".into(), version: "v1".into() };
    let attachment = Attachment::Pppoe { user: "ana".into(), password, caller: None, address, prefix: None };
    ServiceWanted { service: ServiceId(7), attachment, provision }
}

fn leased(provision: Provision) -> ServiceWanted {
    let mac: Mac = "02:00:00:00:00:07".parse().unwrap();
    let attachment = Attachment::Dhcp { mac, address: Some("10.8.0.7".parse().unwrap()) };
    ServiceWanted { service: ServiceId(7), attachment, provision }
}

/// What is to be done now: the profiles, then the service's own.
fn planned(model: &Model, wanted: &ServiceWanted) -> Result<Vec<Action>, Because> {
    planned_at(&Addressing::default(), model, wanted)
}

fn planned_at(addressing: &Addressing, model: &Model, wanted: &ServiceWanted) -> Result<Vec<Action>, Because> {
    let observed = model.observed();
    let mut actions = Vec::new();
    for (profile, _) in profiles(std::slice::from_ref(wanted), addressing) {
        actions.extend(diff_profiles(&profile, &observed, Dialect::NEWEST)?);
    }
    actions.extend(diff(wanted, addressing, &observed, Dialect::NEWEST)?);
    Ok(actions)
}

/// Rounds of reading and changing until nothing is left to change.
fn settle(model: &mut Model, wanted: &ServiceWanted) {
    settle_at(&Addressing::default(), model, wanted);
}

fn settle_at(addressing: &Addressing, model: &mut Model, wanted: &ServiceWanted) {
    for _ in 0..3 {
        for action in planned_at(addressing, model, wanted).unwrap() {
            model.apply(&action);
        }
    }
    assert_eq!(planned_at(addressing, model, wanted).unwrap(), [], "{wanted:?} is reached");
}

fn state(model: &Model, wanted: &ServiceWanted) -> TechnicalState {
    model.observed().observe(wanted).state
}

#[test]
fn from_every_state_to_every_other_whatever_the_beginning_it_was_stopped_at() {
    for address in [None, Some("10.9.0.7")] {
        for (from, to) in ALL.into_iter().flat_map(|from| ALL.map(|to| (from, to))) {
            let (before, after) = (wanted(from, address), wanted(to, address));
            let mut start = Model::default();
            settle(&mut start, &before);
            start.dial("ana");
            let actions = planned(&start, &after).unwrap();
            for done in 0..=actions.len() {
                let mut model = start.clone();
                actions.iter().take(done).for_each(|action| model.apply(action));
                settle(&mut model, &after);
                let told = format!("{from:?} to {to:?} at {address:?}, stopped after {done} of {actions:?}");
                assert_eq!(state(&model, &after), to.state(), "{told}");
                assert!(model.of(Menu::Session).all(|session| model.runs_by_its_secret(session)), "{told}");
                let connected = model.dial("ana");
                assert_eq!(connected, matches!(to, Provision::Active(_) | Provision::Suspended), "{told}");
                assert_eq!(model.is_fast("ana"), matches!(to, Provision::Active(_)), "{told}");
            }
        }
    }
}

#[test]
fn no_beginning_of_a_cut_is_faster_than_before_and_no_session_of_before_survives_its_end() {
    for (from, to) in [(Provision::Suspended, Provision::Cut), (Provision::Cut, Provision::Suspended)] {
        let mut model = Model::default();
        settle(&mut model, &wanted(from, Some("10.9.0.7")));
        model.dial("ana");
        for action in planned(&model, &wanted(to, Some("10.9.0.7"))).unwrap() {
            model.apply(&action);
            model.dial("ana");
            assert!(!model.is_fast("ana"), "{from:?} to {to:?}: {action:?}");
        }
    }
}

#[test]
fn a_change_of_anything_that_a_session_runs_by_drops_the_session() {
    let base = wanted(SOLD, None);
    let other_password = Password { plain: "otra".into(), version: "v2".into() };
    let caller = Some("02:00:00:00:00:09".parse().unwrap());
    let attachments = [
        Attachment::Pppoe {
            user: "ana".into(),
            password: other_password.clone(),
            caller: None,
            address: None,
            prefix: None,
        },
        Attachment::Pppoe {
            user: "ana2".into(),
            password: other_password.clone(),
            caller: None,
            address: None,
            prefix: None,
        },
        Attachment::Pppoe { user: "ana".into(), password: other_password.clone(), caller, address: None, prefix: None },
        Attachment::Pppoe {
            user: "ana".into(),
            password: other_password,
            caller: None,
            address: "10.9.0.8".parse().ok(),
            prefix: None,
        },
    ];
    for attachment in attachments {
        let mut model = Model::default();
        settle(&mut model, &base);
        model.dial("ana");
        settle(&mut model, &ServiceWanted { attachment: attachment.clone(), ..base.clone() });
        assert_eq!(model.of(Menu::Session).count(), 0, "{attachment:?}");
        assert_eq!(model.of(Menu::Secret).count(), 1);
    }
}

#[test]
fn a_password_that_the_router_does_not_show_is_told_by_the_tag() {
    let mut model = Model::default();
    settle(&mut model, &wanted(SOLD, None));
    for row in &mut model.rows {
        row.attributes.remove("password");
    }
    assert_eq!(planned(&model, &wanted(SOLD, None)).unwrap(), [], "as it was written");
    let attachment = Attachment::Pppoe {
        user: "ana".into(),
        password: Password { plain: "otra".into(), version: "v2".into() },
        caller: None,
        address: None,
        prefix: None,
    };
    let actions = planned(&model, &ServiceWanted { attachment, ..wanted(SOLD, None) }).unwrap();
    let Action::Set { attributes, .. } = &actions[0] else { panic!("{actions:?}") };
    assert_eq!(attributes.get("password"), "otra");
}

#[test]
fn a_password_is_neither_in_the_tag_nor_in_anything_printed() {
    let row = wanted(SOLD, None).row(&Addressing::default()).unwrap();
    let same_version = |plain: &str| {
        let mut other = row.clone();
        other.attributes.set("password", plain);
        other.tag()
    };
    assert_eq!(same_version("abcdef"), same_version("123456"), "only its version tells that it changed");
    let mut model = Model::default();
    settle(&mut model, &wanted(SOLD, None));
    let printed = format!("{row:?} {:?} {:?}", wanted(SOLD, None), model.observed());
    let evidence = serde_json::to_string(&model.observed().observe(&wanted(SOLD, None)).evidence).unwrap();
    assert!(!printed.contains("clave") && !evidence.contains("clave"), "{printed} {evidence}");
}

/// Another tag for the same content would have every row of every router written anew.
#[test]
fn a_tag_is_the_beginning_of_the_hash_of_what_is_wanted() {
    let row = wanted(Provision::Suspended, None).row(&Addressing::default()).unwrap();
    assert_eq!(row.tag().to_string(), "ramal:secret:7:185aefe2735e");
}

#[test]
fn evidence_is_told_by_its_digest() {
    let mut model = Model::default();
    let fixed = wanted(Provision::Suspended, Some("10.0.0.7"));
    let digest = |model: &Model| model.observed().digest(&fixed);
    assert_eq!(digest(&model), Evidence::default().digest());
    settle(&mut model, &fixed);
    let settled = digest(&model);
    let kept = serde_json::to_string(&model.observed().observe(&fixed).evidence).unwrap();
    assert_eq!(serde_json::from_str::<Evidence>(&kept).unwrap().digest(), settled, "also of what was kept");
    settle(&mut model, &wanted(SOLD, Some("10.0.0.7")));
    assert_ne!(digest(&model), settled);
}

#[test]
fn rows_of_others_are_conflicts_and_are_never_changed() {
    let theirs = [("name", "ana"), ("comment", "old system")];
    let of_another_service = [("name", "ana"), ("comment", "ramal:secret:8:abc")];
    let name = || "ana".to_owned();
    let cases = [
        (theirs, Because::Foreign { menu: Menu::Secret, name: name() }),
        (of_another_service, Because::HeldByService { menu: Menu::Secret, name: name(), service: ServiceId(8) }),
    ];
    for (row, because) in cases {
        let mut model = Model::default();
        model.seed(Menu::Secret, &row);
        for provision in [SOLD, Provision::Suspended, Provision::Cut] {
            assert_eq!(planned(&model, &wanted(provision, None)).unwrap_err(), because);
        }
        model.dial("ana");
        assert_eq!(planned(&model, &wanted(Provision::Absent, None)).unwrap(), [], "nothing of ours is there");
    }
}

#[test]
fn a_foreign_entry_that_keeps_a_restored_customer_cut_is_told() {
    let mut model = Model::default();
    model.seed(Menu::AddressList, &[("list", CUT_LIST), ("address", "10.9.0.7")]);
    let because = Because::Foreign { menu: Menu::AddressList, name: "10.9.0.7".into() };
    assert_eq!(planned(&model, &wanted(SOLD, Some("10.9.0.7"))).unwrap_err(), because);
}

#[test]
fn a_row_that_was_added_twice_is_kept_once() {
    let mut model = Model::default();
    settle(&mut model, &wanted(SOLD, None));
    let comment = model.of(Menu::Secret).next().unwrap().attributes.get("comment").to_owned();
    model.seed(Menu::Secret, &[("name", "ana-old"), ("comment", &comment)]);
    settle(&mut model, &wanted(SOLD, None));
    assert_eq!(model.of(Menu::Secret).map(Row::key).collect::<Vec<_>>(), ["ana"]);
}

#[test]
fn a_session_that_outlived_its_secret_does_not_outlive_the_cut() {
    let mut model = Model::default();
    settle(&mut model, &wanted(SOLD, None));
    model.dial("ana");
    model.rows.retain(|row| row.menu != Menu::Secret);
    settle(&mut model, &wanted(Provision::Suspended, None));
    assert!(!model.is_fast("ana"));
    assert_eq!(state(&model, &wanted(Provision::Suspended, None)), TechnicalState::Suspended);
}

#[test]
fn a_session_of_another_state_is_dropped_though_the_secret_is_right() {
    for (provision, listed) in [(Provision::Suspended, false), (SOLD, true), (Provision::Cut, true)] {
        let mut model = Model::default();
        settle(&mut model, &wanted(provision, None));
        model.seed(Menu::Session, &[("name", "ana"), ("address", "100.64.0.9")]);
        if listed {
            model.seed(Menu::AddressList, &[("list", CUT_LIST), ("address", "100.64.0.9"), ("dynamic", "true")]);
        }
        let mut expected = vec![Action::DropSessions { user: "ana".into() }];
        if provision.is_cut() {
            expected.push(Action::DropConnections { address: "100.64.0.9".into() });
        }
        assert_eq!(planned(&model, &wanted(provision, None)).unwrap(), expected, "{provision:?}");
    }
}

#[test]
fn what_the_router_writes_otherwise_is_not_a_difference() {
    let mut model = Model::default();
    settle(&mut model, &leased(SOLD));
    for row in &mut model.rows {
        row.attributes.set("rate-limit", "10240000/51200000");
        row.attributes.set("block-access", "false");
        row.attributes.set("disabled", "false");
        row.attributes.set("mac-address", row.key().to_lowercase());
    }
    assert_eq!(planned(&model, &leased(SOLD)).unwrap(), []);
}

#[test]
fn a_lease_keeps_a_limit_and_is_never_disabled_to_cut() {
    for (provision, rate, list, blocked) in [
        (SOLD, "10240k/51200k", "", "no"),
        (Provision::Suspended, CUT_RATE, CUT_LIST, "no"),
        (Provision::Cut, CUT_RATE, CUT_LIST, "yes"),
    ] {
        let lease = leased(provision).row(&Addressing::default()).unwrap().attributes;
        let held = ["rate-limit", "address-lists", "block-access", "disabled"].map(|name| lease.get(name));
        assert_eq!(held, [rate, list, blocked, "no"]);
        let mut model = Model::default();
        settle(&mut model, &leased(provision));
        assert_eq!(state(&model, &leased(provision)), provision.state());
    }
}

#[test]
fn what_a_customer_has_is_told_by_the_live_session_and_not_by_the_secret() {
    let mut model = Model::default();
    settle(&mut model, &wanted(SOLD, None));
    model.dial("ana");
    let fast_session = model.clone();
    settle(&mut model, &wanted(Provision::Cut, None));
    // The secret is disabled, and the session of before is still there.
    let session = fast_session.of(Menu::Session).next().unwrap().clone();
    model.rows.push(session);
    assert_eq!(state(&model, &wanted(Provision::Cut, None)), TechnicalState::Active);
}

#[test]
fn tags_are_read_back_as_they_were_written_and_nothing_else_is_a_tag() {
    let tag = wanted(SOLD, None).row(&Addressing::default()).unwrap().tag();
    assert_eq!(Tag::parse(Menu::Secret, &tag.to_string()), Some(tag.clone()));
    let dropping = tag.dropping();
    assert!(dropping.to_string().ends_with(":drop"));
    assert_eq!(Tag::parse(Menu::Secret, &dropping.to_string()), Some(dropping));
    for other in
        ["", "ramal", "ramal:secret", "ramal:secret:x:1", "ramal:lease:7:1", "ramal:secret:7:1:gone", "Ana Pérez"]
    {
        assert_eq!(Tag::parse(Menu::Secret, other), None, "{other}");
    }
}

#[test]
fn a_version_without_comments_on_profiles_is_not_sent_one() {
    let dialect = Dialect::of("6.49.10 (long-term)");
    assert!(!dialect.has(Menu::Profile, "comment") && dialect.has(Menu::Secret, "comment"));
    let services = [wanted(SOLD, None)];
    let (profile, _) = &profiles(&services, &Addressing::default())[0];
    let Ok(Some(Action::Add { attributes, .. })) = diff_profiles(profile, &Observed::default(), dialect) else {
        panic!("an add");
    };
    assert!(!attributes.has("comment"));
    assert_eq!(Dialect::of("7.20.8 (stable)"), Dialect::NEWEST);
}
