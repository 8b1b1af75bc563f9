//! From changes to the commands that make them.

use domain::network::{Action, Attributes, Menu};
use routeros::{Command, Query};

/// The commands of a change, in order. Sessions are looked up first: see [`sessions_of`].
pub fn of(action: &Action) -> Vec<Command> {
    match action {
        Action::Add { menu, attributes } => vec![with(in_menu(*menu, "add"), attributes)],
        Action::Set { menu, id, attributes, unset } => {
            let set = with(in_menu(*menu, "set").with(".id", id.as_str()), attributes);
            let unset = unset
                .iter()
                .map(|name| in_menu(*menu, "unset").with(".id", id.as_str()).with("value-name", name.as_str()));
            std::iter::once(set).chain(unset).collect()
        }
        Action::Remove { menu, id } => vec![in_menu(*menu, "remove").with(".id", id.as_str())],
        Action::DropSessions { .. } => Vec::new(),
    }
}

/// Finds a user's sessions as they are now.
pub fn sessions_of(user: &str) -> Command {
    in_menu(Menu::Session, "print").proplist(&[".id"]).matching(Query::equals("name", user))
}

/// Drops one of them.
pub fn drop_session(id: &str) -> Command {
    in_menu(Menu::Session, "remove").with(".id", id)
}

fn in_menu(menu: Menu, verb: &str) -> Command {
    Command::new(format!("{}/{verb}", menu.path()))
}

fn with(command: Command, attributes: &Attributes) -> Command {
    attributes.iter().fold(command, |command, (name, value)| command.with(name, value))
}
