//! What every list has in common. The address is the state: each of these comes from query parameters.

use serde::{Deserialize, Serialize};

/// Rows on one page of a list.
pub const PER_PAGE: i64 = 50;

/// One page of a list, with the count that follows the filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<Row> {
    pub rows: Vec<Row>,
    /// Rows on all pages.
    pub total: i64,
    /// From 1.
    pub number: i64,
}

impl<Row> Page<Row> {
    /// Pages in all; an empty list has one.
    pub fn count(&self) -> i64 {
        (self.total + PER_PAGE - 1).div_euclid(PER_PAGE).max(1)
    }
}

/// A page number from an address: from 1; what is not a number is the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageNumber(pub i64);

impl Default for PageNumber {
    fn default() -> Self {
        Self(1)
    }
}

impl PageNumber {
    pub fn offset(self) -> i64 {
        (self.0.clamp(1, 1_000_000) - 1) * PER_PAGE
    }
}

/// The direction of a sorted column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Up,
    Down,
}

/// Something to choose from in a form, or to link to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice<Id> {
    pub id: Id,
    pub name: String,
}
