//! The queue of work that must happen outside the database.

mod claim;
mod enqueue;
mod list;
mod prune;
mod settle;
mod wake;

pub use claim::{
    ClaimedJob, Lease, RouterWork, claim_at_router, claim_hotspot, claim_message, claim_onboarding, expired, holds,
    release,
};
pub(crate) use enqueue::wake as call_workers;
pub use enqueue::{
    DRIFT, NewJob, NewRouterWork, SCAN, enqueue_at_router, enqueue_base, enqueue_hotspots, enqueue_message,
    enqueue_onboarding, enqueue_provisions, enqueue_removal,
};
pub use list::{detail, list};
pub use prune::{count_old, prune};
pub use settle::{
    NewExchange, add_exchanges, all_still_leased, cancel, finish, finish_all, hold_back, hold_on, look_again, put_back,
    repeat, retry, still_leased,
};
pub use wake::Wake;

pub(crate) use enqueue::wake;

/// What a worker listens to: told in the transaction that enqueued, heard when it is committed.
const CHANNEL: &str = "jobs";
