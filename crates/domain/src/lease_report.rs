//! Routers that tell which equipment got an address: the script that does it, and what it sends.

use std::net::IpAddr;

use crate::contact::Mac;

/// The header that carries a router's token. It never stands in an address, which logs keep.
pub const TOKEN_HEADER: &str = "x-ramal-token";
/// Where reports are posted, after the public address.
pub const PATH: &str = "/hooks/lease";
/// The first line of our script: what does not begin so is somebody else's, and stays.
const MARK: &str = "# ramal: reports leases";

/// What a router told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaseReport {
    pub mac: Mac,
    pub address: Option<IpAddr>,
    /// The router's name of its DHCP server.
    pub server: String,
}

impl LeaseReport {
    /// From the fields of the form that the script posts. `None` without a MAC: nothing is known then.
    pub fn read<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<Self> {
        let (mut mac, mut address, mut server) = (None, None, String::new());
        for (name, value) in fields {
            match name {
                "mac" => mac = value.parse().ok(),
                "address" => address = value.parse().ok(),
                "server" => server = value.chars().filter(|letter| !letter.is_control()).take(64).collect(),
                _ => {}
            }
        }
        Some(Self { mac: mac?, address, server })
    }
}

/// The script of a DHCP server: it tells when a lease is bound, and a report that does not get through stops nothing.
pub fn script(public_url: &str, token: &str) -> String {
    let certificate = if public_url.starts_with("https:") { " check-certificate=yes" } else { "" };
    [
        MARK.to_owned(),
        ":if ($leaseBound = \"1\") do={".to_owned(),
        "  :do {".to_owned(),
        format!(
            "    /tool fetch url=\"{public_url}{PATH}\" http-method=post http-header-field=\"{TOKEN_HEADER}: {token}\" \
             http-data=\"mac=$leaseActMAC&address=$leaseActIP&server=$leaseServerName\"{certificate} output=none"
        ),
        "  } on-error={ :log warning \"ramal: a lease was not reported\" }".to_owned(),
        "}".to_owned(),
    ]
    .join("\r\n")
}

/// Whether a script that was read is ours, of whatever token.
pub fn is_ours(script: &str) -> bool {
    script.trim_start().starts_with(MARK)
}

/// Routers may print other ends of lines than were written.
pub fn same(read: &str, wanted: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    lines(read) == lines(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_a_mac_and_what_else_is_known() {
        let fields = [("mac", "02:aa:00:00:00:01"), ("address", "10.0.0.7"), ("server", "lan"), ("other", "x")];
        let report = LeaseReport::read(fields).unwrap();
        assert_eq!(report.mac.to_string(), "02:AA:00:00:00:01");
        assert_eq!(report.address, Some("10.0.0.7".parse().unwrap()));
        assert_eq!(report.server, "lan");
        let bare = LeaseReport::read([("mac", "02aa00000001"), ("address", "nonsense")]).unwrap();
        assert_eq!((bare.address, bare.server.as_str()), (None, ""));
        assert_eq!(LeaseReport::read([("address", "10.0.0.7")]), None);
        assert_eq!(LeaseReport::read([("mac", "not a mac")]), None);
    }

    #[test]
    fn the_script_posts_with_the_token_in_a_header_and_never_in_the_address() {
        let script = script("https://ramal.test", "TOKEN");
        assert!(script.contains("url=\"https://ramal.test/hooks/lease\""));
        assert!(script.contains("http-method=post"));
        assert!(script.contains("http-header-field=\"x-ramal-token: TOKEN\""));
        assert!(script.contains("check-certificate=yes"));
        assert_eq!(script.matches("TOKEN").count(), 1);
        assert!(is_ours(&script));
        assert!(!is_ours(":log info \"somebody else's\""));
    }

    #[test]
    fn a_script_is_the_same_with_other_ends_of_lines() {
        let own = script("http://127.0.0.1:3000", "TOKEN");
        assert!(same(&own.replace("\r\n", "\n"), &own));
        assert!(!same(&script("http://127.0.0.1:3000", "OTHER"), &own));
    }
}
