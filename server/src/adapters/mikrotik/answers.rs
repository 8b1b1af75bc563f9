//! What a failed command means.

use domain::network::Because;
use routeros::{Category, Command, Error, Stage, Trap};

/// The error in words that can be stored and shown.
pub fn because(command: Option<&Command>, error: &Error) -> Because {
    match error {
        Error::Connect { source, .. } => Because::Unreachable { words: source.to_string() },
        Error::TimedOut(stage @ (Stage::Connecting | Stage::LoggingIn)) => {
            Because::Unreachable { words: format!("no answer in time while {stage}") }
        }
        Error::TimedOut(Stage::Queueing | Stage::Answering) => Because::NoAnswer,
        Error::LoginRefused { message } => Because::LoginRefused { words: message.clone() },
        Error::Protocol(error) => Because::NotARouter { words: error.to_string() },
        Error::Closed => Because::ConnectionLost { words: error.to_string() },
        Error::Lost(loss) => Because::ConnectionLost { words: loss.to_string() },
        Error::Fatal { message } => Because::ConnectionLost { words: message.clone() },
        Error::Trap(trap) => refusal(command, trap),
        Error::TooLarge { .. } => Because::Refused {
            command: command.map(Command::to_string).unwrap_or_default(),
            words: error.to_string(),
            for_good: true,
        },
    }
}

fn refusal(command: Option<&Command>, trap: &Trap) -> Because {
    match command {
        Some(command) if trap.message.contains(NOT_PERMITTED) => {
            let policies = policies(command.path()).iter().map(|policy| (*policy).to_owned());
            Because::NotPermitted { command: command.to_string(), policies: policies.collect() }
        }
        _ => Because::Refused {
            command: command.map(Command::to_string).unwrap_or_default(),
            words: trap.message.clone(),
            for_good: is_for_good(trap),
        },
    }
}

/// What a router's user needs for a command: the router does not say it.
fn policies(path: &str) -> &'static [&'static str] {
    match path {
        // The second since 7.13, for the file.
        "/tool/fetch" => &["test", "ftp"],
        path if path.ends_with("/print") => &["read"],
        path if path.starts_with("/user/") => &["policy"],
        _ => &["write"],
    }
}

const NOT_PERMITTED: &str = "not enough permissions";

/// Refusals that no waiting changes: somebody must mend the router, its user's rights or the record. Most come without
/// a category, so that the words decide.
const FOR_GOOD: [&str; 6] = [
    "no such command",
    "unknown parameter",
    "missing value",
    "input does not match",
    NOT_PERMITTED,
    "not allowed by device-mode",
];

fn is_for_good(trap: &Trap) -> bool {
    trap.category == Some(Category::Argument) || FOR_GOOD.iter().any(|words| trap.message.contains(words))
}

/// The row is gone, by somebody else's hand: look again.
pub fn is_gone(error: &Error) -> bool {
    matches!(error, Error::Trap(trap) if trap.message.contains("no such item"))
}

/// Nothing is wrong with the command: the connection failed, or the answer did not come.
pub fn must_look_again(error: &Error) -> bool {
    error.outcome_unknown() || is_gone(error) || matches!(error, Error::Closed | Error::TimedOut(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(words: &str, category: Option<Category>) -> bool {
        is_for_good(&Trap { category, message: words.to_owned() })
    }

    #[test]
    fn what_a_person_must_mend_is_not_tried_again() {
        assert!(refused("not enough permissions (9)", None));
        assert!(refused("not allowed by device-mode", None));
        assert!(refused("input does not match any value of server", Some(Category::Argument)));
        assert!(refused("no such command prefix", Some(Category::MissingItemOrCommand)));
        assert!(!refused("no such item", Some(Category::MissingItemOrCommand)));
        assert!(!refused("failure: already have such entry", None));
        assert!(!refused("interrupted", Some(Category::Interrupted)));
    }

    #[test]
    fn a_right_that_its_user_lacks_is_named() {
        let trap = Error::Trap(Trap { category: None, message: "not enough permissions (9)".into() });
        for (path, needed) in [
            ("/tool/fetch", vec!["test", "ftp"]),
            ("/ppp/secret/print", vec!["read"]),
            ("/ppp/secret/add", vec!["write"]),
            ("/user/group/add", vec!["policy"]),
        ] {
            let told = because(Some(&Command::new(path)), &trap);
            let policies = needed.into_iter().map(str::to_owned).collect();
            assert_eq!(told, Because::NotPermitted { command: path.to_owned(), policies });
        }
        assert!(matches!(because(None, &trap), Because::Refused { for_good: true, .. }));
    }

    #[test]
    fn a_row_that_is_gone_is_looked_for_again() {
        let gone = Error::Trap(Trap { category: None, message: "no such item".into() });
        assert!(must_look_again(&gone));
        let refused = Error::Trap(Trap { category: None, message: "failure: already have such entry".into() });
        assert!(!must_look_again(&refused));
    }
}
