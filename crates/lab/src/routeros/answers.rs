//! The router's own words. Others are in the rules of the menus.

use routeros::{Category, Trap};

pub(crate) fn no_such_item() -> Trap {
    with(Category::MissingItemOrCommand, "no such item")
}

pub(crate) fn no_such_command() -> Trap {
    with(Category::MissingItemOrCommand, "no such command prefix")
}

pub(crate) fn unknown_parameter() -> Trap {
    refusal("unknown parameter")
}

pub(crate) fn no_match(argument: &str) -> Trap {
    let message = format!("input does not match any value of {argument}");
    with(Category::Argument, &message)
}

pub(crate) fn missing(arguments: &[&str]) -> Trap {
    let message = format!("missing value(s) of argument(s) {}", arguments.join(" "));
    refusal(&message)
}

pub(crate) fn interrupted() -> Trap {
    with(Category::Interrupted, "interrupted")
}

pub(crate) fn bad_login() -> Trap {
    refusal("invalid user name or password (6)")
}

pub(crate) fn device_mode() -> Trap {
    refusal("not allowed by device-mode")
}

pub(crate) fn not_permitted() -> Trap {
    refusal("not enough permissions (9)")
}

/// What a real router says is not known word for word.
pub(crate) fn last_administrator() -> Trap {
    refusal("failure: there must be at least one user with full rights")
}

/// A command that the router has and the simulator does not act out: not a RouterOS text.
pub(crate) fn not_simulated() -> Trap {
    with(Category::General, "failure: the simulated router does not act out this command")
}

/// Most refusals come without a category.
pub(crate) fn refusal(message: &str) -> Trap {
    Trap { category: None, message: message.to_owned() }
}

fn with(category: Category, message: &str) -> Trap {
    Trap { category: Some(category), ..refusal(message) }
}

/// What a real router says is not known word for word.
pub(crate) fn dynamic_lease() -> Trap {
    refusal("failure: can not change dynamic lease")
}

/// What a real router says is not known word for word.
pub(crate) fn safe_mode_taken() -> Trap {
    refusal("failure: safe mode is already taken")
}
