//! From changes to the commands that make them.

use domain::network::{Action, Attributes, Menu};
use routeros::{Command, Query};

/// The commands of a change, in order. Sessions and connections are looked up first, and have none of their own.
pub fn of(action: &Action) -> Vec<Command> {
    match action {
        Action::Add { menu, attributes, before } => {
            let add = with(in_menu(*menu, "add"), attributes);
            vec![before.iter().fold(add, |add, before| add.with("place-before", before.as_str()))]
        }
        Action::Move { menu, id, before } => {
            let to_the_end = in_menu(*menu, "move").with("numbers", id.as_str());
            vec![before.iter().fold(to_the_end, |command, before| command.with("destination", before.as_str()))]
        }
        Action::Set { menu, id, attributes, unset } => {
            let set = with(in_menu(*menu, "set").with(".id", id.as_str()), attributes);
            let unset = unset
                .iter()
                .map(|name| in_menu(*menu, "unset").with(".id", id.as_str()).with("value-name", name.as_str()));
            std::iter::once(set).chain(unset).collect()
        }
        Action::Remove { menu, id } => vec![in_menu(*menu, "remove").with(".id", id.as_str())],
        Action::DropSessions { .. } | Action::DropConnections { .. } => Vec::new(),
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
