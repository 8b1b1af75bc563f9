//! The router's own certificate, and `api-ssl` that shows it.

use super::call::Call;
use super::plan::{Held, Plan};
use super::services;
use super::users::same_networks;

const NAME: &str = "ramal-api";
/// Ten years: it is pinned, so that its dates protect nobody.
const DAYS: &str = "3650";

pub(super) fn read() -> Vec<Call> {
    vec![Call::print("/certificate", ".id,name,fingerprint,private-key"), services::read()]
}

/// The API finds rows by their names too: the new certificate is signed and installed before it was read.
pub(super) fn calls(plan: &Plan, held: &Held) -> Vec<Call> {
    let certificate = held.named("/certificate", NAME);
    let mut calls = Vec::new();
    if certificate.is_none() {
        let add = Call::new("/certificate/add").with("name", NAME).with("common-name", &plan.name);
        calls.push(add.with("key-usage", "digital-signature,key-encipherment,tls-server").with("days-valid", DAYS));
    }
    if certificate.is_none_or(|row| row.get("fingerprint").is_empty()) {
        calls.push(Call::new("/certificate/sign").with(".id", NAME));
    }
    let service = services::service(held, "api-ssl");
    let is_right = service.is_some_and(|service| {
        let open = same_networks(service.get("address"), &plan.server) && !service.flag("disabled");
        open && service.get("certificate") == NAME
    });
    if !is_right {
        let id = service.map_or("api-ssl", |service| service.get(".id"));
        let set = Call::new("/ip/service/set").with(".id", id).with("certificate", NAME);
        calls.push(set.with("address", &plan.server).with("disabled", "no"));
    }
    calls
}

/// The SHA-256 of the certificate as the router prints it, and the port that shows it.
pub fn fingerprint(held: &Held) -> Option<(String, u16)> {
    let certificate = held.named("/certificate", NAME)?.get("fingerprint");
    let digits: String = certificate.chars().filter(char::is_ascii_hexdigit).collect();
    let port = services::service(held, "api-ssl")?.get("port").parse().ok()?;
    (digits.len() == 64).then_some((digits, port))
}
