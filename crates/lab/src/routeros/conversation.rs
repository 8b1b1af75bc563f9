//! One client's connection.

use std::collections::VecDeque;
use std::io;
use std::net::IpAddr;
use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::Arc;

use routeros::wire::{Decoder, Limits, encode_sentence};
use routeros::{Command, Reply, Row, Trap};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::answers;
use super::commands::{self, columns, reads, shown};
use super::fault::Fault;
use super::login::Login;
use super::query;
use super::schema::split;
use super::server::Shared;
use super::world::Change;

type Word = Vec<u8>;

/// A command and the tag that its replies carry, empty when it has none.
#[derive(Clone)]
struct Tagged {
    tag: Word,
    command: Command,
}

pub(crate) struct Conversation {
    shared: Arc<Shared>,
    decoder: Decoder,
    login: Login,
    /// Received, and not carried out before their time.
    pending: VecDeque<(Instant, Tagged)>,
    listening: Vec<Tagged>,
    changes: mpsc::UnboundedReceiver<Change>,
    /// Handed to the world with the first `listen`.
    subscription: Option<mpsc::UnboundedSender<Change>>,
    says_empty: bool,
    peer: IpAddr,
    holds_safe_mode: bool,
    out: Vec<u8>,
    sent: usize,
    received: usize,
}

impl Conversation {
    pub(crate) fn new(shared: Arc<Shared>, peer: IpAddr) -> Self {
        let (subscription, changes) = mpsc::unbounded_channel();
        let says_empty = shared.world().schema.version().says_empty();
        Self {
            shared,
            decoder: Decoder::new(Limits::default()),
            login: Login::Nobody,
            pending: VecDeque::new(),
            listening: Vec::new(),
            changes,
            subscription: Some(subscription),
            says_empty,
            peer,
            holds_safe_mode: false,
            out: Vec::new(),
            sent: 0,
            received: 0,
        }
    }

    pub(crate) async fn run(mut self, mut stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
        let mut drops = self.shared.drops.subscribe();
        let mut buffer = vec![0; 16 << 10];
        let mut flow = Continue(());
        while flow.is_continue() {
            let due = self.pending.front().map(|(due, _)| *due);
            flow = tokio::select! {
                _ = drops.changed() => return Ok(()),
                read = stream.read(&mut buffer) => match read? {
                    0 => return Ok(()),
                    count => self.received(buffer.get(..count).unwrap_or_default())?,
                },
                () = until(due), if due.is_some() => self.carry_out_next(),
                Some(change) = self.changes.recv() => {
                    self.report(&change);
                    Continue(())
                }
            };
            if self.write(&mut stream).await?.is_break() {
                break;
            }
        }
        stream.shutdown().await
    }

    /// As much of it as the fault lets through.
    fn received(&mut self, bytes: &[u8]) -> io::Result<ControlFlow<()>> {
        let limit = self.shared.world().faults.bytes_until_cut();
        let allowed = limit.map_or(usize::MAX, |limit| limit.saturating_sub(self.received));
        self.received += bytes.len();
        match bytes.get(..allowed) {
            None => self.read(bytes),
            Some(last) => {
                let mut flow = self.read(last)?;
                while flow.is_continue() && !self.pending.is_empty() {
                    flow = self.carry_out_next();
                }
                self.out.clear();
                Ok(Break(()))
            }
        }
    }

    fn read(&mut self, bytes: &[u8]) -> io::Result<ControlFlow<()>> {
        self.decoder.feed(bytes);
        while let Some(words) = self.decoder.next_sentence().map_err(io::Error::other)? {
            let tag = words.iter().find_map(|word| word.strip_prefix(b".tag="));
            let tag = tag.unwrap_or_default().to_vec();
            let Some(command) = Command::from_words(&words) else {
                continue;
            };
            self.shared.record(&command)?;
            if self.shared.world().faults.has(&Fault::Hang) {
                continue;
            }
            if self.accept(Tagged { tag, command }).is_break() {
                return Ok(Break(()));
            }
        }
        Ok(Continue(()))
    }

    fn accept(&mut self, tagged: Tagged) -> ControlFlow<()> {
        match (tagged.command.path(), &self.login) {
            ("/login", _) => {
                let outcome = self.login.step(&self.shared.world(), self.peer, &tagged.command);
                self.answer(&tagged, outcome);
            }
            ("/quit", _) => return self.fatal("session terminated on request"),
            (_, Login::Nobody | Login::Challenged(_)) => return self.fatal("not logged in"),
            ("/cancel", Login::In(_)) => self.cancel(&tagged),
            (_, Login::In(_)) => {
                let last = self.pending.back().map(|(due, _)| *due);
                let now = Instant::now();
                let due = last.map_or(now, |last| last.max(now)) + self.shared.delay();
                self.pending.push_back((due, tagged));
            }
        }
        Continue(())
    }

    fn fatal(&mut self, message: &str) -> ControlFlow<()> {
        encode_sentence(["!fatal", message], &mut self.out);
        Break(())
    }

