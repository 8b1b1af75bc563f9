//! Everything that can be set, in one table: [`TABLE`]. `ramal config` prints it.
//!
//! A value comes from, in this order: the command line, the environment, the settings file, the default. All problems
//! are told at once, before anything is started.

mod sources;
mod values;

pub use sources::Sources;
pub use values::{LogFormat, Mail, Notice, Webhook};

use domain::settings::Company;
use domain::views::process::ProcessSetting;
use secrecy::{SecretBox, SecretString};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use workflows::StaysOpen;

/// One row of the table.
pub struct Setting {
    /// As written in the settings file.
    pub name: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    pub meaning: &'static str,
    pub default: Fallback,
    pub secret: bool,
}

/// What holds when nothing is set.
pub enum Fallback {
    Value(&'static str),
    /// Not a fixed value; the words say what happens.
    Otherwise(&'static str),
}

use Fallback::{Otherwise, Value};

macro_rules! table {
    ($($constant:ident = $name:literal, $variable:literal, $secret:ident, $default:expr, $meaning:literal;)*) => {
        $(static $constant: Setting = Setting {
            name: $name, variable: $variable, meaning: $meaning, default: $default, secret: secret::$secret,
        };)*
        /// Every setting there is.
        pub static TABLE: &[&Setting] = &[$(&$constant),*];
    };
}

mod secret {
    pub const OPEN: bool = false;
    pub const SECRET: bool = true;
}

table! {
    DATA_DIR = "data_dir", "RAMAL_DATA_DIR", OPEN, Value("data"),
        "Folder for what Ramal keeps in files: the private PostgreSQL cluster, the generated key, the mailbox.";
    DATABASE_URL = "database_url", "DATABASE_URL", SECRET, Otherwise("a private PostgreSQL cluster in the data folder"),
        "PostgreSQL 15 or newer to use instead of the private cluster, such as postgres://ramal:...@db.example/ramal.";
    DATABASE_CONNECTIONS = "database_connections", "RAMAL_DATABASE_CONNECTIONS", OPEN, Value("16"),
        "Connections to PostgreSQL at most.";
    LISTEN = "listen", "RAMAL_LISTEN", OPEN, Value("127.0.0.1:3000"),
        "Address and port of the web server.";
    PUBLIC_URL = "public_url", "RAMAL_PUBLIC_URL", OPEN, Otherwise("http:// and the listen address"),
        "Where browsers reach Ramal, for links in mails and for refusing requests from other sites.";
    PROXIES = "proxies", "RAMAL_PROXIES", OPEN, Value("127.0.0.1 ::1"),
        "Addresses of reverse proxies, with spaces between: what they say in X-Forwarded-For is believed.";
    NOTICE_LISTEN = "notice_listen", "RAMAL_NOTICE_LISTEN", OPEN, Otherwise("no notice page"),
        "Address and port of the page that customers who are cut are sent to, such as 0.0.0.0:3080. It speaks plain HTTP, \
         as routers can redirect nothing else.";
    NOTICE_URL = "notice_url", "RAMAL_NOTICE_URL", OPEN, Otherwise("http:// and the notice page's listen address"),
        "Where routers send them: http:// with an address of version 4 that all routers reach, such as http://10.0.0.2:3080.";
    OPEN_HOSTS = "open_hosts", "RAMAL_OPEN_HOSTS", OPEN, Value(""),
        "What customers who are cut can still reach beside Ramal itself, by name or address with spaces between: where one \
         pays, and whatever those pages need.";
    SECRET_KEY = "secret_key", "RAMAL_SECRET_KEY", SECRET, Otherwise("secret.key in the data folder, made when missing"),
        "32 random bytes in base64 (`openssl rand -base64 32`): the key to stored passwords of devices. Required with \
         database_url. Keep a copy: without it they cannot be read.";
    MAIL_SMTP_URL = "mail_smtp_url", "RAMAL_MAIL_SMTP_URL", SECRET, Otherwise("mails become files in the mail folder"),
        "Mail server, such as smtps://user:password@mail.example.";
    MAIL_FOLDER = "mail_folder", "RAMAL_MAIL_FOLDER", OPEN, Otherwise("mail in the data folder"),
        "Folder that receives mails as files when there is no mail server.";
    MAIL_FROM = "mail_from", "RAMAL_MAIL_FROM", OPEN, Value("Ramal <ramal@localhost>"),
        "Sender of all mails.";
    MESSAGES_URL = "messages_url", "RAMAL_MESSAGES_URL", OPEN, Otherwise("customers are written to by mail only"),
        "Webhook that delivers WhatsApp and SMS, such as https://messages.example/send: it is sent JSON (docs/messages.md).";
    MESSAGES_SECRET = "messages_secret", "RAMAL_MESSAGES_SECRET", SECRET, Otherwise("none; required with messages_url"),
        "What the webhook knows Ramal's signatures by, 16 characters at least.";
    MESSAGES_CHANNELS = "messages_channels", "RAMAL_MESSAGES_CHANNELS", OPEN, Value("whatsapp sms"),
        "What the webhook delivers: whatsapp, sms, or both with a space between.";
    COMPANY_NAME = "company_name", "RAMAL_COMPANY_NAME", OPEN, Value("Ramal"),
        "The provider's name. This and the next four set up a new database; after that the database says who it is.";
    COMPANY_COUNTRY = "company_country", "RAMAL_COMPANY_COUNTRY", OPEN, Value("MX"),
        "The provider's country, two letters (ISO 3166).";
    COMPANY_CURRENCY = "company_currency", "RAMAL_COMPANY_CURRENCY", OPEN, Value("USD"),
        "The currency that the provider bills in, three letters (ISO 4217).";
    COMPANY_TIME_ZONE = "company_time_zone", "RAMAL_COMPANY_TIME_ZONE", OPEN, Value("America/Mexico_City"),
        "The time zone that business dates are dates in.";
    COMPANY_LANGUAGE = "company_language", "RAMAL_COMPANY_LANGUAGE", OPEN, Value("es"),
        "The provider's own language: es or en.";
    LOG = "log", "RAMAL_LOG", OPEN, Value("info,sqlx=warn"),
        "What is logged: error, warn, info, debug or trace, also per part (info,ramal=debug).";
    LOG_FORMAT = "log_format", "RAMAL_LOG_FORMAT", OPEN, Value("text"),
        "text for people, json for machines.";
    WORKERS = "workers", "RAMAL_WORKERS", OPEN, Value("256"),
        "Routers that are visited at the same time, 1 to 1000. Most of a visit is waiting.";
    ROUTER_PACE = "router_pace", "RAMAL_ROUTER_PACE", OPEN, Value("500"),
        "Commands that one router is sent in a second at most, 1 to 1000: old boards slow down steeply.";
    JOB_ATTEMPTS = "job_attempts", "RAMAL_JOB_ATTEMPTS", OPEN, Value("12"),
        "How often a job is tried before a person is asked, 1 to 1000.";
    TILES = "tiles", "RAMAL_TILES", OPEN, Otherwise("maps are drawn without tiles, and need no internet"),
        "Tile server for maps, such as https://tiles.example/{z}/{x}/{y}.png. Browsers ask it, so it learns what they look at.";
    SITE = "site", "RAMAL_SITE", OPEN, Otherwise("site beside the program"),
        "Folder with the browser's part, as `cargo xtask build` makes it.";
}

/// The settings, valid as a whole.
pub struct Settings {
    pub data_dir: PathBuf,
    pub database: Database,
    /// Connections to PostgreSQL at most.
    pub database_connections: u32,
    pub listen: SocketAddr,
    /// Scheme and authority, without a slash at the end.
    pub public_url: String,
    /// Whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// The notice page, if there is to be one.
    pub notice: Option<Notice>,
    /// Open to customers who are cut, beside Ramal itself.
    pub open_hosts: Vec<String>,
    pub secret_key: SecretKey,
    pub mail: Mail,
    /// Who delivers what rings; `None`: nobody.
    pub webhook: Option<Webhook>,
    /// What a new database is set up as.
    pub company: Company,
    pub log: String,
    pub log_format: LogFormat,
    /// Routers visited at the same time.
    pub workers: usize,
    /// Commands that one router is sent in a second.
    pub router_pace: u32,
    /// How often a job is tried before a person is asked.
    pub job_attempts: i32,
    /// Where maps have their tiles from, if anywhere.
    pub tiles: Option<String>,
    /// Folder with the browser's part.
    pub site: PathBuf,
    /// All of them as they are, for the page that shows them.
    pub described: Arc<[ProcessSetting]>,
}

/// Where the data lies.
pub enum Database {
    /// The private cluster in the data folder.
    Embedded,
    External(SecretString),
}

/// The key to secrets at rest.
pub enum SecretKey {
    Given(SecretBox<[u8; 32]>),
    /// In this file, which is made when it is missing.
    InFile(PathBuf),
}

impl Settings {
    /// Reads every setting, or tells all problems, a sentence each.
    pub fn read(sources: &Sources) -> Result<Self, Vec<String>> {
        let mut reader = values::Reader::new(sources);
        let data_dir = PathBuf::from(reader.text(&DATA_DIR).unwrap_or_default());
        let database = reader.database(&DATABASE_URL);
        let database_connections = reader.number(&DATABASE_CONNECTIONS, 2..=1000);
        let listen = reader.parsed(&LISTEN, "an address and a port such as 127.0.0.1:3000");
        let public_url = reader.public_url(&PUBLIC_URL, listen);
        let proxies = reader.addresses(&PROXIES);
        let notice = reader.notice(&NOTICE_LISTEN, &NOTICE_URL);
        let open_hosts = reader.hosts(&OPEN_HOSTS);
        let secret_key = reader.secret_key(&SECRET_KEY, database.as_ref(), data_dir.join("secret.key"));
        let mail = reader.mail(&MAIL_SMTP_URL, &MAIL_FOLDER, &MAIL_FROM, data_dir.join("mail"));
        let webhook = reader.webhook(&MESSAGES_URL, &MESSAGES_SECRET, &MESSAGES_CHANNELS);
        let company =
            reader.company(&COMPANY_NAME, &COMPANY_COUNTRY, &COMPANY_CURRENCY, &COMPANY_TIME_ZONE, &COMPANY_LANGUAGE);
        let log = reader.log_filter(&LOG);
        let log_format = reader.parsed(&LOG_FORMAT, "text or json");
        let workers = reader.number(&WORKERS, 1..=1000);
        let router_pace = reader.number(&ROUTER_PACE, 1..=1000);
        let job_attempts = reader.number(&JOB_ATTEMPTS, 1..=1000);
        let tiles = reader.tiles(&TILES);
        let site = reader.site(&SITE);
        let complete = || {
            Some(Self {
                data_dir,
                database: database?,
                database_connections: database_connections?,
                listen: listen?,
                public_url: public_url?,
                proxies: proxies?,
                notice: notice?,
                open_hosts: open_hosts?,
                secret_key: secret_key?,
                mail: mail?,
                webhook: webhook?,
                company: company?,
                log: log?,
                log_format: log_format?,
                workers: workers?,
                router_pace: router_pace?,
                job_attempts: job_attempts?,
                tiles: tiles?,
                site: site?,
                described: sources.described().into(),
            })
        };
        reader.finish(complete())
    }

    /// What customers who are cut can still reach.
    pub fn stays_open(&self) -> StaysOpen {
        let own = self.public_url.parse::<http::Uri>().ok().and_then(|uri| uri.host().map(str::to_owned));
        let hosts = own.into_iter().chain(self.open_hosts.iter().cloned()).collect();
        StaysOpen { notice: self.notice.map(|notice| notice.at), hosts }
    }
}

#[cfg(test)]
mod tests;
