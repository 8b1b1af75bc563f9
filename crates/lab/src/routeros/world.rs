//! All that the simulated router holds.

use std::collections::BTreeMap;
use std::net::IpAddr;

use routeros::{Command, Row, Trap};
use tokio::sync::mpsc;

use super::answers;
use super::dial;
use super::fault::{Fault, Faults};
use super::lease;
use super::made::{self, text};
use super::rights;
use super::rules::{self, FACTORY_ROWS};
use super::schema::Schema;
use super::table::{Attributes, Table};

/// What `listen` reports: a row as it is now, or `.dead`.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub menu: String,
    pub row: Attributes,
}

/// The rows of every menu that was touched.
pub(crate) type Tables = BTreeMap<String, Table>;

#[derive(Debug)]
pub(crate) struct World {
    pub schema: Schema,
    pub faults: Faults,
    /// Everything that was received.
    pub log: Vec<Command>,
    /// SHA-256 of the certificate that it shows, in hexadecimal, when it speaks TLS.
    pub fingerprint: Option<String>,
    tables: Tables,
    listeners: Vec<mpsc::UnboundedSender<Change>>,
    /// The number of sessions dialled, from which they take their addresses.
    pub dialled: u32,
    /// What to return to when safe mode is not released.
    safe: Option<Tables>,
}

impl World {
    /// A router as it leaves the factory, with one user.
    pub(crate) fn new(schema: Schema, user: &str, password: &str) -> Self {
        let resource = [
            ("version", format!("{} (stable)", schema.version())),
            ("board-name", "CHR".into()),
            ("architecture-name", "x86_64".into()),
            ("uptime", "1d2h3m4s".into()),
            ("cpu-load", "1".into()),
            ("free-memory", "805306368".into()),
            ("total-memory", "1073741824".into()),
        ];
        let mut world = Self {
            schema,
            faults: Faults::default(),
            log: Vec::new(),
            fingerprint: None,
            tables: BTreeMap::new(),
            listeners: Vec::new(),
            dialled: 0,
            safe: None,
        };
        for (menu, row) in FACTORY_ROWS {
            world.furnish(menu, row.iter().copied());
        }
        world.furnish("/user", [("name", user), ("password", password), ("group", "full")]);
        let resource = resource.iter().map(|(name, value)| (*name, value.as_str()));
        world.furnish("/system/resource", resource);
        world
    }

