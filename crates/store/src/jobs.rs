//! The queue of work that must happen outside the database.

mod claim;
mod enqueue;
mod list;
mod settle;
mod wake;

pub use claim::{
    ClaimedJob, Lease, RouterWork, claim_at_router, claim_hotspot, claim_message, claim_onboarding, expired, release,
};
pub(crate) use enqueue::wake as call_workers;
pub use enqueue::{
    NewJob, enqueue_base, enqueue_hotspots, enqueue_message, enqueue_onboarding, enqueue_provisions, enqueue_removal,
};
pub use list::{detail, list};
pub use settle::{NewExchange, add_exchanges, cancel, finish, look_again, repeat, retry, still_leased};
pub use wake::Wake;

/// What a worker listens to: told in the transaction that enqueued, heard when it is committed.
const CHANNEL: &str = "jobs";
