//! PDFs from a template and plain data: [`pdf`] is the whole crate.
//!
//! Templates are written in Typst, and staff may edit them, so a template reaches nothing: no files, no packages, no
//! network, no clock. What it gets is `sys.inputs` (see [`paper`]) and the module `ramal.typ`, which holds what the
//! built-in templates share. Fonts are in the program. A template that takes too long is given up.
//!
//! Deliberately absent: where data comes from, and who may see it.

pub mod format;
pub mod logo;
pub mod paper;
pub mod qr;
mod sample;
mod typeset;

pub use paper::{Content, Kind, Paper};
pub use sample::sample;
pub use typeset::{LARGEST_TEMPLATE, TemplateError, pdf};

/// The template for vouchers. It has no versions of the provider's: what is printed must be what routers let in.
pub const VOUCHERS: &str = include_str!("../templates/vouchers.typ");

/// The template for the close of a month, which staff alone read: it has no versions of the provider's either.
pub const CLOSE: &str = include_str!("../templates/close.typ");

impl Kind {
    /// The template that comes with the product.
    #[must_use]
    pub fn built_in(self) -> &'static str {
        match self {
            Self::Invoice => include_str!("../templates/invoice.typ"),
            Self::Quote => include_str!("../templates/quote.typ"),
            Self::Receipt => include_str!("../templates/receipt.typ"),
            Self::Statement => include_str!("../templates/statement.typ"),
            Self::Contract => include_str!("../templates/contract.typ"),
        }
    }
}