    pub(crate) fn furnish<'a>(&mut self, menu: &str, row: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let row = row.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
        let added = self.table(menu).add(row.collect(), None);
        debug_assert!(added.is_ok(), "{menu}: {added:?}");
    }

    pub(crate) fn table(&mut self, menu: &str) -> &mut Table {
        self.tables.entry(menu.to_owned()).or_insert_with(|| Table::new(rules::of(menu)))
    }

    pub(crate) fn all(&self) -> Tables {
        self.tables.clone()
    }

    pub(crate) fn hold(&mut self, tables: Tables) {
        self.tables = tables;
    }

    pub(crate) fn tables(&self) -> impl Iterator<Item = (&String, &Table)> {
        self.tables.iter()
    }

    /// The row of a menu whose column has a value.
    pub(crate) fn row(&self, menu: &str, name: &str, value: &[u8]) -> Option<&Attributes> {
        let table = self.tables.get(menu)?;
        table.with(name, value).and_then(|id| table.get(id))
    }

    pub(crate) fn add(&mut self, menu: &str, row: Attributes, before: Option<u64>) -> Result<u64, Trap> {
        self.check_references(menu, &row)?;
        let id = self.table(menu).add(row, before)?;
        self.tell(menu, id);
        Ok(id)
    }

    pub(crate) fn set(&mut self, menu: &str, id: u64, row: Attributes) -> Result<(), Trap> {
        self.check_references(menu, &row)?;
        let loses_rights = ["true", "yes"].contains(&text(&row, "disabled").as_str()) || row.contains_key("group");
        if menu == "/user" && loses_rights {
            rights::leave_an_administrator(self, id)?;
        }
        self.table(menu).set(id, row)?;
        self.tell(menu, id);
        if menu == lease::LEASES {
            lease::follow(self, id);
        }
        Ok(())
    }

    pub(crate) fn unset(&mut self, menu: &str, id: u64, name: &str) {
        self.table(menu).unset(id, name);
        self.tell(menu, id);
    }

    pub(crate) fn remove(&mut self, menu: &str, id: u64) {
        let Some(mut row) = self.table(menu).remove(id) else {
            return;
        };
        let own_id = row.remove(".id").unwrap_or_default();
        if [dial::ACTIVE, lease::LEASES].contains(&menu) {
            made::unmake(self, &made::owner(menu, &String::from_utf8_lossy(&own_id)));
        }
        let dead = [(".id".to_owned(), own_id), (".dead".to_owned(), "yes".into())];
        self.publish(menu, dead.into());
    }

    fn check_references(&self, menu: &str, row: &Attributes) -> Result<(), Trap> {
        for reference in rules::of(menu).references {
            let value = row.get(reference.argument).map_or(reference.nothing.as_bytes(), Vec::as_slice);
            let nothing = value == reference.nothing.as_bytes();
            if !nothing && self.row(reference.menu, "name", value).is_none() {
                return Err(answers::no_match(reference.argument));
            }
        }
        Ok(())
    }

    /// Whether a service of `/ip/service`, such as `api-ssl`, takes connections from there.
    pub(crate) fn serves(&self, service: &str, peer: IpAddr) -> bool {
        let row = self.row("/ip/service", "name", service.as_bytes());
        row.is_some_and(|row| text(row, "disabled") == "false" && rights::admits(&text(row, "address"), peer))
    }

    /// Whether `api-ssl` has a certificate that was signed.
    pub(crate) fn shows_certificate(&self) -> bool {
        let service = self.row("/ip/service", "name", b"api-ssl");
        let name = service.map(|row| text(row, "certificate")).unwrap_or_default();
        self.row("/certificate", "name", name.as_bytes()).is_some_and(|row| row.contains_key("fingerprint"))
    }

    /// Both of the API's services are on the port that the simulator listens on.
    pub(crate) fn listens_on(&mut self, port: u16) {
        for service in ["api", "api-ssl"] {
            let row = [("port".to_owned(), port.to_string().into_bytes())];
            let table = self.table("/ip/service");
            let set = table.with("name", service.as_bytes()).map(|id| table.set(id, row.into()));
            debug_assert!(matches!(set, Some(Ok(()))), "{set:?}");
        }
    }

    pub(crate) fn set_fault(&mut self, fault: Fault) {
        self.faults.set(fault);
        self.show_device_mode();
    }

    pub(crate) fn clear_faults(&mut self) {
        self.faults.clear();
        self.show_device_mode();
    }

    /// What the device mode forbids can be read in its menu.
    fn show_device_mode(&mut self) {
        let allowed = !self.faults.has(&Fault::DeviceMode);
        let flags = ["hotspot", "fetch", "scheduler"];
        let row = flags.map(|flag| (flag.to_owned(), allowed.to_string().into_bytes()));
        let shown = self.table("/system/device-mode").set(1, row.into());
        debug_assert!(shown.is_ok(), "{shown:?}");
    }

    pub(crate) fn listen(&mut self, listener: mpsc::UnboundedSender<Change>) {
        self.listeners.push(listener);
    }

    fn tell(&mut self, menu: &str, id: u64) {
        if let Some(row) = self.table(menu).get(id).cloned() {
            self.publish(menu, row);
        }
    }

    fn publish(&mut self, menu: &str, row: Attributes) {
        let change = Change { menu: menu.to_owned(), row };
        self.listeners.retain(|listener| listener.send(change.clone()).is_ok());
    }

    /// False when somebody has taken it already.
    pub(crate) fn take_safe_mode(&mut self) -> bool {
        let free = self.safe.is_none();
        if free {
            self.safe = Some(self.tables.clone());
        }
        free
    }

    pub(crate) fn release_safe_mode(&mut self) {
        self.safe = None;
    }

    /// Undoes everything since safe mode was taken.
    pub(crate) fn unroll_safe_mode(&mut self) {
        if let Some(tables) = self.safe.take() {
            self.tables = tables;
        }
    }
}

/// A row as a client would see it.
pub(crate) fn visible(table: &Table, row: &Attributes) -> Row {
    let hidden = table.rules().hidden;
    let own = |name: &str| name.starts_with('.') && name != ".id" && name != ".dead";
    let shown = row.iter().filter(|(name, _)| !own(name) && !hidden.contains(&name.as_str()));
    shown.map(|(name, value)| (name.clone(), value.clone())).collect()
}
