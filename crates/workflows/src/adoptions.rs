//! Rows that other systems left on a router become ours, when somebody says so: they get our tag, and nothing else about
//! them is changed by that.

mod adopt;
mod matches;
mod work;

pub use adopt::{adopt, show};
pub use matches::adoptable;
pub(crate) use work::work;
