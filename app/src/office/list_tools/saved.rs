//! The addresses of this list that somebody keeps by a name: chips that lead there, and keeping the present one.

use domain::views::saved_filters::SavedFilter;
use leptos::prelude::*;

use super::{
    api::{RemoveFilter, SaveFilter, list_saved_filters},
    use_list_path,
};
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::Variant,
        form::{Checkbox, Field, Form, FormState, Submit, use_form},
        icon::Icon,
        list::ListQuery,
        loaded::Loaded,
    },
};

#[component]
pub(super) fn SavedFilters(query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let (save, remove) = (use_form::<SaveFilter>(), use_form::<RemoveFilter>());
    let path = use_list_path();
    let (saved, removed, asked) = (save.done(), remove.done(), path.clone());
    let filters = Resource::new_blocking(
        move || (saved.get(), removed.get()),
        move |_| {
            let list = asked.clone();
            async move { list_saved_filters(list).await }
        },
    );
    let shown = move |filters: Vec<SavedFilter>| {
        let path = path.clone();
        view! {
            <Chips query filters=filters.clone()/>
            <details class="more" open=save.was_refused()>
                <summary>{t.exports.save_filter()}</summary>
                <Save query form=save path/>
                <Own filters form=remove/>
            </details>
        }
    };
    may("save_filters").then(|| view! { <Loaded from=filters view=shown/> })
}

/// Each kept address as a link; the one that is open is marked.
#[component]
fn Chips(query: Memo<ListQuery>, filters: Vec<SavedFilter>) -> impl IntoView {
    let t = words();
    let path = use_list_path();
    let chips = filters.into_iter().map(|filter| {
        let href = format!("/office/{path}{}", filter.query);
        let open = Memo::new(move |_| query.read().on_page(1).href() == filter.query);
        view! {
            <a class="chip" href=href title=filter.owner aria-current=move || open.get().then_some("true")>
                {filter.shared.then(|| Icon::Customers.view())}
                {filter.name}
            </a>
        }
    });
    let chips = chips.collect_view();
    (!chips.is_empty()).then(|| {
        view! {
            <div class="chips" role="group" aria-label=t.exports.filters()>
                <span class="chips-label">{t.exports.filters()}</span>
                {chips}
            </div>
        }
    })
}

/// Keeps the address as it is now.
#[component]
fn Save(query: Memo<ListQuery>, form: FormState<SaveFilter>, path: String) -> impl IntoView {
    let t = words();
    view! {
        <Form state=form>
            <input type="hidden" name="filter[list]" value=path/>
            <input type="hidden" name="filter[query]" value=move || query.get().on_page(1).href()/>
            <Field name="filter[name]" label=t.exports.filter_name() hint=t.exports.filter_name_hint() most=60/>
            <Checkbox name="filter[shared]" label=t.exports.filter_shared()/>
            <Submit icon=Icon::Check>{t.exports.save_filter()}</Submit>
        </Form>
    }
}

/// One's own, to be forgotten.
#[component]
fn Own(filters: Vec<SavedFilter>, form: FormState<RemoveFilter>) -> impl IntoView {
    let t = words();
    let own = filters.into_iter().filter(|filter| filter.owner.is_none()).map(|filter| {
        view! {
            <Form state=form>
                <input type="hidden" name="filter" value=filter.id.to_string()/>
                <Submit variant=Variant::Quiet icon=Icon::Close>{t.exports.remove_filter(filter.name)}</Submit>
            </Form>
        }
    });
    own.collect_view()
}
