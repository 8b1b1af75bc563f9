//! From texts to values of their types.

use super::{Database, SecretKey, Setting, Settings, Sources};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::message::Channel;
use domain::settings::Company;
use lettre::message::Mailbox;
use secrecy::{SecretBox, SecretString};
use std::fmt::Display;
use std::net::{IpAddr, SocketAddr, SocketAddrV4};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use tracing_subscriber::EnvFilter;
use workflows::clock::Clock;

/// How mails leave.
pub enum Mail {
    /// As files in this folder: for the demo and the tests.
    Folder { folder: PathBuf, from: Mailbox },
    /// `url` is `smtp://` or `smtps://` with user and password.
    Smtp { url: SecretString, from: Mailbox },
}

/// Who delivers WhatsApp and SMS.
#[derive(Clone)]
pub struct Webhook {
    pub url: String,
    pub secret: SecretString,
    pub channels: Vec<Channel>,
}

/// Who reads the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogFormat {
    Text,
    Json,
}

impl FromStr for LogFormat {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

/// The page that customers who are cut are sent to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Notice {
    pub listen: SocketAddr,
    /// As routers see it.
    pub at: SocketAddrV4,
}

/// Reads values and gathers what is wrong with them; a value that is wrong is `None`.
pub struct Reader<'a> {
    sources: &'a Sources,
    problems: Vec<String>,
}

