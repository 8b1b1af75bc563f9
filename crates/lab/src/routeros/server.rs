//! Listening, and what all connections share.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use routeros::Command;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::certificate::Identity;
use super::conversation::Conversation;
use super::factory;
use super::fault::Fault;
use super::schema::Schema;
use super::version::Version;
use super::world::World;

/// The router to simulate. [`Options::default`] is a 7.20.8 on a free port of the loopback, user `admin` without a
/// password.
#[derive(Clone)]
pub struct Options {
    pub listen: SocketAddr,
    pub version: String,
    pub user: String,
    pub password: String,
    pub faults: Vec<Fault>,
    /// Receives a line for each command: its path and the names of its arguments, every value masked.
    pub log: Option<PathBuf>,
    /// What every command takes, one after the other on each connection.
    pub delay: Duration,
    /// Speak TLS besides, on the same port, with a new self-signed certificate.
    pub tls: bool,
    /// As it leaves the factory: with the maker's own configuration, and with TLS on the same port only once a
    /// certificate was made and given to `api-ssl`.
    pub factory: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            version: "7.20.8".into(),
            user: "admin".into(),
            password: String::new(),
            faults: Vec::new(),
            log: None,
            delay: Duration::ZERO,
            tls: false,
            factory: false,
        }
    }
}

/// Runs a simulated router until it fails. Says `listening on ADDRESS` on standard output as soon as it does, and on
/// standard error when the commands are those of another version than the one asked for.
///
/// # Errors
/// An unknown version, an address that cannot be listened on, a log that cannot be opened.
pub async fn serve(options: Options) -> io::Result<()> {
    let (listener, shared) = bind(&options).await?;
    let (version, listed) = shared.versions();
    if version != listed {
        eprintln!("RouterOS {version} is simulated with the commands of {listed}");
    }
    println!("listening on {}", listener.local_addr()?);
    accept(listener, shared).await
}

pub(crate) async fn bind(options: &Options) -> io::Result<(TcpListener, Arc<Shared>)> {
    let listener = TcpListener::bind(options.listen).await?;
    let shared = Arc::new(Shared::new(options, listener.local_addr()?.port())?);
    Ok((listener, shared))
}

/// Connections end when this does.
pub(crate) async fn accept(listener: TcpListener, shared: Arc<Shared>) -> io::Result<()> {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, peer) = accepted?;
                if !shared.world().faults.has(&Fault::Refuse) {
                    connections.spawn(attend(stream, peer.ip(), shared.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// A client that breaks off is nothing to report.
async fn attend(stream: TcpStream, peer: IpAddr, shared: Arc<Shared>) {
    let ended = converse(stream, peer, &shared).await;
    tracing::debug!(?ended, "simulated router: connection ended");
}

async fn converse(stream: TcpStream, peer: IpAddr, shared: &Arc<Shared>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let identity = match &shared.identity {
        Some(identity) if starts_tls(&stream).await? => Some(identity),
        _ => None,
    };
    let service = if identity.is_some() { "api-ssl" } else { "api" };
    let without_certificate = identity.is_some() && shared.factory && !shared.world().shows_certificate();
    if without_certificate || !shared.world().serves(service, peer) {
        return Ok(());
    }
    let conversation = Conversation::new(shared.clone(), peer);
    match identity {
        None => conversation.run(stream).await,
        Some(identity) => conversation.run(identity.acceptor.accept(stream).await?).await,
    }
}

/// A handshake starts with 22, and no command that may come first is a word of 22 bytes.
async fn starts_tls(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0];
    stream.peek(&mut first).await?;
    Ok(first == [22])
}

pub(crate) struct Shared {
    world: Mutex<World>,
    log: Option<Mutex<File>>,
    delay: Duration,
    pub identity: Option<Identity>,
    factory: bool,
    /// Changes when all connections shall be dropped.
    pub drops: watch::Sender<()>,
}

impl Shared {
    fn new(options: &Options, port: u16) -> io::Result<Self> {
        let schema = Schema::of(&options.version);
        let schema = schema.map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let mut world = World::new(schema, &options.user, &options.password);
        world.listens_on(port);
        if options.factory {
            factory::configure(&mut world);
        }
        for fault in &options.faults {
            world.set_fault(fault.clone());
        }
        let identity = (options.tls || options.factory).then(Identity::new).transpose()?;
        world.fingerprint = identity.as_ref().map(|identity| hex::encode(identity.fingerprint));
        let open = |path| OpenOptions::new().create(true).append(true).open(path);
        Ok(Self {
            world: Mutex::new(world),
            log: options.log.as_ref().map(open).transpose()?.map(Mutex::new),
            delay: options.delay,
            identity,
            factory: options.factory,
            drops: watch::Sender::new(()),
        })
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn versions(&self) -> (Version, Version) {
        let world = self.world();
        (world.schema.version(), world.schema.listed())
    }

    pub(crate) fn delay(&self) -> Duration {
        self.world().faults.delay().unwrap_or(self.delay)
    }

    pub(crate) fn record(&self, command: &Command) -> io::Result<()> {
        self.world().log.push(command.clone());
        if let Some(log) = &self.log {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            writeln!(log, "{}", masked(command))?;
        }
        Ok(())
    }
}

/// `/ppp/secret/add name=* password=*`
fn masked(command: &Command) -> String {
    let mut line = command.path().to_owned();
    for (name, _) in command.arguments() {
        line.push_str(&format!(" {name}=*"));
    }
    for word in command.query_words() {
        let test = word.split(|byte| *byte == b'=').next().unwrap_or_default();
        let value = if test.len() < word.len() { "=*" } else { "" };
        line.push_str(&format!(" {}{value}", String::from_utf8_lossy(test)));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use routeros::Query;

    #[test]
    fn a_line_of_the_log_has_names_and_no_values() {
        let command = Command::new("/ppp/secret/add").with("name", "ana").with("password", "hunter2");
        assert_eq!(masked(&command), "/ppp/secret/add name=* password=*");
        let query = Query::equals("name", "ana").or(Query::has("comment"));
        let print = Command::new("/ppp/active/print").matching(query);
        assert_eq!(masked(&print), "/ppp/active/print ?name=* ?comment ?#|");
    }
}
