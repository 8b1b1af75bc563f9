//! Captive portals on a screen, and the forms for them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::list::Choice;
use crate::contact::Mac;
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::hotspot::{BindingKind, Reachable};
use crate::ids::{HotspotBindingId, HotspotId, HotspotProfileId, HotspotUserId, RouterId, VoucherId, WalledGardenId};
use crate::network::{Because, RouterMode};
use crate::plan::Speed;

/// The colour of a login page that nobody chose another for.
pub const ACCENT: &str = "#3247b8";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HotspotRow {
    pub id: HotspotId,
    pub name: String,
    pub router: Choice<RouterId>,
    pub mode: RouterMode,
    pub enabled: bool,
    /// When its router was last read.
    pub looked_at: Option<DateTime<Utc>>,
    /// It should long have been looked at again: until then vouchers neither begin nor end there.
    pub is_late: bool,
    /// What stood in the way then; or why the router does not answer.
    pub problem: Option<Because>,
    pub sessions: i64,
    /// Vouchers that can be used there now.
    pub vouchers: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HotspotDetail {
    pub row: HotspotRow,
    pub facts: HotspotFacts,
    pub page: LoginPage,
    pub sessions: Vec<SessionRow>,
    pub garden: Vec<GardenRow>,
    pub bindings: Vec<BindingRow>,
    pub users: Vec<UserRow>,
}

/// What somebody decided about a hotspot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HotspotFacts {
    pub name: String,
    pub router: RouterId,
    pub server: String,
    pub dns_name: String,
    pub look_seconds: u32,
    /// `#3247b8`
    pub accent: String,
    pub enabled: bool,
}

/// The login page on the router.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginPage {
    /// Told to be fetched, and not read to be there yet.
    pub is_on_its_way: bool,
    /// The version that was read to have been fetched.
    pub installed: Option<String>,
    /// The version that would be fetched now.
    pub current: String,
    /// Where the router takes its login page from.
    pub html_directory: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub router_row: String,
    pub user: String,
    pub voucher: Option<VoucherId>,
    pub account: Option<HotspotUserId>,
    pub mac: String,
    pub address: String,
    pub seconds: i64,
    pub bytes_down: i64,
    pub bytes_up: i64,
    pub read_at: DateTime<Utc>,
    /// When the voucher is over.
    pub expires_at: Option<DateTime<Utc>>,
    pub end_wanted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GardenRow {
    pub id: WalledGardenId,
    pub to: Reachable,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindingRow {
    pub id: HotspotBindingId,
    pub mac: Mac,
    pub kind: BindingKind,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    pub id: HotspotUserId,
    pub name: String,
    pub profile: Choice<HotspotProfileId>,
    pub valid_until: Option<NaiveDate>,
    pub disabled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileRow {
    pub id: HotspotProfileId,
    pub facts: ProfileFacts,
    /// Batches and accounts that have it.
    pub uses: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileFacts {
    pub name: String,
    pub speed: Speed,
    pub shared_users: u32,
    pub session_minutes: Option<u32>,
    pub locks_to_device: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HotspotForm {
    pub name: String,
    pub router: String,
    /// Blank: all servers of the router.
    pub server: String,
    pub dns_name: String,
    pub look_seconds: String,
    pub accent: String,
    pub disabled: bool,
}

impl HotspotForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<HotspotFacts, Failure> {
        let mut check = FormCheck::default();
        let name = check.take("name", required(&self.name, 100));
        let router = check.take("router", form::choice(&self.router));
        let server = check.take("server", optional(&self.server, 64));
        let dns_name = check.take("dns_name", required(&self.dns_name, 100).and_then(|name| host(&name, false)));
        let look_seconds = check.take("look_seconds", form::whole(&self.look_seconds, 15..=3600));
        let accent = check.take("accent", colour(&self.accent));
        let facts = (|| {
            Some(HotspotFacts {
                name: name?,
                router: router?,
                server: server?.unwrap_or_else(|| "all".to_owned()),
                dns_name: dns_name?,
                look_seconds: look_seconds?,
                accent: accent?,
                enabled: !self.disabled,
            })
        })();
        check.answer(facts)
    }
}

impl From<HotspotFacts> for HotspotForm {
    fn from(facts: HotspotFacts) -> Self {
        Self {
            name: facts.name,
            router: facts.router.to_string(),
            server: if facts.server == "all" { String::new() } else { facts.server },
            dns_name: facts.dns_name,
            look_seconds: facts.look_seconds.to_string(),
            accent: facts.accent,
            disabled: !facts.enabled,
        }
    }
}

/// `#3247b8`, as browsers' colour fields send it; the product's own when left blank.
fn colour(text: &str) -> Result<String, Problem> {
    let colour = optional(text, 7)?.unwrap_or_else(|| ACCENT.to_owned()).to_ascii_lowercase();
    let is_colour = colour
        .strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit()));
    if is_colour { Ok(colour) } else { Err(Problem::UnknownChoice) }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub name: String,
    pub down_kbps: String,
    pub up_kbps: String,
    pub shared_users: String,
    /// Blank: nobody has to sign in again.
    pub session_minutes: String,
    pub locks_to_device: bool,
}

impl ProfileForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<ProfileFacts, Failure> {
        const FASTEST: u32 = 10_000_000;
        let mut check = FormCheck::default();
        let name = check.take("name", required(&self.name, 60));
        let down_kbps = check.take("down_kbps", form::whole(&self.down_kbps, 64..=FASTEST));
        let up_kbps = check.take("up_kbps", form::whole(&self.up_kbps, 64..=FASTEST));
        let shared_users = check.take("shared_users", form::whole(&self.shared_users, 1..=100));
        let session_minutes = check.take("session_minutes", form::optional_whole(&self.session_minutes, 5..=43_200));
        let facts = (|| {
            Some(ProfileFacts {
                name: name?,
                speed: Speed { down_kbps: down_kbps?, up_kbps: up_kbps? },
                shared_users: shared_users?,
                session_minutes: session_minutes?,
                locks_to_device: self.locks_to_device,
            })
        })();
        check.answer(facts)
    }
}

