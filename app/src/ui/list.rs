//! Lists: the address is the state. See the example in `ui`.

mod controls;
mod pager;
mod query;
mod table;

pub use controls::{Filter, FilterChips, ListControls, SearchBox};
pub use pager::Pager;
pub use query::{ListQuery, use_list_query};
pub use table::{Column, Href, List, Table};
