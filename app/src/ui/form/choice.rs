//! Fields that people choose in.

use domain::views::list::Choice;
use leptos::prelude::*;

use super::{Place, field::Labelled};
use crate::i18n::words;

/// The choices of a select or of chips: each value with its words.
pub type Choices = Vec<(String, String)>;

/// Records to choose from, each by its id.
#[must_use]
pub fn choices_of<Id: ToString>(records: impl IntoIterator<Item = Choice<Id>>) -> Choices {
    records.into_iter().map(|record| (record.id.to_string(), record.name)).collect()
}

/// One of a list. With `optional`, nothing may be chosen.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Choices,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let t = words();
    let place = Place::of(&name, &label);
    let error = place.error;
    let described_by = place.described_by(!hint.is_empty());
    let chosen = place.typed.clone().unwrap_or(value);
    let unchosen = optional || !choices.iter().any(|(value, _)| *value == chosen);
    let options = choices.into_iter().map(move |(value, words)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{words}</option> }
    });
    view! {
        <Labelled place=place.clone() label hint optional>
            <select
                class="input"
                id=place.id
                name=name
                aria-required=(!optional).then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by
            >
                {unchosen.then(|| view! { <option value="">{t.common.choose()}</option> })}
                {options.collect_view()}
            </select>
        </Labelled>
    }
}

/// Yes or no: sends `true` or nothing, so give the field of the server function `#[serde(default)]`.
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] hint: String,
) -> impl IntoView {
    let place = Place::of(&name, &label);
    let error = place.error;
    let described_by = place.described_by(!hint.is_empty());
    let checked = if place.was_sent { place.typed.is_some() } else { checked };
    let (hint_id, error_id) = (place.hint_id(), place.error_id());
    view! {
        <div class="field" data-invalid=move || error.with(Option::is_some).then_some("true")>
            <span class="checkbox">
                <input type="checkbox" id=place.id.clone() name=name value="true" checked=checked aria-describedby=described_by/>
                <label for=place.id>{label}</label>
            </span>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {move || error.get().map(|sentence| view! { <p class="field-error" id=error_id.clone()>{sentence}</p> })}
        </div>
    }
}
