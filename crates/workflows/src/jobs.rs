//! Work that must happen outside the database. Others enqueue it in their own transaction; a worker does it.

mod enqueue;

pub use enqueue::{enqueue_mail, enqueue_provision, enqueue_provisions, enqueue_removal};
