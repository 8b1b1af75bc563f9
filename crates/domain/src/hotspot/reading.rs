//! What was read from a router's hotspot, and what it says of each account.

use std::collections::HashMap;

use super::menu::HotspotMenu;
use super::rows::{Owner, Row};
use crate::contact::Mac;

/// The rows that were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub rows: Vec<Row>,
}

/// Somebody who is let in now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRead {
    /// The router's `.id`.
    pub row: String,
    pub user: String,
    pub mac: Option<Mac>,
    pub address: String,
    pub seconds: u64,
    /// To the customer.
    pub bytes_down: u64,
    pub bytes_up: u64,
}

/// What the router counted of one of our accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRead {
    pub owner: Owner,
    pub name: String,
    /// In all, and never less than what its live session says.
    pub seconds: u64,
    pub bytes: u64,
    /// The one that lasts longest.
    pub session: Option<SessionRead>,
}

impl AccountRead {
    pub fn was_used(&self) -> bool {
        self.session.is_some() || self.seconds > 0 || self.bytes > 0
    }
}

impl Reading {
    pub fn of(&self, menu: HotspotMenu) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.menu == menu)
    }

    pub fn sessions(&self) -> Vec<SessionRead> {
        self.of(HotspotMenu::Active).map(session).collect()
    }

    /// Our own accounts, used or not.
    pub fn accounts(&self) -> Vec<AccountRead> {
        let mut sessions: HashMap<String, SessionRead> = HashMap::new();
        for session in self.sessions() {
            let longest = sessions.get(&session.user).is_none_or(|known| known.seconds < session.seconds);
            if longest {
                sessions.insert(session.user.clone(), session);
            }
        }
        let own = self.of(HotspotMenu::User).filter_map(|row| Some((row.tag()?.owner, row)));
        own.map(|(owner, row)| account(owner, row, &mut sessions)).collect()
    }

    /// Whether the router has such a hotspot server; `all` stands for any.
    pub fn has_server(&self, name: &str) -> bool {
        self.of(HotspotMenu::Server).any(|row| name == "all" || row.attributes.get("name") == name)
    }

    /// Where the server takes its login page from.
    pub fn html_directory(&self, server: &str) -> Option<String> {
        let own = self.of(HotspotMenu::Server).find(|row| server == "all" || row.attributes.get("name") == server)?;
        let profile = own.attributes.get("profile");
        let profile = self.of(HotspotMenu::ServerProfile).find(|row| row.attributes.get("name") == profile)?;
        Some(profile.attributes.get("html-directory").to_owned()).filter(|directory| !directory.is_empty())
    }
}

fn session(row: &Row) -> SessionRead {
    let text = |name: &str| row.attributes.get(name).to_owned();
    let number = |name: &str| row.attributes.get(name).parse().unwrap_or_default();
    SessionRead {
        row: row.id.clone(),
        user: text("user"),
        mac: row.attributes.get("mac-address").parse().ok(),
        address: text("address"),
        seconds: seconds(row.attributes.get("uptime")),
        bytes_down: number("bytes-out"),
        bytes_up: number("bytes-in"),
    }
}

fn account(owner: Owner, row: &Row, sessions: &mut HashMap<String, SessionRead>) -> AccountRead {
    let name = row.attributes.get("name").to_owned();
    let session = sessions.remove(&name);
    let number = |name: &str| row.attributes.get(name).parse::<u64>().unwrap_or_default();
    let bytes = number("bytes-in").saturating_add(number("bytes-out"));
    // Versions differ in whether a user's counters have the session in them that is still live.
    let (live, live_bytes) =
        session.as_ref().map_or((0, 0), |live| (live.seconds, live.bytes_down.saturating_add(live.bytes_up)));
    AccountRead {
        owner,
        name,
        seconds: seconds(row.attributes.get("uptime")).max(live),
        bytes: bytes.max(live_bytes),
        session,
    }
}

/// A duration as routers write it, `1w2d3h4m5s`, `1d03:00:00` or `00:05:00`, in whole seconds; what is none (`none`,
/// nothing at all) is zero.
pub fn seconds(text: &str) -> u64 {
    let (mut total, mut number, mut clock) = (0_u64, String::new(), Vec::new());
    let mut signs = text.chars().peekable();
    while let Some(letter) = signs.next() {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        let count: u64 = number.parse().unwrap_or_default();
        number.clear();
        let unit = match letter {
            'w' => 604_800,
            'd' => 86_400,
            'h' => 3_600,
            // Milliseconds are less than a second.
            'm' if signs.next_if_eq(&'s').is_some() => 0,
            'm' => 60,
            's' => 1,
            ':' => {
                clock.push(count);
                continue;
            }
            _ => 0,
        };
        total = total.saturating_add(count.saturating_mul(unit));
    }
    if !clock.is_empty() {
        clock.push(number.parse().unwrap_or_default());
        let of_day = clock.into_iter().fold(0_u64, |sum, part| sum.saturating_mul(60).saturating_add(part));
        total = total.saturating_add(of_day);
    }
    total
}
