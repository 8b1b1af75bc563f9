//! A small bar chart, drawn on the server, with its table behind it.

use leptos::prelude::*;

use crate::i18n::words;

/// One bar: its name, its height in any unit, and its value in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub label: String,
    pub height: u32,
    pub value: String,
}

const WIDTH: usize = 600;
const HEIGHT: u32 = 120;

/// Bars from left to right, the last one labelled directly.
#[component]
pub fn Bars(#[prop(into)] title: String, bars: Vec<Bar>) -> impl IntoView {
    let t = words();
    let tallest = bars.iter().map(|bar| bar.height).max().unwrap_or(1).max(1);
    let step = WIDTH / bars.len().max(1);
    let shapes = bars.iter().enumerate().map(|(nth, bar)| {
        let height = (bar.height * HEIGHT).div_ceil(tallest).max(1);
        let last = nth + 1 == bars.len();
        let hint = format!("{}: {}", bar.label, bar.value);
        view! {
            <rect x=nth * step + step / 8 y=HEIGHT - height width=step - step / 4 height=height rx="2" data-last=last.then_some("true")>
                <title>{hint}</title>
            </rect>
        }
    });
    let rows = bars.iter().map(
        |bar| view! { <tr><th scope="row">{bar.label.clone()}</th><td data-align="end">{bar.value.clone()}</td></tr> },
    );
    let (first, last) = (bars.first().cloned(), bars.last().cloned());
    view! {
        <figure class="chart">
            <figcaption class="chart-title">
                <span>{title.clone()}</span>
                {last.clone().map(|bar| view! { <strong>{bar.value}</strong> })}
            </figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=title preserveAspectRatio="none">
                {shapes.collect_view()}
            </svg>
            <p class="chart-ends">
                <span>{first.map(|bar| bar.label)}</span>
                <span>{last.map(|bar| bar.label)}</span>
            </p>
            <details class="chart-table">
                <summary>{t.common.as_table()}</summary>
                <table class="table"><tbody>{rows.collect_view()}</tbody></table>
            </details>
        </figure>
    }
}
