use std::str::FromStr;
use std::time::Duration;

use thiserror::Error;

/// What goes wrong, on purpose. As text: `refuse`, `hang`, `drop:BYTES`, `cut:BYTES`, `lose-reply:K` or `lose-reply:VERB`,
/// `slow:MILLISECONDS`, `device-mode`, `deny-login`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// New connections are closed at once.
    Refuse,
    /// Connections are accepted, nothing is ever answered, on open connections neither.
    Hang,
    /// A connection is closed when so many bytes were sent on it, in the middle of a word if it comes so.
    DropAfter(usize),
    /// A connection is closed when so many bytes were received on it. The commands that were whole by then are carried
    /// out, and nothing is answered any more.
    CutAfter(usize),
    /// A command that changes something is carried out, then the connection is closed instead of an answer.
    LoseReply(Lost),
    /// Every command takes so long, one after the other on each connection.
    Slow(Duration),
    /// Hotspot, fetch and the scheduler are refused as the factory's device mode does.
    DeviceMode,
    /// Nobody can log in.
    DenyLogin,
}

/// Which replies are lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// That of the k-th change after the fault was set, from 1; only that one.
    Nth(u64),
    /// That of every change by this verb, such as `add`.
    Verb(String),
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("not a fault: {0}")]
pub struct UnknownFault(pub String);

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let unknown = || UnknownFault(text.to_owned());
        let number = |value: &str| value.parse::<u64>().map_err(|_| unknown());
        Ok(match text.split_once(':') {
            None => match text {
                "refuse" => Self::Refuse,
                "hang" => Self::Hang,
                "device-mode" => Self::DeviceMode,
                "deny-login" => Self::DenyLogin,
                _ => return Err(unknown()),
            },
            Some(("drop", bytes)) => Self::DropAfter(bytes.parse().map_err(|_| unknown())?),
            Some(("cut", bytes)) => Self::CutAfter(bytes.parse().map_err(|_| unknown())?),
            Some(("slow", milliseconds)) => Self::Slow(Duration::from_millis(number(milliseconds)?)),
            Some(("lose-reply", which)) => Self::LoseReply(match number(which) {
                Ok(count) => Lost::Nth(count),
                Err(_) => Lost::Verb(which.to_owned()),
            }),
            Some(_) => return Err(unknown()),
        })
    }
}

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    active: Vec<Fault>,
    changes: u64,
}

impl Faults {
    pub(crate) fn set(&mut self, fault: Fault) {
        self.active.push(fault);
        self.changes = 0;
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn has(&self, fault: &Fault) -> bool {
        self.active.contains(fault)
    }

    pub(crate) fn delay(&self) -> Option<Duration> {
        self.active.iter().rev().find_map(|fault| match fault {
            Fault::Slow(delay) => Some(*delay),
            _ => None,
        })
    }

    pub(crate) fn bytes_until_drop(&self) -> Option<usize> {
        self.active.iter().rev().find_map(|fault| match fault {
            Fault::DropAfter(bytes) => Some(*bytes),
            _ => None,
        })
    }

    pub(crate) fn bytes_until_cut(&self) -> Option<usize> {
        self.active.iter().rev().find_map(|fault| match fault {
            Fault::CutAfter(bytes) => Some(*bytes),
            _ => None,
        })
    }

    /// Whether the factory's device mode forbids the menu.
    pub(crate) fn forbids(&self, path: &str) -> bool {
        let forbidden = ["/ip/hotspot", "/tool/fetch", "/system/scheduler"];
        self.has(&Fault::DeviceMode) && forbidden.iter().any(|menu| path.starts_with(menu))
    }

    /// Counts a change that was just carried out. True when its reply must be lost.
    pub(crate) fn loses_reply(&mut self, verb: &str) -> bool {
        self.changes += 1;
        self.active.iter().any(|fault| match fault {
            Fault::LoseReply(Lost::Nth(count)) => *count == self.changes,
            Fault::LoseReply(Lost::Verb(lost)) => lost == verb,
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_written_as_words() {
        assert_eq!("refuse".parse(), Ok(Fault::Refuse));
        assert_eq!("drop:100".parse(), Ok(Fault::DropAfter(100)));
        assert_eq!("cut:100".parse(), Ok(Fault::CutAfter(100)));
        assert_eq!("slow:20".parse(), Ok(Fault::Slow(Duration::from_millis(20))));
        assert_eq!("lose-reply:3".parse(), Ok(Fault::LoseReply(Lost::Nth(3))));
        assert_eq!("lose-reply:add".parse(), Ok(Fault::LoseReply(Lost::Verb("add".into()))));
        assert_eq!("explode".parse::<Fault>(), Err(UnknownFault("explode".into())));
    }
}
