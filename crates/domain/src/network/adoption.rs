//! Rows that other systems or people left on a router, and whose they are. Nothing is guessed for good: what is certain is
//! proposed, what is probable is shown with why, and a person chooses.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::menu::Menu;
use super::rows::Attributes;
use super::tag::{Owner, Tag};
use crate::contact::Mac;
use crate::ids::ServiceId;
use crate::words::words;

words! {
    /// What a row and a service have in common.
    pub enum Clue {
        /// The PPPoE user.
        User = "user",
        Mac = "mac",
        /// The fixed address.
        Address = "address",
        /// The contract's code is the row's name, or stands in its comment.
        ContractCode = "contract_code",
        /// The customer's reference or tax number stands in the comment.
        Reference = "reference",
        /// The customer's whole name stands in the comment.
        Name = "name",
    }
}

words! {
    pub enum Certainty {
        /// Only one service fits, by what a device is known by, and nothing speaks against it.
        Certain = "certain",
        /// Something fits: a person must look.
        Probable = "probable",
        Unmatched = "unmatched",
    }
}

/// A service that a row can belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    pub service: ServiceId,
    pub contract_code: String,
    pub customer_name: String,
    /// What stands for the customer in other systems: reference, tax number.
    pub references: Vec<String>,
    /// The menus that its rows are in: its own, and that of queues where a queue limits its address.
    pub menus: Vec<Menu>,
    pub user: Option<String>,
    pub mac: Option<Mac>,
    pub address: Option<IpAddr>,
}

/// A row of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignRow {
    pub menu: Menu,
    pub name: String,
    /// Without secrets.
    pub attributes: BTreeMap<String, String>,
}

/// Whose a row probably is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub certainty: Certainty,
    pub service: Option<ServiceId>,
    pub clues: Vec<Clue>,
    /// The row is of the kind that Ramal keeps for this service, and no row of ours is there yet: it can become ours.
    pub usable: bool,
    /// The system that left it, by its comment.
    pub left_by: Option<&'static str>,
}

/// The hash in the tag of a row that became ours as it was: it says that the content is not of our making, so that the
/// next job compares all of it, passwords too.
pub const ADOPTED: &str = "adopted";

/// What the comments of well-known systems contain, in lower case: a hint for the reader, by which nothing is decided.
const SYSTEMS: [(&str, &str); 8] = [
    ("ucrm", "UISP"),
    ("uisp", "UISP"),
    ("unms", "UISP"),
    ("splynx", "Splynx"),
    ("wisphub", "WispHub"),
    ("mikrowisp", "MikroWisp"),
    ("nuxbill", "PHPNuxBill"),
    ("smartolt", "SmartOLT"),
];

impl ForeignRow {
    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn mac(&self) -> Option<Mac> {
        let mac = if self.menu == Menu::Lease { "mac-address" } else { "caller-id" };
        self.get(mac).parse().ok()
    }

    /// The fixed address that it gives.
    pub fn address(&self) -> Option<IpAddr> {
        let columns = ["remote-address", "address", "target"];
        let address = columns.iter().map(|name| self.get(name)).find(|value| !value.is_empty())?;
        let address: IpAddr = address.trim_end_matches("/32").parse().ok()?;
        (!address.is_unspecified()).then_some(address)
    }
}

impl Subscriber {
    /// A queue limits a fixed address: without one there is nothing that it could be for.
    fn has_a_place_for(&self, row: &ForeignRow) -> bool {
        let limits_nothing = row.menu == Menu::Queue && self.address.or(row.address()).is_none();
        self.menus.contains(&row.menu) && !limits_nothing
    }
}

impl Clue {
    /// What a device is known by, and not what somebody wrote beside it.
    fn is_strong(self) -> bool {
        matches!(self, Self::User | Self::Mac | Self::Address)
    }
}

/// Which system left a row, when its comment says so.
pub fn left_by(comment: &str) -> Option<&'static str> {
    let comment = comment.to_lowercase();
    let by_word = SYSTEMS.iter().find(|(word, _)| comment.contains(word)).map(|(_, system)| *system);
    // `Name | mail | ...` is how PHPNuxBill writes its customers.
    let by_form = comment.split(" | ").nth(1).is_some_and(|part| part.contains('@'));
    by_word.or_else(|| by_form.then_some("PHPNuxBill"))
}

/// Whose each row is, in the order of the rows. `ours`: the menus in which services have a row of ours already.
pub fn match_rows(rows: &[ForeignRow], subscribers: &[Subscriber], ours: &BTreeSet<(Menu, ServiceId)>) -> Vec<Match> {
    let index = Index::new(subscribers);
    let mut matches: Vec<Match> = rows.iter().map(|row| index.best(row, ours)).collect();
    let mut claims: HashMap<(Menu, ServiceId), usize> = HashMap::new();
    for (row, found) in rows.iter().zip(&matches) {
        if let (Certainty::Certain, Some(service)) = (found.certainty, found.service) {
            *claims.entry((row.menu, service)).or_default() += 1;
        }
    }
    // Two rows for one service: only one of them can be it.
    for (row, found) in rows.iter().zip(&mut matches) {
        let claimed = found.service.and_then(|service| claims.get(&(row.menu, service))).copied().unwrap_or_default();
        if claimed > 1 {
            found.certainty = Certainty::Probable;
        }
    }
    matches
}

