//! What a router is managed by.

use super::call::Call;
use super::plan::Held;
use crate::network::Attributes;

/// They speak in clear.
const IN_CLEAR: [&str; 4] = ["telnet", "ftp", "www", "api"];

pub(super) fn read() -> Call {
    Call::print("/ip/service", ".id,name,port,address,certificate,disabled,dynamic")
}

pub(super) fn calls(held: &Held) -> Vec<Call> {
    let open = IN_CLEAR.iter().filter_map(|name| service(held, name)).filter(|service| !service.flag("disabled"));
    open.map(|service| Call::set("/ip/service", service).with("disabled", "yes")).collect()
}

/// Newer versions list who is connected among the services, as dynamic rows of the same name.
pub(super) fn service<'a>(held: &'a Held, name: &str) -> Option<&'a Attributes> {
    held.rows("/ip/service").iter().find(|row| row.get("name") == name && !row.flag("dynamic"))
}
