//! Why a command ended early.

use std::fmt;
use std::process::ExitCode;

/// One sentence for each thing that a person should know, and the exit status.
pub struct Failure {
    sentences: Vec<String>,
    status: u8,
}

impl Failure {
    /// Settings or arguments that nobody can work with.
    pub fn usage(sentences: Vec<String>) -> Self {
        Self { sentences, status: 2 }
    }

    /// Ended by a signal; nothing to say.
    pub fn interrupted() -> Self {
        Self { sentences: Vec::new(), status: 130 }
    }

    /// A program that was run for the user failed with this status and has said why.
    pub fn of_program(status: u8) -> Self {
        Self { sentences: Vec::new(), status }
    }

    pub fn new(sentence: impl fmt::Display) -> Self {
        Self { sentences: vec![sentence.to_string()], status: 1 }
    }

    pub fn report(&self) -> ExitCode {
        for sentence in &self.sentences {
            eprintln!("ramal: {sentence}");
        }
        self.status.into()
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}
