//! What a router needs once: its rows, their order, and what others wrote beside them.

use super::*;

fn base() -> BaseWanted {
    BaseWanted {
        notice: "10.0.0.2:3080".parse().ok(),
        allowed: vec!["portal.example".into(), "pay.example".into(), "portal.example".into()],
        pools: vec![PoolWanted { name: "clientes".into(), ranges: "10.8.0.100-10.8.0.200".into() }],
    }
}

fn left(model: &Model, base: &BaseWanted) -> Vec<Action> {
    diff_base(base, &model.observed(), Dialect::NEWEST).unwrap()
}

fn settle_base(model: &mut Model, base: &BaseWanted) {
    for _ in 0..2 {
        left(model, base).iter().for_each(|action| model.apply(action));
    }
    assert_eq!(left(model, base), [], "two rounds are enough");
}

/// The rules of a chain as `action` and what they are about, in the router's order.
fn chain(model: &Model, menu: Menu, chain: &str) -> Vec<String> {
    let rules = model.of(menu).filter(|row| row.attributes.get("chain") == chain);
    let told = ["action", "protocol", "src-address-list", "dst-address-list", "connection-state"];
    rules
        .map(|rule| {
            let words = told.iter().map(|name| rule.attributes.get(name)).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

fn factory() -> Model {
    let mut model = Model::default();
    let rules: [&[(&str, &str)]; 4] = [
        &[("chain", "forward"), ("action", "passthrough"), ("dynamic", "true")],
        &[("chain", "forward"), ("action", "fasttrack-connection"), ("connection-state", "established,related")],
        &[("chain", "forward"), ("action", "accept"), ("connection-state", "established,related")],
        &[("chain", "input"), ("action", "drop")],
    ];
    for rule in rules {
        model.seed(Menu::Filter, rule);
    }
    model.seed(Menu::Nat, &[("chain", "dstnat"), ("action", "redirect"), ("protocol", "tcp")]);
    model
}

#[test]
fn those_who_are_cut_are_judged_before_fasttrack_and_before_what_is_established() {
    let mut model = factory();
    settle_base(&mut model, &base());
    let forward = [
        "passthrough",
        "jump ramal-cut",
        "jump ramal-cut",
        "accept established,related",
        "fasttrack-connection established,related",
        "accept established,related",
    ];
    assert_eq!(chain(&model, Menu::Filter, "forward"), forward);
    let judged = [
        "accept udp",
        "accept udp",
        "accept tcp",
        "accept tcp",
        "accept ramal-allowed",
        "accept ramal-allowed",
        "reject",
    ];
    assert_eq!(chain(&model, Menu::Filter, "ramal-cut"), judged);
    assert_eq!(chain(&model, Menu::Filter, "input"), ["drop"]);
    assert_eq!(chain(&model, Menu::Nat, "dstnat")[0], "dst-nat tcp ramal-cut !ramal-allowed");
    assert_eq!(
        model.of(Menu::AddressList).map(Row::key).collect::<Vec<_>>(),
        ["10.0.0.2", "portal.example", "pay.example"]
    );
}

#[test]
fn what_is_established_is_accepted_right_before_it_would_be_fast_tracked_and_what_others_judge_before_stays_before() {
    let ours = "accept established,related";
    let theirs = ["drop", "fasttrack-connection", "drop udp", "fasttrack-connection tcp"];
    let seeded = |disabled: &str| {
        let mut model = Model::default();
        for rule in theirs {
            let (action, protocol) = rule.split_once(' ').unwrap_or((rule, ""));
            let rule = [("chain", "forward"), ("action", action), ("protocol", protocol), ("disabled", disabled)];
            model.seed(Menu::Filter, &rule);
        }
        settle_base(&mut model, &base());
        model
    };
    let jumps = ["jump ramal-cut"; 2];
    let mut model = seeded("false");
    assert_eq!(chain(&model, Menu::Filter, "forward"), [&jumps[..], &theirs[..1], &[ours][..], &theirs[1..]].concat());
    let disabled = seeded("true");
    let last = [&jumps[..], &theirs[..], &[ours][..]].concat();
    assert_eq!(chain(&disabled, Menu::Filter, "forward"), last, "where nothing is fast-tracked, nothing is accepted");
    let before = chain(&model, Menu::Filter, "forward");
    for row in model.rows.iter_mut().filter(|row| row.attributes.get("action") == "fasttrack-connection") {
        row.attributes.set("disabled", "true");
    }
    settle_base(&mut model, &base());
    assert_eq!(chain(&model, Menu::Filter, "forward"), before, "where it stands does not matter then");
}

#[test]
fn whoever_is_cut_is_judged_before_what_is_established_wherever_somebody_moved_the_rules() {
    let mut start = factory();
    settle_base(&mut start, &base());
    let forward = |model: &Model| chain(model, Menu::Filter, "forward");
    let movable = start.of(Menu::Filter).filter(|row| !row.is_dynamic());
    let ids: Vec<String> = movable.map(|row| row.id.clone()).collect();
    for (moved, before) in ids.iter().flat_map(|moved| ids.iter().map(move |before| (moved, before))) {
        let mut model = start.clone();
        if moved != before {
            model.apply(&Action::Move { menu: Menu::Filter, id: moved.clone(), before: Some(before.clone()) });
        }
        settle_base(&mut model, &base());
        let told = forward(&model);
        let place = |rule: &str| told.iter().position(|other| other == rule).unwrap();
        assert!(place("jump ramal-cut") < place("accept established,related"), "{told:?}");
        assert_eq!(told[place("fasttrack-connection established,related") - 1], "accept established,related");
    }
}

#[test]
fn whatever_the_beginning_it_was_stopped_at_the_same_is_reached() {
    let actions = left(&factory(), &base());
    let mut whole = factory();
    settle_base(&mut whole, &base());
    for done in 0..=actions.len() {
        let mut model = factory();
        actions.iter().take(done).for_each(|action| model.apply(action));
        settle_base(&mut model, &base());
        for (menu, name) in [(Menu::Filter, "forward"), (Menu::Filter, "ramal-cut"), (Menu::Nat, "dstnat")] {
            assert_eq!(chain(&model, menu, name), chain(&whole, menu, name), "stopped after {done}");
        }
        assert_eq!(model.rows.len(), whole.rows.len());
    }
}

#[test]
fn rules_that_somebody_moved_or_put_before_ours_are_passed_again() {
    let mut model = factory();
    settle_base(&mut model, &base());
    let whole = ["forward", "ramal-cut"].map(|name| chain(&model, Menu::Filter, name));
    model.rows.reverse();
    settle_base(&mut model, &base());
    assert_eq!(chain(&model, Menu::Filter, "ramal-cut"), whole[1]);
    assert_eq!(chain(&model, Menu::Filter, "forward")[..2], whole[0][1..3]);
    let first = model.of(Menu::Filter).next().unwrap().id.clone();
    model.apply(&Action::Add {
        menu: Menu::Filter,
        attributes: [("chain", "ramal-cut"), ("action", "accept"), ("comment", "a friend")].into_iter().collect(),
        before: Some(first),
    });
    settle_base(&mut model, &base());
    assert_eq!(chain(&model, Menu::Filter, "ramal-cut").last().unwrap(), "accept", "theirs is kept, after ours");
    assert_eq!(chain(&model, Menu::Filter, "ramal-cut")[..7], whole[1][..]);
}

#[test]
fn what_is_no_longer_wanted_goes_and_what_was_changed_is_put_right() {
    let mut model = factory();
    settle_base(&mut model, &base());
    for row in model.rows.iter_mut().filter(|row| row.attributes.get("action") == "reject") {
        row.attributes.set("disabled", "yes");
    }
    assert!(!base().observe(&model.observed(), Dialect::NEWEST).as_wanted);
    let without = BaseWanted { notice: None, allowed: vec!["pay.example".into()], pools: Vec::new() };
    settle_base(&mut model, &without);
    assert!(without.observe(&model.observed(), Dialect::NEWEST).as_wanted);
    assert_eq!(chain(&model, Menu::Nat, "dstnat"), ["redirect tcp"]);
    assert_eq!(model.of(Menu::AddressList).map(Row::key).collect::<Vec<_>>(), ["pay.example"]);
    assert_eq!(model.of(Menu::Pool).count(), 0);
    let rejecting = model.of(Menu::Filter).find(|row| row.attributes.get("action") == "reject").unwrap();
    assert!(!rejecting.attributes.flag("disabled"));
}

#[test]
fn rows_of_others_are_conflicts_here_too() {
    let mut model = Model::default();
    model.seed(Menu::Pool, &[("name", "clientes"), ("ranges", "10.1.0.0/24")]);
    let refused = diff_base(&base(), &model.observed(), Dialect::NEWEST).unwrap_err();
    assert_eq!(refused, Because::Foreign { menu: Menu::Pool, name: "clientes".into() });
    let mut model = Model::default();
    model.seed(Menu::Pool, &[("name", "clientes"), ("ranges", "10.8.0.100-10.8.0.200")]);
    let version_6 = Dialect::of("6.49.10 (long-term)");
    let actions = diff_base(&base(), &model.observed(), version_6).unwrap();
    assert!(!format!("{actions:?}").contains("Pool"), "there it has no comment, and is right as it is");
    assert!(!version_6.is_verified() && Dialect::NEWEST.is_verified());
}

#[test]
fn the_tag_of_a_base_row_is_read_back_in_any_menu() {
    for row in base().rows() {
        assert_eq!(Tag::parse(row.menu, &row.tag().to_string()), Some(row.tag()));
    }
}
