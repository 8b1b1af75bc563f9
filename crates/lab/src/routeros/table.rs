//! One menu's rows, and the rules that the router holds them to.

use std::collections::{BTreeMap, HashMap};

use routeros::Trap;

use super::rules::{Rules, Shape};

/// Names that start with a dot are the simulator's own and never printed, apart from `.id`.
pub(crate) type Attributes = BTreeMap<String, Vec<u8>>;

#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    rules: Rules,
    rows: BTreeMap<u64, Attributes>,
    /// The order that matters in firewalls and queues.
    order: Vec<u64>,
    /// For each rule of uniqueness: who holds a value.
    holders: Vec<HashMap<Vec<u8>, u64>>,
    last_id: u64,
}

impl Table {
    pub(crate) fn new(rules: Rules) -> Self {
        let holders = vec![HashMap::new(); rules.unique.len()];
        Self { rules, holders, ..Self::default() }
    }

    pub(crate) fn rules(&self) -> Rules {
        self.rules
    }

    /// In the router's order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Attributes> {
        self.order.iter().filter_map(|id| self.rows.get(id))
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Attributes> {
        self.rows.get(&id)
    }

    /// The row that an `.id` or a name means.
    pub(crate) fn find(&self, item: &str) -> Result<u64, Trap> {
        let by_id = parse_id(item).filter(|id| self.rows.contains_key(id));
        let by_name = || self.with("name", item.as_bytes());
        by_id.or_else(by_name).ok_or_else(super::answers::no_such_item)
    }

    pub(crate) fn with(&self, name: &str, value: &[u8]) -> Option<u64> {
        let named = |id: &&u64| self.rows.get(*id).and_then(|row| row.get(name)).is_some_and(|own| own == value);
        self.order.iter().find(named).copied()
    }

    /// Adds a row with the menu's defaults, before another one or last, and gives its number.
    pub(crate) fn add(&mut self, attributes: Attributes, before: Option<u64>) -> Result<u64, Trap> {
        let missing: Vec<&str> =
            self.rules.required.iter().copied().filter(|name| !attributes.contains_key(*name)).collect();
        if !missing.is_empty() {
            return Err(super::answers::missing(&missing));
        }
        let mut row: Attributes =
            self.rules.defaults.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        merge(self.rules, &mut row, attributes);
        let id = self.last_id + 1;
        self.check_unique(id, &row)?;
        self.last_id = id;
        row.insert(".id".into(), format!("*{id:X}").into_bytes());
        self.hold(id, &row);
        let position = before.and_then(|before| self.order.iter().position(|id| *id == before));
        self.order.insert(position.unwrap_or(self.order.len()), id);
        self.rows.insert(id, row);
        Ok(id)
    }

    pub(crate) fn set(&mut self, id: u64, attributes: Attributes) -> Result<(), Trap> {
        let old = self.rows.get(&id).cloned().ok_or_else(super::answers::no_such_item)?;
        let mut row = old.clone();
        merge(self.rules, &mut row, attributes);
        self.check_unique(id, &row)?;
        self.release(&old);
        self.hold(id, &row);
        self.rows.insert(id, row);
        Ok(())
    }

    pub(crate) fn unset(&mut self, id: u64, name: &str) {
        if let Some(mut row) = self.rows.remove(&id) {
            self.release(&row);
            row.remove(name);
            self.hold(id, &row);
            self.rows.insert(id, row);
        }
    }

    pub(crate) fn remove(&mut self, id: u64) -> Option<Attributes> {
        let row = self.rows.remove(&id)?;
        self.order.retain(|other| *other != id);
        self.release(&row);
        Some(row)
    }

    pub(crate) fn move_before(&mut self, id: u64, destination: Option<u64>) {
        self.order.retain(|other| *other != id);
        let position = destination.and_then(|before| self.order.iter().position(|id| *id == before));
        self.order.insert(position.unwrap_or(self.order.len()), id);
    }

    fn check_unique(&self, id: u64, row: &Attributes) -> Result<(), Trap> {
        for (rule, holders) in self.rules.unique.iter().zip(&self.holders) {
            let holder = key(rule.names, row).and_then(|key| holders.get(&key));
            if holder.is_some_and(|holder| *holder != id) {
                return Err(super::answers::refusal(rule.message));
            }
        }
        Ok(())
    }

    fn hold(&mut self, id: u64, row: &Attributes) {
        for (rule, holders) in self.rules.unique.iter().zip(&mut self.holders) {
            if let Some(key) = key(rule.names, row) {
                holders.insert(key, id);
            }
        }
    }

    fn release(&mut self, row: &Attributes) {
        for (rule, holders) in self.rules.unique.iter().zip(&mut self.holders) {
            if let Some(key) = key(rule.names, row) {
                holders.remove(&key);
            }
        }
    }
}

