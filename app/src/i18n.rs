//! The reader's language, and every text in it.
//!
//! The texts are in `locales/{es,en}/*.toml`; `build.rs` makes functions of them. In a component:
//! ```ignore
//! let t = words();
//! view! { <h1>{t.contracts.title()}</h1> <p>{t.contracts.secret_title(&contract.code)}</p> }
//! ```
//! The language is fixed for the life of a page: changing it is a form that loads the page anew. So nothing here is
//! reactive, and the server and the browser cannot disagree: the browser reads what the server wrote in `<html lang>`.

use std::fmt::Display;

use domain::contact::Language;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    Es,
    En,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The language's code, as in `<html lang>`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// `es`, `es-VE`, `EN_us` and so on; `None` for a language that Ramal does not speak.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let language = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.code().eq_ignore_ascii_case(language.trim()))
    }

    /// What the reader chose, or else the language that the browser likes best, or else Spanish.
    #[must_use]
    pub fn choose(chosen: Option<&str>, accept_language: Option<&str>) -> Self {
        let accepted = || accept_language.and_then(best_accepted);
        chosen.and_then(Self::from_code).or_else(accepted).unwrap_or_default()
    }
}

impl From<Language> for Locale {
    fn from(language: Language) -> Self {
        match language {
            Language::Spanish => Self::Es,
            Language::English => Self::En,
        }
    }
}

impl From<Locale> for Language {
    fn from(locale: Locale) -> Self {
        match locale {
            Locale::Es => Self::Spanish,
            Locale::En => Self::English,
        }
    }
}

/// The best of an `Accept-Language` header such as `en;q=0.8, es`.
fn best_accepted(header: &str) -> Option<Locale> {
    let mut best = None;
    for entry in header.split(',') {
        let (code, weight) = entry.split_once(";q=").unwrap_or((entry, "1"));
        // A weight is 0 to 1 with at most three decimals: as text it already sorts.
        let weight = weight.trim();
        if let Some(locale) = Locale::from_code(code)
            && best.is_none_or(|(_, known)| weight > known)
            && !weight.trim_matches(['0', '.']).is_empty()
        {
            best = Some((locale, weight));
        }
    }
    best.map(|(locale, _)| locale)
}

/// The texts in the reader's language. Call it in a component, before any `move` closure that needs it.
#[must_use]
pub fn words() -> Words {
    use_context::<Words>().unwrap_or_else(|| Words::of(Locale::default()))
}

#[cfg(test)]
mod tests {
    use super::Locale::{self, En, Es};

    #[test]
    fn what_the_reader_chose_wins_over_the_browser() {
        assert_eq!(Locale::choose(Some("en"), Some("es-VE,es;q=0.9")), En);
    }

    #[test]
    fn without_a_choice_the_browsers_best_language_wins() {
        assert_eq!(Locale::choose(None, Some("fr, es;q=0.7, en-US;q=0.8")), En);
        assert_eq!(Locale::choose(None, Some("es-419,es;q=0.9,en;q=0.8")), Es);
        assert_eq!(Locale::choose(Some("nonsense"), Some("en")), En);
    }

    #[test]
    fn a_language_that_is_refused_or_unknown_gives_spanish() {
        assert_eq!(Locale::choose(None, Some("en;q=0, de")), Es);
        assert_eq!(Locale::choose(None, None), Es);
    }
}
