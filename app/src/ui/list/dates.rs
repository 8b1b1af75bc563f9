//! What narrows a list beside its chips: two dates, and the record that another page led from.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::ListQuery;
use crate::{i18n::words, ui::icon::Icon};

/// The filters `from` and `to`, each a date or nothing.
#[component]
pub fn DateFilter(query: Memo<ListQuery>, #[prop(into)] label: String) -> impl IntoView {
    let t = words();
    let dates = view! {
        <label class="date-filter-part"><span>{t.common.date_from()}</span>{date(query, "from")}</label>
        <label class="date-filter-part"><span>{t.common.date_to()}</span>{date(query, "to")}</label>
    };
    filter(query, &["from", "to"], label, dates.into_any())
}

/// The filter `on`: one day, or today.
#[component]
pub fn DayFilter(query: Memo<ListQuery>, #[prop(into)] label: String) -> impl IntoView {
    let day = view! { <label><span class="visually-hidden">{label.clone()}</span>{date(query, "on")}</label> };
    filter(query, &["on"], label, day.into_any())
}

fn filter(query: Memo<ListQuery>, names: &'static [&'static str], label: String, dates: AnyView) -> impl IntoView {
    let t = words();
    let kept = move || {
        let query = names.iter().fold(query.get(), |query, name| query.with_filter(name, None));
        let pairs = query.pairs().into_iter();
        pairs.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
    };
    let name = label.clone();
    view! {
        <Form action="" method="GET">
            <div class="date-filter" role="group" aria-label=name>
                <span class="chips-label">{label}</span>
                {dates}
                {kept}
                <button type="submit" class="button" data-variant="quiet">{t.common.apply()}</button>
            </div>
        </Form>
    }
}

fn date(query: Memo<ListQuery>, name: &'static str) -> impl IntoView {
    let value = move || query.read().filter(name).unwrap_or_default().to_owned();
    view! { <input class="input" type="date" name=name value=value/> }
}

/// A filter that is no chip of its own, such as one customer: in words, and the way to let it go.
#[component]
pub fn Narrowed(
    query: ListQuery,
    name: &'static str,
    /// What is left in the list: `Solo Ana Peña`.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    let t = crate::i18n::words();
    let href = query.with_filter(name, None).href();
    query.filter(name).is_some().then(|| {
        view! {
            <p>
                <a class="chip" aria-current="true" href=href>
                    {words}
                    {Icon::Close.view()}
                    <span class="visually-hidden">{t.common.remove_filter()}</span>
                </a>
            </p>
        }
    })
}
