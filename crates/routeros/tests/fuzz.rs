//! What a router could send, damaged in every way: the codec answers or refuses, never panics and never hoards memory.
//!
//! A short form of `make fuzz`, which sets the count.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use routeros::Command;
use routeros::session::{Session, Tag};
use routeros::wire::{Limits, encode_sentence};

/// Small enough that an input can go past them.
const LIMITS: Limits = Limits { word: 400, sentence: 2_000 };
/// What a damaged input may make the process hold, in all.
const MEMORY_MB: u64 = 64;

/// A router's sentences about three commands that are in flight, and how many events they make.
const CONVERSATIONS: &[(&[&[&str]], usize)] = &[
    (&[&["!re", ".tag=1", "=.id=*1", "=name=ana", "=comment=ramal:service:7:9f3a"], &["!done", ".tag=1"]], 2),
    (&[&["!empty", ".tag=1"], &["!done", ".tag=1"]], 1),
    (&[&["!trap", ".tag=2", "=category=0", "=message=no such item"], &["!done", ".tag=2"]], 1),
    (&[&["!done", "=ret=*7F", ".tag=2"], &["!re", ".tag=3", "=.dead=yes", "=.id=*2"]], 2),
    (&[&["!fatal", "session terminated on request"]], 1),
    (&[&["!re", "=name=", ".tag=1", "=a=b=c", "==", "=", "bare"], &[], &["!done", ".tag=1"]], 2),
];

fn inputs() -> u64 {
    std::env::var("FUZZ_INPUTS").map_or(50_000, |count| count.parse().unwrap())
}

#[test]
fn damaged_streams_are_answered_or_refused_within_bounded_memory() {
    let seed = std::env::var("FUZZ_SEED").map_or(7, |seed| seed.parse().unwrap());
    let mut random = StdRng::seed_from_u64(seed);
    let streams: Vec<Vec<u8>> = CONVERSATIONS.iter().map(|(sentences, _)| encoded(sentences)).collect();
    let (mut understood, mut refused) = (0_u64, 0_u64);
    for _ in 0..inputs() {
        let input = damaged(&mut random, &streams);
        match receive_in_pieces(&mut random, &input) {
            Some(_) => understood += 1,
            None => refused += 1,
        }
    }
    println!("{understood} understood, {refused} refused, at most {} MB held", peak_memory_mb());
    assert!(understood > 0 && refused > 0, "the damage is neither too little nor too much");
    assert!(peak_memory_mb() < MEMORY_MB);
}

#[test]
fn undamaged_streams_make_their_events_however_they_are_cut() {
    let mut random = StdRng::seed_from_u64(11);
    for (sentences, events) in CONVERSATIONS {
        for _ in 0..200 {
            assert_eq!(receive_in_pieces(&mut random, &encoded(sentences)), Some(*events), "{sentences:?}");
        }
    }
}

fn encoded(sentences: &[&[&str]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for words in sentences {
        encode_sentence(*words, &mut bytes);
    }
    bytes
}

/// A few conversations one after the other, with up to eight wounds.
fn damaged(random: &mut StdRng, streams: &[Vec<u8>]) -> Vec<u8> {
    let mut input = Vec::new();
    for _ in 0..random.random_range(1..4) {
        input.extend_from_slice(any::<Vec<u8>>(random, streams));
    }
    for _ in 0..random.random_range(0..9) {
        wound(random, &mut input, streams);
    }
    input
}

fn wound(random: &mut StdRng, input: &mut Vec<u8>, streams: &[Vec<u8>]) {
    let at = random.random_range(0..=input.len());
    let end = random.random_range(at..=input.len());
    match random.random_range(0..7) {
        0 => input.truncate(at),
        1 => drop(input.drain(at..end)),
        2 => input.insert(at, random.random()),
        3 => input.splice(at..end, any::<Vec<u8>>(random, streams).iter().copied()).for_each(drop),
        4 => input.extend_from_within(at..end),
        // The first byte of each form of a length, and those that are reserved.
        5 => input.insert(at, *any(random, &[0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xDF, 0xE0, 0xEF, 0xF0, 0xF8, 0xFF])),
        _ => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << random.random_range(0..8);
            }
        }
    }
}

fn any<'a, T>(random: &mut StdRng, of: &'a [T]) -> &'a T {
    &of[random.random_range(0..of.len())]
}

/// The number of events, `None` when the stream was refused.
fn receive_in_pieces(random: &mut StdRng, input: &[u8]) -> Option<usize> {
    let mut session = session();
    let (mut events, mut rest) = (0, input);
    while !rest.is_empty() {
        let (piece, later) = rest.split_at(random.random_range(1..=rest.len()));
        events += session.receive(piece).ok()?.len();
        rest = later;
    }
    Some(events)
}

fn session() -> Session {
    let mut session = Session::new(LIMITS);
    for (tag, path) in [(1, "/ppp/secret/print"), (2, "/ppp/secret/add"), (3, "/ppp/active/listen")] {
        session.start(Tag(tag), &Command::new(path), &mut Vec::new());
    }
    session
}

/// The most that this process ever held, as the kernel counted it.
fn peak_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    kilobytes / 1024
}
