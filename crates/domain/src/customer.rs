//! Who is served, whom to call there, and where.

use serde::{Deserialize, Serialize};

use crate::contact::{CustomerKind, Email, Language, Phone};
use crate::ids::SectorId;
use crate::position::Position;

/// What is known of a customer beside the reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFacts {
    pub kind: CustomerKind,
    pub name: String,
    pub tax_id: Option<String>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    /// In which invoices and messages are written.
    pub language: Language,
}

/// Somebody to call at a customer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFacts {
    pub name: String,
    /// In the provider's words: owner, accounts, caretaker. May be empty.
    pub role: String,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
}

/// Where the service is installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressFacts {
    pub sector: Option<SectorId>,
    pub street: String,
    pub city: String,
    pub postal_code: String,
    /// ISO 3166, two capital letters.
    pub country: String,
    /// Required before a contract here is activated.
    pub position: Option<Position>,
}
