//! A stand-in for Stripe: the few endpoints that Ramal uses, in the official shapes, with idempotency keys, a page to pay on
//! and signed webhooks. No money moves.

mod api;
mod call;
mod deliver;
mod fault;
mod keys;
mod objects;
mod page;
mod server;
mod world;

pub use deliver::{Delivery, Webhook, sign};
pub use fault::Fault;
pub use server::{Options, StripeLab};
