//! What a router holds: all of a menu at once for many customers, by name for a few.

use std::collections::BTreeSet;

use domain::network::{CUT_LIST, Dialect, Menu, Observed, Row};
use routeros::{Client, Command, Error, Query};
use workflows::ports::Subject;

/// Up to so many are asked for by name.
const FEW: usize = 20;

/// What to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Only these rows can be the customers', which was read before and settled.
    Named {
        secrets: BTreeSet<String>,
        leases: BTreeSet<String>,
    },
}

impl Scope {
    pub fn of(subjects: &[Subject]) -> Self {
        if subjects.len() > FEW || subjects.iter().any(|subject| subject.seen.is_none()) {
            return Self::All;
        }
        let names = |menu: Menu| -> BTreeSet<String> {
            let own = subjects.iter().map(|subject| &subject.wanted.attachment).filter(move |own| own.menu() == menu);
            let seen = subjects.iter().flat_map(|subject| subject.seen.iter().flatten());
            let seen = seen.filter(|(seen_in, _)| *seen_in == menu).map(|(_, name)| name.clone());
            own.map(|own| own.name().to_owned()).chain(seen).collect()
        };
        Self::Named { secrets: names(Menu::Secret), leases: names(Menu::Lease) }
    }

    /// The query for a menu; `None` when there is nothing in it to look for.
    fn query(&self, menu: Menu) -> Option<Selection> {
        let (Self::Named { secrets, leases }, false) = (self, menu == Menu::AddressList) else {
            return Some(match menu {
                Menu::AddressList => Selection::Matching(Query::equals("list", CUT_LIST)),
                _ => Selection::Everything,
            });
        };
        let names = match menu {
            // Few enough to read them all.
            Menu::Profile if secrets.is_empty() => return None,
            Menu::Profile => return Some(Selection::Everything),
            Menu::Lease => leases,
            Menu::Secret | Menu::Session | Menu::AddressList => secrets,
        };
        let one_of = names.iter().map(|name| Query::equals(menu.key(), name)).reduce(Query::or);
        one_of.map(Selection::Matching)
    }
}

enum Selection {
    Everything,
    Matching(Query),
}

/// Reads all menus that matter, side by side.
pub async fn read(client: &Client, dialect: Dialect, scope: &Scope) -> Result<Observed, (Command, Error)> {
    let menus = Menu::ALL.iter().filter_map(|menu| Some((*menu, print(*menu, dialect, scope)?)));
    let reading = menus.map(|(menu, command)| async move {
        let reply = client.run(command.clone()).await.map_err(|error| (command, error))?;
        Ok::<_, (Command, Error)>(reply.rows.iter().map(|row| of_domain(menu, row)).collect::<Vec<Row>>())
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

/// A password that comes as asterisks was not shown: the user of the API lacks the right to see it.
fn of_domain(menu: Menu, row: &routeros::Row) -> Row {
    let shown = row.iter().filter(|(name, value)| *name != "password" || value.iter().any(|byte| *byte != b'*'));
    let attributes = shown.map(|(name, value)| (name, String::from_utf8_lossy(value))).collect();
    Row { menu, id: row.id().map(String::from).unwrap_or_default(), attributes }
}
