//! Buttons and links that look like them. Variants only set variables of the style sheet.

use leptos::prelude::*;

use super::icon::Icon;

/// How much a button asks for attention. One `Primary` a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    Primary,
    #[default]
    Secondary,
    Quiet,
    Danger,
}

impl Variant {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// A link that is an action's place: it opens a page.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] variant: Variant,
    #[prop(optional)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" data-variant=variant.word() href=href>
            {icon.map(Icon::view)}
            <span>{children()}</span>
        </a>
    }
}

/// A plain button of a form; `ui::form::Submit` is the main one.
#[component]
pub fn Button(
    #[prop(optional)] variant: Variant,
    #[prop(optional)] icon: Option<Icon>,
    /// What is sent with the form when this button sends it.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="submit" class="button" data-variant=variant.word() name=name value=value>
            {icon.map(Icon::view)}
            <span>{children()}</span>
        </button>
    }
}
