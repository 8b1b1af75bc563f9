//! What a hotspot is made to hold, on a router in memory; and codes, durations, ends.

use chrono::{DateTime, Utc};

use super::*;
use crate::ids::{HotspotBindingId, HotspotProfileId, VoucherId, WalledGardenId};
use crate::network::{Attributes, Because};
use crate::plan::Speed;

/// The rows of a router, and what changes do to them.
#[derive(Default)]
struct Model {
    reading: Reading,
    next: usize,
}

impl Model {
    fn seed(&mut self, menu: HotspotMenu, attributes: Attributes) {
        self.next += 1;
        self.reading.rows.push(Row { menu, id: format!("*{:X}", self.next), attributes });
    }

    fn sign_in(&mut self, user: &str, mac: &str) {
        let session = [("user", user), ("mac-address", mac), ("uptime", "5m"), ("address", "10.5.50.2")];
        self.seed(HotspotMenu::Active, session.into_iter().collect());
    }

    fn apply(&mut self, action: &Action) {
        match action {
            Action::Add { menu, attributes } => self.seed(*menu, attributes.clone()),
            Action::Set { menu, id, attributes, unset } => {
                let row = self.reading.rows.iter_mut().find(|row| row.menu == *menu && row.id == *id).unwrap();
                attributes.iter().for_each(|(name, value)| row.attributes.set(name.to_owned(), value));
                unset.iter().for_each(|name| row.attributes.remove(name));
            }
            Action::Remove { menu, id } => self.reading.rows.retain(|row| row.menu != *menu || row.id != *id),
            Action::EndSessions { user, mac } => self.reading.rows.retain(|row| {
                let of_device = |mac: &crate::contact::Mac| row.attributes.get("mac-address") == mac.as_str();
                let ends = row.attributes.get("user") == user && mac.as_ref().is_none_or(of_device);
                row.menu != HotspotMenu::Active || !ends
            }),
        }
    }

    fn settle(&mut self, wanted: &HotspotWanted) {
        for action in diff(wanted, &self.reading).all() {
            self.apply(action);
        }
        assert_eq!(diff(wanted, &self.reading), Plan::default(), "a second time there is nothing to do");
    }

    fn names(&self, menu: HotspotMenu, name: &str) -> Vec<&str> {
        self.reading.of(menu).map(|row| row.attributes.get(name)).collect()
    }
}

fn voucher(number: i64, name: &str) -> AccountWanted {
    AccountWanted {
        owner: Owner::Voucher(VoucherId(number)),
        name: name.to_owned(),
        password: String::new(),
        secret_version: None,
        profile: HotspotProfileId(3),
        limit_seconds: Some(7200),
        limit_bytes: None,
        mac: None,
    }
}

fn hotspot() -> HotspotWanted {
    HotspotWanted {
        server: "hotspot1".to_owned(),
        profiles: vec![ProfileWanted {
            profile: HotspotProfileId(3),
            speed: Speed { down_kbps: 5120, up_kbps: 1024 },
            shared_users: 1,
            session_minutes: Some(60),
        }],
        accounts: vec![voucher(1, "AAA"), voucher(2, "BBB")],
        garden: vec![
            GardenWanted { entry: None, to: Reachable::Host("ramal.example".to_owned()) },
            GardenWanted { entry: Some(WalledGardenId(4)), to: Reachable::Host("*.stripe.com".to_owned()) },
            GardenWanted { entry: Some(WalledGardenId(5)), to: Reachable::Address("10.1.0.0/24".to_owned()) },
        ],
        bindings: vec![BindingWanted {
            binding: HotspotBindingId(6),
            mac: "02:00:00:00:00:09".parse().unwrap(),
            kind: BindingKind::Blocked,
        }],
        ..HotspotWanted::default()
    }
}

#[test]
fn a_hotspot_is_brought_to_what_is_wanted_and_then_left_alone() {
    let mut model = Model::default();
    model.settle(&hotspot());
    assert_eq!(model.names(HotspotMenu::User, "name"), ["AAA", "BBB"]);
    let profile = model.reading.of(HotspotMenu::UserProfile).next().unwrap();
    assert_eq!(profile.attributes.get("rate-limit"), "1024k/5120k", "the customer's upload first");
    assert!(!profile.attributes.has("comment"), "profiles have none: their name says whose they are");
    assert_eq!(model.names(HotspotMenu::Garden, "dst-host"), ["ramal.example", "*.stripe.com"]);
    assert_eq!(model.names(HotspotMenu::GardenIp, "dst-host"), ["ramal.example", ""], "a star has no addresses");
    model.settle(&HotspotWanted { server: "hotspot1".to_owned(), ..HotspotWanted::default() });
    assert_eq!(model.reading, Reading::default(), "nothing of ours is left");
}

