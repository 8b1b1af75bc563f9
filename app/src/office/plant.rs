//! The fibre plant: OLTs, splitters, boxes on poles, who has which port, and whether an address can be served.

pub mod api;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod feasibility;
mod import_preview;
mod imports;
mod nap;
mod nap_forms;
mod naps;
mod olt;
mod overview;
mod pon;
mod ports;
mod settings;

pub use feasibility::FeasibilityPage;
pub use import_preview::NapImportPage;
pub use imports::NapImportsPage;
pub use nap::NapPage;
pub use nap_forms::{EditNapPage, NewNapPage};
pub use naps::NapsPage;
pub use olt::{NewOltPage, OltPage};
pub use overview::PlantPage;
pub use pon::PonPage;
pub use settings::PlantSettingsPage;

use crate::i18n::Words;

/// The way back from the pages of the plant.
fn plant_place(t: Words) -> (String, String) {
    (t.plant.title().to_owned(), "/office/plant".to_owned())
}

fn naps_place(t: Words) -> (String, String) {
    (t.plant.naps().to_owned(), "/office/plant/naps".to_owned())
}
