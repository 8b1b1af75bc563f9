//! Stand-ins for the outside world, for the demo and the tests. Never in production.

pub mod messages;
pub mod routeros;
pub mod stripe;
