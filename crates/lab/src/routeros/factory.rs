//! What the maker configures on a router for homes: the rows that one finds on a router that nobody has touched.

use super::world::World;

const ROWS: [(&str, &[(&str, &str)]); 22] = [
    ("/interface/bridge", &[("name", "bridge"), ("comment", "defconf"), ("disabled", "false")]),
    ("/interface/bridge/port", &[("bridge", "bridge"), ("interface", "ether2"), ("comment", "defconf")]),
    ("/interface/list", &[("name", "WAN"), ("comment", "defconf")]),
    ("/interface/list", &[("name", "LAN"), ("comment", "defconf")]),
    ("/interface/list/member", &[("list", "LAN"), ("interface", "bridge"), ("comment", "defconf")]),
    ("/interface/list/member", &[("list", "WAN"), ("interface", "ether1"), ("comment", "defconf")]),
    ("/ip/address", &[("address", "192.168.88.1/24"), ("interface", "bridge"), ("comment", "defconf")]),
    ("/ip/pool", &[("name", "default-dhcp"), ("ranges", "192.168.88.10-192.168.88.254")]),
    (
        "/ip/dhcp-server",
        &[("name", "defconf"), ("address-pool", "default-dhcp"), ("interface", "bridge"), ("disabled", "false")],
    ),
    ("/ip/dhcp-server/network", &[("address", "192.168.88.0/24"), ("gateway", "192.168.88.1"), ("comment", "defconf")]),
    ("/ip/dhcp-client", &[("interface", "ether1"), ("comment", "defconf"), ("disabled", "false")]),
    ("/ip/firewall/nat", &[("chain", "srcnat"), ("out-interface-list", "WAN"), ("action", "masquerade")]),
    (
        "/ip/firewall/filter",
        &[
            ("chain", "forward"),
            ("action", "passthrough"),
            ("comment", "special dummy rule to show fasttrack counters"),
            ("dynamic", "true"),
        ],
    ),
    (
        "/ip/firewall/filter",
        &[
            ("chain", "input"),
            ("action", "accept"),
            ("connection-state", "established,related,untracked"),
            ("comment", "defconf: accept established,related,untracked"),
        ],
    ),
    (
        "/ip/firewall/filter",
        &[
            ("chain", "input"),
            ("action", "drop"),
            ("connection-state", "invalid"),
            ("comment", "defconf: drop invalid"),
        ],
    ),
    (
        "/ip/firewall/filter",
        &[("chain", "input"), ("action", "accept"), ("protocol", "icmp"), ("comment", "defconf: accept ICMP")],
    ),
    (
        "/ip/firewall/filter",
        &[
            ("chain", "input"),
            ("action", "drop"),
            ("in-interface-list", "!LAN"),
            ("comment", "defconf: drop all not coming from LAN"),
        ],
    ),
    (
        "/ip/firewall/filter",
        &[
            ("chain", "forward"),
            ("action", "fasttrack-connection"),
            ("connection-state", "established,related"),
            ("comment", "defconf: fasttrack"),
        ],
    ),
    (
        "/ip/firewall/filter",
        &[
            ("chain", "forward"),
            ("action", "accept"),
            ("connection-state", "established,related,untracked"),
            ("comment", "defconf: accept established,related, untracked"),
        ],
    ),
    (
        "/ip/firewall/filter",
        &[
            ("chain", "forward"),
            ("action", "drop"),
            ("connection-state", "invalid"),
            ("comment", "defconf: drop invalid"),
        ],
    ),
    (
        "/ip/firewall/filter",
        &[
            ("chain", "forward"),
            ("action", "drop"),
            ("connection-nat-state", "!dstnat"),
            ("in-interface-list", "WAN"),
            ("comment", "defconf: drop all from WAN not DSTNATed"),
        ],
    ),
    ("/interface/ethernet", &[("name", "ether1"), ("mac-address", "02:00:00:00:00:E1"), ("disabled", "false")]),
];

pub(crate) fn configure(world: &mut World) {
    for (menu, row) in ROWS {
        world.furnish(menu, row.iter().copied());
    }
}
