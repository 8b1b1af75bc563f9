//! Plans: what is sold.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod fields;
mod list;
mod new;
mod prices;

pub use detail::PlanPage;
pub use list::PlansPage;
pub use new::NewPlanPage;

use domain::plan::PlanKind;

use crate::i18n::Words;

fn kind_name(kind: PlanKind, t: Words) -> &'static str {
    match kind {
        PlanKind::Internet => t.catalogue.kind_internet(),
        PlanKind::Addon => t.catalogue.kind_addon(),
    }
}
