//! Routers that obey: stories with a hand-set clock, a database each, and simulated routers in this process.

mod cuts;
mod dhcp;
mod failures;
mod queue;
mod records;
mod town;
