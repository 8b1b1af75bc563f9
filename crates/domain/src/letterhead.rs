//! The provider as its documents name it, and the kinds of documents that have a template.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    pub enum TemplateKind {
        /// Also for credit notes.
        Invoice = "invoice",
        Quote = "quote",
        Receipt = "receipt",
        Statement = "statement",
        Contract = "contract",
    }
}

/// What the law wants on documents beside the name, and how customers pay. Empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letterhead {
    pub legal_name: String,
    pub tax_id: String,
    /// Several lines.
    pub address: String,
    pub phone: String,
    pub email: String,
    pub website: String,
    /// Several lines: accounts, and where to report a transfer.
    pub how_to_pay: String,
}
