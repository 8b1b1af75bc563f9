//! Links to the pages of a list.

use domain::views::list::PER_PAGE;
use leptos::prelude::*;

use super::ListQuery;
use crate::{
    i18n::words,
    ui::{format, icon::Icon},
};

/// Which rows these are, of how many, and the way to the others.
#[component]
pub fn Pager(
    query: ListQuery,
    /** Rows on all pages. */
    total: i64,
    /** From 1. */
    number: i64,
) -> impl IntoView {
    let t = words();
    let first = (number - 1) * PER_PAGE + 1;
    let last = (number * PER_PAGE).min(total);
    let step = move |to: i64, exists: bool, icon: Icon, name: &'static str, rel: &'static str| {
        exists.then(|| {
            view! {
                <a class="button" data-variant="secondary" rel=rel href=query.on_page(to).href()>
                    {icon.view()}
                    <span>{name}</span>
                </a>
            }
        })
    };
    view! {
        <nav class="pager" aria-label=t.common.pages()>
            <span class="pager-count">
                {t.common.rows_of(format::count(first), format::count(last), format::count(total))}
            </span>
            {step(number - 1, number > 1, Icon::Left, t.common.previous(), "prev")}
            {step(number + 1, last < total, Icon::Right, t.common.next(), "next")}
        </nav>
    }
}
