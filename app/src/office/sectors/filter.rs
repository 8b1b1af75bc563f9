//! One sector's part of a list.

use domain::ids::SectorId;
use domain::views::list::Choice;
use leptos::prelude::*;

use crate::{
    i18n::words,
    office::customers::api::sectors_to_filter_by,
    ui::{
        form::choices_of,
        list::{Filter, FilterSelect, ListQuery},
        loaded::Loaded,
    },
};

/// The filter `sector`; nothing where there are no sectors.
#[component]
pub fn SectorFilter(query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let sectors = Resource::new_blocking(|| (), |()| sectors_to_filter_by());
    let select = move |sectors: Vec<Choice<SectorId>>| {
        (!sectors.is_empty()).then(|| {
            let filter =
                Filter { name: "sector", label: t.customers.sector().to_owned(), choices: choices_of(sectors) };
            view! { <FilterSelect query filter/> }
        })
    };
    view! { <Loaded from=sectors view=select/> }
}