    /// Ends the command with the tag, or all of them when none is named.
    fn cancel(&mut self, cancel: &Tagged) {
        let target = cancel.command.argument("tag");
        let meant = |tagged: &Tagged| target.is_none_or(|tag| tag == tagged.tag);
        let (ended, kept): (VecDeque<_>, _) = self.pending.drain(..).partition(|(_, tagged)| meant(tagged));
        let (silenced, heard): (Vec<_>, _) = self.listening.drain(..).partition(meant);
        self.pending = kept;
        self.listening = heard;
        for tagged in ended.into_iter().map(|(_, tagged)| tagged).chain(silenced) {
            self.answer(&tagged, Err(answers::interrupted()));
        }
        self.answer(cancel, Ok(Reply::default()));
    }

    fn carry_out_next(&mut self) -> ControlFlow<()> {
        let Some((_, tagged)) = self.pending.pop_front() else {
            return Continue(());
        };
        let verb = split(tagged.command.path()).map_or("", |(_, verb)| verb);
        if verb == "listen" {
            self.listen(tagged);
            return Continue(());
        }
        let outcome = commands::execute(&mut self.shared.world(), self.login.user(), &tagged.command);
        if outcome.is_ok() {
            match tagged.command.path() {
                "/safe-mode/take" => self.holds_safe_mode = true,
                "/safe-mode/release" | "/safe-mode/unroll" => self.holds_safe_mode = false,
                _ => {}
            }
            if !reads(verb) && self.shared.world().faults.loses_reply(verb) {
                return Break(());
            }
        }
        self.answer(&tagged, outcome);
        Continue(())
    }

    fn listen(&mut self, tagged: Tagged) {
        let refused = commands::check(&self.shared.world(), self.login.user(), &tagged.command).err();
        if let Some(trap) = refused {
            self.answer(&tagged, Err(trap));
            return;
        }
        if let Some(subscription) = self.subscription.take() {
            self.shared.world().listen(subscription);
        }
        self.listening.push(tagged);
    }

    fn report(&mut self, change: &Change) {
        let shared = self.shared.clone();
        let mut world = shared.world();
        let table = world.table(&change.menu);
        for tagged in self.listening.clone() {
            let menu = split(tagged.command.path()).map_or("", |(menu, _)| menu);
            let dead = change.row.contains_key(".dead");
            let wanted = dead || query::matches(tagged.command.query_words(), &change.row);
            if menu == change.menu && wanted {
                let columns = if dead { None } else { columns(&tagged.command) };
                let row = shown(table, &change.row, columns.as_deref());
                self.sentence("!re", &row, &tagged.tag);
            }
        }
    }

    fn answer(&mut self, tagged: &Tagged, outcome: Result<Reply, Trap>) {
        let printed = tagged.command.path().ends_with("/print");
        let tag = &tagged.tag;
        match outcome {
            Ok(reply) => {
                let counted = !reply.done.is_empty();
                if printed && reply.rows.is_empty() && !counted && self.says_empty {
                    self.sentence("!empty", &Row::default(), tag);
                }
                for row in &reply.rows {
                    self.sentence("!re", row, tag);
                }
                self.sentence("!done", &reply.done, tag);
            }
            Err(trap) => {
                let category = trap.category.map(|category| ("category", category.number().to_string()));
                let words = category.into_iter().chain([("message", trap.message)]);
                self.sentence("!trap", &words.collect(), tag);
                self.sentence("!done", &Row::default(), tag);
            }
        }
    }

    fn sentence(&mut self, kind: &str, row: &Row, tag: &[u8]) {
        let mut words: Vec<Word> = vec![kind.into()];
        words.extend(row.iter().map(|(name, value)| [b"=", name.as_bytes(), b"=", value].concat()));
        if !tag.is_empty() {
            words.push([b".tag=", tag].concat());
        }
        encode_sentence(words, &mut self.out);
    }

    /// Sends what there is to say, or as much of it as the fault allows.
    async fn write(&mut self, stream: &mut (impl AsyncWrite + Unpin)) -> io::Result<ControlFlow<()>> {
        let limit = self.shared.world().faults.bytes_until_drop();
        let allowed = limit.map_or(usize::MAX, |limit| limit.saturating_sub(self.sent));
        let cut = self.out.len() > allowed;
        self.out.truncate(allowed);
        if !self.out.is_empty() {
            stream.write_all(&self.out).await?;
            stream.flush().await?;
        }
        self.sent += self.out.len();
        self.out.clear();
        Ok(if cut { Break(()) } else { Continue(()) })
    }
}

/// The timer counts whole milliseconds: what is due already must not wait for the next.
async fn until(due: Option<Instant>) {
    if let Some(due) = due.filter(|due| *due > Instant::now()) {
        sleep_until(due).await;
    }
}

/// A connection that ends in safe mode takes everything back.
impl Drop for Conversation {
    fn drop(&mut self) {
        if self.holds_safe_mode {
            self.shared.world().unroll_safe_mode();
        }
    }
}
