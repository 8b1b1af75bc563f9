//! The search in the office's frame: a form that gets, and with scripting a combobox that offers what is found as one types
//! (the pattern of ARIA 1.2: the focus stays in the box, the arrows go through what is offered).

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use leptos::{
    ev::{self, KeyboardEvent},
    html,
    prelude::*,
    task::spawn_local,
    web_sys::Event,
};
use leptos_router::{NavigateOptions, components::Form, hooks::use_navigate};

use crate::{i18n::words, ui::icon::Icon};

/// Something that is offered: a place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Those that follow each other with the same group stand under its name.
    pub group: String,
    pub name: String,
    pub detail: String,
    pub href: String,
    pub icon: Icon,
}

type Suggested = Pin<Box<dyn Future<Output = Vec<Suggestion>> + Send>>;

/// What there is to offer for what was typed.
#[derive(Clone)]
pub struct Suggest(Arc<dyn Fn(String) -> Suggested + Send + Sync>);

impl Suggest {
    pub fn new<F>(suggest: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Vec<Suggestion>> + Send + 'static,
    {
        Self(Arc::new(move |typed| Box::pin(suggest(typed))))
    }
}

/// So long nobody types before it is looked for.
const PAUSE: Duration = Duration::from_millis(150);
const LIST: &str = "global-search-list";

/// What is typed and offered. Nothing offered is a closed list.
#[derive(Clone, Copy)]
struct Offer {
    typed: RwSignal<String>,
    offered: RwSignal<Vec<Suggestion>>,
    /// The one that the arrows are at.
    active: RwSignal<Option<usize>>,
}

impl Offer {
    fn new() -> Self {
        Self { typed: RwSignal::default(), offered: RwSignal::default(), active: RwSignal::default() }
    }

    fn is_open(self) -> bool {
        self.offered.with(|offered| !offered.is_empty())
    }

    /// Also for what was asked for and has no answer yet.
    fn close(self) {
        self.typed.set(String::new());
        self.offered.update(Vec::clear);
        self.active.set(None);
    }

    /// One further, or back; past the last comes the first.
    fn step(self, forward: bool) {
        let count = self.offered.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let next = match (self.active.get_untracked(), forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        self.active.set(Some(next));
    }

    fn chosen(self) -> Option<String> {
        let at = self.active.get_untracked()?;
        self.offered.with_untracked(|offered| offered.get(at).map(|suggestion| suggestion.href.clone()))
    }
}

/// `/` and `Ctrl K` put the focus here, unless somebody is typing.
#[component]
pub(super) fn GlobalSearch(action: &'static str, hint: String, suggest: Option<Suggest>) -> impl IntoView {
    let t = words();
    let input = NodeRef::<html::Input>::new();
    let label = hint.clone();
    let offer = Offer::new();
    let navigate = use_navigate();
    focus_by_keyboard(input);
    let mut look = debounce(PAUSE, look_up(offer, suggest));
    let typed = move |event: Event| {
        let text = event_target_value(&event);
        offer.active.set(None);
        offer.typed.set(text.clone());
        look(text);
    };
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "ArrowUp" if offer.is_open() => {
            event.prevent_default();
            offer.step(event.key() == "ArrowDown");
        }
        "Escape" if offer.is_open() => {
            event.prevent_default();
            offer.close();
        }
        "Enter" => {
            if let Some(href) = offer.chosen() {
                event.prevent_default();
                navigate(&href, NavigateOptions::default());
            }
            offer.close();
        }
        _ => {}
    };
    let active = move || offer.active.get().filter(|_| offer.is_open()).map(option_id);
    view! {
        <Form action=action method="GET" {..} class="global-search" role="search" aria-label=label>
            {Icon::Search.view()}
            <input
                class="search-input"
                type="text"
                name="q"
                role="combobox"
                enterkeyhint="search"
                autocomplete="off"
                aria-autocomplete="list"
                aria-controls=LIST
                aria-expanded=move || if offer.is_open() { "true" } else { "false" }
                aria-activedescendant=active
                placeholder=hint.clone()
                aria-label=hint
                node_ref=input
                on:input=typed
                on:keydown=keys
                on:blur=move |_| offer.close()
            />
            <kbd class="search-key" aria-hidden="true">"/"</kbd>
            <button type="submit" class="visually-hidden">{t.common.search()}</button>
            <Offered offer/>
        </Form>
    }
}

/// Asks for what there is to offer. An answer to what is no longer in the box is dropped.
fn look_up(offer: Offer, suggest: Option<Suggest>) -> impl FnMut(String) + 'static {
    move |text: String| {
        let Some(Suggest(suggest)) = suggest.clone() else { return };
        if text.trim().is_empty() {
            offer.close();
            return;
        }
        spawn_local(async move {
            let found = suggest(text.clone()).await;
            if offer.typed.try_get_untracked() == Some(text) {
                offer.active.set(None);
                offer.offered.set(found);
            }
        });
    }
}

/// The list under the box. Pressing the mouse in it leaves the focus in the box, so that the list stays until the click.
#[component]
fn Offered(offer: Offer) -> impl IntoView {
    let t = words();
    let groups = move || {
        let offered = offer.offered.get();
        let mut numbered = offered.into_iter().enumerate().peekable();
        let mut groups = Vec::new();
        while let Some((_, first)) = numbered.peek() {
            let name = first.group.clone();
            let mut options = Vec::new();
            while let Some((at, suggestion)) = numbered.next_if(|(_, next)| next.group == name) {
                options.push(option(offer, at, suggestion));
            }
            let label = name.clone();
            groups.push(view! {
                <div class="suggestion-group" role="group" aria-label=label>
                    <p class="suggestion-group-name" aria-hidden="true">{name}</p>
                    {options}
                </div>
            });
        }
        groups
    };
    view! {
        <div
            class="suggestions"
            id=LIST
            role="listbox"
            aria-label=t.common.suggestions()
            hidden=move || !offer.is_open()
            on:mousedown=move |event| event.prevent_default()
            on:click=move |_| offer.close()
        >
            {groups}
        </div>
    }
}

fn option(offer: Offer, at: usize, suggestion: Suggestion) -> AnyView {
    let is_active = move || offer.active.get() == Some(at);
    view! {
        <a
            class="suggestion"
            id=option_id(at)
            role="option"
            tabindex="-1"
            href=suggestion.href
            aria-selected=move || if is_active() { "true" } else { "false" }
        >
            {suggestion.icon.view()}
            <span class="suggestion-name">{suggestion.name}</span>
            <span class="suggestion-detail">{suggestion.detail}</span>
        </a>
    }
    .into_any()
}

fn option_id(at: usize) -> String {
    format!("{LIST}-{at}")
}

fn focus_by_keyboard(input: NodeRef<html::Input>) {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let typing = event_target_is_editable(&event);
            let slash = event.key() == "/" && !typing && !event.ctrl_key() && !event.meta_key();
            let ctrl_k = event.key().eq_ignore_ascii_case("k") && (event.ctrl_key() || event.meta_key());
            if (slash || ctrl_k)
                && let Some(input) = input.get_untracked()
            {
                event.prevent_default();
                let _ = input.focus();
                input.select();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

fn event_target_is_editable(event: &KeyboardEvent) -> bool {
    use leptos::{wasm_bindgen::JsCast, web_sys::Element};
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.matches("input:not([type=checkbox]), textarea, select").unwrap_or_default())
}
