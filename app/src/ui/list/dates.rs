//! What narrows a list beside its chips: two dates, and the record that another page led from.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::ListQuery;
use crate::{i18n::words, ui::icon::Icon};

/// The filters `from` and `to`, each a date or nothing.
#[component]
pub fn DateFilter(query: Memo<ListQuery>, #[prop(into)] label: String) -> impl IntoView {
    let t = words();
    let kept = move || {
        let query = query.get().with_filter("from", None).with_filter("to", None);
        let pairs = query.pairs().into_iter();
        pairs.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
    };
    let date = move |name: &'static str, words: &'static str| {
        let value = move || query.read().filter(name).unwrap_or_default().to_owned();
        view! {
            <label class="date-filter-part">
                <span>{words}</span>
                <input class="input" type="date" name=name value=value/>
            </label>
        }
    };
    let name = label.clone();
    view! {
        <Form action="" method="GET">
            <div class="date-filter" role="group" aria-label=name>
                <span class="chips-label">{label}</span>
                {date("from", t.common.date_from())}
                {date("to", t.common.date_to())}
                {kept}
                <button type="submit" class="button" data-variant="quiet">{t.common.apply()}</button>
            </div>
        </Form>
    }
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
