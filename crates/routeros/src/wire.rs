//! Words and sentences: a word is a length and that many bytes, an empty word ends a sentence.

use thiserror::Error;

pub type Word = Vec<u8>;

/// What one word costs besides its bytes, so that a sentence of very many tiny words is bounded too.
const WORD_OVERHEAD: usize = size_of::<Word>();

/// The most that a peer may make us hold, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub word: usize,
    /// All words of one sentence, with a few bytes of overhead for each.
    pub sentence: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { word: 1 << 20, sentence: 4 << 20 }
    }
}

/// Why the bytes cannot be understood. There is no way to find the next sentence: drop the connection.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum WireError {
    #[error("a word starts with the reserved byte {0:#04x}")]
    Reserved(u8),
    #[error("a word of {length} bytes is longer than the limit of {limit}")]
    WordTooLong { length: usize, limit: usize },
    #[error("a sentence is longer than the limit of {limit} bytes")]
    SentenceTooLong { limit: usize },
}

/// Appends a sentence and its end. Empty words would end it early: they are left out.
pub fn encode_sentence<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>, out: &mut Vec<u8>) {
    for word in words {
        let word = word.as_ref();
        if !word.is_empty() {
            encode_word(word, out);
        }
    }
    out.push(0);
}

fn encode_word(word: &[u8], out: &mut Vec<u8>) {
    encode_length(word.len(), out);
    out.extend_from_slice(word);
}

fn encode_length(length: usize, out: &mut Vec<u8>) {
    // Longer words than four bytes can count do not exist in memory limits that anybody would set.
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    let bytes = length.to_be_bytes();
    match length {
        0..0x80 => out.push(bytes[3]),
        0x80..0x4000 => out.extend_from_slice(&[bytes[2] | 0x80, bytes[3]]),
        0x4000..0x20_0000 => out.extend_from_slice(&[bytes[1] | 0xC0, bytes[2], bytes[3]]),
        0x20_0000..0x1000_0000 => {
            out.extend_from_slice(&[bytes[0] | 0xE0, bytes[1], bytes[2], bytes[3]]);
        }
        0x1000_0000.. => {
            out.push(0xF0);
            out.extend_from_slice(&bytes);
        }
    }
}

/// Turns the bytes of a stream, cut anywhere, into sentences.
///
/// It holds at most the bytes fed and not yet taken, and one sentence within the limits.
#[derive(Debug, Default)]
pub struct Decoder {
    limits: Limits,
    buffer: Vec<u8>,
    consumed: usize,
    words: Vec<Word>,
    size: usize,
}

impl Decoder {
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.consumed);
        self.consumed = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next complete sentence, or `None` when more bytes are needed. Empty sentences are skipped.
    ///
    /// # Errors
    /// When the stream cannot be followed any further; every later call says the same.
    pub fn next_sentence(&mut self) -> Result<Option<Vec<Word>>, WireError> {
        while let Some(word) = self.next_word()? {
            if word.is_empty() {
                self.size = 0;
                if !self.words.is_empty() {
                    return Ok(Some(std::mem::take(&mut self.words)));
                }
            } else {
                self.words.push(word);
            }
        }
        Ok(None)
    }

    fn next_word(&mut self) -> Result<Option<Word>, WireError> {
        let waiting = self.buffer.get(self.consumed..).unwrap_or_default();
        let Some((length, prefix)) = decode_length(waiting)? else {
            return Ok(None);
        };
        self.check(length)?;
        let Some(word) = waiting.get(prefix..prefix + length) else {
            return Ok(None);
        };
        let word = word.to_vec();
        self.consumed += prefix + length;
        self.size += length + WORD_OVERHEAD;
        Ok(Some(word))
    }

    /// Before the word has arrived: a peer that announces too much is not given the memory.
    fn check(&self, length: usize) -> Result<(), WireError> {
        if length > self.limits.word {
            return Err(WireError::WordTooLong { length, limit: self.limits.word });
        }
        if length > 0 && self.size + length + WORD_OVERHEAD > self.limits.sentence {
            return Err(WireError::SentenceTooLong { limit: self.limits.sentence });
        }
        Ok(())
    }
}

