//! How the company bills: its common billing day and its taxes.

pub mod api;
mod new_tax;
mod settings;
mod tax;

pub use new_tax::NewTaxPage;
pub use settings::BillingSettingsPage;
pub use tax::TaxPage;

use domain::tax::{TaxBasis, TaxRate};

use crate::i18n::Words;

fn basis_name(basis: TaxBasis, t: Words) -> &'static str {
    match basis {
        TaxBasis::Added => t.billing.basis_added(),
        TaxBasis::Included => t.billing.basis_included(),
    }
}

fn rate(rate: TaxRate) -> String {
    format!("{} %", rate.percent)
}