impl<'a> Reader<'a> {
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, problems: sources.problems().to_vec() }
    }

    /// The settings when nothing is wrong, or else all that is.
    pub fn finish(self, settings: Option<Settings>) -> Result<Settings, Vec<String>> {
        settings.filter(|_| self.problems.is_empty()).ok_or(self.problems)
    }

    pub fn text(&self, setting: &Setting) -> Option<String> {
        self.sources.find(setting).map(|chosen| chosen.value)
    }

    pub fn parsed<T: FromStr>(&mut self, setting: &Setting, wanted: &str) -> Option<T> {
        let value = self.text(setting).and_then(|text| text.parse().ok());
        self.unless_refused(value, setting, wanted)
    }

    pub fn number<T>(&mut self, setting: &Setting, allowed: RangeInclusive<T>) -> Option<T>
    where
        T: FromStr + PartialOrd + Display,
    {
        let number = self.text(setting).and_then(|text| text.parse().ok()).filter(|number| allowed.contains(number));
        self.unless_refused(number, setting, &format!("a whole number from {} to {}", allowed.start(), allowed.end()))
    }

    /// What a new database is set up as.
    pub fn company(
        &mut self,
        name: &Setting,
        country: &Setting,
        currency: &Setting,
        time_zone: &Setting,
        language: &Setting,
    ) -> Option<Company> {
        let name = self.text(name).filter(|text| !text.trim().is_empty());
        let two_letters =
            self.text(country).filter(|text| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()));
        let country = self.unless_refused(two_letters, country, "two capital letters such as MX");
        let currency = self.parsed(currency, "three capital letters such as USD");
        let known = self.text(time_zone).filter(|zone| Clock::system(zone).is_ok());
        let time_zone = self.unless_refused(known, time_zone, "a time zone such as America/Mexico_City");
        let language = self.parsed(language, "es or en");
        Some(Company {
            name: name?,
            country: country?,
            currency: currency?,
            time_zone: time_zone?,
            language: language?,
        })
    }

    pub fn database(&mut self, setting: &Setting) -> Option<Database> {
        let Some(url) = self.text(setting).filter(|_| !self.sources.embedded) else { return Some(Database::Embedded) };
        let valid = url.starts_with("postgres://") || url.starts_with("postgresql://");
        let database = valid.then(|| Database::External(url.into()));
        self.unless_refused(database, setting, "an address such as postgres://user:password@host/database")
    }

    pub fn public_url(&mut self, setting: &Setting, listen: Option<SocketAddr>) -> Option<String> {
        let Some(text) = self.text(setting) else { return Some(format!("http://{}", listen?)) };
        let text = text.trim_end_matches('/');
        let whole = text.parse::<http::Uri>().is_ok_and(|uri| {
            matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some() && uri.path() == "/"
        });
        let url = whole.then(|| text.to_owned());
        self.unless_refused(url, setting, "an address without a path such as https://ramal.example")
    }

    /// A policy for browsers is made of it: nothing but what an address has.
    pub fn tiles(&mut self, setting: &Setting) -> Option<Option<String>> {
        let Some(text) = self.text(setting) else { return Some(None) };
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/{}?=&%".contains(c);
        let complete = ["{z}", "{x}", "{y}"].iter().all(|part| text.contains(part));
        let has_host = workflows::map::tile_origin(&text).is_some();
        let tiles = (complete && has_host && text.chars().all(plain)).then_some(text);
        let wanted = "an address with {z}, {x} and {y} such as https://tiles.example/{z}/{x}/{y}.png";
        self.unless_refused(tiles, setting, wanted).map(Some)
    }

    pub fn addresses(&mut self, setting: &Setting) -> Option<Vec<IpAddr>> {
        let text = self.text(setting).unwrap_or_default();
        let addresses = text.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok();
        self.unless_refused(addresses, setting, "addresses such as 127.0.0.1 with spaces between")
    }

    /// Routers translate addresses, and cannot look names up while they do.
    pub fn notice(&mut self, listen: &Setting, url: &Setting) -> Option<Option<Notice>> {
        if self.text(listen).is_none() {
            return Some(None);
        }
        let listen: Option<SocketAddr> = self.parsed(listen, "an address and a port such as 0.0.0.0:3080");
        let at = match (self.text(url), listen?) {
            (Some(text), _) => plain_address(&text),
            (None, SocketAddr::V4(at)) if !at.ip().is_unspecified() => Some(at),
            (None, _) => None,
        };
        let wanted = "http:// and an address of version 4 that routers reach, such as http://10.0.0.2:3080";
        let at = self.unless_refused(at, url, wanted);
        Some(Some(Notice { listen: listen?, at: at? }))
    }

    pub fn hosts(&mut self, setting: &Setting) -> Option<Vec<String>> {
        let text = self.text(setting).unwrap_or_default();
        let hosts: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let plain = |host: &String| host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        let hosts = hosts.iter().all(plain).then_some(hosts);
        self.unless_refused(hosts, setting, "names or addresses such as checkout.stripe.com with spaces between")
    }

    /// With a database of its own, Ramal makes its key; elsewhere a key made on the way could be lost with the machine
    /// while the database stays.
    pub fn secret_key(&mut self, setting: &Setting, database: Option<&Database>, usual: PathBuf) -> Option<SecretKey> {
        if let Some(text) = self.text(setting) {
            let bytes = BASE64_STANDARD.decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let key = bytes.map(|bytes| SecretKey::Given(SecretBox::new(Box::new(bytes))));
            return self.unless_refused(key, setting, "32 bytes in base64, as `openssl rand -base64 32` prints them");
        }
        match database? {
            Database::Embedded => Some(SecretKey::InFile(usual)),
            Database::External(_) => {
                self.problems.push(format!(
                    "{} is missing: a database of your own needs the key given, as `openssl rand -base64 32` prints one",
                    setting.variable,
                ));
                None
            }
        }
    }

    pub fn mail(&mut self, url: &Setting, folder: &Setting, from: &Setting, usual: PathBuf) -> Option<Mail> {
        let sender = self.parsed(from, "a sender such as Ramal <ramal@provider.example>");
        let Some(address) = self.text(url) else {
            let folder = self.text(folder).map_or(usual, PathBuf::from);
            return Some(Mail::Folder { folder, from: sender? });
        };
        let valid = address.starts_with("smtp://") || address.starts_with("smtps://");
        let address = valid.then(|| SecretString::from(address));
        let address = self.unless_refused(address, url, "an address such as smtps://user:password@mail.example");
        Some(Mail::Smtp { url: address?, from: sender? })
    }

    /// The outer `None`: something is wrong with it. A webhook outside this machine is spoken to by https only.
    pub fn webhook(&mut self, url: &Setting, secret: &Setting, channels: &Setting) -> Option<Option<Webhook>> {
        let Some(address) = self.text(url) else { return Some(None) };
        let is_safe = |uri: &http::Uri| match (uri.scheme_str(), uri.host()) {
            (Some("https"), Some(_)) => true,
            (Some("http"), Some(host)) => host == "localhost" || host.starts_with("127."),
            _ => false,
        };
        let address = address.parse::<http::Uri>().ok().filter(is_safe).map(|_| address);
        let address = self.unless_refused(address, url, "an address such as https://messages.example/send");
        let key = self.text(secret).filter(|text| text.chars().count() >= 16).map(SecretString::from);
        let key = self.unless_refused(key, secret, "a text of 16 characters at least, with messages_url");
        let words = self.text(channels).unwrap_or_default();
        let known = words.split_whitespace().map(|word| word.parse::<Channel>().ok().filter(|channel| channel.rings()));
        let known = known.collect::<Option<Vec<_>>>().filter(|channels| !channels.is_empty());
        let channels = self.unless_refused(known, channels, "whatsapp, sms, or both with a space between");
        Some(Some(Webhook { url: address?, secret: key?, channels: channels? }))
    }

    pub fn log_filter(&mut self, setting: &Setting) -> Option<String> {
        let filter = self.text(setting).filter(|text| EnvFilter::try_new(text).is_ok());
        self.unless_refused(filter, setting, "a level such as info, or a list such as info,ramal=debug")
    }

    /// The site lies beside the program, so that the two find each other wherever they are put.
    pub fn site(&self, setting: &Setting) -> Option<PathBuf> {
        let beside = || Some(std::env::current_exe().ok()?.parent()?.join("site"));
        self.text(setting).map(PathBuf::from).or_else(beside)
    }

    /// Names the setting and where its value stands, never the value: it may be a secret.
    fn unless_refused<T>(&mut self, value: Option<T>, setting: &Setting, wanted: &str) -> Option<T> {
        if value.is_none() {
            let origin = self.sources.find(setting).map(|chosen| format!(" ({})", chosen.origin)).unwrap_or_default();
            self.problems.push(format!("{}{origin} must be {wanted}", setting.name));
        }
        value
    }
}

/// The address in `http://10.0.0.2:3080`; without a port, that of the web.
fn plain_address(url: &str) -> Option<SocketAddrV4> {
    let rest = url.strip_prefix("http://")?.trim_end_matches('/');
    let alone = || rest.parse().ok().map(|address| SocketAddrV4::new(address, 80));
    rest.parse().ok().or_else(alone)
}