/// The length that the bytes start with, and how many bytes it took.
fn decode_length(bytes: &[u8]) -> Result<Option<(usize, usize)>, WireError> {
    let Some(&first) = bytes.first() else {
        return Ok(None);
    };
    let (high, prefix) = match first {
        0x00..=0x7F => (first, 1),
        0x80..=0xBF => (first & 0x3F, 2),
        0xC0..=0xDF => (first & 0x1F, 3),
        0xE0..=0xEF => (first & 0x0F, 4),
        0xF0 => (0, 5),
        0xF1.. => return Err(WireError::Reserved(first)),
    };
    let Some(rest) = bytes.get(1..prefix) else {
        return Ok(None);
    };
    let length = rest.iter().fold(usize::from(high), |length, byte| length << 8 | usize::from(*byte));
    Ok(Some((length, prefix)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded_length(length: usize) -> Vec<u8> {
        let mut out = Vec::new();
        encode_length(length, &mut out);
        out
    }

    fn drain(decoder: &mut Decoder) -> Result<Vec<Vec<Word>>, WireError> {
        let mut sentences = Vec::new();
        while let Some(sentence) = decoder.next_sentence()? {
            sentences.push(sentence);
        }
        Ok(sentences)
    }

    #[test]
    fn lengths_change_their_form_at_the_documented_bounds() {
        assert_eq!(encoded_length(0x7F), [0x7F]);
        assert_eq!(encoded_length(0x80), [0x80, 0x80]);
        assert_eq!(encoded_length(0x3FFF), [0xBF, 0xFF]);
        assert_eq!(encoded_length(0x4000), [0xC0, 0x40, 0x00]);
        assert_eq!(encoded_length(0x1F_FFFF), [0xDF, 0xFF, 0xFF]);
        assert_eq!(encoded_length(0x20_0000), [0xE0, 0x20, 0x00, 0x00]);
        assert_eq!(encoded_length(0xFFF_FFFF), [0xEF, 0xFF, 0xFF, 0xFF]);
        assert_eq!(encoded_length(0x1000_0000), [0xF0, 0x10, 0, 0, 0]);
    }

    #[test]
    fn a_reserved_first_byte_is_an_error_that_stays() {
        for first in 0xF8..=0xFF {
            let mut decoder = Decoder::default();
            decoder.feed(&[first]);
            assert_eq!(decoder.next_sentence(), Err(WireError::Reserved(first)));
            decoder.feed(b"\x05!done\x00");
            assert_eq!(decoder.next_sentence(), Err(WireError::Reserved(first)));
        }
    }

    #[test]
    fn a_word_over_the_limit_is_refused_before_it_arrives() {
        let mut decoder = Decoder::default();
        decoder.feed(&[0xF0, 0xFF, 0xFF, 0xFF, 0xFF]);
        let length = 0xFFFF_FFFF;
        let limit = Limits::default().word;
        assert_eq!(decoder.next_sentence(), Err(WireError::WordTooLong { length, limit }));
    }

    #[test]
    fn a_sentence_of_endless_tiny_words_is_refused() {
        let limits = Limits { word: 10, sentence: 1000 };
        let mut decoder = Decoder::new(limits);
        decoder.feed(&b"\x01a".repeat(1000));
        assert_eq!(decoder.next_sentence(), Err(WireError::SentenceTooLong { limit: 1000 }));
    }

    #[test]
    fn the_limit_counts_one_sentence_and_not_the_stream() {
        let limits = Limits { word: 10, sentence: 100 };
        let mut decoder = Decoder::new(limits);
        decoder.feed(&b"\x01a\x01b\x00".repeat(1000));
        assert_eq!(drain(&mut decoder).unwrap().len(), 1000);
    }

    #[test]
    fn empty_sentences_are_ignored() {
        let mut decoder = Decoder::default();
        decoder.feed(b"\x00\x00\x05!done\x00\x00");
        assert_eq!(drain(&mut decoder).unwrap(), [[b"!done".to_vec()]]);
    }

    #[test]
    fn words_of_every_length_form_survive() {
        for length in [1, 0x7F, 0x80, 0x3FFF, 0x4000, 0x1F_FFFF, 0x20_0000] {
            let limits = Limits { word: 1 << 22, sentence: 1 << 23 };
            let mut decoder = Decoder::new(limits);
            let mut bytes = Vec::new();
            encode_sentence([vec![b'x'; length]], &mut bytes);
            decoder.feed(&bytes);
            assert_eq!(drain(&mut decoder).unwrap(), [[vec![b'x'; length]]]);
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded_however_the_stream_is_cut(
            sentences in prop::collection::vec(
                prop::collection::vec(prop::collection::vec(any::<u8>(), 1..300), 1..6), 0..8),
            chunk in 1usize..400,
        ) {
            let mut bytes = Vec::new();
            for sentence in &sentences {
                encode_sentence(sentence, &mut bytes);
            }
            let mut decoder = Decoder::default();
            let mut decoded = Vec::new();
            for piece in bytes.chunks(chunk) {
                decoder.feed(piece);
                decoded.extend(drain(&mut decoder).unwrap());
            }
            prop_assert_eq!(decoded, sentences);
        }

        #[test]
        fn arbitrary_bytes_never_panic_and_hold_no_more_than_was_sent(
            pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..30),
        ) {
            let limits = Limits { word: 1000, sentence: 3000 };
            let mut decoder = Decoder::new(limits);
            for piece in &pieces {
                decoder.feed(piece);
                if drain(&mut decoder).is_err() {
                    break;
                }
                let unread = decoder.buffer.len() - decoder.consumed;
                prop_assert!(unread <= limits.word + 5);
                prop_assert!(decoder.size <= limits.sentence);
            }
        }
    }
}
