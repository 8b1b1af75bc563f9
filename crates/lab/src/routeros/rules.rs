//! What RouterOS insists on, menu by menu. A menu without an entry takes any row that its schema allows.

/// How a value is printed back.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Boolean,
    /// `upload/download` in bits per second.
    Rates,
    /// An address without a length gets `/32`.
    Prefix,
    Mac,
    /// What a group may do: everything by name, with `!` before what it may not.
    Policy,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Unique {
    pub names: &'static [&'static str],
    pub message: &'static str,
}

/// The argument must be a value of that column of another menu.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    pub argument: &'static str,
    pub menu: &'static str,
    /// A value that stands for no row at all.
    pub nothing: &'static str,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rules {
    pub required: &'static [&'static str],
    pub unique: &'static [Unique],
    pub references: &'static [Reference],
    pub defaults: &'static [(&'static str, &'static str)],
    /// Never printed.
    pub hidden: &'static [&'static str],
    shapes: &'static [(&'static str, Shape)],
}

/// True in every menu that has them.
const FLAGS: [&str; 13] = [
    "disabled",
    "dynamic",
    "invalid",
    "log",
    "block-access",
    "use-radius",
    "accounting",
    "accept",
    "only-one",
    "always-broadcast",
    "blocked",
    "radius",
    "add-mac-cookie",
];

impl Rules {
    pub(crate) fn shape(&self, name: &str) -> Option<Shape> {
        let own = self.shapes.iter().find(|(own, _)| *own == name);
        own.map(|(_, shape)| *shape).or_else(|| FLAGS.contains(&name).then_some(Shape::Boolean))
    }
}

const ALREADY: &str = "failure: already have such entry";

const NAME: &[Unique] = &[Unique { names: &["name"], message: ALREADY }];

pub(crate) fn of(menu: &str) -> Rules {
    match menu {
        "/ppp/secret" => ppp_secret(),
        "/ppp/profile" => ppp_profile(),
        "/ip/firewall/address-list" => address_list(),
        "/ip/firewall/filter" | "/ip/firewall/nat" | "/ip/firewall/mangle" | "/ip/firewall/raw" => firewall(),
        "/queue/simple" => simple_queue(),
        "/ip/dhcp-server/lease" => lease(),
        "/ip/hotspot/user" => hotspot_user(),
        "/ip/hotspot/user/profile" => hotspot_profile(),
        "/ip/hotspot/walled-garden" | "/ip/hotspot/walled-garden/ip" => walled_garden(),
        "/ip/hotspot/ip-binding" => ip_binding(),
        "/user" => user(),
        "/radius" => radius(),
        "/user/group" => user_group(),
        "/ip/pool"
        | "/ip/dhcp-server"
        | "/ip/hotspot"
        | "/ip/hotspot/profile"
        | "/certificate"
        | "/system/scheduler"
        | "/system/script" => named(),
        _ => Rules::default(),
    }
}

fn named() -> Rules {
    Rules { required: &["name"], unique: NAME, ..Rules::default() }
}

fn ppp_secret() -> Rules {
    Rules {
        required: &["name"],
        unique: &[Unique { names: &["name"], message: "failure: secret with the same name already exists" }],
        references: &[Reference { argument: "profile", menu: "/ppp/profile", nothing: "" }],
        defaults: &[
            ("service", "any"),
            ("caller-id", ""),
            ("password", ""),
            ("profile", "default"),
            ("routes", ""),
            ("limit-bytes-in", "0"),
            ("limit-bytes-out", "0"),
            ("disabled", "false"),
            ("last-logged-out", "1970-01-01 00:00:00"),
        ],
        ..Rules::default()
    }
}

fn ppp_profile() -> Rules {
    Rules {
        defaults: &[
            ("use-mpls", "default"),
            ("use-compression", "default"),
            ("use-encryption", "default"),
            ("only-one", "default"),
            ("change-tcp-mss", "default"),
            ("address-list", ""),
            ("default", "false"),
        ],
        ..named()
    }
}

fn address_list() -> Rules {
    Rules {
        required: &["list", "address"],
        unique: &[Unique { names: &["list", "address"], message: ALREADY }],
        defaults: &[("dynamic", "false"), ("disabled", "false")],
        ..Rules::default()
    }
}

fn firewall() -> Rules {
    Rules {
        required: &["chain"],
        defaults: &[
            ("action", "accept"),
            ("log", "false"),
            ("log-prefix", ""),
            ("bytes", "0"),
            ("packets", "0"),
            ("invalid", "false"),
            ("dynamic", "false"),
            ("disabled", "false"),
        ],
        ..Rules::default()
    }
}

fn simple_queue() -> Rules {
    Rules {
        unique: NAME,
        references: &[Reference { argument: "parent", menu: "/queue/simple", nothing: "none" }],
        defaults: &[
            ("target", ""),
            ("parent", "none"),
            ("packet-marks", ""),
            ("priority", "8/8"),
            ("queue", "default-small/default-small"),
            ("limit-at", "0/0"),
            ("max-limit", "0/0"),
            ("burst-limit", "0/0"),
            ("burst-threshold", "0/0"),
            ("burst-time", "0s/0s"),
            ("bucket-size", "0.1/0.1"),
            ("bytes", "0/0"),
            ("invalid", "false"),
            ("dynamic", "false"),
            ("disabled", "false"),
        ],
        shapes: &[
            ("target", Shape::Prefix),
            ("max-limit", Shape::Rates),
            ("limit-at", Shape::Rates),
            ("burst-limit", Shape::Rates),
            ("burst-threshold", Shape::Rates),
        ],
        ..Rules::default()
    }
}

