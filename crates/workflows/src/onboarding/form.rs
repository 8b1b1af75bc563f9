//! The forms, checked.

use std::net::IpAddr;

use domain::failure::{Failure, FormCheck, Problem, required};
use domain::form;
use domain::onboarding::{MOST_ADDRESSES, Range, RangeProblem};
use domain::views::onboarding::{OnboardingForm, ScanForm};
use secrecy::SecretString;

/// A scan that may be made.
pub(super) struct Scan {
    pub range: Range,
    pub port: u16,
}

/// `only_loopback`: in a demo.
pub(super) fn scan(form: &ScanForm, only_loopback: bool) -> Result<Scan, Failure> {
    let mut check = FormCheck::default();
    let range = check.take("range", range(&form.range, only_loopback));
    let port = check.take("port", port(&form.port));
    check.answer(range.zip(port).map(|(range, port)| Scan { range, port }))
}

fn range(text: &str, only_loopback: bool) -> Result<Range, Problem> {
    let range: Range = required(text, 40)?.parse().map_err(|problem| match problem {
        RangeProblem::NotARange => Problem::NotARange,
        RangeProblem::TooLarge => Problem::RangeTooLarge { most: MOST_ADDRESSES },
        RangeProblem::NotPrivate => Problem::NotPrivate,
    })?;
    if only_loopback && !range.is_loopback() { Err(Problem::NotThisMachine) } else { Ok(range) }
}

fn port(text: &str) -> Result<u16, Problem> {
    let port = form::whole(text, 1..=65535)?;
    u16::try_from(port).map_err(|_| Problem::OutOfRange)
}

/// What is wanted of a router.
pub(super) struct Wish {
    pub name: String,
    pub server: String,
    pub password: Option<SecretString>,
}

pub(super) fn wish(form: &OnboardingForm) -> Result<Wish, Failure> {
    let mut check = FormCheck::default();
    let name = check.take("name", name(&form.name));
    let server = check.take("server", networks(&form.server));
    let password = check.take("password", password(&form.password));
    let value = || Some(Wish { name: name.clone()?, server: server.clone()?, password: password.clone()? });
    check.answer(value())
}

/// It becomes the router's identity and the certificate's name.
fn name(text: &str) -> Result<String, Problem> {
    let name = required(text, 60)?;
    if name.chars().any(char::is_control) { Err(Problem::NotAUserName) } else { Ok(name) }
}

/// `10.0.0.5, 10.1.0.0/24`: at least one, and without spaces afterwards, as routers print them.
fn networks(text: &str) -> Result<String, Problem> {
    let text = required(text, 200)?;
    let networks = text.split(',').map(|part| network(part.trim())).collect::<Option<Vec<_>>>();
    networks.map(|networks| networks.join(",")).ok_or(Problem::NotAnAddress)
}

fn network(text: &str) -> Option<String> {
    let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    match length {
        None => Some(address.to_string()),
        // Everybody is nobody's limit.
        Some(length) => {
            let length = length.parse::<u8>().ok().filter(|length| (1..=most).contains(length))?;
            Some(format!("{address}/{length}"))
        }
    }
}

fn password(text: &str) -> Result<Option<SecretString>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text if text.len() > 100 => Err(Problem::TooLong { most: 100 }),
        text => Ok(Some(SecretString::from(text.to_owned()))),
    }
}
