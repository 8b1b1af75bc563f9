//! What the binary `ramal` serves and talks to: the web edge, and the adapters of the workflows' ports. The tests use
//! both without a process of their own.

pub mod adapters;
pub mod crew;
mod exports;
pub mod http;
pub mod night;
pub mod webhooks;

/// A page is thousands of small strings, and so is what a router holds.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
