//! The verbs: what a command does to the tables, and what it answers.

use routeros::{Command, Reply, Row, Trap};

use super::answers;
use super::query;
use super::rights;
use super::schema::{NotInSchema, split};
use super::table::{Attributes, Table, truth};
use super::world::{World, visible};

/// Whether the command reads only. All others count as changes, of which a reply can be lost.
pub(crate) fn reads(verb: &str) -> bool {
    matches!(verb, "print" | "getall" | "listen" | "monitor" | "monitor-traffic")
}

pub(crate) fn execute(world: &mut World, user: &[u8], command: &Command) -> Result<Reply, Trap> {
    check(world, user, command)?;
    let (menu, verb) = split(command.path()).ok_or_else(answers::no_such_command)?;
    match verb {
        "print" | "getall" => Ok(print(world, menu, command)),
        "add" => add(world, menu, command),
        "set" => set(world, menu, command),
        "remove" => each(world, menu, command, |world, id| {
            if menu == "/user" {
                rights::leave_an_administrator(world, id)?;
            }
            world.remove(menu, id);
            Ok(())
        }),
        "enable" => each(world, menu, command, |world, id| world.set(menu, id, one("disabled", "false"))),
        "disable" => each(world, menu, command, |world, id| world.set(menu, id, one("disabled", "true"))),
        "comment" => {
            let comment = command.argument("comment").unwrap_or_default();
            each(world, menu, command, |world, id| world.set(menu, id, one("comment", comment)))
        }
        "unset" => {
            let name = text(command, "value-name").unwrap_or_default();
            each(world, menu, command, |world, id| {
                world.unset(menu, id, &name);
                Ok(())
            })
        }
        "move" => move_rows(world, menu, command),
        "make-static" => each(world, menu, command, |world, id| world.set(menu, id, one("dynamic", "false"))),
        _ => special(world, menu, command),
    }
}

/// Exactly the commands and arguments of the version, and what the user's rights and the device mode leave of them.
pub(crate) fn check(world: &World, user: &[u8], command: &Command) -> Result<(), Trap> {
    let names = command.arguments().map(|(name, _)| name);
    world.schema.check(command.path(), names).map_err(|missing| match missing {
        NotInSchema::Command(_) => answers::no_such_command(),
        NotInSchema::Argument { .. } => answers::unknown_parameter(),
    })?;
    rights::may(world, user, command.path())?;
    let changes = split(command.path()).is_some_and(|(_, verb)| !reads(verb));
    if changes && world.faults.forbids(command.path()) {
        return Err(answers::device_mode());
    }
    Ok(())
}

fn print(world: &mut World, menu: &str, command: &Command) -> Reply {
    let singleton = world.schema.is_singleton(menu);
    let table = world.table(menu);
    let wanted = table.rows().filter(|row| query::matches(command.query_words(), row));
    if command.argument("count-only").is_some() {
        return done("ret", wanted.count().to_string());
    }
    let columns = columns(command);
    let shown = |row| shown(table, row, columns.as_deref());
    let mut rows: Vec<Row> = wanted.map(shown).collect();
    if singleton {
        rows = rows.iter().map(without_id).collect();
    }
    Reply { rows, done: Row::default() }
}

/// The names in `.proplist`, if it has one.
pub(crate) fn columns(command: &Command) -> Option<Vec<String>> {
    let list = text(command, ".proplist").or_else(|| text(command, "proplist"))?;
    Some(list.split(',').map(str::to_owned).collect())
}

/// A row as the client asked for it.
pub(crate) fn shown(table: &Table, row: &Attributes, columns: Option<&[String]>) -> Row {
    let row = visible(table, row);
    let Some(columns) = columns else {
        return row;
    };
    let kept = columns.iter().filter_map(|name| Some((name.clone(), row.get(name)?)));
    kept.collect()
}

fn without_id(row: &Row) -> Row {
    row.iter().filter(|(name, _)| *name != ".id").collect()
}

fn add(world: &mut World, menu: &str, command: &Command) -> Result<Reply, Trap> {
    let mut row = Attributes::new();
    if let Some(item) = text(command, "copy-from") {
        let id = world.table(menu).find(&item)?;
        row = world.table(menu).get(id).cloned().unwrap_or_default();
        row.retain(|name, _| !name.starts_with('.'));
    }
    row.extend(given(command));
    let before = text(command, "place-before");
    let before = before.map(|item| world.table(menu).find(&item)).transpose()?;
    let id = world.add(menu, row, before)?;
    Ok(done("ret", format!("*{id:X}")))
}

