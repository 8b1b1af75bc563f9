//! Whose a row is, in tables.

use super::*;

fn ana() -> Subscriber {
    Subscriber {
        service: ServiceId(7),
        contract_code: "C-00007".into(),
        customer_name: "Ana Muñoz".into(),
        references: vec!["K00012".into()],
        menus: vec![Menu::Secret],
        user: Some("ana".into()),
        mac: Some("02:00:00:00:00:07".parse().unwrap()),
        address: Some("10.9.0.7".parse().unwrap()),
    }
}

fn eva() -> Subscriber {
    Subscriber {
        service: ServiceId(8),
        contract_code: "C-00008".into(),
        customer_name: "Eva Paz".into(),
        references: vec!["K00013".into()],
        menus: vec![Menu::Secret],
        user: Some("eva".into()),
        mac: None,
        address: None,
    }
}

fn secret(name: &str, attributes: &[(&str, &str)]) -> ForeignRow {
    let own = [("name", name)];
    let attributes = own.iter().chain(attributes).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    ForeignRow { menu: Menu::Secret, name: name.to_owned(), attributes: attributes.collect() }
}

fn matched(row: ForeignRow) -> Match {
    match_rows(&[row], &[ana(), eva()], &BTreeSet::new()).remove(0)
}

#[test]
fn what_a_device_is_known_by_is_certain_and_what_somebody_wrote_is_probable() {
    use Certainty::{Certain, Probable, Unmatched};
    let by_nobody: &[Clue] = &[];
    for (row, certainty, clues) in [
        (secret("ana", &[]), Certain, &[Clue::User][..]),
        (secret("x1", &[("caller-id", "02:00:00:00:00:07")]), Certain, &[Clue::Mac]),
        (secret("x1", &[("remote-address", "10.9.0.7")]), Certain, &[Clue::Address]),
        (secret("x1", &[("comment", "ANA MUNOZ calle 5")]), Probable, &[Clue::Name]),
        (secret("x1", &[("comment", "cliente K00012")]), Probable, &[Clue::Reference]),
        (secret("c-00007", &[]), Probable, &[Clue::ContractCode]),
        (secret("x1", &[("comment", "Ana")]), Unmatched, by_nobody),
        (secret("x1", &[("comment", "12")]), Unmatched, by_nobody),
    ] {
        let found = matched(row.clone());
        assert_eq!((found.certainty, found.clues.as_slice()), (certainty, clues), "{row:?}");
    }
}

#[test]
fn clues_that_point_to_two_customers_make_nothing_certain() {
    let found = matched(secret("eva", &[("remote-address", "10.9.0.7")]));
    assert_eq!(found.certainty, Certainty::Probable);
}

#[test]
fn two_rows_of_one_customer_are_both_only_probable() {
    let rows = [secret("ana", &[]), secret("old", &[("caller-id", "02:00:00:00:00:07")])];
    let found = match_rows(&rows, &[ana(), eva()], &BTreeSet::new());
    assert!(found.iter().all(|one| one.certainty == Certainty::Probable && one.service == Some(ServiceId(7))));
}

#[test]
fn a_row_beside_one_of_ours_or_of_another_kind_is_matched_and_cannot_be_used() {
    let ours = BTreeSet::from([(Menu::Secret, ServiceId(7))]);
    let beside = match_rows(&[secret("ana", &[])], &[ana()], &ours).remove(0);
    assert_eq!((beside.certainty, beside.usable), (Certainty::Probable, false));
    let lease = ForeignRow { menu: Menu::Lease, ..secret("x", &[("mac-address", "02:00:00:00:00:07")]) };
    let of_another_kind = match_rows(&[lease], &[ana()], &BTreeSet::new()).remove(0);
    assert_eq!((of_another_kind.service, of_another_kind.usable), (Some(ServiceId(7)), false));
}

#[test]
fn a_queue_is_its_customers_where_queues_limit_and_an_address_is_known() {
    let leased = Subscriber { menus: vec![Menu::Lease, Menu::Queue], user: None, ..ana() };
    let without_address = Subscriber { address: None, ..leased.clone() };
    let limited_by_lease = Subscriber { menus: vec![Menu::Lease], ..leased.clone() };
    let queue = |name, target| ForeignRow { menu: Menu::Queue, ..secret(name, &[("target", target)]) };
    for (subscriber, row, certainty, usable) in [
        (&leased, queue("x1", "10.9.0.7/32"), Certainty::Certain, true),
        (&leased, queue("C-00007", "10.9.0.9/32"), Certainty::Probable, true),
        (&without_address, queue("C-00007", "10.9.0.9/32"), Certainty::Probable, true),
        (&without_address, queue("C-00007", "bridge1"), Certainty::Probable, false),
        (&limited_by_lease, queue("x1", "10.9.0.7/32"), Certainty::Probable, false),
    ] {
        let found = match_rows(&[row.clone()], &[subscriber.clone()], &BTreeSet::new()).remove(0);
        assert_eq!((found.certainty, found.usable), (certainty, usable), "{row:?} of {:?}", subscriber.menus);
    }
}

#[test]
fn a_queue_beside_a_lease_of_ours_can_still_become_ours() {
    let leased = Subscriber { menus: vec![Menu::Lease, Menu::Queue], user: None, ..ana() };
    let row = ForeignRow { menu: Menu::Queue, ..secret("x1", &[("target", "10.9.0.7/32")]) };
    let ours = BTreeSet::from([(Menu::Lease, ServiceId(7))]);
    assert!(match_rows(&[row], &[leased], &ours).remove(0).usable);
}

#[test]
fn systems_are_known_by_their_comments() {
    for (comment, system) in [
        ("ucrm_12", Some("UISP")),
        ("Splynx customer 5", Some("Splynx")),
        ("Ana Paz | ana@example.com | plan", Some("PHPNuxBill")),
        ("Ana Paz", None),
    ] {
        assert_eq!(left_by(comment), system, "{comment}");
    }
}

#[test]
fn the_tag_of_an_adopted_row_is_read_back_as_ours() {
    let tag = adopted_tag(Menu::Secret, ServiceId(7));
    assert_eq!(tag.to_string(), "ramal:secret:7:adopted");
    assert_eq!(Tag::parse(Menu::Secret, &tag.to_string()), Some(tag));
}
