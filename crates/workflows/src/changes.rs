//! Changes in mid-life of a contract: another plan or quantity, a pause, another address or holder. Whatever changes, a
//! line ends on a day and another one begins on it; nobody's day is billed twice or not at all.

mod apply;
mod due;
mod list;
mod pause;
mod preview;
mod request;
mod wish;

pub(crate) use apply::Changing;
pub(crate) use due::{STEP, expected, retry, run_step};
pub use list::list;
pub use pause::end_pause;
pub(crate) use pause::resume;
pub use preview::options;
pub(crate) use preview::plan_options;
pub(crate) use request::{Asked, ask, begin, settle_request, withdraw_open};
pub use request::{approve, reject, request_pause, request_plan, request_quantity, withdraw};
pub(crate) use wish::{current, is_current, to_plan};
