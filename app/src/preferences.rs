//! How the reader wants to see Ramal: the language, and light or dark.
//!
//! Both are cookies, so that the server's first paint is already right. Changing one is a plain form that loads the
//! page anew, with scripting and without.

#[cfg(feature = "ssr")]
use domain::contact::Language;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::{Deserialize, Serialize};

use crate::{
    failure::AppError,
    i18n::{Locale, Words, words},
    ui::{icon::Icon, menu::Choice},
};

#[cfg(feature = "ssr")]
const LANGUAGE_COOKIE: &str = "ramal_lang";
#[cfg(feature = "ssr")]
const THEME_COOKIE: &str = "ramal_theme";

/// Light, dark, or what the device says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    Device,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Device, Self::Light, Self::Dark];

    /// As in the cookie and in `<html data-theme>`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

/// What the reader chose, or what was chosen for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    pub locale: Locale,
    pub theme: Theme,
}

impl Preferences {
    /// Of the request that is being answered.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn current() -> Self {
        let accept_language = use_context::<http::request::Parts>().and_then(|parts| {
            let header = parts.headers.get(http::header::ACCEPT_LANGUAGE)?;
            header.to_str().ok().map(str::to_owned)
        });
        let language = crate::cookies::read(LANGUAGE_COOKIE);
        Self {
            locale: Locale::choose(language.as_deref(), accept_language.as_deref()),
            theme: crate::cookies::read(THEME_COOKIE).and_then(|word| Theme::from_word(&word)).unwrap_or_default(),
        }
    }

    /// Of the page that the server wrote.
    #[cfg(not(feature = "ssr"))]
    #[must_use]
    pub fn current() -> Self {
        let attribute = |name| document().document_element().and_then(|html| html.get_attribute(name));
        Self {
            locale: attribute("lang").and_then(|code| Locale::from_code(&code)).unwrap_or_default(),
            theme: attribute("data-theme").and_then(|word| Theme::from_word(&word)).unwrap_or_default(),
        }
    }

    /// Makes the preferences and the texts in the reader's language known to every component below.
    pub fn provide() {
        let preferences = Self::current();
        provide_context(preferences);
        provide_context(Words::of(preferences.locale));
    }
}

/// Remembers a language or a theme for a year and goes back to where the form was. Anybody may; to who is signed in
/// Ramal also writes in that language from now on, and to the customer for whom they decide.
#[server]
pub async fn set_preferences(locale: Option<Locale>, theme: Option<Theme>) -> Result<(), AppError> {
    if let Some(locale) = locale {
        keep(LANGUAGE_COOKIE, locale.code());
        if let Ok((context, who)) = crate::api::signed_in() {
            workflows::auth::change_language(&context, &who, locale.into()).await?;
        }
    }
    if let Some(theme) = theme {
        keep(THEME_COOKIE, theme.word());
    }
    Ok(())
}

/// Shows Ramal in the language in which it writes to the person who signs in.
#[cfg(feature = "ssr")]
pub fn remember_language(language: Language) {
    keep(LANGUAGE_COOKIE, Locale::from(language).code());
}

#[cfg(feature = "ssr")]
fn keep(name: &str, value: &str) {
    crate::cookies::send(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"));
}

/// Buttons for the languages, each in its own words.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let t = words();
    let names = [(Locale::Es, "Español"), (Locale::En, "English")];
    let choices = names.map(|(locale, name)| {
        view! {
            <Choice name="locale" value=locale.code() chosen={t.locale == locale}>
                <span lang=locale.code()>{name}</span>
            </Choice>
        }
    });
    view! {
        <form class="choices" method="post" action=SetPreferences::url() aria-label=t.common.language()>
            {choices.into_iter().collect_view()}
        </form>
    }
}

/// Buttons for light, dark, and as the device.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let t = words();
    let current = use_context::<Preferences>().unwrap_or_default().theme;
    let names = [
        (Theme::Device, Icon::Device, t.common.theme_device()),
        (Theme::Light, Icon::Sun, t.common.theme_light()),
        (Theme::Dark, Icon::Moon, t.common.theme_dark()),
    ];
    let choices = names.map(|(theme, icon, name)| {
        view! {
            <Choice name="theme" value=theme.word() chosen={theme == current} icon>
                {name}
            </Choice>
        }
    });
    view! {
        <form class="choices" method="post" action=SetPreferences::url() aria-label=t.common.theme()>
            {choices.into_iter().collect_view()}
        </form>
    }
}
