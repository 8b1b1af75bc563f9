//! What a router holds: all of a menu at once for many customers, by name for a few.

use std::collections::{BTreeMap, BTreeSet};

use domain::network::{ALLOWED_LIST, Attributes, CUT_LIST, Dialect, Menu, Observed, Row};
use routeros::{Client, Command, Error, Query};
use workflows::ports::Subject;

/// Up to so many are asked for by name.
const FEW: usize = 20;

/// What to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Only these rows can be the customers', which was read before and settled.
    Named(BTreeMap<Menu, BTreeSet<String>>),
    /// What the router needs once.
    Base,
}

impl Scope {
    pub fn of(subjects: &[Subject]) -> Self {
        if subjects.len() > FEW || subjects.iter().any(|subject| subject.seen.is_none()) {
            return Self::All;
        }
        let mut names: BTreeMap<Menu, BTreeSet<String>> = BTreeMap::new();
        for subject in subjects {
            let own = subject.wanted.names();
            let seen = subject.seen.iter().flatten().map(|(menu, name)| (*menu, name.clone()));
            own.into_iter().chain(seen).for_each(|(menu, name)| _ = names.entry(menu).or_default().insert(name));
        }
        Self::Named(names)
    }

    /// The query for a menu; `None` when there is nothing in it to look for.
    fn query(&self, menu: Menu) -> Option<Selection> {
        Some(match (menu, self) {
            (Menu::AddressList, Self::Base) => Selection::Matching(Query::equals("list", ALLOWED_LIST)),
            (Menu::AddressList, _) => Selection::Matching(Query::equals("list", CUT_LIST)),
            (Menu::Secret | Menu::Session | Menu::Lease | Menu::Queue, Self::Named(names)) => {
                // A session has the name of its secret.
                let menu_of_names = if menu == Menu::Session { Menu::Secret } else { menu };
                let names = names.get(&menu_of_names)?.iter();
                Selection::Matching(names.map(|name| Query::equals(menu.key(), name)).reduce(Query::or)?)
            }
            // Few enough to read them all.
            (Menu::Profile, Self::Named(names)) if !names.contains_key(&Menu::Secret) => return None,
            // The router makes one for each customer by itself.
            (Menu::Queue, _) => Selection::Matching(Query::equals("dynamic", "false")),
            _ => Selection::Everything,
        })
    }
}

enum Selection {
    Everything,
    Matching(Query),
}

/// Reads these menus, side by side.
pub async fn read(
    client: &Client,
    dialect: Dialect,
    menus: &[Menu],
    scope: &Scope,
) -> Result<Observed, (Command, Error)> {
    let menus = menus.iter().filter_map(|menu| Some((*menu, print(*menu, dialect, scope)?)));
    let reading = menus.map(|(menu, command)| async move {
        let rows = client.run_each(command.clone(), |row| of_domain(menu, row)).await;
        rows.map_err(|error| (command, error))
    });
    let menus: Vec<Vec<Row>> = futures::future::try_join_all(reading).await?;
    Ok(Observed::new(menus.into_iter().flatten()))
}

fn print(menu: Menu, dialect: Dialect, scope: &Scope) -> Option<Command> {
    let command = Command::new(format!("{}/print", menu.path())).proplist(&dialect.columns(menu));
    Some(match scope.query(menu)? {
        Selection::Everything => command,
        Selection::Matching(query) => command.matching(query),
    })
}

fn of_domain(menu: Menu, row: routeros::Row) -> Row {
    let (id, attributes) = shown(row);
    Row { menu, id, attributes }
}

/// The `.id` and the attributes. A password that comes as asterisks was not shown: the user of the API lacks the right to
/// see it.
pub(super) fn shown(row: routeros::Row) -> (String, Attributes) {
    let id = row.id().map(String::from).unwrap_or_default();
    let is_shown = |(name, value): &(String, String)| name != "password" || value.bytes().any(|byte| byte != b'*');
    (id, row.into_texts().filter(is_shown).collect())
}
