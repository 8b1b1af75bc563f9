//! A look at a router's hotspot: read, compare, change, read again.

use domain::hotspot::{Action, HotspotMenu, HotspotWanted, PageWanted, Plan, Reading, Row, diff};
use domain::network::{Attributes, Because, RouterMode};
use futures::StreamExt;
use routeros::{Client, Command, Error, Query};
use workflows::ports::{Exchange, Looked, RouterAccess};

use super::act::run;
use super::{MikroTik, answers, identity};

/// Changes are made at most so often before it is said that the router does not do as it is told.
const ROUNDS: usize = 3;
/// What is read at every look.
const MENUS: [HotspotMenu; 8] = [
    HotspotMenu::Server,
    HotspotMenu::ServerProfile,
    HotspotMenu::UserProfile,
    HotspotMenu::User,
    HotspotMenu::Active,
    HotspotMenu::Garden,
    HotspotMenu::GardenIp,
    HotspotMenu::Binding,
];
/// Where the login page goes: a directory of its own, so that nothing of anybody's is overwritten.
const PAGE_DIRECTORY: &str = "ramal-hotspot";

type Failed = (Command, Error);

pub async fn look(adapter: &MikroTik, router: &RouterAccess, wanted: &HotspotWanted) -> Result<Looked, Because> {
    let client = adapter.connect(router).await?;
    let identity = identity(&client).await?;
    let before = read(&client).await.map_err(|(command, error)| answers::because(Some(&command), &error))?;
    let mut looked = Looked {
        identity,
        after: Some(before.clone()),
        before,
        problem: None,
        page_installed: false,
        exchanges: Vec::new(),
    };
    let asks_for_it = !(wanted.accounts.is_empty() && wanted.garden.is_empty() && wanted.bindings.is_empty());
    if asks_for_it && !looked.before.has_server(&wanted.server) {
        looked.problem = Some(Because::NoHotspotServer { server: wanted.server.clone() });
    } else if router.mode == RouterMode::DryRun {
        rehearse(&client, wanted, &mut looked).await;
    } else {
        change(adapter, &client, wanted, &mut looked).await;
        if let (Some(page), Some(_)) = (&wanted.page, &looked.after) {
            install(&client, page, &mut looked).await;
        }
    }
    client.close();
    Ok(looked)
}

/// Reads all menus, side by side.
async fn read(client: &Client) -> Result<Reading, Failed> {
    let rows: Vec<Vec<Row>> = futures::future::try_join_all(MENUS.map(|menu| read_menu(client, menu))).await?;
    Ok(Reading { rows: rows.into_iter().flatten().collect() })
}

async fn read_menu(client: &Client, menu: HotspotMenu) -> Result<Vec<Row>, Failed> {
    let command = print(menu);
    client.run_each(command.clone(), |row| of_domain(menu, row)).await.map_err(|error| (command, error))
}

fn of_domain(menu: HotspotMenu, row: routeros::Row) -> Row {
    let (id, attributes) = super::read::shown(row);
    Row { menu, id, attributes }
}

/// Rounds of changing and reading, until there is nothing left to change.
async fn change(adapter: &MikroTik, client: &Client, wanted: &HotspotWanted, looked: &mut Looked) {
    let mut wanted = wanted.clone();
    for _ in 0..ROUNDS {
        let Some(reading) = &looked.after else { return };
        let plan = diff(&wanted, reading);
        if plan.is_empty() {
            looked.problem = plan.problems.into_iter().next();
            return;
        }
        // Who was put out by hand may come back.
        wanted.ending.clear();
        let refused = carry_out(adapter, client, plan, &mut looked.exchanges).await;
        match (refused, read(client).await) {
            // What was done is unknown: the next look reads first.
            (Err(because), _) => (looked.after, looked.problem) = (None, Some(because)),
            (_, Err((command, error))) => {
                (looked.after, looked.problem) = (None, Some(answers::because(Some(&command), &error)));
            }
            (Ok(Some(because)), Ok(reading)) => {
                (looked.after, looked.problem) = (Some(reading), Some(because));
                return;
            }
            (Ok(None), Ok(reading)) => looked.after = Some(reading),
        }
    }
    if let Some(reading) = &looked.after {
        let left = diff(&wanted, reading);
        let rows = left.len();
        let not_done = (rows > 0).then_some(Because::HotspotNotAsWanted { rows });
        looked.problem = not_done.or(left.problems.into_iter().next());
    }
}

/// Profiles first, then accounts side by side, then the rest. What is refused keeps nothing else from being done; the
/// first refusal is answered.
///
/// # Errors
/// The connection is lost, or an answer did not come.
async fn carry_out(
    adapter: &MikroTik,
    client: &Client,
    plan: Plan,
    exchanges: &mut Vec<Exchange>,
) -> Result<Option<Because>, Because> {
    let mut refused = None;
    for action in &plan.first {
        note(send(client, action, exchanges).await, &mut refused)?;
    }
    let accounts = futures::stream::iter(plan.accounts).map(|actions| send_all(client, actions));
    let accounts: Vec<_> = accounts.buffered(adapter.in_flight).collect().await;
    let mut lost = None;
    for (sent, end) in accounts {
        exchanges.extend(sent);
        lost = lost.or(note(end, &mut refused).err());
    }
    if let Some(because) = lost {
        return Err(because);
    }
    for action in &plan.last {
        note(send(client, action, exchanges).await, &mut refused)?;
    }
    Ok(refused)
}

/// One account's changes; the first that fails ends them.
async fn send_all(client: &Client, actions: Vec<Action>) -> (Vec<Exchange>, Result<(), Failed>) {
    let mut exchanges = Vec::new();
    for action in &actions {
        if let Err(failed) = send(client, action, &mut exchanges).await {
            return (exchanges, Err(failed));
        }
    }
    (exchanges, Ok(()))
}

