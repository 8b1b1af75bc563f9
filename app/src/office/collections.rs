//! What holds cuts back: the limits of a night, the days off, and customers' promises.

pub mod api;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod limits;
mod promise;
mod promises;

pub use limits::LimitsPage;
pub use promise::PromisePage;
pub use promises::PromisesPage;
