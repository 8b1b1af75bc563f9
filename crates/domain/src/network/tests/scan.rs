//! A whole router beside what it should hold.

use super::*;

fn compared(model: &Model, services: &[ServiceWanted]) -> Comparison {
    compare(services, &[], &Addressing::default(), &model.observed(), Dialect::NEWEST)
}

fn with_base(model: &Model, base: &BaseWanted) -> Comparison {
    compared(model, &[]).with_base(base, &model.observed(), Dialect::NEWEST)
}

fn found(comparison: &Comparison) -> Vec<(Verdict, Menu, &str)> {
    comparison.findings.iter().map(|finding| (finding.verdict, finding.menu, finding.name.as_str())).collect()
}

/// Somebody changes the only profile by hand.
fn change_profile(model: &mut Model, name: &str, value: &str) {
    let profile = model.rows.iter_mut().find(|row| row.menu == Menu::Profile).unwrap();
    profile.attributes.set(name.to_owned(), value.to_owned());
}

/// Two of one speed, by PPPoE and so with a profile, and one by DHCP.
fn three() -> (Model, [ServiceWanted; 3]) {
    let (ana, mut eva, mut luz) = (wanted(SOLD, None), wanted(SOLD, None), leased(SOLD));
    let password = Password { plain: "otra".into(), version: "v1".into() };
    let attachment = Attachment::Pppoe { user: "eva".into(), password, caller: None, address: None, prefix: None };
    (eva.service, eva.attachment, luz.service) = (ServiceId(8), attachment, ServiceId(9));
    let mut model = Model::default();
    [&ana, &eva, &luz].into_iter().for_each(|wanted| settle(&mut model, wanted));
    (model, [ana, eva, luz])
}

#[test]
fn a_router_that_holds_what_it_should_has_nothing_to_tell() {
    let (model, services) = three();
    let comparison = compared(&model, &services);
    assert_eq!(comparison.findings, []);
    assert_eq!(comparison.agreeing, services.map(|wanted| wanted.service));
}

#[test]
fn of_a_profile_that_became_somebody_else_s_no_customer_agrees_and_it_is_told() {
    let (mut model, services) = three();
    change_profile(&mut model, "comment", "the fast one");
    let comparison = compared(&model, &services);

    assert_eq!(found(&comparison), [(Verdict::Refused, Menu::Profile, "ramal-51200-10240")]);
    assert!(matches!(comparison.findings[0].because, Some(Because::Foreign { .. })));
    assert_eq!(comparison.agreeing, [ServiceId(9)], "whose limit is its own");
}

#[test]
fn of_a_profile_with_another_speed_no_customer_agrees() {
    let (mut model, services) = three();
    change_profile(&mut model, "rate-limit", "0/0");
    let comparison = compared(&model, &services);

    assert_eq!(found(&comparison), [(Verdict::Different, Menu::Profile, "ramal-51200-10240")]);
    assert_eq!(comparison.agreeing, [ServiceId(9)]);
}

#[test]
fn rules_of_the_cut_that_are_gone_changed_or_moved_are_told() {
    let base = BaseWanted::default();
    let mut model = Model::default();
    diff_base(&base, &model.observed(), Dialect::NEWEST).unwrap().iter().for_each(|action| model.apply(action));
    assert_eq!(with_base(&model, &base).findings, []);

    let is = |row: &Row, name: &str| row.tag().is_some_and(|tag| tag.owner == Owner::Base(name.to_owned()));
    model.rows.retain(|row| !is(row, "cut-from"));
    let reject = model.rows.iter_mut().find(|row| is(row, "reject")).unwrap();
    reject.attributes.set("disabled".to_owned(), "yes".to_owned());
    model.seed(Menu::Filter, &[("chain", "forward"), ("action", "accept")]);
    let jump = model.rows.iter().position(|row| is(row, "cut-to")).unwrap();
    let jump = model.rows.remove(jump);
    model.rows.push(jump);

    let comparison = with_base(&model, &base);
    let mut told: Vec<(Verdict, &str)> =
        comparison.findings.iter().map(|finding| (finding.verdict, rule(&finding.name))).collect();
    told.sort_unstable_by_key(|(_, name)| *name);
    let expected = [(Verdict::Missing, "cut-from"), (Verdict::Different, "cut-to"), (Verdict::Different, "reject")];
    assert_eq!(told, expected);
    assert!(comparison.findings.iter().all(Finding::is_of_base));
}

/// `cut-to`, of the comment `ramal:base:cut-to:0123`.
fn rule(comment: &str) -> &str {
    comment.split(':').nth(2).unwrap()
}

#[test]
fn an_address_of_another_list_is_no_part_of_what_the_router_needs_once() {
    let mut model = Model::default();
    model.seed(Menu::AddressList, &[("list", CUT_LIST), ("address", "10.9.0.7"), ("comment", "by hand")]);
    model.seed(Menu::AddressList, &[("list", CUT_LIST), ("address", "10.9.0.8"), ("comment", "ramal:list:7:0123")]);
    let comparison = compared(&model, &[]);

    let expected =
        [(Verdict::Foreign, Menu::AddressList, "10.9.0.7"), (Verdict::Orphaned, Menu::AddressList, "10.9.0.8")];
    assert_eq!(found(&comparison), expected);
    assert!(!comparison.findings.iter().any(Finding::is_of_base));
}