fn set(world: &mut World, menu: &str, command: &Command) -> Result<Reply, Trap> {
    let row: Attributes = given(command).collect();
    if world.schema.is_singleton(menu) {
        let only = world.table(menu).rows().next().and_then(|row| row.get(".id")).cloned();
        let id = only.map(|id| world.table(menu).find(&String::from_utf8_lossy(&id))).transpose()?;
        match id {
            Some(id) => world.set(menu, id, row)?,
            None => world.add(menu, row, None).map(|_| ())?,
        }
        return Ok(Reply::default());
    }
    each(world, menu, command, |world, id| {
        if menu == "/ip/dhcp-server/lease" && is_dynamic(world.table(menu), id) {
            return Err(answers::dynamic_lease());
        }
        world.set(menu, id, row.clone())
    })
}

fn is_dynamic(table: &Table, id: u64) -> bool {
    let dynamic = table.get(id).and_then(|row| row.get("dynamic"));
    dynamic.is_some_and(|value| truth(&String::from_utf8_lossy(value)) == Some(true))
}

/// Does something to every row that `.id` or `numbers` (some commands say `number`) lists. When one of them is missing, nothing is done.
fn each(
    world: &mut World,
    menu: &str,
    command: &Command,
    mut act: impl FnMut(&mut World, u64) -> Result<(), Trap>,
) -> Result<Reply, Trap> {
    for id in items(world.table(menu), command)? {
        act(world, id)?;
    }
    Ok(Reply::default())
}

fn items(table: &Table, command: &Command) -> Result<Vec<u64>, Trap> {
    let named = [".id", "numbers", "number"].iter().find_map(|name| text(command, name));
    let list = named.ok_or_else(answers::no_such_item)?;
    list.split(',').map(|item| table.find(item)).collect()
}

fn move_rows(world: &mut World, menu: &str, command: &Command) -> Result<Reply, Trap> {
    let table = world.table(menu);
    let destination = text(command, "destination").map(|item| table.find(&item)).transpose()?;
    for id in items(table, command)? {
        table.move_before(id, destination);
    }
    Ok(Reply::default())
}

/// Commands that only one menu has.
fn special(world: &mut World, menu: &str, command: &Command) -> Result<Reply, Trap> {
    match command.path() {
        "/safe-mode/take" if !world.take_safe_mode() => return Err(answers::safe_mode_taken()),
        "/safe-mode/take" => {}
        "/safe-mode/release" => world.release_safe_mode(),
        "/safe-mode/unroll" => world.unroll_safe_mode(),
        "/system/backup/save" => write_file(world, text(command, "name"), "backup")?,
        "/export" => write_file(world, text(command, "file"), "rsc")?,
        "/certificate/sign" => return sign(world, menu, command),
        "/tool/fetch" => fetch(world, command)?,
        _ => return Err(answers::not_simulated()),
    }
    Ok(Reply::default())
}

/// The file is there, and empty. A backup without a name gets the router's.
fn write_file(world: &mut World, name: Option<String>, extension: &str) -> Result<(), Trap> {
    let name = format!("{}.{extension}", name.as_deref().unwrap_or("MikroTik"));
    if world.row("/file", "name", name.as_bytes()).is_none() {
        let file = [("name".to_owned(), name.into_bytes()), ("type".to_owned(), extension.into())];
        world.add("/file", file.into(), None)?;
    }
    Ok(())
}

/// Nothing is fetched; the file is there, and empty. Without a destination it has the name that it has there.
fn fetch(world: &mut World, command: &Command) -> Result<(), Trap> {
    let url = text(command, "url").ok_or_else(|| answers::missing(&["url"]))?;
    let last = url.rsplit('/').next().unwrap_or_default().to_owned();
    let name = text(command, "dst-path").unwrap_or(last);
    if world.row("/file", "name", name.as_bytes()).is_none() {
        let file = [("name".to_owned(), name.into_bytes()), ("type".to_owned(), "file".into())];
        world.add("/file", file.into(), None)?;
    }
    Ok(())
}

/// Whatever is signed becomes the certificate that the simulated router shows.
fn sign(world: &mut World, menu: &str, command: &Command) -> Result<Reply, Trap> {
    let fingerprint = world.fingerprint.clone().unwrap_or_default();
    let signed = [("fingerprint".to_owned(), fingerprint.into_bytes()), ("private-key".to_owned(), "true".into())];
    each(world, menu, command, |world, id| world.set(menu, id, signed.clone().into()))
}

/// The arguments that are stored.
fn given(command: &Command) -> impl Iterator<Item = (String, Vec<u8>)> {
    let steering = [".id", "numbers", "copy-from", "place-before"];
    let stored = command.arguments().filter(move |(name, _)| !steering.contains(name));
    stored.map(|(name, value)| (name.to_owned(), value.to_owned()))
}

fn text(command: &Command, name: &str) -> Option<String> {
    command.argument(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

fn one(name: &str, value: impl AsRef<[u8]>) -> Attributes {
    [(name.to_owned(), value.as_ref().to_owned())].into()
}

fn done(name: &str, value: String) -> Reply {
    Reply { rows: Vec::new(), done: Row::from_iter([(name, value)]) }
}
