//! What can go wrong with a call, once each.

/// The next call that changes something...
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// ...is answered with status 500, and nothing is done.
    Refuse,
    /// ...is done, and the connection is closed without an answer.
    LoseAnswer,
}