impl From<ProfileFacts> for ProfileForm {
    fn from(facts: ProfileFacts) -> Self {
        Self {
            name: facts.name,
            down_kbps: facts.speed.down_kbps.to_string(),
            up_kbps: facts.speed.up_kbps.to_string(),
            shared_users: facts.shared_users.to_string(),
            session_minutes: facts.session_minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
            locks_to_device: facts.locks_to_device,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GardenForm {
    /// A host, an address or a network.
    pub to: String,
    pub note: String,
}

impl GardenForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<(Reachable, String), Failure> {
        let mut check = FormCheck::default();
        let to = check.take("to", required(&self.to, 253).and_then(|text| reachable(&text)));
        let note = check.take("note", optional(&self.note, 100));
        check.answer((|| Some((to?, note?.unwrap_or_default())))())
    }
}

fn reachable(text: &str) -> Result<Reachable, Problem> {
    let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    match address.parse::<std::net::IpAddr>() {
        Ok(address) => {
            let most = if address.is_ipv4() { 32 } else { 128 };
            let fits = |length: &str| length.parse::<u8>().is_ok_and(|length| length <= most);
            if length.is_none_or(fits) { Ok(Reachable::Address(text.to_owned())) } else { Err(Problem::NotAnAddress) }
        }
        Err(_) => host(text, true).map(Reachable::Host),
    }
}

/// A host's name in small letters; a star only as its first part.
fn host(text: &str, may_have_star: bool) -> Result<String, Problem> {
    let name = text.to_ascii_lowercase();
    let plain = if may_have_star { name.strip_prefix("*.").unwrap_or(&name) } else { &name };
    let is_part = |part: &str| {
        !part.is_empty()
            && part.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let is_name = plain.contains('.') && plain.split('.').all(is_part);
    // Digits alone are a mistyped address.
    let is_number = plain.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
    if is_name && !is_number { Ok(name) } else { Err(Problem::NotAnAddress) }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BindingForm {
    pub mac: String,
    pub kind: String,
    pub note: String,
}

impl BindingForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<(Mac, BindingKind, String), Failure> {
        let mut check = FormCheck::default();
        let mac = check.take("mac", form::optional_mac(&self.mac).and_then(|mac| mac.ok_or(Problem::Required)));
        let kind = check.take("kind", form::choice(&self.kind));
        let note = check.take("note", optional(&self.note, 100));
        check.answer((|| Some((mac?, kind?, note?.unwrap_or_default())))())
    }
}

/// An account with a name and a password. Blank keeps the password that is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserForm {
    pub name: String,
    pub password: String,
    pub profile: String,
    pub valid_until: String,
    pub disabled: bool,
}

/// The form for an account, new or not, and what it offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    pub hotspot: String,
    pub form: UserForm,
    pub profiles: Vec<Choice<HotspotProfileId>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserFacts {
    pub name: String,
    pub profile: HotspotProfileId,
    pub valid_until: Option<NaiveDate>,
    pub disabled: bool,
}

impl UserForm {
    /// The facts, and the password when there is a new one.
    ///
    /// # Errors
    /// `Fields`.
    pub fn check(&self, is_new: bool) -> Result<(UserFacts, Option<String>), Failure> {
        let mut check = FormCheck::default();
        let name = check.take("name", required(&self.name, 60).and_then(user_name));
        let password = match (optional(&self.password, 60), is_new) {
            (Ok(None), true) => Err(Problem::Required),
            (password, _) => password,
        };
        let password = check.take("password", password);
        let profile = check.take("profile", form::choice(&self.profile));
        let valid_until = check.take("valid_until", form::optional_date(&self.valid_until));
        let facts = (|| {
            let facts =
                UserFacts { name: name?, profile: profile?, valid_until: valid_until?, disabled: self.disabled };
            Some((facts, password?))
        })();
        check.answer(facts)
    }
}

fn user_name(name: String) -> Result<String, Problem> {
    let plain = name.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_' | '@'));
    if plain { Ok(name) } else { Err(Problem::NotAUserName) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_garden_leads_to_hosts_addresses_and_networks_and_to_nothing_else() {
        for (typed, expected) in [
            ("Pay.Example.com", Some(Reachable::Host("pay.example.com".into()))),
            ("*.stripe.com", Some(Reachable::Host("*.stripe.com".into()))),
            ("10.1.0.0/24", Some(Reachable::Address("10.1.0.0/24".into()))),
            ("2001:db8::1", Some(Reachable::Address("2001:db8::1".into()))),
            ("10.1.0.0/33", None),
            ("10.1.0.0/", None),
            ("10.1.0.256", None),
            ("https://example.com", None),
            ("example", None),
            ("a.*.com", None),
            ("-x.com", None),
        ] {
            let checked = GardenForm { to: typed.into(), note: String::new() }.check();
            assert_eq!(checked.ok().map(|(to, _)| to), expected, "{typed}");
        }
    }
}
