//! The provider whose back office this is.

use serde::{Deserialize, Serialize};

use crate::contact::Language;
use crate::money::Currency;

/// The company's own facts. `time_zone` is an IANA name: business dates are dates there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    pub name: String,
    /// ISO 3166, two letters.
    pub country: String,
    pub currency: Currency,
    pub time_zone: String,
    pub language: Language,
}
