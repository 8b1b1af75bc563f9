//! Where the portal is, as a walled garden says it.

use domain::hotspot::Reachable;

/// The host of the public address: who is not signed in reaches it all the same, to pay. `None` when the address is none.
pub(crate) fn portal_host(public_url: &str) -> Option<Reachable> {
    let (_, rest) = public_url.split_once("://")?;
    let authority = rest.split('/').next()?;
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next()?,
        None => authority.split(':').next()?,
    };
    match host.parse::<std::net::IpAddr>() {
        Ok(address) => Some(Reachable::Address(address.to_string())),
        Err(_) if host.is_empty() => None,
        Err(_) => Some(Reachable::Host(host.to_ascii_lowercase())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portal_is_a_host_or_an_address() {
        let host = |text: &str| Some(Reachable::Host(text.to_owned()));
        let address = |text: &str| Some(Reachable::Address(text.to_owned()));
        for (url, expected) in [
            ("https://Ramal.example", host("ramal.example")),
            ("https://ramal.example:8443", host("ramal.example")),
            ("http://10.0.0.2:3000", address("10.0.0.2")),
            ("http://[2001:db8::1]:3000", address("2001:db8::1")),
            ("nonsense", None),
        ] {
            assert_eq!(portal_host(url), expected, "{url}");
        }
    }
}
