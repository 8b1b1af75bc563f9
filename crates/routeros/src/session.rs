//! One logged-in conversation, without IO: which reply belongs to which command.

use std::collections::HashMap;

use thiserror::Error;

use crate::command::{Command, split_attribute};
use crate::reply::{Category, Row, Trap};
use crate::wire::{Decoder, Limits, WireError, Word, encode_sentence};

/// Names a command for as long as it is in flight. Chosen by the caller, never twice in one session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub u64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Row(Tag, Row),
    /// The command is over: what came with `!done`, or the refusal that came before it.
    Finished(Tag, Result<Row, Trap>),
    /// The router is about to close the connection.
    Fatal(String),
}

/// The router said something that has no meaning here. Nothing after it can be trusted: drop the connection.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ProtocolError {
    #[error(transparent)]
    Wire(#[from] WireError),
    #[error("a reply of the unknown kind {0:?}")]
    UnknownReply(String),
    #[error("a reply that belongs to no command (tag {0:?})")]
    Stray(String),
}

enum InFlight {
    Command {
        trap: Option<Trap>,
    },
    /// Our own `/cancel`: nobody waits for its answer.
    Cancel,
}

/// Bytes out are appended to the caller's buffer; bytes in become events.
pub struct Session {
    decoder: Decoder,
    in_flight: HashMap<Word, (Tag, InFlight)>,
    cancels: u64,
}

impl Session {
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { decoder: Decoder::new(limits), in_flight: HashMap::new(), cancels: 0 }
    }

    /// Writes the command; its events will carry `tag`.
    pub fn start(&mut self, tag: Tag, command: &Command, out: &mut Vec<u8>) {
        let name = tag.0.to_string().into_bytes();
        encode_sentence(command.words().chain([tag_word(&name)]), out);
        self.in_flight.insert(name, (tag, InFlight::Command { trap: None }));
    }

    /// Asks the router to end a command. The command still finishes with an event of its own, as a rule with
    /// [`Category::Interrupted`]. Writes nothing when it has finished already.
    pub fn cancel(&mut self, tag: Tag, out: &mut Vec<u8>) {
        let target = tag.0.to_string();
        if !self.in_flight.contains_key(target.as_bytes()) {
            return;
        }
        self.cancels += 1;
        let name = format!("cancel-{}", self.cancels).into_bytes();
        let command = Command::new("/cancel").with("tag", target);
        encode_sentence(command.words().chain([tag_word(&name)]), out);
        self.in_flight.insert(name, (tag, InFlight::Cancel));
    }

    /// # Errors
    /// When the router breaks the protocol. Events of the sentences before are lost with the connection.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<Vec<Event>, ProtocolError> {
        self.decoder.feed(bytes);
        let mut events = Vec::new();
        while let Some(sentence) = self.decoder.next_sentence()? {
            events.extend(self.reply(sentence)?);
        }
        Ok(events)
    }

    fn reply(&mut self, sentence: Vec<Word>) -> Result<Option<Event>, ProtocolError> {
        let reply = Incoming::read(sentence);
        match reply.kind.as_slice() {
            b"!re" => self.row(reply),
            b"!trap" => self.trap(reply),
            b"!done" => self.done(reply),
            b"!empty" => self.of(&reply.tag).map(|_| None),
            b"!fatal" => Ok(Some(Event::Fatal(reply.message()))),
            other => Err(ProtocolError::UnknownReply(shortened(other))),
        }
    }

    fn row(&mut self, reply: Incoming) -> Result<Option<Event>, ProtocolError> {
        Ok(match self.of(&reply.tag)? {
            (tag, InFlight::Command { .. }) => Some(Event::Row(*tag, reply.row)),
            (_, InFlight::Cancel) => None,
        })
    }

    /// Kept until the `!done` that follows. Of several traps the first is the cause.
    fn trap(&mut self, reply: Incoming) -> Result<Option<Event>, ProtocolError> {
        if let (_, InFlight::Command { trap: trap @ None }) = self.of(&reply.tag)? {
            *trap = Some(reply.trap());
        }
        Ok(None)
    }

    fn done(&mut self, reply: Incoming) -> Result<Option<Event>, ProtocolError> {
        let (tag, state) = self.in_flight.remove(&reply.tag).ok_or_else(|| stray(&reply.tag))?;
        Ok(match state {
            InFlight::Command { trap: None } => Some(Event::Finished(tag, Ok(reply.row))),
            InFlight::Command { trap: Some(trap) } => Some(Event::Finished(tag, Err(trap))),
            InFlight::Cancel => None,
        })
    }

    fn of(&mut self, tag: &[u8]) -> Result<&mut (Tag, InFlight), ProtocolError> {
        self.in_flight.get_mut(tag).ok_or_else(|| stray(tag))
    }
}

fn tag_word(name: &[u8]) -> Word {
    [b".tag=", name].concat()
}

fn stray(tag: &[u8]) -> ProtocolError {
    ProtocolError::Stray(shortened(tag))
}

/// Enough for a log; a peer that talks nonsense does not choose how much of it is kept.
fn shortened(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..40).unwrap_or(bytes)).into_owned()
}

/// A reply sentence, its words sorted by what they are: they come in any order.
struct Incoming {
    kind: Word,
    tag: Word,
    row: Row,
    /// Words that are neither: `!fatal` carries its text as a bare word.
    bare: Vec<Word>,
}

