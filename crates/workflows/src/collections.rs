//! From a late invoice to a cut, and from a payment back.

mod reconcile;
mod run;

pub(crate) use reconcile::reconcile_overdue_holds;
pub(crate) use run::{STEP, collect_day};