/// `None` when the row lacks one of them: then it is not unique, and need not be.
fn key(names: &[&str], row: &Attributes) -> Option<Vec<u8>> {
    let values: Option<Vec<&[u8]>> = names.iter().map(|name| row.get(*name).map(Vec::as_slice)).collect();
    Some(values?.join(&0))
}

fn parse_id(item: &str) -> Option<u64> {
    u64::from_str_radix(item.strip_prefix('*')?, 16).ok()
}

/// Stores what was given in the form in which the router prints it. An empty comment is no comment.
fn merge(rules: Rules, row: &mut Attributes, attributes: Attributes) {
    for (name, value) in attributes {
        if name == "comment" && value.is_empty() {
            row.remove("comment");
        } else {
            let value = printed(rules.shape(&name), value);
            row.insert(name, value);
        }
    }
}

fn printed(shape: Option<Shape>, value: Vec<u8>) -> Vec<u8> {
    let (Some(shape), Ok(text)) = (shape, std::str::from_utf8(&value)) else {
        return value;
    };
    match shape {
        Shape::Boolean => truth(text).map_or(value, |flag| flag.to_string().into_bytes()),
        Shape::Rates => match text.split_once('/') {
            Some((up, down)) => format!("{}/{}", bits(up), bits(down)).into_bytes(),
            None => format!("{0}/{0}", bits(text)).into_bytes(),
        },
        Shape::Prefix if text.parse::<std::net::Ipv4Addr>().is_ok() => format!("{text}/32").into_bytes(),
        Shape::Prefix => value,
        Shape::Mac => text.to_ascii_uppercase().into_bytes(),
        Shape::Policy => super::rights::printed(text).into_bytes(),
    }
}

/// The API prints `true` and `false`, and takes `yes` and `no` as well.
pub(crate) fn truth(text: &str) -> Option<bool> {
    match text {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

/// `10M` is printed as `10000000`.
fn bits(text: &str) -> String {
    let (number, factor) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 1000),
        Some((at, 'M')) => (&text[..at], 1_000_000),
        Some((at, 'G')) => (&text[..at], 1_000_000_000),
        _ => (text, 1),
    };
    let number = number.parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    number.map_or_else(|| text.to_owned(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routeros::rules;

    fn attributes(pairs: &[(&str, &str)]) -> Attributes {
        pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    fn column(table: &Table, name: &str) -> Vec<String> {
        let values = table.rows().map(|row| String::from_utf8_lossy(&row[name]).into_owned());
        values.collect()
    }

    #[test]
    fn a_name_can_be_taken_again_when_its_holder_is_gone() {
        let mut table = Table::new(rules::of("/ppp/secret"));
        let ana = table.add(attributes(&[("name", "ana")]), None).unwrap();
        let twin = table.add(attributes(&[("name", "ana")]), None).unwrap_err();
        assert_eq!(twin.message, "failure: secret with the same name already exists");
        table.set(ana, attributes(&[("name", "eva")])).unwrap();
        table.add(attributes(&[("name", "ana")]), None).unwrap();
        assert_eq!(column(&table, "name"), ["eva", "ana"]);
    }

    #[test]
    fn a_set_that_is_refused_changes_nothing() {
        let mut table = Table::new(rules::of("/ppp/secret"));
        table.add(attributes(&[("name", "ana")]), None).unwrap();
        let eva = table.add(attributes(&[("name", "eva")]), None).unwrap();
        table.set(eva, attributes(&[("name", "ana")])).unwrap_err();
        assert_eq!(column(&table, "name"), ["ana", "eva"]);
    }

    #[test]
    fn values_are_printed_as_the_router_prints_them() {
        let mut table = Table::new(rules::of("/queue/simple"));
        let given = [("name", "ana"), ("target", "10.0.0.5"), ("max-limit", "10M/512k"), ("disabled", "no")];
        table.add(attributes(&given), None).unwrap();
        assert_eq!(column(&table, "target"), ["10.0.0.5/32"]);
        assert_eq!(column(&table, "max-limit"), ["10000000/512000"]);
        assert_eq!(column(&table, "disabled"), ["false"]);
    }

    #[test]
    fn rules_of_a_firewall_keep_their_order() {
        let mut table = Table::new(rules::of("/ip/firewall/filter"));
        let last = table.add(attributes(&[("chain", "c")]), None).unwrap();
        table.add(attributes(&[("chain", "a")]), Some(last)).unwrap();
        let first = table.add(attributes(&[("chain", "b")]), None).unwrap();
        table.move_before(first, Some(last));
        assert_eq!(column(&table, "chain"), ["a", "b", "c"]);
    }
}
