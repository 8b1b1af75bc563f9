//! The RouterOS API (TCP 8728, TLS 8729).
//!
//! The layers, each usable without the one above it:
//!
//! * [`wire`]: bytes to words and sentences, and back. No IO.
//! * [`session`]: which reply belongs to which command. No IO.
//! * [`client`]: one connection shared by many tasks, with a limit on the commands in flight, a pace and timeouts.
//!
//! What it never does: reconnect, or repeat a command. Only the caller knows whether a repetition is safe,
//! and [`Error::outcome_unknown`] says when it must look before it repeats.

pub mod client;
mod command;
mod connection;
mod error;
mod login;
mod options;
mod pace;
mod reply;
pub mod session;
mod tls;
pub mod wire;

pub use client::{Client, Rows};
pub use command::{Command, Query, is_secret};
pub use error::{Error, Loss, Stage};
pub use options::{Options, Tls};
pub use reply::{Category, Reply, Row, Trap};
