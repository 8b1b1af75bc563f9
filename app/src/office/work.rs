//! Work in the field as the office arranges it: the board of a day, the list, one order, and the checklists.

pub mod api;
mod board;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod links;
mod list;
mod new;
mod route;
mod settings;
mod visit;

pub use board::BoardPage;
pub use detail::WorkPage;
pub use links::{SendTechnician, WorkLinks};
pub use list::WorkListPage;
pub use new::NewWorkPage;
pub use settings::ChecklistsPage;

use domain::{views::work::WorkRow, work_order::DayPart};

use crate::{
    i18n::Words,
    parts::work::{kind_word, part_word},
    ui::form::Choices,
};

const BOARD: &str = "/office/work";

/// `OT-00012 · Instalación · Ana Pérez`
fn title_of(row: &WorkRow, t: Words) -> String {
    format!("{} · {} · {}", row.id.code(), kind_word(row.kind, t), row.customer.name)
}

fn parts(t: Words) -> Choices {
    DayPart::ALL.iter().map(|part| (part.word().to_owned(), part_word(*part, t).to_owned())).collect()
}