/// The tag that makes a row ours.
pub fn adopted_tag(menu: Menu, service: ServiceId) -> Tag {
    Tag { menu, owner: Owner::Service(service), hash: ADOPTED.to_owned(), drop_session: false }
}

/// The attributes of a row as they were kept.
pub fn attributes(kept: &BTreeMap<String, String>) -> Attributes {
    kept.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

struct Index<'a> {
    subscribers: &'a [Subscriber],
    users: HashMap<String, Vec<usize>>,
    macs: HashMap<Mac, Vec<usize>>,
    addresses: HashMap<IpAddr, Vec<usize>>,
    /// Codes and references, each as words in one spelling.
    codes: HashMap<String, Vec<(usize, Clue)>>,
    /// Customers by the rarest thing about a name: its first word, in one spelling.
    names: HashMap<String, Vec<(usize, Vec<String>)>>,
}

impl<'a> Index<'a> {
    fn new(subscribers: &'a [Subscriber]) -> Self {
        let mut index = Self {
            subscribers,
            users: HashMap::new(),
            macs: HashMap::new(),
            addresses: HashMap::new(),
            codes: HashMap::new(),
            names: HashMap::new(),
        };
        for (position, one) in subscribers.iter().enumerate() {
            if let Some(user) = &one.user {
                index.users.entry(user.clone()).or_default().push(position);
            }
            if let Some(mac) = &one.mac {
                index.macs.entry(mac.clone()).or_default().push(position);
            }
            if let Some(address) = one.address {
                index.addresses.entry(address).or_default().push(position);
            }
            index.code(&one.contract_code, position, Clue::ContractCode);
            for reference in &one.references {
                index.code(reference, position, Clue::Reference);
            }
            let name = spelled(&one.customer_name);
            if let (Some(first), true) = (name.first().cloned(), name.len() > 1) {
                index.names.entry(first).or_default().push((position, name));
            }
        }
        index
    }

    /// A short number alone says nothing: it is in every other comment.
    fn code(&mut self, code: &str, position: usize, clue: Clue) {
        let code = code.trim().to_lowercase();
        if code.chars().count() >= 4 {
            self.codes.entry(code).or_default().push((position, clue));
        }
    }

    fn best(&self, row: &ForeignRow, ours: &BTreeSet<(Menu, ServiceId)>) -> Match {
        let left_by = left_by(row.get("comment"));
        let clues = self.clues(row);
        let strong = |clues: &BTreeSet<Clue>| clues.iter().filter(|clue| clue.is_strong()).count();
        let strongly: Vec<usize> =
            clues.iter().filter(|(_, clues)| strong(clues) > 0).map(|(position, _)| *position).collect();
        let best =
            clues.iter().max_by_key(|(position, clues)| (strong(clues), clues.len(), std::cmp::Reverse(**position)));
        let Some((subscriber, clues)) =
            best.and_then(|(position, clues)| Some((self.subscribers.get(*position)?, clues)))
        else {
            return Match { certainty: Certainty::Unmatched, service: None, clues: Vec::new(), usable: false, left_by };
        };
        let usable = subscriber.has_a_place_for(row) && !ours.contains(&(row.menu, subscriber.service));
        let certain = usable && strongly.len() == 1;
        Match {
            certainty: if certain { Certainty::Certain } else { Certainty::Probable },
            service: Some(subscriber.service),
            clues: clues.iter().copied().collect(),
            usable,
            left_by,
        }
    }

    /// What speaks for which subscriber.
    fn clues(&self, row: &ForeignRow) -> BTreeMap<usize, BTreeSet<Clue>> {
        let mut found: BTreeMap<usize, BTreeSet<Clue>> = BTreeMap::new();
        let mut add = |positions: &[usize], clue: Clue| {
            for position in positions {
                found.entry(*position).or_default().insert(clue);
            }
        };
        if row.menu == Menu::Secret {
            add(self.users.get(&row.name).map_or(&[], Vec::as_slice), Clue::User);
        }
        add(row.mac().and_then(|mac| self.macs.get(&mac)).map_or(&[], Vec::as_slice), Clue::Mac);
        add(row.address().and_then(|address| self.addresses.get(&address)).map_or(&[], Vec::as_slice), Clue::Address);
        let comment = row.get("comment").to_lowercase();
        let codes = comment.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '/' | '.'));
        for code in codes.chain([row.name.to_lowercase().as_str()]) {
            for (position, clue) in self.codes.get(code).into_iter().flatten() {
                add(&[*position], *clue);
            }
        }
        let words = spelled(&comment);
        for (start, word) in words.iter().enumerate() {
            for (position, name) in self.names.get(word).into_iter().flatten() {
                if words.get(start..).is_some_and(|rest| rest.starts_with(name)) {
                    add(&[*position], Clue::Name);
                }
            }
        }
        found
    }
}

/// Words in one spelling: lower case, without the marks that people leave out on routers.
fn spelled(text: &str) -> Vec<String> {
    let plain = |c: char| match c {
        'á' | 'à' | 'ä' => 'a',
        'é' | 'è' | 'ë' => 'e',
        'í' | 'ì' | 'ï' => 'i',
        'ó' | 'ò' | 'ö' => 'o',
        'ú' | 'ù' | 'ü' => 'u',
        'ñ' => 'n',
        other => other,
    };
    let text: String = text.to_lowercase().chars().map(plain).collect();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
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
}
