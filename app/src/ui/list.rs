//! Lists: the address is the state. See the example in `ui`.

mod controls;
mod dates;
mod pager;
mod query;
mod table;

pub use controls::{Filter, FilterChips, FilterSelect, ListControls, SearchBox};
pub use dates::{DateFilter, DayFilter, Narrowed};
pub use pager::Pager;
pub(crate) use query::escape;
pub use query::{ListQuery, use_list_query};
pub use table::{Column, Href, List, Table};
