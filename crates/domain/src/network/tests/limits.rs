//! Speeds, bursts, queues, leases and prefixes: what limits a customer, and that nothing leads around it.

use super::*;
use crate::plan::Burst;

const BURSTING: Provision = Provision::Active(Rate {
    sold: Speed { down_kbps: 50_000, up_kbps: 10_000 },
    burst: Some(Burst {
        limit: Speed { down_kbps: 80_000, up_kbps: 16_000 },
        threshold: Speed { down_kbps: 40_000, up_kbps: 8_000 },
        seconds: 16,
    }),
});

fn with_queues() -> Addressing {
    Addressing { limit_by: LimitBy::Queue, ..Addressing::default() }
}

fn lease(model: &Model) -> &Attributes {
    &model.of(Menu::Lease).next().unwrap().attributes
}

#[test]
fn a_queue_has_upload_before_download_and_its_burst_the_same_way() {
    let queue = leased(BURSTING).queue(&with_queues()).unwrap().attributes;
    let held = ["target", "max-limit", "burst-limit", "burst-threshold", "burst-time"].map(|name| queue.get(name));
    assert_eq!(held, ["10.8.0.7/32", "10000k/50000k", "16000k/80000k", "8000k/40000k", "16s/16s"]);
}

#[test]
fn a_burst_is_part_of_the_rate_limit_of_profiles_and_leases() {
    let rate = "10000k/50000k 16000k/80000k 8000k/40000k 16/16";
    let (profile, _) = &profiles(&[wanted(BURSTING, None)], &Addressing::default())[0];
    assert_eq!(profile.attributes.get("rate-limit"), rate);
    assert_eq!(profile.key(), "ramal-50000-10000-b-80000-16000-40000-8000-16", "another burst is another profile");
    assert_eq!(leased(BURSTING).row(&Addressing::default()).unwrap().attributes.get("rate-limit"), rate);
}

#[test]
fn only_a_fixed_address_of_a_router_with_queues_has_one() {
    assert!(leased(SOLD).queue(&Addressing::default()).is_none());
    assert!(wanted(SOLD, Some("10.9.0.7")).queue(&with_queues()).is_none(), "a profile limits it");
    let Attachment::Dhcp { mac, .. } = leased(SOLD).attachment else { panic!("leased") };
    let from_the_pool = ServiceWanted { attachment: Attachment::Dhcp { mac, address: None }, ..leased(SOLD) };
    assert!(from_the_pool.queue(&with_queues()).is_none());
    let lease = from_the_pool.row(&with_queues()).unwrap();
    assert_eq!(lease.attributes.get("rate-limit"), "10240k/51200k", "its lease limits it");
}

/// As fast as the fastest of what limits it, or not limited at all.
fn is_limited(model: &Model) -> bool {
    let lease_limits = model.of(Menu::Lease).any(|row| !row.attributes.get("rate-limit").is_empty());
    let queue_limits = model.of(Menu::Queue).any(|row| !row.attributes.flag("disabled"));
    lease_limits || queue_limits || model.of(Menu::Lease).next().is_none()
}

#[test]
fn no_beginning_of_any_change_leaves_a_leased_customer_without_a_limit() {
    let routers = [Addressing::default(), with_queues()];
    for (before, after) in routers.iter().flat_map(|before| routers.iter().map(move |after| (before, after))) {
        for (from, to) in ALL.into_iter().flat_map(|from| ALL.map(|to| (from, to))) {
            let mut start = Model::default();
            settle_at(before, &mut start, &leased(from));
            let actions = planned_at(after, &start, &leased(to)).unwrap();
            for done in 0..=actions.len() {
                let mut model = start.clone();
                for action in actions.iter().take(done) {
                    model.apply(action);
                    assert!(is_limited(&model), "{from:?} to {to:?}: {action:?} of {actions:?}");
                }
                settle_at(after, &mut model, &leased(to));
                assert_eq!(state(&model, &leased(to)), to.state());
                let queues = model.of(Menu::Queue).count();
                assert_eq!(queues, usize::from(after.limit_by == LimitBy::Queue && to != Provision::Absent));
            }
        }
    }
}

#[test]
fn a_suspended_queue_is_slow_and_never_disabled() {
    let mut model = Model::default();
    for provision in [BURSTING, Provision::Suspended, Provision::Cut] {
        settle_at(&with_queues(), &mut model, &leased(provision));
    }
    let queue = &model.of(Menu::Queue).next().unwrap().attributes;
    let held = ["max-limit", "burst-limit", "disabled"].map(|name| queue.get(name));
    assert_eq!(held, [CUT_RATE, "0/0", "no"]);
}

#[test]
fn what_a_router_prints_of_a_queue_is_not_a_difference() {
    let mut model = Model::default();
    settle_at(&with_queues(), &mut model, &leased(BURSTING));
    for row in model.rows.iter_mut().filter(|row| row.menu == Menu::Queue) {
        row.attributes.set("max-limit", "10000000/50000000");
        row.attributes.set("burst-limit", "16M/80M");
        row.attributes.set("disabled", "false");
    }
    assert_eq!(planned_at(&with_queues(), &model, &leased(BURSTING)).unwrap(), []);
}

#[test]
fn a_queue_of_somebody_else_is_told_and_not_touched() {
    let mut model = Model::default();
    model.seed(Menu::Queue, &[("name", "ramal-7"), ("target", "10.8.0.7/32")]);
    let refused = planned_at(&with_queues(), &model, &leased(SOLD)).unwrap_err();
    assert_eq!(refused, Because::Foreign { menu: Menu::Queue, name: "ramal-7".into() });
}

