//! Connections under way through a router, and ending those of some addresses.

use std::collections::{BTreeMap, BTreeSet};

use domain::network::{Action, Menu};
use routeros::{Client, Command, Error, Row};
use workflows::ports::Exchange;

use super::{act, answers};

/// So many go with one command.
const AT_ONCE: usize = 50;

/// The ids of each address's connections.
pub type Connections = BTreeMap<String, Vec<String>>;

/// The addresses whose connections these changes end.
pub fn addresses<'a>(actions: impl IntoIterator<Item = &'a Action>) -> BTreeSet<String> {
    let addresses = actions.into_iter().filter_map(|action| match action {
        Action::DropConnections { address } => Some(address.clone()),
        _ => None,
    });
    addresses.collect()
}

/// The connections of these addresses. The router's queries compare whole values, and it writes the port beside the
/// address: all are read, two columns wide, once for everybody whose connections end in a round, and not when none do.
pub async fn of(client: &Client, addresses: &BTreeSet<String>) -> Result<Connections, (Command, Error)> {
    if addresses.is_empty() {
        return Ok(Connections::new());
    }
    let command = Command::new(format!("{}/print", Menu::Connection.path())).proplist(Menu::Connection.columns());
    let reply = client.run(command.clone()).await.map_err(|error| (command, error))?;
    let mut found = Connections::new();
    for row in &reply.rows {
        // Whoever it was begun by: the customer, or somebody outside whom the customer answers.
        let ends = ["src-address", "reply-src-address"].map(|end| host(row, end));
        let customer = ends.into_iter().find(|host| addresses.contains(host));
        if let Some((customer, id)) = customer.zip(row.id()) {
            found.entry(customer).or_default().push(id.into_owned());
        }
    }
    Ok(found)
}

fn host(row: &Row, end: &str) -> String {
    let text = row.text(end).unwrap_or_default();
    text.split(':').next().unwrap_or_default().to_owned()
}

/// The commands that end them.
pub fn removals(ids: &[String]) -> impl Iterator<Item = Command> {
    ids.chunks(AT_ONCE).map(|some| removal(&some.join(",")))
}

fn removal(ids: &str) -> Command {
    Command::new(format!("{}/remove", Menu::Connection.path())).with(".id", ids)
}

/// Ends them. One that ended by itself meanwhile makes the router refuse the whole command: then one by one.
pub async fn end(client: &Client, ids: &[String], said: &mut impl Extend<Exchange>) -> Result<(), (Command, Error)> {
    for some in ids.chunks(AT_ONCE) {
        match act::run(client, removal(&some.join(",")), said).await {
            Err((_, error)) if answers::is_gone(&error) => end_each(client, some, said).await?,
            ended => _ = ended?,
        }
    }
    Ok(())
}

async fn end_each(client: &Client, ids: &[String], said: &mut impl Extend<Exchange>) -> Result<(), (Command, Error)> {
    for id in ids {
        match act::run(client, removal(id), said).await {
            Err((_, error)) if answers::is_gone(&error) => {}
            ended => _ = ended?,
        }
    }
    Ok(())
}
