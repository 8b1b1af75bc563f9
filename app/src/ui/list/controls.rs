//! What narrows a list: a search and chips, both in the address.

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Event, HtmlSelectElement},
};
use leptos_router::components::Form;

use super::ListQuery;
use crate::{
    i18n::words,
    ui::{form::Choices, icon::Icon},
};

/// A filter's name in the address, its name in words, and its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    pub name: &'static str,
    pub label: String,
    pub choices: Choices,
}

/// The search of a list, and what narrows it. On a phone that waits behind a button which says how much of it is chosen,
/// so that the list begins on the first screen.
#[component]
pub fn ListControls(
    query: Memo<ListQuery>,
    /// What the search looks at: `Nombre, cédula o contrato`. Empty: there is nothing to search.
    #[prop(optional, into)]
    search: String,
    #[prop(optional)] filters: Vec<Filter>,
    /// What narrows it beside chips, and what can be done with the whole list.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let has_more = !filters.is_empty() || children.is_some();
    let more = children.map(|children| view! { <div class="filters-more">{children()}</div> });
    view! {
        <div class="list-controls">
            {(!search.is_empty()).then(|| view! { <SearchBox query hint=search/> })}
            {has_more.then(|| view! { <Filters query><FilterChips query filters/>{more}</Filters> })}
        </div>
    }
}

#[component]
fn Filters(query: Memo<ListQuery>, children: Children) -> impl IntoView {
    let t = words();
    let chosen = move || Some(query.read().filters.len()).filter(|count| *count > 0).map(|count| format!("({count})"));
    view! {
        <details class="filters">
            <summary class="button">{Icon::Filter.view()}<span>{t.common.filters()}" "{chosen}</span></summary>
            {children()}
        </details>
    }
}

/// A form that searches the list and keeps its filters and its order.
#[component]
pub fn SearchBox(query: Memo<ListQuery>, #[prop(into)] hint: String) -> impl IntoView {
    let t = words();
    let kept = move || {
        let query = ListQuery { search: String::new(), ..query.get() }.on_page(1);
        let pairs = query.pairs().into_iter();
        pairs.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
    };
    view! {
        <Form action="" method="GET" {..} class="search-box" role="search">
            {Icon::Search.view()}
            <input
                class="search-input"
                type="search"
                name="q"
                placeholder=hint.clone()
                aria-label=hint
                value=move || query.get().search
            />
            {kept}
            <button type="submit" class="button" data-variant="quiet" name="page" value="1">{t.common.search()}</button>
        </Form>
    }
}

/// Each value of a filter as a link: pressing a chosen one lets it go.
#[component]
pub fn FilterChips(query: Memo<ListQuery>, filters: Vec<Filter>) -> impl IntoView {
    let groups = filters.into_iter().map(|filter| {
        let name = filter.name;
        let chips = filter.choices.into_iter().map(move |(value, words)| {
            let (shown, set) = (value.clone(), value.clone());
            let chosen = Memo::new(move |_| query.read().filter(name) == Some(shown.as_str()));
            let href = move || query.get().with_filter(name, (!chosen.get()).then_some(set.as_str())).href();
            view! {
                <a class="chip" href=href aria-current=move || chosen.get().then_some("true")>
                    {move || chosen.get().then(|| Icon::Check.view())}
                    {words}
                </a>
            }
        });
        let label = filter.label.clone();
        view! {
            <div class="chips" role="group" aria-label=label>
                <span class="chips-label">{filter.label}</span>
                {chips.collect_view()}
            </div>
        }
    });
    groups.collect_view()
}

/// A filter with too many values for chips: choosing one filters at once; without scripting a button does.
#[component]
pub fn FilterSelect(query: Memo<ListQuery>, filter: Filter) -> impl IntoView {
    let t = words();
    let name = filter.name;
    let id = format!("filter-{name}");
    let kept = move || {
        let pairs = query.read().with_filter(name, None).pairs().into_iter();
        pairs.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
    };
    let options = filter.choices.into_iter().map(move |(value, words)| {
        let own = value.clone();
        let chosen = Memo::new(move |_| query.read().filter(name) == Some(own.as_str()));
        view! { <option value=value selected=move || chosen.get() prop:selected=move || chosen.get()>{words}</option> }
    });
    let send = |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(form) = select.and_then(|select| select.form()) {
            let _ = form.request_submit();
        }
    };
    view! {
        <Form action="" method="GET" {..} class="filter-select">
            {kept}
            <label class="chips-label" for=id.clone()>{filter.label}</label>
            <select class="input" id=id name=name on:change=send>
                <option value="">{t.common.any()}</option>
                {options.collect_view()}
            </select>
            <button type="submit" class="button without-scripting" data-variant="quiet">{t.common.filter()}</button>
        </Form>
    }
}
