//! Packets that the simulated router forwards, as its firewall says. Only what Ramal writes and what it must not be led
//! around by is acted out: lists, protocols, ports, states, jumps, dst-nat and FastTrack.

use super::made::text;
use super::table::{Attributes, truth};
use super::world::World;

const CONNECTIONS: &str = "/ip/firewall/connection";
/// Chains that jump to each other for ever end here.
const DEEPEST: usize = 8;

/// A packet, or the first of many alike.
#[derive(Clone, Copy, Debug)]
pub struct Packet<'a> {
    pub from: &'a str,
    pub to: &'a str,
    /// `tcp` or `udp`.
    pub protocol: &'a str,
    pub port: u16,
}

/// What became of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It went on to there.
    Forwarded { to: String, port: u16 },
    /// The sender is told at once.
    Rejected { with: String },
    /// Nobody is told.
    Dropped,
}

pub(crate) fn forward(world: &mut World, packet: Packet<'_>) -> Passage {
    let known = known(world, packet);
    let (to, port) = match &known {
        Some(connection) => end(&text(connection, "reply-src-address")),
        None => translated(world, packet),
    };
    let passed = || Passage::Forwarded { to: to.clone(), port };
    if known.as_ref().is_some_and(|connection| flag(connection, "fasttrack")) {
        return passed();
    }
    let seen = Seen { packet, to: &to, port, state: if known.is_some() { "established" } else { "new" } };
    let verdict = judge(world, "/ip/firewall/filter", "forward", &seen, DEEPEST);
    match verdict {
        Verdict::Rejected(with) => Passage::Rejected { with },
        Verdict::Dropped => Passage::Dropped,
        Verdict::FastTracked | Verdict::Accepted | Verdict::Undecided => {
            remember(world, packet, &to, port, known.as_ref(), verdict == Verdict::FastTracked);
            passed()
        }
    }
}

/// A packet as the filter sees it, after translation.
struct Seen<'a> {
    packet: Packet<'a>,
    to: &'a str,
    port: u16,
    state: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    Accepted,
    /// Accepted, and what follows passes by the firewall.
    FastTracked,
    Rejected(String),
    Dropped,
    Undecided,
}

fn source(packet: Packet<'_>) -> String {
    format!("{}:40000", packet.from)
}

fn known(world: &mut World, packet: Packet<'_>) -> Option<Attributes> {
    let (from, to) = (source(packet), format!("{}:{}", packet.to, packet.port));
    let mut rows = world.table(CONNECTIONS).rows();
    let same = |row: &&Attributes| {
        text(row, "src-address") == from && text(row, "dst-address") == to && text(row, "protocol") == packet.protocol
    };
    rows.find(same).cloned()
}

fn end(address: &str) -> (String, u16) {
    let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));
    (host.to_owned(), port.parse().unwrap_or_default())
}

/// Where the nat sends it; to where it wanted, when nothing there is about it.
fn translated(world: &mut World, packet: Packet<'_>) -> (String, u16) {
    let seen = Seen { packet, to: packet.to, port: packet.port, state: "new" };
    let rules = rules(world, "/ip/firewall/nat", "dstnat");
    let first = rules.iter().find(|rule| matches(world, rule, &seen));
    let Some(rule) = first.filter(|rule| text(rule, "action") == "dst-nat") else {
        return (packet.to.to_owned(), packet.port);
    };
    (text(rule, "to-addresses"), text(rule, "to-ports").parse().unwrap_or(packet.port))
}

fn rules(world: &mut World, menu: &str, chain: &str) -> Vec<Attributes> {
    let of_chain = |row: &&Attributes| text(row, "chain") == chain && !flag(row, "disabled");
    world.table(menu).rows().filter(of_chain).cloned().collect()
}

fn judge(world: &mut World, menu: &str, chain: &str, seen: &Seen<'_>, depth: usize) -> Verdict {
    let mut tracked = false;
    for rule in rules(world, menu, chain) {
        if !matches(world, &rule, seen) {
            continue;
        }
        match text(&rule, "action").as_str() {
            "accept" if tracked => return Verdict::FastTracked,
            "accept" => return Verdict::Accepted,
            "drop" => return Verdict::Dropped,
            "reject" => return Verdict::Rejected(text(&rule, "reject-with")),
            "return" => return Verdict::Undecided,
            "fasttrack-connection" => tracked = true,
            "jump" if depth > 0 => match judge(world, menu, &text(&rule, "jump-target"), seen, depth - 1) {
                Verdict::Undecided => {}
                verdict => return verdict,
            },
            _ => {}
        }
    }
    if tracked { Verdict::FastTracked } else { Verdict::Undecided }
}

/// Whether all that the rule asks for is so. The port a packet comes from is never one of a service.
fn matches(world: &mut World, rule: &Attributes, seen: &Seen<'_>) -> bool {
    let asks = |name: &str| Some(text(rule, name)).filter(|asked| !asked.is_empty());
    let in_list = |world: &mut World, asked: Option<String>, address: &str| match asked {
        None => true,
        Some(list) => match list.strip_prefix('!') {
            Some(list) => !listed(world, list, address),
            None => listed(world, &list, address),
        },
    };
    in_list(world, asks("src-address-list"), seen.packet.from)
        && in_list(world, asks("dst-address-list"), seen.to)
        && asks("protocol").is_none_or(|protocol| protocol == seen.packet.protocol)
        && asks("dst-port").is_none_or(|port| port == seen.port.to_string())
        && asks("src-port").is_none()
        && asks("connection-state").is_none_or(|states| states.split(',').any(|state| state == seen.state))
}

fn listed(world: &mut World, list: &str, address: &str) -> bool {
    let entry =
        |row: &&Attributes| text(row, "list") == list && text(row, "address") == address && !flag(row, "disabled");
    world.table("/ip/firewall/address-list").rows().any(|row| entry(&row))
}

fn remember(
    world: &mut World,
    packet: Packet<'_>,
    to: &str,
    port: u16,
    known: Option<&Attributes>,
    fast_tracked: bool,
) {
    let fasttrack: Attributes = [("fasttrack".to_owned(), fast_tracked.to_string().into_bytes())].into();
    if let Some(connection) = known {
        let id = world.table(CONNECTIONS).find(&text(connection, ".id"));
        let noted = id.and_then(|id| world.set(CONNECTIONS, id, fasttrack));
        debug_assert!(noted.is_ok(), "{noted:?}");
        return;
    }
    let row = [
        ("src-address", source(packet)),
        ("dst-address", format!("{}:{}", packet.to, packet.port)),
        ("reply-src-address", format!("{to}:{port}")),
        ("protocol", packet.protocol.to_owned()),
    ];
    let row = row.map(|(name, value)| (name.to_owned(), value.into_bytes())).into_iter().chain(fasttrack);
    let added = world.add(CONNECTIONS, row.collect(), None);
    debug_assert!(added.is_ok(), "{added:?}");
}

fn flag(row: &Attributes, name: &str) -> bool {
    truth(&text(row, name)) == Some(true)
}
