//! Cards, by a gateway outside: its keys, what was set out to be paid, what it told, and what became of it.

pub mod cards;
pub mod events;
pub mod intents;
pub mod keys;
pub mod lists;
pub mod refunds;
pub mod tasks;