impl Incoming {
    fn read(sentence: Vec<Word>) -> Self {
        let mut words = sentence.into_iter();
        let kind = words.next().unwrap_or_default();
        let (mut tag, mut attributes, mut bare) = (Word::new(), Vec::new(), Vec::new());
        for word in words {
            if let Some(name) = word.strip_prefix(b".tag=") {
                tag = name.to_vec();
            } else if let Some(attribute) = split_attribute(&word) {
                attributes.push(attribute);
            } else {
                bare.push(word);
            }
        }
        let row = attributes.into_iter().collect();
        Self { kind, tag, row, bare }
    }

    fn message(&self) -> String {
        let bare = || String::from_utf8_lossy(&self.bare.join(&b' ')).into_owned();
        self.row.text("message").map_or_else(bare, Into::into)
    }

    fn trap(&self) -> Trap {
        let category = self.row.text("category");
        let category = category.and_then(|number| number.parse::<u32>().ok());
        Trap { category: category.map(Category::from), message: self.message() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PRINT: Tag = Tag(1);
    const ADD: Tag = Tag(2);

    fn session_with_two_commands() -> Session {
        let mut session = Session::new(Limits::default());
        let mut out = Vec::new();
        session.start(PRINT, &Command::new("/ppp/secret/print"), &mut out);
        session.start(ADD, &Command::new("/ppp/secret/add"), &mut out);
        session
    }

    fn sentence(words: &[&str]) -> Vec<u8> {
        let mut out = Vec::new();
        encode_sentence(words, &mut out);
        out
    }

    fn receive(session: &mut Session, sentences: &[&[&str]]) -> Result<Vec<Event>, ProtocolError> {
        let bytes: Vec<Vec<u8>> = sentences.iter().map(|words| sentence(words)).collect();
        session.receive(&bytes.concat())
    }

    #[test]
    fn replies_that_come_interleaved_find_their_commands() {
        let mut session = session_with_two_commands();
        let events = receive(
            &mut session,
            &[
                &["!re", ".tag=1", "=name=ana"],
                &["!done", "=ret=*7F", ".tag=2"],
                &["!re", "=name=eva", ".tag=1"],
                &["!done", ".tag=1"],
            ],
        );
        let expected = vec![
            Event::Row(PRINT, Row::from_iter([("name", "ana")])),
            Event::Finished(ADD, Ok(Row::from_iter([("ret", "*7F")]))),
            Event::Row(PRINT, Row::from_iter([("name", "eva")])),
            Event::Finished(PRINT, Ok(Row::default())),
        ];
        assert_eq!(events.unwrap(), expected);
    }

    #[test]
    fn a_trap_is_reported_when_its_command_is_done() {
        let mut session = session_with_two_commands();
        let trap: &[&str] = &["!trap", "=category=0", "=message=no such item", ".tag=2"];
        assert_eq!(receive(&mut session, &[trap]).unwrap(), []);
        let events = receive(&mut session, &[&["!done", ".tag=2"]]).unwrap();
        let refusal = Trap { category: Some(Category::MissingItemOrCommand), message: "no such item".into() };
        assert_eq!(events, [Event::Finished(ADD, Err(refusal))]);
    }

    #[test]
    fn an_empty_print_has_no_rows_and_is_no_error() {
        let mut session = session_with_two_commands();
        let events = receive(&mut session, &[&["!empty", ".tag=1"], &["!done", ".tag=1"]]);
        assert_eq!(events.unwrap(), [Event::Finished(PRINT, Ok(Row::default()))]);
    }

    #[test]
    fn a_fatal_carries_its_text_as_a_bare_word() {
        let mut session = session_with_two_commands();
        let events = receive(&mut session, &[&["!fatal", "session terminated on request"]]);
        assert_eq!(events.unwrap(), [Event::Fatal("session terminated on request".into())]);
    }

    #[test]
    fn a_cancelled_command_finishes_and_the_cancel_itself_is_not_reported() {
        let mut session = session_with_two_commands();
        let mut out = Vec::new();
        session.cancel(PRINT, &mut out);
        assert_eq!(out, sentence(&["/cancel", "=tag=1", ".tag=cancel-1"]));
        let events = receive(
            &mut session,
            &[
                &["!trap", "=category=2", "=message=interrupted", ".tag=1"],
                &["!done", ".tag=cancel-1"],
                &["!done", ".tag=1"],
            ],
        );
        let [Event::Finished(PRINT, Err(trap))] = &events.unwrap()[..] else {
            panic!("one event");
        };
        assert_eq!(trap.category, Some(Category::Interrupted));
    }

    #[test]
    fn a_reply_to_nobody_breaks_the_protocol() {
        let mut session = session_with_two_commands();
        let stray = Err(ProtocolError::Stray("9".into()));
        assert_eq!(receive(&mut session, &[&["!re", ".tag=9"]]), stray);
        let unknown = Err(ProtocolError::UnknownReply("!what".into()));
        assert_eq!(receive(&mut session, &[&["!what", ".tag=1"]]), unknown);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
            let _ = session_with_two_commands().receive(&bytes);
        }

        #[test]
        fn arbitrary_sentences_never_panic(
            sentences in prop::collection::vec(
                prop::collection::vec("(!re|!done|!trap|!fatal|!empty|\\.tag=[12]|=[a-z]{0,3}=?.{0,4}|.{0,6})", 0..5),
                0..10),
        ) {
            let mut bytes = Vec::new();
            for words in &sentences {
                encode_sentence(words, &mut bytes);
            }
            let _ = session_with_two_commands().receive(&bytes);
        }
    }
}
