//! Sectors: the areas that the network is divided into.

use serde::{Deserialize, Serialize};

use super::list::{Direction, PageNumber};
use crate::failure::{Failure, FormCheck, required};
use crate::ids::SectorId;
use crate::words::words;

words! {
    #[derive(Default)]
    pub enum SectorSort {
        #[default]
        Name = "name",
        Contracts = "contracts",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SectorFilter {
    pub search: Option<String>,
    pub sort: SectorSort,
    pub direction: Direction,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectorRow {
    pub id: SectorId,
    pub name: String,
    pub addresses: i64,
    /// Active contracts, and those of them whose customers are without service.
    pub active: i64,
    pub cut: i64,
}

/// A sector's page; its contracts are the list of contracts with this sector as the filter.
pub type SectorDetail = SectorRow;

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SectorForm {
    pub name: String,
}

impl SectorForm {
    /// The name.
    pub fn check(&self) -> Result<String, Failure> {
        let mut form = FormCheck::default();
        let name = form.take("name", required(&self.name, 100));
        form.answer(name)
    }
}
