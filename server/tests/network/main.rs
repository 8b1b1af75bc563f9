//! Routers that obey: stories with a hand-set clock, a database each, and simulated routers in this process.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a failure in a test is what it reports")]

mod adoption;
mod base;
mod boundaries;
mod cuts;
mod dhcp;
mod failures;
mod hotspot;
mod hotspot_life;
mod hotspot_watch;
mod nights;
mod preview;
mod queue;
mod records;
mod scans;
mod tidying;
mod town;
mod work;
