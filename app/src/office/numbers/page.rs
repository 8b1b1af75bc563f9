//! One form for each series, and one for reconnections.

use domain::ids::TaxId;
use domain::reconnection::ReconnectionTerms;
use domain::views::list::Choice;
use domain::views::numbers::{NumberSettings, Series};
use leptos::prelude::*;

use super::api::{SaveReconnection, SaveSeries, show_numbers};
use crate::{
    i18n::{Words, words},
    ui::{
        button::Variant,
        card::Card,
        form::{Choices, Field, Form, FormState, Kind, MoneyInput, Select, Submit, choices_of, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn NumbersPage() -> impl IntoView {
    let (save, reconnection) = (use_form::<SaveSeries>(), use_form::<SaveReconnection>());
    let done = [save.done(), reconnection.done()];
    let settings = Resource::new_blocking(move || done.map(|done| done.get()), |_| show_numbers());
    view! { <Loaded from=settings view=move |settings| view! { <Numbers settings save reconnection/> }/> }
}

#[component]
fn Numbers(
    settings: NumberSettings,
    save: FormState<SaveSeries>,
    reconnection: FormState<SaveReconnection>,
) -> impl IntoView {
    let t = words();
    let places = vec![(t.documents.title().to_owned(), "/office/documents".to_owned())];
    let NumberSettings { series, reconnection: terms, currency, taxes } = settings;
    let rows = series.into_iter().map(move |series| view! { <SeriesRow series save/> });
    view! {
        <PageHeader title=t.numbers.title() summary=t.numbers.summary() places/>
        <div class="columns">
            <Card title=t.numbers.series()>
                <p class="muted">{t.numbers.pattern_hint("F-{year}-{n:6}")}</p>
                {rows.collect_view()}
            </Card>
            <Card title=t.numbers.reconnection()>
                <Form state=reconnection>
                    <ReconnectionFields terms currency=currency.to_string() taxes/>
                    <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
                </Form>
            </Card>
        </div>
    }
}

#[component]
fn SeriesRow(series: Series, save: FormState<SaveSeries>) -> impl IntoView {
    let t = words();
    view! {
        <Form state=save>
            <input type="hidden" name="series[kind]" value=series.kind.clone()/>
            <Field name="series[pattern]" label=series_name(&series.kind, t) hint=t.numbers.next(&series.next)
                   value=String::from(series.pattern) most=40/>
            <div class="form-actions"><Submit>{t.common.save()}</Submit></div>
        </Form>
    }
}

fn series_name(kind: &str, t: Words) -> String {
    match kind {
        "invoice" => t.money.kind_invoice(),
        "credit_note" => t.money.kind_credit_note(),
        "receipt" => t.money.receipt(),
        "quote" => t.quotes.quote(),
        "control" => t.numbers.control(),
        other => other,
    }
    .to_owned()
}

#[component]
fn ReconnectionFields(terms: ReconnectionTerms, currency: String, taxes: Vec<Choice<TaxId>>) -> impl IntoView {
    let t = words();
    let own = (String::new(), t.numbers.contracts_tax().to_owned());
    let taxes: Choices = [own].into_iter().chain(choices_of(taxes)).collect();
    view! {
        <p class="muted">{t.numbers.reconnection_hint()}</p>
        <MoneyInput name="terms[fee]" label=t.numbers.fee() currency value=terms.fee.to_string()/>
        <Select name="terms[tax]" label=t.contracts.tax() choices=taxes
                value=terms.tax.map(|id| id.to_string()).unwrap_or_default()/>
        <Field name="terms[valid_days]" label=t.numbers.valid_days() kind=Kind::Whole unit=t.catalogue.days_unit()
               value=terms.valid_days.to_string()/>
    }
}
