//! The form for a new report. A list's page leads here with its own address.

use domain::contact::Language;
use domain::report::{FileFormat, Frequency};
use domain::views::reports::ReportOffer;
use leptos::prelude::*;

use super::{
    api::{CreateReport, begin_report},
    format_name, frequency_name,
};
use crate::{
    i18n::words,
    office::{
        customers::language_name,
        lists::{LISTS, list_name},
    },
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        form::{Checkbox, Field, Form, FormState, Select, Submit, use_form},
        list::use_list_query,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn NewReportPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateReport>();
    let offer = Resource::new_blocking(|| (), |()| begin_report());
    let places = vec![(t.reports.title().to_owned(), "/office/reports".to_owned())];
    view! {
        <PageHeader title=t.reports.new() summary=t.reports.new_hint() places/>
        <Loaded from=offer view=move |offer| view! { <NewReport offer form/> }/>
    }
}

#[component]
fn NewReport(offer: ReportOffer, form: FormState<CreateReport>) -> impl IntoView {
    let t = words();
    let from = use_list_query().get_untracked();
    let (list, query) = (from.filter("list").unwrap_or_default(), from.filter("query").unwrap_or_default());
    let (list, query) = (list.to_owned(), query.to_owned());
    let mut lists: Vec<_> = LISTS.iter().map(|path| ((*path).to_owned(), list_name(path, t).to_owned())).collect();
    lists.sort_by(|(_, one), (_, other)| one.cmp(other));
    let formats = FileFormat::ALL.iter().map(|one| (one.to_string(), format_name(*one, t).to_owned())).collect();
    let frequencies = Frequency::ALL.iter().map(|one| (one.to_string(), frequency_name(*one, t).to_owned())).collect();
    let languages = Language::ALL.iter().map(|one| (one.to_string(), language_name(*one, t).to_owned())).collect();
    let readers = offer.staff.into_iter().map(|person| {
        view! { <Checkbox name=format!("report[readers][user-{}]", person.id) label=person.name/> }
    });
    view! {
        <Card>
            <Form state=form>
                <Field name="report[name]" label=t.reports.name() hint=t.reports.name_hint() most=100/>
                <Select name="report[list]" label=t.reports.list() choices=lists value=list/>
                <Field name="report[query]" label=t.reports.query() hint=t.reports.query_hint() value=query most=2_000 optional=true/>
                <Checkbox name="report[of_period]" label=t.reports.of_period() hint=t.reports.of_period_hint()/>
                <Select name="report[frequency]" label=t.reports.frequency() choices=frequencies value=Frequency::Weekly.to_string()/>
                <Select name="report[format]" label=t.reports.format() choices=formats value=FileFormat::Xlsx.to_string()/>
                <Select name="report[language]" label=t.common.language() choices=languages value=Language::Spanish.to_string()/>
                <fieldset class="field">
                    <legend class="label">{t.reports.readers()}</legend>
                    <p class="muted">{t.reports.readers_hint()}</p>
                    {readers.collect_view()}
                </fieldset>
                <div class="form-actions">
                    <Submit variant=Variant::Primary>{t.reports.create()}</Submit>
                    <LinkButton href="/office/reports" variant=Variant::Quiet>{t.common.cancel()}</LinkButton>
                </div>
            </Form>
        </Card>
    }
}
