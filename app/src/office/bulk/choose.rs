//! Choosing rows of a list. The form leads to the preview, with scripting and without.

use domain::views::bulk::BulkAction;
use leptos::prelude::*;

use super::action_name;
use crate::{
    i18n::{Words, words},
    ui::{
        button::Variant,
        icon::Icon,
        list::{Column, ListQuery},
    },
};

/// The box of each row. `name` is what it says to those who do not see it.
#[must_use]
pub fn choose_column<Row: 'static>(id: fn(&Row) -> i64, name: fn(&Row) -> String, t: Words) -> Column<Row> {
    Column::new(t.bulk.choose(), move |row: &Row| {
        let label = t.bulk.choose_row(name(row));
        view! { <input type="checkbox" name=format!("row-{}", id(row)) aria-label=label/> }
    })
}

/// A list whose rows have boxes, and what can be done to them. Nothing is done here: it leads to a preview.
#[component]
pub fn Bulk(
    query: Memo<ListQuery>,
    /// The preview's address.
    to: &'static str,
    /// What the reader may do. Empty: the list alone.
    actions: Vec<BulkAction>,
    children: Children,
) -> impl IntoView {
    let t = words();
    if actions.is_empty() {
        return children().into_any();
    }
    let kept = move || {
        let pairs = query.get().on_page(1).pairs().into_iter();
        pairs.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
    };
    let options =
        actions.into_iter().map(|action| view! { <option value=action.word()>{action_name(action, t)}</option> });
    let options = options.collect_view();
    view! {
        <form method="get" action=to class="bulk">
            {kept}
            {children()}
            <div class="list-tools">
                <label class="chips-label" for="bulk-action">{t.bulk.with_chosen()}</label>
                <select class="input" id="bulk-action" name="action">{options}</select>
                <button type="submit" class="button" data-variant=Variant::Secondary.word()>
                    {Icon::Search.view()}
                    <span>{t.bulk.preview_chosen()}</span>
                </button>
                <button type="submit" class="button" data-variant=Variant::Quiet.word() name="rows" value="all">
                    <span>{t.bulk.preview_all()}</span>
                </button>
            </div>
        </form>
    }
    .into_any()
}