#[test]
fn what_the_router_writes_otherwise_is_not_a_difference() {
    let mut model = Model::default();
    model.settle(&hotspot());
    for row in &mut model.reading.rows {
        match row.menu {
            HotspotMenu::User => {
                row.attributes.set("limit-uptime", "2h");
                row.attributes.set("disabled", "false");
                row.attributes.remove("mac-address");
                row.attributes.remove("password");
            }
            HotspotMenu::UserProfile => {
                row.attributes.set("session-timeout", "01:00:00");
                row.attributes.set("rate-limit", "1024000/5120000");
            }
            _ => {}
        }
    }
    assert_eq!(diff(&hotspot(), &model.reading), Plan::default());
}

#[test]
fn a_session_ends_before_its_voucher_s_row_goes_and_nobody_comes_in_between() {
    let mut model = Model::default();
    model.settle(&hotspot());
    model.sign_in("AAA", "02:00:00:00:00:01");
    let without = HotspotWanted { accounts: vec![voucher(2, "BBB")], ..hotspot() };
    let plan = diff(&without, &model.reading);
    let [Action::Set { attributes, .. }, Action::EndSessions { user, mac: None }, Action::Remove { .. }] =
        &plan.accounts[0][..]
    else {
        panic!("{plan:?}");
    };
    assert_eq!((attributes.get("disabled"), user.as_str()), ("yes", "AAA"));
    model.settle(&without);
    assert_eq!(model.names(HotspotMenu::Active, "user"), Vec::<&str>::new());
}

#[test]
fn a_session_does_not_outlive_its_voucher_though_somebody_removed_the_row() {
    let mut model = Model::default();
    let over = HotspotWanted { over: ["AAA".to_owned()].into(), accounts: Vec::new(), ..hotspot() };
    model.sign_in("AAA", "02:00:00:00:00:01");
    model.sign_in("guest-of-the-hotel", "02:00:00:00:00:02");
    model.settle(&over);
    assert_eq!(model.names(HotspotMenu::Active, "user"), ["guest-of-the-hotel"], "theirs is not touched");
}

#[test]
fn a_voucher_that_is_for_one_device_ends_the_others_only() {
    let mut model = Model::default();
    model.settle(&hotspot());
    model.sign_in("AAA", "02:00:00:00:00:01");
    model.sign_in("AAA", "02:00:00:00:00:02");
    let mac = "02:00:00:00:00:01".parse().ok();
    let locked = HotspotWanted { accounts: vec![AccountWanted { mac, ..voucher(1, "AAA") }], ..hotspot() };
    model.settle(&locked);
    assert_eq!(model.names(HotspotMenu::Active, "mac-address"), ["02:00:00:00:00:01"]);
}

#[test]
fn rows_of_others_are_told_and_never_changed() {
    let mut model = Model::default();
    let theirs: Attributes = [("name", "AAA"), ("profile", "default"), ("comment", "front desk")].into_iter().collect();
    model.seed(HotspotMenu::User, theirs.clone());
    model.seed(HotspotMenu::Binding, [("mac-address", "02:00:00:00:00:77")].into_iter().collect());
    let plan = diff(&hotspot(), &model.reading);
    let because = Because::ForeignInHotspot { path: "/ip/hotspot/user".to_owned(), name: "AAA".to_owned() };
    assert_eq!(plan.problems, [because]);
    plan.all().for_each(|action| model.apply(action));
    assert_eq!(model.names(HotspotMenu::User, "name"), ["AAA", "BBB"], "the others are served all the same");
    let nothing = HotspotWanted { server: "hotspot1".to_owned(), ..HotspotWanted::default() };
    diff(&nothing, &model.reading).all().for_each(|action| model.apply(action));
    assert_eq!(model.reading.of(HotspotMenu::User).next().unwrap().attributes, theirs);
    assert_eq!(model.reading.of(HotspotMenu::Binding).count(), 1);
}

#[test]
fn a_profile_that_others_refer_to_stays() {
    let mut model = Model::default();
    model.settle(&hotspot());
    model.seed(HotspotMenu::User, [("name", "boss"), ("profile", "ramal-hs-3")].into_iter().collect());
    let nothing = HotspotWanted { server: "hotspot1".to_owned(), ..HotspotWanted::default() };
    model.settle(&nothing);
    assert_eq!(model.names(HotspotMenu::UserProfile, "name"), ["ramal-hs-3"]);
}