#[test]
fn a_lease_that_the_router_made_by_itself_makes_way_for_ours() {
    let mut model = Model::default();
    let theirs = [("mac-address", "02:00:00:00:00:07"), ("address", "10.8.0.99"), ("dynamic", "true")];
    model.seed(Menu::Lease, &theirs);
    settle(&mut model, &leased(SOLD));
    assert_eq!(model.of(Menu::Lease).count(), 1);
    assert_eq!(lease(&model).get("address"), "10.8.0.7");
}

#[test]
fn a_lease_of_another_server_s_pool_stays() {
    let mut model = Model::default();
    let elsewhere =
        [("mac-address", "02:00:00:00:00:07"), ("address", "10.8.0.99"), ("dynamic", "true"), ("server", "guests")];
    model.seed(Menu::Lease, &elsewhere);
    let addressing = Addressing { dhcp_server: Some("lan".into()), ..Addressing::default() };
    settle_at(&addressing, &mut model, &leased(SOLD));
    assert_eq!(model.of(Menu::Lease).count(), 2);
}

#[test]
fn what_a_customer_who_is_cut_had_under_way_ends_and_others_go_on() {
    for (customer, address) in [(leased(SOLD), "10.8.0.7"), (wanted(SOLD, Some("10.9.0.7")), "10.9.0.7")] {
        let mut model = Model::default();
        settle(&mut model, &customer);
        model.seed(Menu::Connection, &[("src-address", &format!("{address}:40000"))]);
        model.seed(Menu::Connection, &[("src-address", &format!("{address}1:40000"))]);
        let faster = ServiceWanted { provision: UPGRADED, ..customer.clone() };
        settle(&mut model, &faster);
        assert_eq!(model.of(Menu::Connection).count(), 2, "nothing ends when the plan changes");
        let suspended = ServiceWanted { provision: Provision::Suspended, ..customer };
        let actions = planned(&model, &suspended).unwrap();
        for done in 0..=actions.len() {
            let mut model = model.clone();
            actions.iter().take(done).for_each(|action| model.apply(action));
            settle(&mut model, &suspended);
            let left: Vec<&str> = model.of(Menu::Connection).map(Row::key).collect();
            assert_eq!(left, [format!("{address}1:40000")], "stopped after {done} of {actions:?}");
        }
    }
}

#[test]
fn what_a_customer_who_leaves_had_under_way_ends_before_its_lease_goes_and_others_go_on() {
    for (routers, from) in [(Addressing::default(), SOLD), (with_queues(), SOLD), (with_queues(), Provision::Suspended)]
    {
        let mut model = Model::default();
        settle_at(&routers, &mut model, &leased(from));
        for row in model.rows.iter_mut().filter(|row| row.menu == Menu::Lease) {
            row.attributes.set("active-address", "10.8.0.99");
        }
        for address in ["10.8.0.7", "10.8.0.99", "10.8.0.71"] {
            model.seed(Menu::Connection, &[("src-address", &format!("{address}:40000"))]);
        }
        let leaves = leased(Provision::Absent);
        let actions = planned_at(&routers, &model, &leaves).unwrap();
        for done in 0..=actions.len() {
            let mut model = model.clone();
            actions.iter().take(done).for_each(|action| model.apply(action));
            settle_at(&routers, &mut model, &leaves);
            let left: Vec<&str> = model.of(Menu::Connection).map(Row::key).collect();
            assert_eq!(left, ["10.8.0.71:40000"], "stopped after {done} of {actions:?}");
        }
    }
}

#[test]
fn who_left_from_the_pool_of_the_router_without_being_connected_has_nothing_under_way() {
    let mac: Mac = "02:00:00:00:00:07".parse().unwrap();
    let attachment = Attachment::Dhcp { mac, address: None };
    let mut model = Model::default();
    settle(&mut model, &ServiceWanted { attachment: attachment.clone(), ..leased(SOLD) });
    let actions = planned(&model, &ServiceWanted { attachment, ..leased(Provision::Absent) }).unwrap();
    assert!(matches!(actions[..], [Action::Remove { menu: Menu::Lease, .. }]), "{actions:?}");
}

#[test]
fn version_6_of_the_protocol_does_not_lead_around_the_cut() {
    let addressing = Addressing { ipv6_pool: Some("clientes6".into()), ..Addressing::default() };
    let services = [SOLD, Provision::Suspended].map(|provision| {
        let mut customer = wanted(provision, None);
        let Attachment::Pppoe { prefix, .. } = &mut customer.attachment else { panic!("PPPoE") };
        *prefix = "2001:db8:0:7::/64".parse().ok();
        customer
    });
    let secrets = services.each_ref().map(|service| service.row(&addressing).unwrap().attributes);
    assert_eq!(secrets.each_ref().map(|secret| secret.get("remote-ipv6-prefix")), ["2001:db8:0:7::/64", ""]);
    let profiles = profiles(&services, &addressing);
    let held = ["name", "dhcpv6-pd-pool", "use-ipv6"];
    let read: Vec<_> = profiles.iter().map(|(profile, _)| held.map(|name| profile.attributes.get(name))).collect();
    assert_eq!(read, [["ramal-51200-10240", "clientes6", ""], ["ramal-cut", "", "no"]]);
    let mut model = Model::default();
    for service in services.iter().chain(&services) {
        settle_at(&addressing, &mut model, service);
    }
}