fn note(end: Result<(), Failed>, refused: &mut Option<Because>) -> Result<(), Because> {
    let Err((command, error)) = end else { return Ok(()) };
    let because = answers::because(Some(&command), &error);
    if error.outcome_unknown() || matches!(error, Error::Closed | Error::TimedOut(_)) {
        return Err(because);
    }
    // A row that went by another's hand is seen at the next reading.
    if !answers::is_gone(&error) {
        refused.get_or_insert(because);
    }
    Ok(())
}

async fn send(client: &Client, action: &Action, exchanges: &mut Vec<Exchange>) -> Result<(), Failed> {
    for command in commands(action) {
        run(client, command, exchanges).await?;
    }
    if let Action::EndSessions { user, mac } = action {
        // The cookie first: with it the device would be back before it is gone.
        for menu in [HotspotMenu::Cookie, HotspotMenu::Active] {
            for id in found(client, menu, user, mac.as_ref().map(|mac| mac.as_str()), exchanges).await? {
                match run(client, remove(menu, &id), exchanges).await {
                    // It ended by itself meanwhile.
                    Err((_, error)) if answers::is_gone(&error) => {}
                    removed => _ = removed?,
                }
            }
        }
    }
    Ok(())
}

/// A user's rows as they are now.
async fn found(
    client: &Client,
    menu: HotspotMenu,
    user: &str,
    mac: Option<&str>,
    exchanges: &mut Vec<Exchange>,
) -> Result<Vec<String>, Failed> {
    let by_user = print(menu).matching(Query::equals("user", user));
    let reply = run(client, by_user, exchanges).await?;
    let of_device = |row: &&routeros::Row| mac.is_none_or(|mac| row.text("mac-address").as_deref() == Some(mac));
    Ok(reply.rows.iter().filter(of_device).filter_map(|row| row.id().map(String::from)).collect())
}

fn commands(action: &Action) -> Vec<Command> {
    match action {
        Action::Add { menu, attributes } => vec![with(in_menu(*menu, "add"), attributes)],
        Action::Set { menu, id, attributes, unset } => {
            let set = with(in_menu(*menu, "set").with(".id", id.as_str()), attributes);
            let set = (!attributes.is_empty()).then_some(set);
            let unset = unset
                .iter()
                .map(|name| in_menu(*menu, "unset").with(".id", id.as_str()).with("value-name", name.as_str()));
            set.into_iter().chain(unset).collect()
        }
        Action::Remove { menu, id } => vec![remove(*menu, id)],
        Action::EndSessions { .. } => Vec::new(),
    }
}

fn print(menu: HotspotMenu) -> Command {
    in_menu(menu, "print").proplist(menu.columns())
}

fn remove(menu: HotspotMenu, id: &str) -> Command {
    in_menu(menu, "remove").with(".id", id)
}

fn in_menu(menu: HotspotMenu, verb: &str) -> Command {
    Command::new(format!("{}/{verb}", menu.path()))
}

fn with(command: Command, attributes: &Attributes) -> Command {
    attributes.iter().fold(command, |command, (name, value)| command.with(name, value))
}

/// What would be sent. Nothing is looked up: what is in is left alone.
async fn rehearse(client: &Client, wanted: &HotspotWanted, looked: &mut Looked) {
    let plan = diff(wanted, &looked.before);
    let mut planned: Vec<Command> = plan.all().flat_map(commands).collect();
    if let Some(page) = &wanted.page {
        let directory = page_directory(client).await.map(|(directory, _)| directory);
        planned.extend(fetches(page, directory.as_deref().unwrap_or(PAGE_DIRECTORY)));
    }
    let planned =
        planned.into_iter().map(|command| Exchange { sent: false, command: command.to_string(), answer: None });
    looked.exchanges.extend(planned);
    looked.problem = plan.problems.into_iter().next();
}

/// The router fetches the login page, and is read to have its files.
async fn install(client: &Client, page: &PageWanted, looked: &mut Looked) {
    let installed = async {
        let (directory, _) = page_directory(client).await?;
        for command in fetches(page, &directory) {
            run(client, command, &mut looked.exchanges).await?;
        }
        let (_, files) = page_directory(client).await?;
        Ok::<bool, Failed>(page.files.iter().all(|file| files.contains(&format!("{directory}/{file}"))))
    };
    match installed.await {
        Ok(installed) => looked.page_installed = installed,
        Err((command, error)) => looked.problem = Some(answers::because(Some(&command), &error)),
    }
}

fn fetches(page: &PageWanted, directory: &str) -> Vec<Command> {
    let fetch = |file: &String| {
        Command::new("/tool/fetch")
            .with("url", format!("{}/{file}", page.url))
            .with("dst-path", format!("{directory}/{file}"))
    };
    page.files.iter().map(fetch).collect()
}

/// Where files outlive a restart (boards with a `flash` disk lose the others), and what is there.
async fn page_directory(client: &Client) -> Result<(String, Vec<String>), Failed> {
    let command = Command::new("/file/print").proplist(&["name"]);
    let reply = client.run(command.clone()).await.map_err(|error| (command, error))?;
    let names: Vec<String> = reply.rows.iter().filter_map(|row| row.text("name").map(String::from)).collect();
    let has_flash = names.iter().any(|name| name == "flash" || name.starts_with("flash/"));
    let directory = if has_flash { format!("flash/{PAGE_DIRECTORY}") } else { PAGE_DIRECTORY.to_owned() };
    Ok((directory, names))
}
