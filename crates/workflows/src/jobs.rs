//! Work that must happen outside the database. Others enqueue it in their own transaction; a worker does it.

mod backoff;
mod base;
mod batch;
mod cancel;
mod cards;
mod enqueue;
mod hotspot;
mod list;
mod message;
mod previews;
mod repeat;
mod said;
mod settle;
mod subject;
mod worker;

pub(crate) use backoff::of_router as backoff_of_router;
pub(crate) use base::wanted as wanted_base;
pub(crate) use batch::{failed, reached};
pub use cancel::cancel;
pub(crate) use enqueue::{enqueue_at_router, enqueue_drift, enqueue_hotspots, enqueue_onboarding};
pub use enqueue::{enqueue_base, enqueue_message, enqueue_provision, enqueue_provisions, enqueue_removal};
pub(crate) use enqueue::{enqueue_gateway, enqueue_preview};
pub use list::{list, show};
pub use message::deliver_next;
pub(crate) use previews::hold_on;
pub use previews::preview_next;
pub use repeat::repeat;
pub(crate) use settle::{keep_exchanges, later, new_exchange, outcome as settle_outcome, put_back, settle_job};
pub(crate) use subject::subject;
pub use worker::Worker;
pub(crate) use worker::take_back_expired;

use domain::ids::JobId;

use crate::permit::Actor;
use crate::record::Subject;

/// Who writes to the timeline what devices were read to hold.
pub(crate) const NETWORK: Actor = Actor::System { name: "network" };

fn audited(id: JobId) -> Subject {
    Subject { kind: "job", id: id.0 }
}
