//! The queue of work that must happen outside the database.

mod enqueue;

pub use enqueue::{NewJob, enqueue_mail, enqueue_provisions, enqueue_removal};

/// What a worker listens to: told in the transaction that enqueued, heard when it is committed.
pub const CHANNEL: &str = "jobs";
