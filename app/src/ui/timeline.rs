//! What happened, newest first.

use leptos::prelude::*;

use super::{icon::Icon, tone::Tone};

/// One event. `when` is worded already; `at` is the machine's form of it, such as `2026-11-15T14:05`.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    pub at: String,
    pub when: String,
    pub icon: Icon,
    pub tone: Tone,
    pub title: String,
    /// Why, with its evidence; may be empty.
    pub detail: String,
    /// Who did it; may be empty.
    pub who: String,
    /// The record behind it.
    pub href: Option<String>,
}

#[component]
pub fn Timeline(moments: Vec<Moment>) -> impl IntoView {
    let rows = moments.into_iter().map(|moment| {
        let title = match moment.href {
            Some(href) => view! { <a href=href>{moment.title}</a> }.into_any(),
            None => moment.title.into_any(),
        };
        view! {
            <li class="moment" data-tone=moment.tone.word()>
                <span class="moment-icon">{moment.icon.view()}</span>
                <div class="moment-body">
                    <p class="moment-title">{title}</p>
                    {(!moment.detail.is_empty()).then(|| view! { <p>{moment.detail}</p> })}
                    <p class="moment-when">
                        <time datetime=moment.at>{moment.when}</time>
                        {(!moment.who.is_empty()).then(|| view! { <span>{moment.who}</span> })}
                    </p>
                </div>
            </li>
        }
    });
    view! { <ol class="timeline">{rows.collect_view()}</ol> }
}