fn lease() -> Rules {
    Rules {
        unique: &[Unique { names: &["mac-address", "server"], message: ALREADY }],
        references: &[Reference { argument: "server", menu: "/ip/dhcp-server", nothing: "all" }],
        defaults: &[
            ("address-lists", ""),
            ("server", "all"),
            ("dhcp-option", ""),
            ("status", "waiting"),
            ("last-seen", "never"),
            ("radius", "false"),
            ("dynamic", "false"),
            ("blocked", "false"),
            ("disabled", "false"),
        ],
        shapes: &[("mac-address", Shape::Mac)],
        ..Rules::default()
    }
}

fn hotspot_user() -> Rules {
    Rules {
        references: &[
            Reference { argument: "profile", menu: "/ip/hotspot/user/profile", nothing: "" },
            Reference { argument: "server", menu: "/ip/hotspot", nothing: "all" },
        ],
        defaults: &[
            ("profile", "default"),
            ("password", ""),
            ("uptime", "0s"),
            ("bytes-in", "0"),
            ("bytes-out", "0"),
            ("dynamic", "false"),
            ("disabled", "false"),
        ],
        shapes: &[("mac-address", Shape::Mac)],
        ..named()
    }
}

fn hotspot_profile() -> Rules {
    Rules {
        defaults: &[
            ("shared-users", "1"),
            ("add-mac-cookie", "true"),
            ("mac-cookie-timeout", "3d"),
            ("rate-limit", ""),
            ("keepalive-timeout", "2m"),
            ("default", "false"),
        ],
        ..named()
    }
}

/// Both menus of the walled garden.
fn walled_garden() -> Rules {
    Rules {
        references: &[Reference { argument: "server", menu: "/ip/hotspot", nothing: "" }],
        defaults: &[("action", "allow"), ("dynamic", "false"), ("disabled", "false")],
        ..Rules::default()
    }
}

fn ip_binding() -> Rules {
    Rules {
        references: &[Reference { argument: "server", menu: "/ip/hotspot", nothing: "all" }],
        defaults: &[("type", "regular"), ("blocked", "false"), ("disabled", "false")],
        shapes: &[("mac-address", Shape::Mac)],
        ..Rules::default()
    }
}

fn user() -> Rules {
    Rules {
        required: &["name", "group"],
        references: &[Reference { argument: "group", menu: "/user/group", nothing: "" }],
        defaults: &[("address", ""), ("disabled", "false")],
        hidden: &["password"],
        ..named()
    }
}

fn user_group() -> Rules {
    Rules { defaults: &[("policy", "")], shapes: &[("policy", Shape::Policy)], ..named() }
}

fn radius() -> Rules {
    Rules {
        required: &["address"],
        defaults: &[
            ("service", ""),
            ("called-id", ""),
            ("domain", ""),
            ("authentication-port", "1812"),
            ("accounting-port", "1813"),
            ("timeout", "300ms"),
            ("accounting-backup", "false"),
            ("disabled", "false"),
        ],
        ..Rules::default()
    }
}

/// The rows that a router has before anybody touched it.
pub(crate) const FACTORY_ROWS: [(&str, &[(&str, &str)]); 20] = [
    ("/ppp/profile", &[("name", "default"), ("default", "true")]),
    ("/ppp/profile", &[("name", "default-encryption"), ("use-encryption", "true"), ("default", "true")]),
    ("/ip/hotspot/profile", &[("name", "default"), ("html-directory", "hotspot")]),
    ("/ip/hotspot/user/profile", &[("name", "default"), ("shared-users", "1"), ("default", "true")]),
    ("/user/group", &[("name", "read"), ("policy", "local,telnet,ssh,read,test,winbox,web,sniff,api")]),
    ("/user/group", &[("name", "write"), ("policy", "local,telnet,ssh,read,write,test,winbox,web,sniff,api")]),
    ("/user/group", &[("name", "full"), ("policy", "local,telnet,ssh,ftp,reboot,read,write,policy,test,api")]),
    ("/ip/service", &[("name", "telnet"), ("port", "23"), ("disabled", "false")]),
    ("/ip/service", &[("name", "ftp"), ("port", "21"), ("disabled", "false")]),
    ("/ip/service", &[("name", "www"), ("port", "80"), ("disabled", "false")]),
    ("/ip/service", &[("name", "ssh"), ("port", "22"), ("disabled", "false")]),
    ("/ip/service", &[("name", "api"), ("port", "8728"), ("disabled", "false")]),
    ("/ip/service", &[("name", "winbox"), ("port", "8291"), ("disabled", "false")]),
    ("/ip/service", &[("name", "api-ssl"), ("port", "8729"), ("disabled", "false"), ("certificate", "none")]),
    ("/interface", &[("name", "ether1"), ("type", "ether"), ("running", "true"), ("disabled", "false")]),
    ("/interface", &[("name", "ether2"), ("type", "ether"), ("running", "true"), ("disabled", "false")]),
    ("/system/identity", &[("name", "MikroTik")]),
    ("/ppp/aaa", &[("use-radius", "false"), ("accounting", "true"), ("interim-update", "0s")]),
    ("/radius/incoming", &[("accept", "false"), ("port", "1700")]),
    ("/system/device-mode", &[("mode", "advanced"), ("hotspot", "true"), ("fetch", "true"), ("scheduler", "true")]),
];
