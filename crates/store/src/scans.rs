//! Scans: what a router was found to hold beside what it should.

mod list;
mod prune;
mod request;
mod results;

pub use list::{detail, last_of, list, progress};
pub use prune::{count_old, prune};
pub use request::{Requested, effect, open_scan, request, routers};
pub use results::{KeptRow, ScanResult, foreign_rows, newest_read, save};
