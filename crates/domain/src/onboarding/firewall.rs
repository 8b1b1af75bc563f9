//! The input chain: only the server reaches what the router is managed by. What customers use (PPPoE, DHCP, DNS, the
//! hotspot) stays as it was.

use super::call::Call;
use super::plan::{Held, Plan};
use crate::network::Attributes;

const MENU: &str = "/ip/firewall/filter";
/// FTP, SSH, telnet, the web pages, the bandwidth test, WinBox and the API.
const MANAGEMENT: &str = "21,22,23,80,443,2000,8291,8728,8729";
const SNMP: &str = "161";

pub(super) fn read() -> Call {
    Call::print(MENU, ".id,chain,comment,dynamic")
}

/// In an order in which a connection that breaks off locks nobody out: what is let in, stands before what is not. All
/// of them come before the rules that were there.
pub(super) fn calls(plan: &Plan, held: &Held) -> Vec<Call> {
    let chain: Vec<&Attributes> = held.rows(MENU).iter().filter(|row| is_input(row)).collect();
    let wanted = wanted(plan);
    let place = |row: &Attributes| wanted.iter().position(|(tag, _)| tag == row.get("comment"));
    let missing = wanted.iter().enumerate().filter(|(own, _)| !chain.iter().any(|row| place(row) == Some(*own)));
    let calls = missing.map(|(own, (tag, rule))| {
        let rule = rule.clone().with("comment", tag);
        // Before what comes later, or is not ours; an earlier plan's rules are on their way out.
        let next = chain.iter().find(|row| place(row).map_or(!is_ours(row), |place| place > own));
        match next {
            Some(next) => rule.with("place-before", next.get(".id")),
            None => rule,
        }
    });
    calls.collect()
}

/// The rules of an earlier plan, for another server, that are no longer wanted: removed last.
pub(super) fn leftovers(plan: &Plan, held: &Held) -> Vec<Call> {
    let wanted: Vec<String> = wanted(plan).into_iter().map(|(tag, _)| tag).collect();
    let left = held.rows(MENU).iter().filter(|row| is_ours(row) && !wanted.iter().any(|tag| tag == row.get("comment")));
    left.map(|row| Call::new(format!("{MENU}/remove")).with(".id", row.get(".id"))).collect()
}

fn wanted(plan: &Plan) -> Vec<(String, Call)> {
    let rule = |action: &str| Call::new(format!("{MENU}/add")).with("chain", "input").with("action", action);
    let managed = |rule: Call| rule.with("protocol", "tcp").with("dst-port", MANAGEMENT);
    let known = rule("accept").with("connection-state", "established,related");
    let mut rules = vec![("known".to_owned(), known)];
    for (number, server) in plan.server.split(',').map(str::trim).enumerate() {
        let rule = managed(rule("accept")).with("src-address", server);
        rules.push((format!("server{}-{server}", number + 1), rule));
    }
    rules.push(("management".to_owned(), managed(rule("drop"))));
    rules.push(("snmp".to_owned(), rule("drop").with("protocol", "udp").with("dst-port", SNMP)));
    rules.into_iter().map(|(name, rule)| (format!("{PREFIX}{name}"), rule)).collect()
}

const PREFIX: &str = "ramal:input:";

fn is_ours(row: &Attributes) -> bool {
    row.get("comment").starts_with(PREFIX)
}

fn is_input(row: &Attributes) -> bool {
    row.get("chain") == "input" && !row.flag("dynamic")
}
