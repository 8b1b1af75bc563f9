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
mod tests;
