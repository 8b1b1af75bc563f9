//! Equipment with a serial: what there is, where it is, whose it is; receiving it, and where it can be put.

mod actions;
pub mod api;
mod at_contract;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod from_file;
mod list;
mod located;
mod models;
mod move_many;
mod places;
mod receipt;
mod receive;

pub(super) use at_contract::AtContract;
pub use detail::EquipmentPage;
pub use list::StockPage;
pub use models::ModelsPage;
pub use move_many::MoveManyPage;
pub use places::PlacesPage;
pub use receipt::ReceiptPage;
pub use receive::ReceivePage;
