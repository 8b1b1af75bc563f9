//! Fields that people type into.

use leptos::prelude::*;

use super::Place;
use crate::i18n::words;

/// What is typed; decides the keyboard of a phone and what a password manager offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    Email,
    Phone,
    Password,
    NewPassword,
    /// A code that is good once.
    Code,
    Whole,
    Decimal,
    Date,
    Time,
}

impl Kind {
    const fn type_(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Password | Self::NewPassword => "password",
            Self::Date => "date",
            Self::Time => "time",
            Self::Text | Self::Code | Self::Whole | Self::Decimal => "text",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Whole => Some("numeric"),
            Self::Decimal => Some("decimal"),
            _ => None,
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Email => "username",
            Self::Code => "one-time-code",
            Self::Password => "current-password",
            Self::NewPassword => "new-password",
            _ => "off",
        }
    }
}

/// A label, a hint, a control and what is wrong with it.
#[component]
pub(super) fn Labelled(place: Place, label: String, hint: String, optional: bool, children: Children) -> impl IntoView {
    let t = words();
    let (error, error_id) = (place.error, place.error_id());
    let sentence =
        move || error.get().map(|sentence| view! { <p class="field-error" id=error_id.clone()>{sentence}</p> });
    view! {
        <div class="field" data-invalid=move || error.with(Option::is_some).then_some("true")>
            <label class="field-label" for=place.id.clone()>
                {label}
                {optional.then(|| view! { <span class="field-optional">{t.common.optional()}</span> })}
            </label>
            {children()}
            {sentence}
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=place.hint_id()>{hint}</p> })}
        </div>
    }
}

/// A line of text. `value` is what stands in it before anybody typed; `optional` says that it may stay empty.
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] optional: bool,
    /// What follows the input in its frame: a unit or a currency.
    #[prop(optional, into)]
    unit: String,
    /// Characters that fit.
    #[prop(optional)]
    most: Option<u32>,
) -> impl IntoView {
    let place = Place::of(&name, &label);
    let error = place.error;
    let described_by = place.described_by(!hint.is_empty());
    let number = matches!(kind, Kind::Whole | Kind::Decimal);
    view! {
        <Labelled place=place.clone() label hint optional>
            <span class="input-frame" data-number=number.then_some("true")>
                <input
                    class="input"
                    id=place.id
                    name=name
                    type=kind.type_()
                    inputmode=kind.input_mode()
                    autocomplete=kind.autocomplete()
                    maxlength=most
                    value=place.typed.unwrap_or(value)
                    aria-required=(!optional).then_some("true")
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described_by
                />
                {(!unit.is_empty()).then(|| view! { <span class="input-unit">{unit}</span> })}
            </span>
        </Labelled>
    }
}

/// An amount of money: right-aligned, with its currency.
#[component]
pub fn MoneyInput(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] currency: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    view! { <Field name label value hint optional kind=Kind::Decimal unit=currency/> }
}

/// Several lines of text.
#[component]
pub fn Textarea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] optional: bool,
    #[prop(default = 3)] rows: u32,
    #[prop(default = 1000)] most: u32,
) -> impl IntoView {
    let place = Place::of(&name, &label);
    let error = place.error;
    let described_by = place.described_by(!hint.is_empty());
    view! {
        <Labelled place=place.clone() label hint optional>
            <textarea
                class="input"
                id=place.id
                name=name
                rows=rows
                maxlength=most
                aria-required=(!optional).then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by
            >
                {place.typed.unwrap_or(value)}
            </textarea>
        </Labelled>
    }
}
