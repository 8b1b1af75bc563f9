use super::*;
use secrecy::ExposeSecret;
use std::io::Write;
use std::path::Path;

const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn sources(environment: &[(&str, &str)]) -> Sources {
    let pairs: Vec<_> = environment.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Sources::collect(pairs.into_iter(), Some(Path::new("/dev/null")))
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn problems(sources: &Sources) -> Vec<String> {
    Settings::read(sources).err().unwrap_or_default()
}

#[test]
fn nothing_set_gives_a_private_cluster_on_the_own_machine() {
    let settings = Settings::read(&sources(&[])).map_err(|problems| problems.join("\n")).unwrap();
    assert!(matches!(settings.database, Database::Embedded));
    assert_eq!(settings.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.public_url, "http://127.0.0.1:3000");
    assert!(matches!(settings.secret_key, SecretKey::InFile(path) if path == Path::new("data/secret.key")));
    assert!(matches!(settings.mail, Mail::Folder { folder, .. } if folder == Path::new("data/mail")));
}

#[test]
fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
    let file = file("data_dir = 'from-file'\nlisten = '127.0.0.1:1'\nworkers = 7\n");
    let environment = [("RAMAL_DATA_DIR", "from-environment"), ("RAMAL_LISTEN", "127.0.0.1:2")];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut sources = Sources::collect(environment.into_iter(), Some(file.path()));
    sources.set("data_dir", Some("from-flag".to_owned()));
    let settings = Settings::read(&sources).map_err(|problems| problems.join("\n")).unwrap();
    assert_eq!(settings.data_dir, Path::new("from-flag"));
    assert_eq!(settings.listen.port(), 2);
    assert_eq!(settings.workers, 7);
}

#[test]
fn all_problems_are_told_at_once() {
    let found = problems(&sources(&[
        ("RAMAL_LISTEN", "everywhere"),
        ("RAMAL_WORKERS", "0"),
        ("RAMAL_MAIL_FROM", "nobody"),
        ("RAMAL_LOG_FORMAT", "xml"),
        ("RAMAL_PUBLIC_URL", "https://ramal.example/office"),
        ("RAMAL_WORKRES", "3"),
    ]));
    for part in ["listen", "workers", "mail_from", "log_format", "public_url", "RAMAL_WORKRES"] {
        assert!(found.iter().any(|problem| problem.contains(part)), "{part} is not in {found:?}");
    }
    assert_eq!(found.len(), 6, "{found:?}");
}

#[test]
fn a_database_of_one_s_own_needs_the_key() {
    let url = ("DATABASE_URL", "postgres://ramal@db.example/ramal");
    assert!(problems(&sources(&[url])).concat().contains("RAMAL_SECRET_KEY"));
    assert!(problems(&sources(&[url, ("RAMAL_SECRET_KEY", KEY)])).is_empty());
}

#[test]
fn embedded_on_the_command_line_wins_over_a_database_url() {
    let mut sources = sources(&[("DATABASE_URL", "postgres://ramal@db.example/ramal")]);
    sources.embedded = true;
    let settings = Settings::read(&sources).map_err(|problems| problems.join("\n")).unwrap();
    assert!(matches!(settings.database, Database::Embedded));
}

#[test]
fn a_key_of_another_length_is_refused_without_showing_it() {
    let found = problems(&sources(&[("RAMAL_SECRET_KEY", "c2hvcnQ=")])).concat();
    assert!(found.contains("32 bytes"), "{found}");
    assert!(!found.contains("c2hvcnQ="), "{found}");
}

#[test]
fn a_line_that_is_not_toml_is_named_but_not_shown() {
    let file = file("listen = '127.0.0.1:1'\nsecret_key = hunter2\n");
    let found = problems(&Sources::collect(std::iter::empty(), Some(file.path()))).concat();
    assert!(found.contains("line 2"), "{found}");
    assert!(!found.contains("hunter2"), "{found}");
}

#[test]
fn a_misspelt_name_in_the_file_is_refused() {
    let file = file("lsiten = '127.0.0.1:1'\n");
    assert!(problems(&Sources::collect(std::iter::empty(), Some(file.path()))).concat().contains("`lsiten`"));
}

#[test]
fn a_named_file_must_exist() {
    let found = problems(&Sources::collect(std::iter::empty(), Some(Path::new("/nonexistent/ramal.toml"))));
    assert!(found.concat().contains("/nonexistent/ramal.toml"));
}

#[test]
fn an_empty_variable_counts_as_none() {
    let settings = Settings::read(&sources(&[("DATABASE_URL", "")])).map_err(|problems| problems.join("\n")).unwrap();
    assert!(matches!(settings.database, Database::Embedded));
}