#[test]
fn a_limit_that_is_taken_off_a_profile_is_unset() {
    let mut model = Model::default();
    model.settle(&hotspot());
    let mut wanted = hotspot();
    wanted.profiles[0].session_minutes = None;
    let plan = diff(&wanted, &model.reading);
    let [Action::Set { unset, .. }] = &plan.first[..] else { panic!("{plan:?}") };
    assert_eq!(unset, &["session-timeout"]);
    model.settle(&wanted);
}

#[test]
fn an_account_is_told_by_its_counters_and_by_its_live_session() {
    let mut model = Model::default();
    model.settle(&hotspot());
    assert!(model.reading.accounts().iter().all(|account| !account.was_used()));
    model.sign_in("AAA", "02:00:00:00:00:01");
    let rows = model.reading.rows.iter_mut();
    for row in rows.filter(|row| row.attributes.get("name") == "BBB") {
        row.attributes.set("uptime", "1m");
        row.attributes.set("bytes-in", "700");
    }
    let told: Vec<_> = model
        .reading
        .accounts()
        .into_iter()
        .map(|account| (account.name.clone(), account.seconds, account.bytes))
        .collect();
    assert_eq!(told, [("AAA".to_owned(), 300, 0), ("BBB".to_owned(), 60, 700)]);
}

#[test]
fn a_wrong_sign_and_two_that_changed_places_are_found() {
    let code = Code::of([7, 19, 4, 0, 22, 11, 3, 8, 15]);
    assert_eq!(code.as_str().len(), 10);
    let typed = code.grouped().to_lowercase().replace(' ', "-");
    assert_eq!(typed.parse(), Ok(code.clone()), "as people type it");
    let signs: Vec<char> = code.as_str().chars().collect();
    for place in 0..signs.len() {
        for other in "234679ACDEFHJKMNPRTUWXY".chars().filter(|other| *other != signs[place]) {
            let mut wrong = signs.clone();
            wrong[place] = other;
            assert_eq!(wrong.iter().collect::<String>().parse::<Code>(), Err(NotACode), "{place} {other}");
        }
    }
    for place in 1..signs.len() - 1 {
        let mut swapped = signs.clone();
        swapped.swap(place - 1, place);
        let swapped: String = swapped.iter().collect();
        assert!(swapped == code.as_str() || swapped.parse::<Code>() == Err(NotACode), "{swapped}");
    }
    for wrong in ["", "AAAA", "O0I1LSZ58B", "<script>"] {
        assert_eq!(wrong.parse::<Code>(), Err(NotACode));
    }
}

#[test]
fn durations_are_read_in_every_form_that_routers_write() {
    for (text, expected) in [
        ("", 0),
        ("none", 0),
        ("0s", 0),
        ("5m", 300),
        ("1h2m3s", 3723),
        ("1w2d3h4m5s", 788_645),
        ("00:05:00", 300),
        ("1d03:00:00", 97_200),
        ("2s500ms", 2),
    ] {
        assert_eq!(seconds(text), expected, "{text}");
    }
}

#[test]
fn a_voucher_ends_by_its_minutes_and_never_after_its_last_day() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let first = at("2026-03-02T10:00:00Z");
    for (minutes, day_over, expected) in [
        (Some(60), None, "2026-03-02T11:00:00Z"),
        (None, Some("2026-04-01T06:00:00Z"), "2026-04-01T06:00:00Z"),
        (Some(60), Some("2026-03-02T10:30:00Z"), "2026-03-02T10:30:00Z"),
        (Some(60), Some("2026-04-01T06:00:00Z"), "2026-03-02T11:00:00Z"),
    ] {
        assert_eq!(end_of_use(first, minutes, day_over.map(at)), at(expected));
    }
    let limits = Limits { minutes: Some(1), megabytes: Some(1) };
    assert_eq!(limits.used_up(59, 1_048_575), None);
    assert_eq!(limits.used_up(60, 0), Some(EndReason::TimeUsed));
    assert_eq!(limits.used_up(0, 1_048_576), Some(EndReason::DataUsed));
}

#[test]
fn a_hotspot_is_late_when_it_should_long_have_been_looked_at_again() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let looked_at = Some(at("2026-03-02T12:00:00Z"));
    assert!(!is_late(looked_at, 60, at("2026-03-02T12:31:00Z")));
    assert!(is_late(looked_at, 60, at("2026-03-02T12:31:01Z")));
    assert!(!is_late(looked_at, 3600, at("2026-03-02T13:30:00Z")), "it is looked at once an hour");
    assert!(!is_late(None, 60, at("2026-03-02T12:31:01Z")));
}
