//! A router in memory: what changes do to its rows and sessions. No IO, no wire; the simulated router has those.

use crate::network::{Action, Attributes, CUT_LIST, Menu, Observed, Row};

#[derive(Clone, Debug, Default)]
pub struct Model {
    pub rows: Vec<Row>,
    next: usize,
}

impl Model {
    pub fn seed(&mut self, menu: Menu, attributes: &[(&str, &str)]) {
        self.add(menu, attributes.iter().map(|(name, value)| (String::from(*name), *value)).collect());
    }

    fn add(&mut self, menu: Menu, attributes: Attributes) {
        self.add_before(menu, attributes, None);
    }

    fn add_before(&mut self, menu: Menu, attributes: Attributes, before: Option<&str>) {
        self.next += 1;
        let row = Row { menu, id: format!("*{:X}", self.next), attributes };
        self.insert(row, before);
    }

    fn insert(&mut self, row: Row, before: Option<&str>) {
        let place = before.map(|before| {
            self.rows.iter().position(|other| other.menu == row.menu && other.id == before).expect("the row is there")
        });
        self.rows.insert(place.unwrap_or(self.rows.len()), row);
    }

    pub fn observed(&self) -> Observed {
        Observed::new(self.rows.clone())
    }

    pub fn of(&self, menu: Menu) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.menu == menu)
    }

    pub fn apply(&mut self, action: &Action) {
        match action {
            Action::Add { menu, attributes, before } => {
                self.add_before(*menu, attributes.clone(), before.as_deref());
            }
            Action::Move { menu, id, before } => {
                let place = self.rows.iter().position(|row| row.menu == *menu && row.id == *id).expect("it is there");
                let row = self.rows.remove(place);
                self.insert(row, before.as_deref());
            }
            Action::DropConnections { address } => {
                let from = |row: &Row| row.attributes.get("src-address").split(':').next() == Some(address);
                self.rows.retain(|row| row.menu != Menu::Connection || !from(row));
            }
            Action::Set { menu, id, attributes, unset } => {
                let row =
                    self.rows.iter_mut().find(|row| row.menu == *menu && row.id == *id).expect("the row is there");
                attributes.iter().for_each(|(name, value)| row.attributes.set(name.to_owned(), value));
                unset.iter().for_each(|name| row.attributes.remove(name));
            }
            Action::Remove { menu, id } => self.rows.retain(|row| row.menu != *menu || row.id != *id),
            Action::DropSessions { user } => self.hang_up(user),
        }
    }

    /// Dials in with whatever the secret says; false when it is not let in. Its profile is noted, as a router's queue
    /// would, and its address is listed when the profile says so.
    pub fn dial(&mut self, user: &str) -> bool {
        let secret = self.of(Menu::Secret).find(|row| row.key() == user && !row.attributes.flag("disabled"));
        let Some(secret) = secret.map(|row| row.attributes.clone()) else { return false };
        let profile = self.of(Menu::Profile).find(|row| row.key() == secret.get("profile"));
        let listed = profile.is_some_and(|row| row.attributes.get("address-list") == CUT_LIST);
        let address = match secret.get("remote-address") {
            "" => "100.64.0.1",
            fixed => fixed,
        };
        self.seed(Menu::Session, &[("name", user), ("address", address), ("profile", secret.get("profile"))]);
        let known = self.of(Menu::AddressList).any(|row| row.key() == address);
        if listed && !known {
            self.seed(Menu::AddressList, &[("list", CUT_LIST), ("address", address), ("dynamic", "true")]);
        }
        true
    }

    fn hang_up(&mut self, user: &str) {
        self.rows.retain(|row| row.menu != Menu::Session || row.key() != user);
        self.rows.retain(|row| !(row.menu == Menu::AddressList && row.is_dynamic()));
    }

    /// Whether the session began under the profile and the address that its secret has now.
    pub fn runs_by_its_secret(&self, session: &Row) -> bool {
        let by = |secret: &Row| {
            let fixed = secret.attributes.get("remote-address");
            secret.attributes.get("profile") == session.attributes.get("profile")
                && (fixed.is_empty() || fixed == session.attributes.get("address"))
        };
        self.of(Menu::Secret).filter(|secret| secret.key() == session.key()).any(by)
    }

    /// Whether a customer with this session or secret moves at the speed that was sold.
    pub fn is_fast(&self, user: &str) -> bool {
        let fast = |profile: &str| profile != "ramal-cut";
        let listed = |address: &str| self.of(Menu::AddressList).any(|row| row.key() == address);
        self.of(Menu::Session)
            .filter(|row| row.key() == user)
            .any(|row| fast(row.attributes.get("profile")) && !listed(row.attributes.get("address")))
    }
}
