//! Lists that somebody keeps by a name.

use serde::{Deserialize, Serialize};

use crate::failure::{Failure, FormCheck, required};
use crate::ids::SavedFilterId;

/// The longest address that is kept.
const LONGEST_QUERY: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFilter {
    pub id: SavedFilterId,
    pub name: String,
    /// As in the address, from its question mark on.
    pub query: String,
    /// Whose it is, when it is not the reader's own.
    pub owner: Option<String>,
    /// Everybody of the owner's role has it.
    pub shared: bool,
}

/// As typed, beside the list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaveFilterForm {
    pub list: String,
    pub query: String,
    pub name: String,
    pub shared: bool,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewFilter {
    pub list: String,
    pub query: String,
    pub name: String,
    pub shared: bool,
}

impl SaveFilterForm {
    /// # Errors
    /// `Fields`; `NotFound` for what is no list's address.
    pub fn check(&self) -> Result<NewFilter, Failure> {
        if !is_path(&self.list) || !is_query(&self.query) {
            return Err(Failure::NotFound);
        }
        let mut form = FormCheck::default();
        let name = form.take("name", required(&self.name, 60));
        let (list, query, shared) = (self.list.clone(), self.query.clone(), self.shared);
        form.answer(name.map(|name| NewFilter { list, query, name, shared }))
    }
}

/// `accounts/journal`
pub(super) fn is_path(list: &str) -> bool {
    list.split('/').all(|part| !part.is_empty() && part.bytes().all(|letter| letter.is_ascii_lowercase()))
}

pub(super) fn is_query(query: &str) -> bool {
    query.starts_with('?') && query.len() <= LONGEST_QUERY && query.bytes().all(|letter| letter.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_address_of_a_list_is_kept() {
        let form = |list: &str, query: &str| {
            let (list, query, name) = (list.to_owned(), query.to_owned(), "Morosos del centro".to_owned());
            SaveFilterForm { list, query, name, shared: false }.check()
        };
        assert!(form("accounts/journal", "?q=Pe%C3%B1a&sort=-due").is_ok());
        for (list, query) in [("", "?"), ("..", "?"), ("a//b", "?"), ("https:", "?"), ("jobs", "q=1"), ("jobs", "?a b")]
        {
            assert_eq!(form(list, query), Err(Failure::NotFound), "{list}{query}");
        }
    }
}
