//! A simulated router that speaks the RouterOS API.
//!
//! It accepts exactly the commands and arguments of its version (see [`Schema`]), keeps what it is told in tables, and
//! refuses in a real router's words. Faults happen on demand (see [`Fault`]).

mod answers;
mod certificate;
mod commands;
mod conversation;
mod dial;
mod factory;
mod fault;
mod hotspot;
mod lease;
mod login;
mod made;
mod query;
mod rights;
mod rules;
mod schema;
mod server;
mod simulator;
mod table;
mod traffic;
mod version;
mod world;

pub use dial::DialRefused;
pub use fault::{Fault, Lost, UnknownFault};
pub use hotspot::SignInRefused;
pub use schema::{NotInSchema, Schema};
pub use server::{Options, serve};
pub use simulator::{Simulator, Snapshot};
pub use traffic::{Packet, Passage};
pub use version::{UnknownVersion, Version};
