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

/// Rows that are read at once where a whole list is taken away.
pub const PER_STRETCH: i64 = 5_000;

/// Which rows of a list: a page, or a stretch of all of it. The number is from 1; what is not a number is the first one. An
/// address asks for pages only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
pub struct PageNumber(pub i64, i64);

impl From<i64> for PageNumber {
    fn from(number: i64) -> Self {
        Self::page(number)
    }
}

impl From<PageNumber> for i64 {
    fn from(page: PageNumber) -> Self {
        page.0
    }
}

impl Default for PageNumber {
    fn default() -> Self {
        Self::page(1)
    }
}

impl PageNumber {
    pub const fn page(number: i64) -> Self {
        Self(number, PER_PAGE)
    }

    pub const fn stretch(number: i64) -> Self {
        Self(number, PER_STRETCH)
    }

    /// How many rows at most.
    pub fn rows(self) -> i64 {
        self.1
    }

    pub fn offset(self) -> i64 {
        (self.0.clamp(1, 1_000_000) - 1) * self.rows()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_pages_and_never_for_more() {
        let all: PageNumber = serde_json::from_str(&serde_json::to_string(&PageNumber::stretch(3)).unwrap()).unwrap();
        assert_eq!(all, PageNumber::page(3));
        assert_eq!((all.rows(), all.offset()), (PER_PAGE, 2 * PER_PAGE));
        assert_eq!(PageNumber::stretch(3).offset(), 2 * PER_STRETCH);
    }
}
