//! What a list shows, read from its address: `?q=ana&state=overdue&sort=-due&page=2`.

use domain::views::list::{Direction, PageNumber};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

/// A list's search, filters, order and page. Every change starts at the first page again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    pub search: String,
    /// The column's key and its direction; `None` is the list's own order.
    pub sort: Option<(String, Direction)>,
    pub page: PageNumber,
    /// Names and values of the filters.
    pub filters: Vec<(String, String)>,
}

const SEARCH: &str = "q";
const SORT: &str = "sort";
const PAGE: &str = "page";
/// Not a filter: says what was just done, see `ui::notice::DoneNotice`.
const DONE: &str = "done";

/// The state of the list on this page.
#[must_use]
pub fn use_list_query() -> Memo<ListQuery> {
    let map = use_query_map();
    Memo::new(move |_| {
        let map = map.read();
        ListQuery::from_pairs(map.latest_values().map(|(name, value)| (name.to_string(), value.to_string())))
    })
}

impl ListQuery {
    /// Of an address' parameters; what makes no sense is left out.
    pub fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
            match name.as_str() {
                SEARCH => value.trim().clone_into(&mut query.search),
                SORT => query.sort = Some(parse_sort(&value)),
                PAGE => query.page = PageNumber::page(value.parse().unwrap_or(1).max(1)),
                DONE => {}
                _ => query.filters.push((name, value)),
            }
        }
        query.filters.sort();
        query
    }

    /// The filter's value.
    #[must_use]
    pub fn filter(&self, name: &str) -> Option<&str> {
        self.filters.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The filter's value as one of an enum's words; an unknown word filters nothing.
    #[must_use]
    pub fn filter_as<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.filter(name)?.parse().ok()
    }

    /// Whether anything narrows the list, so that an empty one is not the end of the matter.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.search.is_empty() || !self.filters.is_empty()
    }

    #[must_use]
    pub fn with_filter(&self, name: &str, value: Option<&str>) -> Self {
        let mut query = Self { page: PageNumber::default(), ..self.clone() };
        query.filters.retain(|(found, _)| found != name);
        query.filters.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        query.filters.sort();
        query
    }

    /// Sorted by a column; by the same column again is the other way round.
    #[must_use]
    pub fn sorted_by(&self, key: &str) -> Self {
        let direction = match &self.sort {
            Some((sorted, Direction::Up)) if sorted == key => Direction::Down,
            _ => Direction::Up,
        };
        Self { sort: Some((key.to_owned(), direction)), page: PageNumber::default(), ..self.clone() }
    }

    #[must_use]
    pub fn on_page(&self, number: i64) -> Self {
        Self { page: PageNumber::page(number), ..self.clone() }
    }

    /// The parameters as names and values, without those that say nothing.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if !self.search.is_empty() {
            pairs.push((SEARCH.to_owned(), self.search.clone()));
        }
        pairs.extend(self.filters.iter().cloned());
        if let Some((key, direction)) = &self.sort {
            let sign = if *direction == Direction::Down { "-" } else { "" };
            pairs.push((SORT.to_owned(), format!("{sign}{key}")));
        }
        if self.page.0 > 1 {
            pairs.push((PAGE.to_owned(), self.page.0.to_string()));
        }
        pairs
    }

    /// The address of this state on the same page.
    #[must_use]
    pub fn href(&self) -> String {
        let pairs: Vec<_> =
            self.pairs().iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        format!("?{}", pairs.join("&"))
    }
}

fn parse_sort(value: &str) -> (String, Direction) {
    match value.strip_prefix('-') {
        Some(key) => (key.to_owned(), Direction::Down),
        None => (value.to_owned(), Direction::Up),
    }
}

/// For an address: every byte that is no plain letter as `%41`.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => escaped.push(char::from(byte)),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> ListQuery {
        ListQuery::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn a_list_comes_back_from_its_own_address() {
        let query = parse(&[("q", " ana "), ("state", "overdue"), ("sort", "-due"), ("page", "3"), ("done", "saved")]);
        assert_eq!(query.href(), "?q=ana&state=overdue&sort=-due&page=3");
        let pairs = query.pairs();
        assert_eq!(ListQuery::from_pairs(pairs.into_iter()), query);
    }

    #[test]
    fn a_search_keeps_every_letter_in_the_address() {
        assert_eq!(parse(&[("q", "Peña & hijos")]).href(), "?q=Pe%C3%B1a%20%26%20hijos");
    }

    #[test]
    fn what_makes_no_sense_is_the_first_page() {
        assert_eq!(parse(&[("page", "-4"), ("state", "")]), ListQuery::default());
        assert_eq!(parse(&[("page", "x")]), ListQuery::default());
    }

    #[test]
    fn a_change_starts_at_the_first_page_again() {
        let query = parse(&[("page", "3"), ("sort", "name")]);
        assert_eq!(query.sorted_by("name").href(), "?sort=-name");
        assert_eq!(query.sorted_by("due").href(), "?sort=due");
        assert_eq!(query.with_filter("state", Some("open")).href(), "?state=open&sort=name");
        assert_eq!(query.with_filter("state", Some("open")).with_filter("state", None).href(), "?sort=name");
    }
}
