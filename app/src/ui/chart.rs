//! Bars, drawn on the server: each is labelled directly and leads to what it counts, and their table is behind them.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::tone::Tone;
use crate::i18n::words;

/// One bar: its name, how long it is in the unit of the others, its value in words and what makes that plain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    pub label: String,
    /// What is below nothing is as long as what is above it; its tone and its value tell them apart.
    pub size: Decimal,
    pub value: String,
    pub note: String,
    /// Empty for who may not see what it counts.
    pub href: String,
    pub tone: Tone,
}

/// The longest bar's length, in the drawing's own unit.
const WIDTH: u32 = 1000;
const HEIGHT: u32 = 10;

/// A few bars, one beneath the other.
#[component]
pub fn Bars(#[prop(into)] title: String, bars: Vec<Bar>) -> impl IntoView {
    let t = words();
    let longest = bars.iter().map(|bar| bar.size.abs()).max().unwrap_or_default();
    let rows = bars.iter().map(|bar| {
        view! {
            <tr>
                <th scope="row">{bar.label.clone()}</th>
                <td data-align="end">{bar.value.clone()}</td>
                <td>{bar.note.clone()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let shapes = bars.into_iter().map(|bar| view! { <li>{shape(bar, longest)}</li> }).collect_view();
    view! {
        <figure class="chart">
            <figcaption class="chart-title">{title.clone()}</figcaption>
            <ul class="bars">{shapes}</ul>
            <details class="chart-table">
                <summary>
                    {t.common.as_table()}
                    <span class="visually-hidden">": "{title}</span>
                </summary>
                <table class="table"><tbody>{rows}</tbody></table>
            </details>
        </figure>
    }
}

fn shape(bar: Bar, longest: Decimal) -> AnyView {
    let content = view! {
        <span class="bar-label">{bar.label}</span>
        <svg class="bar-shape" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect x="0" y="0" width=length(bar.size, longest) height=HEIGHT.to_string()></rect>
        </svg>
        <span class="bar-value">{bar.value}</span>
        <span class="bar-note">{bar.note}</span>
    };
    match bar.href.is_empty() {
        true => view! { <div class="bar" data-tone=bar.tone.word()>{content}</div> }.into_any(),
        false => view! { <a class="bar" data-tone=bar.tone.word() href=bar.href>{content}</a> }.into_any(),
    }
}

/// In proportion to the longest; what is something is seen.
fn length(size: Decimal, longest: Decimal) -> String {
    if size.is_zero() || longest.is_zero() {
        return "0".to_owned();
    }
    (size.abs() * Decimal::from(WIDTH) / longest).ceil().normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_bar_is_as_long_as_its_share_of_the_longest() {
        let of = |size: &str| length(size.parse().unwrap(), "80".parse().unwrap());
        assert_eq!(["80", "-20", "0.01", "0"].map(of), ["1000", "250", "1", "0"]);
        assert_eq!(length("0".parse().unwrap(), "0".parse().unwrap()), "0");
    }
}
