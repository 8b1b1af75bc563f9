//! A simulated router for a test: started on a free port, looked into while it runs, gone when dropped.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use routeros::{Command, Row, Trap};
use tokio::task::JoinHandle;

use super::answers;
use super::dial::{self, DialRefused};
use super::fault::Fault;
use super::hotspot::{self, SignInRefused};
use super::lease;
use super::server::{Options, Shared, accept, bind};
use super::traffic::{self, Packet, Passage};
use super::world::{Tables, visible};

/// All that a simulated router held at some moment.
pub struct Snapshot(Tables);

pub struct Simulator {
    /// Where it listens.
    pub addr: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<io::Result<()>>,
}

impl Simulator {
    /// # Errors
    /// As [`serve`](super::serve).
    pub async fn start(options: Options) -> io::Result<Self> {
        let (listener, shared) = bind(&options).await?;
        Ok(Self { addr: listener.local_addr()?, accepting: tokio::spawn(accept(listener, shared.clone())), shared })
    }

    /// SHA-256 of the router's certificate, when it speaks TLS.
    #[must_use]
    pub fn fingerprint(&self) -> Option<[u8; 32]> {
        self.shared.identity.as_ref().map(|identity| identity.fingerprint)
    }

    /// The router's self-signed certificate in DER, when it speaks TLS. Its names are `localhost` and `127.0.0.1`.
    #[must_use]
    pub fn certificate(&self) -> Option<&[u8]> {
        self.shared.identity.as_ref().map(|identity| identity.certificate.as_slice())
    }

    /// Every menu that was touched, with its rows.
    #[must_use]
    pub fn tables(&self) -> BTreeMap<String, Vec<Row>> {
        let world = self.shared.world();
        let rows = |table| visible_rows(table).collect();
        world.tables().map(|(menu, table)| (menu.clone(), rows(table))).collect()
    }

    /// The rows of a menu such as `/ppp/secret`, in the router's order, with all attributes that a print would show.
    #[must_use]
    pub fn rows(&self, menu: &str) -> Vec<Row> {
        visible_rows(self.shared.world().table(menu)).collect()
    }

    /// Adds a row behind the API's back, as somebody at the router's console would; any attribute goes, `dynamic`
    /// too. Gives its `.id`.
    ///
    /// # Errors
    /// What the router's rules refuse.
    pub fn seed(&self, menu: &str, row: &[(&str, &str)]) -> Result<String, Trap> {
        let row = row.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let id = self.shared.world().add(menu, row.collect(), None)?;
        Ok(format!("*{id:X}"))
    }

    /// Removes the rows whose attribute has this value, as somebody at the router's console would. Gives their number.
    pub fn drop_rows(&self, menu: &str, name: &str, value: &str) -> usize {
        let mut world = self.shared.world();
        let mut dropped = 0;
        while let Some(id) = world.table(menu).with(name, value.as_bytes()) {
            world.remove(menu, id);
            dropped += 1;
        }
        dropped
    }

    /// Changes the first row whose attribute has this value, as somebody at the router's console would.
    ///
    /// # Errors
    /// What the router's rules refuse.
    pub fn change_row(&self, menu: &str, name: &str, value: &str, change: &[(&str, &str)]) -> Result<(), Trap> {
        let mut world = self.shared.world();
        let id = world.table(menu).with(name, value.as_bytes()).ok_or_else(answers::no_such_item)?;
        let change = change.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        world.set(menu, id, change.collect())
    }

    /// A customer's equipment dials in: a new row in `/ppp/active`, whose `.id` is returned.
    ///
    /// # Errors
    /// Why the router does not let it in.
    pub fn dial(&self, user: &str, password: &str) -> Result<String, DialRefused> {
        dial::dial(&mut self.shared.world(), user, password)
    }

    /// A customer's equipment asks for an address and gets that of its lease, or else this one, in a dynamic lease
    /// that is made for it. Gives the lease's `.id`; the row says `status=bound` and `active-address`.
    ///
    /// # Errors
    /// Why it gets none.
    pub fn bind_lease(&self, mac: &str, address: &str) -> Result<String, DialRefused> {
        lease::bind(&mut self.shared.world(), mac, address)
    }

    /// A guest's device signs in at the hotspot: a new row in `/ip/hotspot/active`, whose `.id` is returned.
    ///
    /// # Errors
    /// Why the hotspot does not let it in.
    pub fn sign_in(&self, user: &str, password: &str, mac: &str) -> Result<String, SignInRefused> {
        hotspot::sign_in(&mut self.shared.world(), user, password, mac)
    }

    /// A guest's device that was there before comes back by its cookie.
    ///
    /// # Errors
    /// Why the hotspot does not let it in; `NoUser` without a cookie.
    pub fn come_back(&self, mac: &str) -> Result<String, SignInRefused> {
        hotspot::come_back(&mut self.shared.world(), mac)
    }

    /// All guests stay for so many seconds more, and fetch so many bytes each.
    pub fn pass(&self, seconds: u64, bytes: u64) {
        hotspot::pass(&mut self.shared.world(), seconds, bytes);
    }

    /// Takes a row away behind the API's back, as somebody at the router's console would. True when it was there.
    pub fn take_away(&self, menu: &str, name: &str, value: &str) -> bool {
        let mut world = self.shared.world();
        let row = world.table(menu).with(name, value.as_bytes());
        if let Some(id) = row {
            world.remove(menu, id);
        }
        row.is_some()
    }

    /// The customer's equipment goes away. True when there was such a session.
    pub fn hang_up(&self, user: &str) -> bool {
        let mut world = self.shared.world();
        let session = world.table(dial::ACTIVE).with("name", user.as_bytes());
        if let Some(id) = session {
            world.remove(dial::ACTIVE, id);
        }
        session.is_some()
    }

    /// A packet comes to be forwarded, and the router's firewall decides. What is let through is under way from then on.
    pub fn forward(&self, packet: Packet<'_>) -> Passage {
        traffic::forward(&mut self.shared.world(), packet)
    }

    /// All that it holds now, to come back to.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.shared.world().all())
    }

    /// Holds what it held then, as if nothing had happened since; what was sent stays in the log.
    pub fn restore(&self, snapshot: &Snapshot) {
        self.shared.world().hold(snapshot.0.clone());
    }

    /// From now on, besides those set before.
    pub fn set_fault(&self, fault: Fault) {
        self.shared.world().set_fault(fault);
    }

    pub fn clear_faults(&self) {
        self.shared.world().clear_faults();
    }

    /// Closes every connection in the middle of whatever it was doing.
    pub fn drop_connections(&self) {
        self.shared.drops.send_replace(());
    }

    /// Every command received, logins included, in the order of arrival.
    #[must_use]
    pub fn command_log(&self) -> Vec<Command> {
        self.shared.world().log.clone()
    }
}

fn visible_rows(table: &super::table::Table) -> impl Iterator<Item = Row> {
    table.rows().map(|row| visible(table, row))
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
