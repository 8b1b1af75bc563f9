//! Where the device is that the page is on. Only with scripting, so the style sheet shows it only then.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{HtmlInputElement, Position, PositionError, PositionOptions},
};

use crate::{
    i18n::{Words, words},
    ui::icon::Icon,
};

/// How the search for the position goes.
#[derive(Clone, PartialEq)]
enum Search {
    NotAsked,
    UnderWay,
    Found { meters: String },
    Failed,
}

/// A button that writes the device's position into the field of this name, as latitude and longitude.
#[component]
pub fn UseMyPosition(field: &'static str) -> impl IntoView {
    let t = words();
    let (search, set_search) = signal(Search::NotAsked);
    let ask = move |_| {
        set_search.set(Search::UnderWay);
        if locate(field, set_search).is_none() {
            set_search.set(Search::Failed);
        }
    };
    view! {
        <div class="needs-scripting">
            <button type="button" class="button" data-variant="secondary" on:click=ask disabled=move || search.get() == Search::UnderWay>
                {Icon::Sector.view()}
                <span>{t.parts.use_my_position()}</span>
            </button>
            <p class="field-hint" role="status">{move || told(&search.get(), t)}</p>
        </div>
    }
}

fn told(search: &Search, t: Words) -> Option<String> {
    match search {
        Search::NotAsked => None,
        Search::UnderWay => Some(t.parts.locating().to_owned()),
        Search::Found { meters } => Some(t.parts.located(meters)),
        Search::Failed => Some(t.parts.not_located().to_owned()),
    }
}

/// Asks the browser; `None` when it cannot be asked.
fn locate(field: &'static str, search: WriteSignal<Search>) -> Option<()> {
    let found = Closure::once_into_js(move |position: Position| {
        let coordinates = position.coords();
        let text = format!("{:.6}, {:.6}", coordinates.latitude(), coordinates.longitude());
        let meters = format!("{:.0}", coordinates.accuracy());
        search.set(if write(field, &text).is_some() { Search::Found { meters } } else { Search::Failed });
    });
    let failed = Closure::once_into_js(move |_: PositionError| search.set(Search::Failed));
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(20_000);
    let geolocation = window().navigator().geolocation().ok()?;
    geolocation
        .get_current_position_with_error_callback_and_options(
            found.unchecked_ref(),
            Some(failed.unchecked_ref()),
            &options,
        )
        .ok()
}

fn write(field: &str, text: &str) -> Option<()> {
    input_named(field)?.set_value(text);
    Some(())
}

/// The first input of this name on the page.
pub(crate) fn input_named(name: &str) -> Option<HtmlInputElement> {
    let input = document().query_selector(&format!("input[name=\"{name}\"]")).ok()??;
    input.dyn_into().ok()
}
