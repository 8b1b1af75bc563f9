//! Which days and which sector the figures are of: both in the address.

use domain::ids::SectorId;
use domain::views::{
    dashboard::{Dashboard, Period, Span},
    list::Choice,
};
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Event, HtmlSelectElement},
};
use leptos_router::components::Form;

use crate::{
    i18n::{Words, words},
    ui::format,
};

/// A form that gets; with scripting a choice is enough.
#[component]
pub(super) fn Picker(dashboard: Dashboard) -> impl IntoView {
    let t = words();
    let Dashboard { filter, span: Span { from, to }, sectors, .. } = dashboard;
    let periods = Period::ALL.iter().map(|period| {
        let selected = *period == filter.period;
        view! { <option value=period.word() selected=selected prop:selected=selected>{period_name(*period, t)}</option> }
    });
    let periods = periods.collect_view();
    let sectors = (!sectors.is_empty()).then(|| view! { <Sectors sectors chosen=filter.sector/> });
    view! {
        <Form action="" method="GET">
            <div class="list-controls">
                <span class="filter-select">
                    <label class="chips-label" for="pick-period">{t.figures.period()}</label>
                    <select class="input" id="pick-period" name="period" on:change=send>{periods}</select>
                </span>
                {sectors}
                <button type="submit" class="button without-scripting" data-variant="quiet">{t.common.apply()}</button>
                <span class="muted">{t.figures.span(format::date(from, t), format::date(to, t))}</span>
            </div>
        </Form>
    }
}

#[component]
fn Sectors(sectors: Vec<Choice<SectorId>>, chosen: Option<SectorId>) -> impl IntoView {
    let t = words();
    let options = sectors.into_iter().map(|sector| {
        let selected = Some(sector.id) == chosen;
        view! { <option value=sector.id.to_string() selected=selected prop:selected=selected>{sector.name}</option> }
    });
    view! {
        <span class="filter-select">
            <label class="chips-label" for="pick-sector">{t.figures.sector()}</label>
            <select class="input" id="pick-sector" name="sector" on:change=send>
                <option value="">{t.figures.all_sectors()}</option>
                {options.collect_view()}
            </select>
        </span>
    }
}

fn send(event: Event) {
    let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    if let Some(form) = select.and_then(|select| select.form()) {
        let _ = form.request_submit();
    }
}

fn period_name(period: Period, t: Words) -> &'static str {
    match period {
        Period::ThisMonth => t.figures.this_month(),
        Period::LastMonth => t.figures.last_month(),
        Period::ThreeMonths => t.figures.three_months(),
        Period::SixMonths => t.figures.six_months(),
        Period::TwelveMonths => t.figures.twelve_months(),
    }
}
