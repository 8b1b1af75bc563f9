//! The form of a router, checked.

use std::net::IpAddr;

use domain::failure::{Failure, FormCheck, Problem, optional, required};
use domain::form;
use domain::network::{Addressing, LimitBy, RouterMode};
use domain::position::Position;
use domain::views::routers::RouterForm;
use secrecy::SecretString;
use serde::Serialize;
use store::routers::RouterRecord;

/// What was typed, when nothing is wrong with it. `password`: when there is a new one.
pub(super) struct Checked {
    pub record: RouterRecord,
    pub password: Option<SecretString>,
    pub position: Option<Position>,
}

/// Reads the form; all mistakes are told at once. A new router needs its password.
pub(super) fn check(form: &RouterForm, is_new: bool) -> Result<Checked, Failure> {
    let mut check = FormCheck::default();
    let name = check.take("name", required(&form.name, 100));
    let host = check.take("host", host(&form.host));
    let port = check.take("port", port(&form.port));
    let certificate = check.take("certificate", certificate(&form.certificate));
    let username = check.take("username", required(&form.username, 64));
    let password = check.take("password", password(&form.password, is_new));
    let mode: Option<RouterMode> = check.take("mode", form::choice(&form.mode));
    let local: Option<Option<IpAddr>> = check.take("pppoe_local_address", form::optional_ip(&form.pppoe_local_address));
    let pool = check.take("pppoe_pool", optional(&form.pppoe_pool, 64));
    let ipv6_pool = check.take("ipv6_pool", optional(&form.ipv6_pool, 64));
    let server = check.take("dhcp_server", optional(&form.dhcp_server, 64));
    let limit_by: Option<Option<LimitBy>> = check.take("limit_by", form::optional_choice(&form.limit_by));
    let position = check.take("position", form::optional_position(&form.position));
    let value = || {
        let addressing = Addressing {
            pppoe_local_address: local?,
            pppoe_pool: pool.clone()?,
            ipv6_pool: ipv6_pool.clone()?,
            dhcp_server: server.clone()?,
            limit_by: limit_by?.unwrap_or_default(),
        };
        let record = RouterRecord {
            name: name.clone()?,
            host: host.clone()?,
            port: port?,
            certificate_sha256: certificate?,
            username: username.clone()?,
            mode: mode?,
            addressing,
        };
        Some(Checked { record, password: password.clone()?, position: position? })
    };
    check.answer(value())
}

fn host(text: &str) -> Result<String, Problem> {
    let host = required(text, 253)?;
    let plain = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_'));
    if plain { Ok(host) } else { Err(Problem::NotAnAddress) }
}

fn port(text: &str) -> Result<u16, Problem> {
    let port = form::whole(text, 1..=65535)?;
    u16::try_from(port).map_err(|_| Problem::OutOfRange)
}

/// 64 hexadecimal digits, as routers print them: with or without colons.
fn certificate(text: &str) -> Result<Option<[u8; 32]>, Problem> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
    if digits.is_empty() {
        return Ok(None);
    }
    let bytes = hex::decode(digits).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.map(Some).ok_or(Problem::NotAFingerprint)
}

/// A password may be empty on a router that has none; when editing, empty keeps the one that is stored.
fn password(text: &str, is_new: bool) -> Result<Option<SecretString>, Problem> {
    match text {
        "" if is_new => Err(Problem::Required),
        "" => Ok(None),
        text if text.len() > 255 => Err(Problem::TooLong { most: 255 }),
        text => Ok(Some(SecretString::from(text.to_owned()))),
    }
}

/// What the audit keeps of a router: everything but its password, of which it says only that it changed.
#[derive(Serialize)]
pub(super) struct Audited<'a> {
    name: &'a str,
    host: &'a str,
    port: u16,
    certificate: Option<String>,
    username: &'a str,
    mode: RouterMode,
    pppoe_local_address: Option<IpAddr>,
    pppoe_pool: Option<&'a str>,
    ipv6_pool: Option<&'a str>,
    dhcp_server: Option<&'a str>,
    limit_by: LimitBy,
    position: Option<Position>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    password_changed: bool,
}

impl<'a> Audited<'a> {
    pub fn new(record: &'a RouterRecord, position: Option<Position>, password_changed: bool) -> Self {
        Self {
            name: &record.name,
            host: &record.host,
            port: record.port,
            certificate: record.certificate_sha256.map(hex::encode),
            username: &record.username,
            mode: record.mode,
            pppoe_local_address: record.addressing.pppoe_local_address,
            pppoe_pool: record.addressing.pppoe_pool.as_deref(),
            ipv6_pool: record.addressing.ipv6_pool.as_deref(),
            dhcp_server: record.addressing.dhcp_server.as_deref(),
            limit_by: record.addressing.limit_by,
            position,
            password_changed,
        }
    }
}

/// A name that another router has.
pub(super) fn taken(error: store::Error, name: &str) -> crate::Error {
    match error {
        store::Error::Taken { .. } => Failure::field("name", Problem::Taken { by: name.to_owned() }).into(),
        error => error.into(),
    }
}
