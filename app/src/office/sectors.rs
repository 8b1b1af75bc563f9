//! Sectors: the areas that the network is divided into.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod filter;
mod list;
mod new;

pub use detail::SectorPage;
pub use filter::SectorFilter;
pub use list::SectorsPage;
pub use new::NewSectorPage;