#[test]
fn a_given_key_is_decoded() {
    let settings = Settings::read(&sources(&[("RAMAL_SECRET_KEY", KEY)])).map_err(|p| p.join("\n")).unwrap();
    assert!(matches!(settings.secret_key, SecretKey::Given(key) if key.expose_secret() == &[0; 32]));
}

#[test]
fn a_webhook_for_messages_is_whole_or_not_there() {
    let settings = Settings::read(&sources(&[])).map_err(|problems| problems.join("\n")).unwrap();
    assert!(settings.webhook.is_none(), "switched off when nothing is set");
    let whole = [
        ("RAMAL_MESSAGES_URL", "https://messages.example/send"),
        ("RAMAL_MESSAGES_SECRET", "a shared secret of some length"),
        ("RAMAL_MESSAGES_CHANNELS", "sms"),
    ];
    let settings = Settings::read(&sources(&whole)).map_err(|problems| problems.join("\n")).unwrap();
    let webhook = settings.webhook.unwrap();
    assert_eq!((webhook.url.as_str(), webhook.channels.len()), ("https://messages.example/send", 1));
    for (name, wrong, part) in [
        ("RAMAL_MESSAGES_URL", "http://messages.example/send", "messages_url"),
        ("RAMAL_MESSAGES_URL", "ftp://messages.example/send", "messages_url"),
        ("RAMAL_MESSAGES_SECRET", "short", "messages_secret"),
        ("RAMAL_MESSAGES_SECRET", "", "messages_secret"),
        ("RAMAL_MESSAGES_CHANNELS", "pigeon", "messages_channels"),
        ("RAMAL_MESSAGES_CHANNELS", "mail", "messages_channels"),
    ] {
        let changed = whole.map(|(known, value)| if known == name { (known, wrong) } else { (known, value) });
        let found = problems(&sources(&changed));
        assert!(found.len() == 1 && found[0].starts_with(part), "{name}={wrong}: {found:?}");
    }
}

#[test]
fn the_notice_page_is_where_routers_can_send_people() {
    let read = |environment: &[(&str, &str)]| Settings::read(&sources(environment));
    let at = |environment: &[(&str, &str)]| {
        let settings = read(environment).map_err(|problems| problems.join("\n")).unwrap();
        settings.stays_open().notice.map(|notice| notice.to_string())
    };
    assert_eq!(at(&[]), None);
    let own = ("RAMAL_NOTICE_LISTEN", "127.0.0.1:3080");
    assert_eq!(at(&[own]).as_deref(), Some("127.0.0.1:3080"));
    let everywhere = ("RAMAL_NOTICE_LISTEN", "0.0.0.0:3080");
    assert_eq!(at(&[everywhere, ("RAMAL_NOTICE_URL", "http://10.0.0.2/")]).as_deref(), Some("10.0.0.2:80"));
    for wrong in ["http://ramal.example:3080", "https://10.0.0.2", "10.0.0.2:3080"] {
        assert!(read(&[everywhere, ("RAMAL_NOTICE_URL", wrong)]).is_err(), "{wrong}");
    }
    assert!(read(&[everywhere]).is_err(), "nobody can be sent to everywhere");
}

#[test]
fn a_tile_server_is_an_address_with_places_for_a_tile() {
    let tiles = |text: &str| Settings::read(&sources(&[("RAMAL_TILES", text)])).map(|settings| settings.tiles);
    let right = "https://tiles.example/{z}/{x}/{y}.png";
    assert_eq!(tiles(right).unwrap().as_deref(), Some(right));
    for wrong in
        ["https://tiles.example/", "tiles.example/{z}/{x}/{y}", "https://a b/{z}/{x}/{y}", "https://a;/{z}{x}{y}"]
    {
        assert!(tiles(wrong).is_err(), "{wrong}");
    }
    assert_eq!(Settings::read(&sources(&[])).map_err(|problems| problems.join("\n")).unwrap().tiles, None);
}

#[test]
fn the_portal_stays_open_to_those_who_are_cut() {
    let environment =
        [("RAMAL_PUBLIC_URL", "https://ramal.example"), ("RAMAL_OPEN_HOSTS", "Checkout.stripe.com 10.0.0.7")];
    let settings = Settings::read(&sources(&environment)).map_err(|problems| problems.join("\n")).unwrap();
    assert_eq!(settings.stays_open().hosts, ["ramal.example", "checkout.stripe.com", "10.0.0.7"]);
    assert!(Settings::read(&sources(&[("RAMAL_OPEN_HOSTS", "http://pay.example/")])).is_err());
}
